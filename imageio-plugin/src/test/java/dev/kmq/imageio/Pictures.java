package dev.kmq.imageio;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Images to write and read in tests, and the plain way to do so. */
final class Pictures {
  private Pictures() {}

  /** A random indexed image of K colours; all entries occur if there are enough pixels. */
  static BufferedImage indexed(int width, int height, int colors, boolean alpha, long seed) {
    Random random = new Random(seed);
    int[] argb = random.ints(colors).map(c -> alpha ? c : c | 0xFF000000).toArray();
    int bits = ImageTypes.pixelBits(colors);
    int type = bits > 8 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    IndexColorModel model = new IndexColorModel(bits, colors, argb, 0, alpha, -1, type);
    WritableRaster raster =
        bits < 8
            ? Raster.createPackedRaster(type, width, height, 1, bits, new Point())
            : Raster.createInterleavedRaster(type, width, height, 1, new Point());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        raster.setSample(x, y, 0, i < colors ? i : random.nextInt(colors));
      }
    }
    return new BufferedImage(model, raster, false, null);
  }

  /** Fills an image with random samples from {@code levels} values of each channel. */
  static BufferedImage noise(BufferedImage image, int levels, long seed) {
    Random random = new Random(seed);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int argb = 0;
        for (int channel = 0; channel < 4; channel++) {
          argb = argb << 8 | random.nextInt(levels) * 255 / Math.max(1, levels - 1);
        }
        image.setRGB(x, y, argb);
      }
    }
    return image;
  }

  static ImageReader reader() {
    return ImageIO.getImageReadersByFormatName("kmq").next();
  }

  static ImageWriter writer() {
    return ImageIO.getImageWritersByFormatName("kmq").next();
  }

  static ImageInputStream input(byte[] file) throws IOException {
    ImageIO.setUseCache(false);
    return ImageIO.createImageInputStream(new ByteArrayInputStream(file));
  }

  static byte[] write(BufferedImage image, @Nullable KmqImageWriteParam param) throws IOException {
    return write(new IIOImage(image, null, null), param);
  }

  static byte[] write(IIOImage image, @Nullable KmqImageWriteParam param) throws IOException {
    ImageIO.setUseCache(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = writer();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, param);
    }
    return bytes.toByteArray();
  }

  /** Palette and indices of a kmq file. */
  static BufferedImage readIndexed(byte[] file) throws IOException {
    ImageReader reader = reader();
    reader.setInput(input(file));
    return reader.read(0, indexed());
  }

  static KmqImageReadParam indexed() {
    KmqImageReadParam param = new KmqImageReadParam();
    param.setIndexed(true);
    return param;
  }

  static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }
}
