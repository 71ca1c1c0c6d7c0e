package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of Netpbm, with pixels that were computed by hand. */
class PnmFileTest {
  private static final int WHITE = 0xFFFFFFFF;
  private static final int BLACK = 0xFF000000;

  private static byte[] file(String text, int... bytes) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    for (int one : bytes) {
      file.write(one);
    }
    return file.toByteArray();
  }

  @Test
  void bitmaps() throws IOException {
    int[] expected = {WHITE, BLACK, BLACK, WHITE, WHITE, BLACK};
    Picture plain = Reading.read(file("P1 #c\n3 2\n011 0\n01\n"));
    assertArrayEquals(expected, Reading.argb(plain));
    assertArrayEquals(
        new int[] {WHITE, BLACK}, Objects.requireNonNull(plain.indexed()).palette().toArgb());
    assertArrayEquals(expected, Reading.argb(file("P4\n3 2\n", 0x60, 0x20)));
  }

  @Test
  void greysAreScaledFromTheirMaximum() throws IOException {
    int[] expected = {BLACK, Reading.grey(128), WHITE};
    assertArrayEquals(expected, Reading.argb(file("P2\n3 1\n2\n0 1 2")));
    assertArrayEquals(expected, Reading.argb(file("P5 3 1 2\n", 0, 1, 2)));
    Picture wide = Reading.read(file("P5\n3 1\n65535\n", 0, 0, 0x80, 0x80, 0xFF, 0xFF));
    assertArrayEquals(expected, Reading.argb(wide));
    assertEquals(null, wide.reduction());
    Picture rounded = Reading.read(file("P5\n1 1\n65535\n", 0x80, 0x81));
    assertEquals(Samples.ROUNDED_16, rounded.reduction());
  }

  @Test
  void colours() throws IOException {
    int[] expected = {0xFF010203, 0xFF040506};
    assertArrayEquals(expected, Reading.argb(file("P3\n2 1\n255\n1 2 3 4 5 6\n")));
    assertArrayEquals(expected, Reading.argb(file("P6\n2 1\n255\n", 1, 2, 3, 4, 5, 6)));
  }

  @Test
  void arbitraryMaps() throws IOException {
    String head = "P7\nWIDTH 1\nHEIGHT 1\n";
    assertArrayEquals(
        new int[] {0x04010203},
        Reading.argb(file(head + "DEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n", 1, 2, 3, 4)));
    assertArrayEquals(
        new int[] {0x80FFFFFF},
        Reading.argb(
            file(head + "DEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n", 255, 128)));
    assertArrayEquals(
        new int[] {WHITE},
        Reading.argb(file(head + "DEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\nENDHDR\n", 1)));
    String refused = Reading.refusal(file(head + "DEPTH 5\nMAXVAL 255\nENDHDR\n", 1, 2, 3, 4, 5));
    assertTrue(refused.startsWith("not supported: a PAM"), refused);
  }

  @ParameterizedTest
  @CsvSource({
    "'P5\n3 1\n255\n', it is truncated",
    "'P5\n3 1', it is truncated",
    "'P5\n3 1 0\n', its maximum is 0",
    "'P5\n3 x\n', a number is expected",
    "'P2\n1 1\n7\n8\n', 'a sample is 8, above the maximum of 7'",
    "'P1\n1 1\n2', a pixel is neither 0 nor 1",
    "'P5\n3 ', it is truncated",
    "'P7\nWIDTH x\n', its header has no number"
  })
  void damage(String text, String message) {
    String refusal = Reading.refusal(file(text));
    assertTrue(refusal.contains("damaged image: " + message), refusal);
  }
}
