import dev.kmq.EncodeOptions;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import javax.swing.JProgressBar;

/** What the statements of the pages use without declaring it. */
class Values {
  static final int width = 320;
  static final int height = 200;
  static final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  static final BufferedImage bufferedImage = image;
  static final int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
  static final PixelSource pixels = PixelSource.of(width, height, argb);
  static final Palette palette = Palette.ofRgb(0x000000, 0xFFFFFF);
  static final EncodeOptions options = EncodeOptions.defaults();
  static final Executor executor = Runnable::run;
  static final JProgressBar bar = new JProgressBar();
  static final OutputStream out = new ByteArrayOutputStream();
}
