package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.imageio.KmqImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegFileTest {
  private static final int[] JFIF_IDS = {1, 2, 3};
  private static final int[] UNUSUAL_IDS = {0, 1, 2};
  private static final int[] LETTERS = {'R', 'G', 'B'};

  /** Three colours as RGB and as the YCbCr of JFIF, rounded. */
  private static final int[][] COLORS = {{200, 60, 30}, {20, 120, 250}, {90, 90, 90}};

  private static int[][] ycbcr() {
    int[][] all = new int[COLORS.length][];
    for (int i = 0; i < all.length; i++) {
      int r = COLORS[i][0];
      int g = COLORS[i][1];
      int b = COLORS[i][2];
      all[i] =
          new int[] {
            (int) Math.round(0.299 * r + 0.587 * g + 0.114 * b),
            (int) Math.round(-0.168736 * r - 0.331264 * g + 0.5 * b + 128),
            (int) Math.round(0.5 * r - 0.418688 * g - 0.081312 * b + 128)
          };
    }
    return all;
  }

  private static void assertColors(TestJpeg jpeg, int tolerance) throws IOException {
    int[] seen = Reading.argb(jpeg.bytes());
    int width = jpeg.width();
    for (int i = 0; i < COLORS.length; i++) {
      int pixel = seen[3 * width + i * width / COLORS.length + width / COLORS.length / 2];
      for (int c = 0; c < 3; c++) {
        assertEquals(COLORS[i][c], pixel >>> 16 - 8 * c & 0xFF, tolerance, i + "," + c);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threeComponentsAreYcbcrUnlessMarkedAsRgb(boolean subsampled) throws IOException {
    int[][] ycc = ycbcr();
    assertColors(new TestJpeg(JFIF_IDS, subsampled, ycc).jfif(), 3);
    assertColors(new TestJpeg(JFIF_IDS, subsampled, ycc), 3);
    assertColors(new TestJpeg(UNUSUAL_IDS, subsampled, ycc), 3);
    assertColors(new TestJpeg(new int[] {7, 9, 200}, subsampled, ycc), 3);
    assertColors(new TestJpeg(UNUSUAL_IDS, subsampled, ycc).jfif(), 3);
    assertColors(new TestJpeg(LETTERS, subsampled, ycc).jfif(), 3);
    assertColors(new TestJpeg(JFIF_IDS, subsampled, ycc).adobe(1), 3);
    assertColors(new TestJpeg(UNUSUAL_IDS, subsampled, ycc).adobe(1), 3);
    assertColors(new TestJpeg(LETTERS, subsampled, COLORS), 1);
    assertColors(new TestJpeg(JFIF_IDS, subsampled, COLORS).adobe(0), 1);
    assertColors(new TestJpeg(UNUSUAL_IDS, subsampled, COLORS).adobe(0), 1);
  }

  @Test
  void greyIsGrey() throws IOException {
    int[] seen = Reading.argb(new TestJpeg(new int[] {5}, false, new int[] {77}).bytes());
    assertEquals(Reading.grey(77), seen[20]);
    assertNull(
        Reading.read(new TestJpeg(new int[] {5}, false, new int[] {77}).bytes()).reduction());
  }

  /** Inks are stored inverted, with or without Adobe's marker, as in all known files. */
  @Test
  void inksAreConverted() throws IOException {
    int[][] inverted = {{255, 255, 255, 255}, {55, 155, 255, 255}, {255, 255, 255, 102}};
    int[] expected = {0xFFFFFF, 0x379BFF, 0x666666};
    int[] ids = {1, 2, 3, 4};
    assertInks(expected, new TestJpeg(ids, false, inverted).adobe(0));
    assertInks(expected, new TestJpeg(ids, false, inverted));
    // libjpeg treats YCbCr here as the complement of the stored values.
    int[][] ycck = new int[inverted.length][];
    for (int i = 0; i < ycck.length; i++) {
      int r = 255 - inverted[i][0];
      int g = 255 - inverted[i][1];
      int b = 255 - inverted[i][2];
      ycck[i] =
          new int[] {
            (int) Math.round(0.299 * r + 0.587 * g + 0.114 * b),
            (int) Math.round(-0.168736 * r - 0.331264 * g + 0.5 * b + 128),
            (int) Math.round(0.5 * r - 0.418688 * g - 0.081312 * b + 128),
            inverted[i][3]
          };
    }
    assertInks(expected, new TestJpeg(ids, false, ycck).adobe(2));
    assertInks(expected, new TestJpeg(ids, true, ycck).adobe(2));
  }

  private static void assertInks(int[] expected, TestJpeg jpeg) throws IOException {
    Picture picture = Reading.read(jpeg.bytes());
    int[] seen = Reading.argb(picture);
    for (int i = 0; i < expected.length; i++) {
      int pixel = seen[jpeg.width() * (2 * i + 1) / (2 * expected.length)];
      for (int shift = 0; shift < 24; shift += 8) {
        assertEquals(
            expected[i] >>> shift & 0xFF,
            pixel >>> shift & 0xFF,
            3,
            i + ": " + Integer.toHexString(pixel));
      }
    }
    assertEquals("conversion from CMYK", picture.reduction());
    ImageReader jdk = JdkReader.of("jpeg");
    jdk.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg.bytes())));
    BufferedImage read = jdk.read(0);
    int[] byJdk = new int[seen.length];
    KmqImages.pixels(read).readRows(0, read.getHeight(), byJdk);
    assertArrayEquals(seen, byJdk, "of what the JDK reads");
  }

  @Test
  void whatIsNotReadIsNotCalledDamaged() {
    int[] grey = {9};
    int[] ids = {1};
    assertRefused("arithmetic coding", new TestJpeg(ids, false, grey).frame(0xC9, 8));
    assertRefused("arithmetic coding", new TestJpeg(ids, false, grey).frame(0xCA, 8));
    assertRefused("12-bit samples", new TestJpeg(ids, false, grey).frame(0xC1, 12));
    assertRefused("lossless", new TestJpeg(ids, false, grey).frame(0xC3, 8));
    assertRefused("hierarchical", new TestJpeg(ids, false, grey).frame(0xC5, 8));
    assertRefused("2 components", new TestJpeg(new int[] {1, 2}, false, new int[] {9, 9}));
  }

  private static void assertRefused(String what, TestJpeg jpeg) {
    String message = Reading.refusal(jpeg.bytes());
    assertTrue(message.startsWith("not supported: a JPEG "), message);
    assertTrue(message.contains(what), message);
  }

  @Test
  void viewsOfAStereoPictureAreAnnouncedAndGainMapsAreNot() throws IOException {
    assertEquals(
        List.of("only the first of 2 images is kept"), Reading.read(multi(0x02, 0x02)).warnings());
    assertEquals(List.of(), Reading.read(multi(0x03, 0x00)).warnings());
  }

  /** A file with an index of two images whose type codes begin with these bytes. */
  private static byte[] multi(int first, int second) {
    int[] index = new int[8 + 2 + 12 + 4 + 32];
    int[] start = {
      'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0xB0, 0x02, 0, 7, 0, 0, 0, 32, 0, 0, 0, 26, 0, 0, 0, 0
    };
    System.arraycopy(start, 0, index, 0, start.length);
    index[27] = first;
    index[43] = second;
    return new TestJpeg(new int[] {1}, false, new int[] {9}).segment(0xE2, "MPF\0", index).bytes();
  }
}
