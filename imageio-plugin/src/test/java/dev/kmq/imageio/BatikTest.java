package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.ImageTranscoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SVG documents with images in them, rasterised by Batik. */
final class BatikTest {
  @TempDir Path folder;

  private static final class Raster extends ImageTranscoder {
    private @Nullable BufferedImage image;

    @Override
    public BufferedImage createImage(int width, int height) {
      return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    }

    @Override
    public void writeImage(BufferedImage written, TranscoderOutput output) {
      image = written;
    }

    static BufferedImage of(String href) throws TranscoderException {
      String svg =
          """
          <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
              width="50" height="40">
            <image x="3" y="5" width="40" height="30" xlink:href="%s"/>
          </svg>
          """
              .formatted(href);
      Raster raster = new Raster();
      raster.addTranscodingHint(KEY_ALLOW_EXTERNAL_RESOURCES, true);
      raster.transcode(new TranscoderInput(new StringReader(svg)), new TranscoderOutput());
      if (raster.image == null) {
        throw new TranscoderException("nothing has been drawn");
      }
      return raster.image;
    }
  }

  /** Only opaque and fully transparent colours, for which alpha arithmetic is exact. */
  private static BufferedImage picture(int colors) {
    BufferedImage image = Pictures.indexed(40, 30, colors, false, colors);
    BufferedImage argb = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);
    argb.createGraphics().drawImage(image, 0, 0, null);
    argb.setRGB(7, 9, 0);
    return argb;
  }

  private static void assertShows(BufferedImage picture, BufferedImage drawn) {
    int[] expected = new int[50 * 40];
    picture.getRGB(0, 0, 40, 30, expected, 5 * 50 + 3, 50);
    assertArrayEquals(expected, drawn.getRGB(0, 0, 50, 40, null, 0, 50));
  }

  @Test
  void filesAndDataAreShown() throws Exception {
    for (int colors : new int[] {1, 2, 12, 200}) {
      BufferedImage picture = picture(colors);
      byte[] bytes = Pictures.write(picture, null);
      Path file = folder.resolve("picture" + colors + ".kmq");
      Files.write(file, bytes);
      assertShows(picture, Raster.of(file.toUri().toString()));
      String data = Base64.getEncoder().encodeToString(bytes);
      assertShows(picture, Raster.of("data:image/x-kmq;base64," + data));
    }
  }

  @Test
  void damagedFilesAreBrokenLinks() throws Exception {
    byte[] bytes = Pictures.write(picture(12), null);
    Path file = folder.resolve("damaged.kmq");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertThrows(TranscoderException.class, () -> Raster.of(file.toUri().toString()));
  }
}
