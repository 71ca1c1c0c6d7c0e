package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class BmpFileTest {
  private static final int[] COLORS = {0xFFFFFF, 0xFF0000, 0x00FF00};

  private static byte[] bmp(int width, int depth, int compression, int[] table, int... row) {
    int offset = 54 + 4 * table.length;
    ByteBuffer file = ByteBuffer.allocate(offset + row.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(offset);
    file.putInt(40).putInt(width).putInt(1).putShort((short) 1).putShort((short) depth);
    file.putInt(compression).putInt(row.length).putInt(0).putInt(0).putInt(table.length).putInt(0);
    for (int color : table) {
      file.putInt(color);
    }
    for (int one : row) {
      file.put((byte) one);
    }
    return file.array();
  }

  @Test
  void indexWithoutAnEntryIsBlackAndWarnedOf() throws IOException {
    Picture picture = Reading.read(bmp(4, 8, 0, COLORS, 0, 1, 2, 5));
    assertArrayEquals(
        new int[] {0xFFFFFFFF, 0xFFFF0000, 0xFF00FF00, 0xFF000000}, Reading.argb(picture));
    assertEquals(
        List.of("1 pixel has an index without an entry in the palette and is black"),
        picture.warnings());
    assertEquals(List.of(), Reading.read(bmp(4, 8, 0, COLORS, 0, 1, 2, 1)).warnings());
  }

  @Test
  void theFourthByteIsNoAlphaWithoutAMask() throws IOException {
    int[] seen = Reading.argb(bmp(2, 32, 0, new int[0], 1, 2, 3, 0, 4, 5, 6, 99));
    assertArrayEquals(new int[] {0xFF030201, 0xFF060504}, seen);
  }

  @Test
  void unusualKindsAreNotSupported() {
    assertTrue(
        Reading.refusal(bmp(4, 2, 0, COLORS, 0, 0, 0, 0))
            .startsWith("not supported: a BMP of 2 bits"));
    assertTrue(
        Reading.refusal(bmp(4, 24, 4, new int[0], new int[12]))
            .startsWith("not supported: a BMP that holds a JPEG"));
    assertTrue(
        Reading.refusal(bmp(4, 24, 5, new int[0], new int[12]))
            .startsWith("not supported: a BMP that holds a PNG"));
    assertTrue(
        Reading.refusal(bmp(4, 4, 0, new int[19], 0, 0, 0, 0))
            .startsWith("not supported: a BMP with a gap"));
    assertTrue(
        Reading.refusal(bmp(4, 24, 11, new int[0], new int[12]))
            .startsWith("not supported: a BMP compressed by method 11"));
  }

  /** The JDK drops the alpha of 16-bit BMP. */
  @Test
  void alphaIn16BitsIsNotSupported() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(70 + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(70);
    file.putInt(56).putInt(1).putInt(1).putShort((short) 1).putShort((short) 16);
    file.putInt(3).putInt(4).putInt(0).putInt(0).putInt(0).putInt(0);
    file.putInt(0x0F00).putInt(0x00F0).putInt(0x000F);
    byte[] opaque = file.array().clone();
    file.putInt(0xF000);
    assertTrue(
        Reading.refusal(file.array()).startsWith("not supported: a BMP of 16 bits per pixel with"));
    assertTrue(Reading.read(opaque).warnings().isEmpty());
  }
}
