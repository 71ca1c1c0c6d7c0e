package dev.kmq.colors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.file.FailedInput;
import dev.kmq.image.Palette;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaletteBytesTest {
  private static Palette parse(String text) throws FailedInput {
    return PaletteBytes.parse(text.getBytes(StandardCharsets.UTF_8), "p.txt");
  }

  private static String failure(byte[] bytes, String name) {
    return String.valueOf(
        assertThrows(FailedInput.class, () -> PaletteBytes.parse(bytes, name)).getMessage());
  }

  @Test
  void gimpPalettesHaveAlphaWhereTheySaySo() throws FailedInput {
    String colors = "  0   0   0   0\tTransparent\n254 91 89 255\n247\t165 71 128\n";
    assertEquals(
        Palette.ofArgb(0x00000000, 0xFFFE5B59, 0x80F7A547),
        parse("GIMP Palette\nChannels: RGBA\n#\n" + colors));
    assertEquals(
        Palette.ofRgb(0x000000, 0xFE5B59, 0xF7A547),
        parse("GIMP Palette\r\nName: 255 names\r\nColumns: 4\r\n\r\n" + colors));
  }

  @Test
  void aFourthNumberOfJascIsAlpha() throws FailedInput {
    assertEquals(
        Palette.ofArgb(0x00FF0000, 0xFF00FF00, 0x800000FF),
        parse("JASC-PAL\r\n0100\r\n3\r\n255 0 0 0\r\n0 255 0\r\n0 0 255 128\r\n"));
    assertEquals(
        Palette.ofRgb(0xFF0000), parse("JASC-PAL\n0200\n1\n\t255\t0 0 255"), "opaque has no alpha");
  }

  @ParameterizedTest
  @CsvSource({
    "'#ff0000\n#00ff0080', ffff0000 8000ff00",
    "'ff0000\n00ff00', ffff0000 ff00ff00",
    "'FF000000\nFF00FF00\n80FFFFFF', ff000000 ff00ff00 80ffffff",
    "';paint.net Palette File\n; 2 colours\n\n80112233\nFF000001\n', 80112233 ff000001",
  })
  void eightDigitsAreReadAsTheyAreWrittenElsewhere(String text, String argb) throws FailedInput {
    Palette palette = parse(text);
    String[] expected = argb.split(" ", -1);
    assertEquals(expected.length, palette.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], Integer.toHexString(palette.argb(i)));
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsPassedOver(String charset) throws FailedInput {
    byte[] gimp = "\uFEFFGIMP Palette\nName: Grün\n#\n0 0 1 ☺\n".getBytes(Charset.forName(charset));
    assertEquals(Palette.ofRgb(1), PaletteBytes.parse(gimp, "a.gpl"));
    byte[] hex = "\uFEFF#000000\n#ffffff\n".getBytes(Charset.forName(charset));
    assertEquals(Palette.ofRgb(0, 0xFFFFFF), PaletteBytes.parse(hex, "a.hex"));
  }

  @Test
  void textThatIsNotUtf8IsRead() throws FailedInput {
    byte[] text =
        "GIMP Palette\nName: Gr\u00fcn\n#\n0 128 0 Gr\u00fcn\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(Palette.ofRgb(0x008000), PaletteBytes.parse(text, "a.gpl"));
  }

  private static byte[] riff(int stated, int... rgb) {
    ByteBuffer file = ByteBuffer.allocate(36 + 4 * rgb.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(28 + 4 * rgb.length);
    file.put("PAL offl".getBytes(StandardCharsets.US_ASCII)).putInt(3).putInt(0);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 + 4 * rgb.length);
    file.putShort((short) 0x300).putShort((short) stated);
    for (int color : rgb) {
      file.put((byte) (color >>> 16)).put((byte) (color >>> 8)).put((byte) color).put((byte) 0);
    }
    return file.array();
  }

  @Test
  void riffPalettesAreRead() throws FailedInput {
    byte[] file = riff(3, 0x102030, 0xFF0000, 0x0000FF);
    assertEquals(Palette.ofRgb(0x102030, 0xFF0000, 0x0000FF), PaletteBytes.parse(file, "a.pal"));
    assertEquals(
        "its data chunk specifies 4 colours, but has room for 3",
        failure(riff(4, 0x102030, 0xFF0000, 0x0000FF), "a.pal"));
    byte[] cut = Arrays.copyOf(file, file.length - 1);
    assertEquals("is a RIFF palette without a complete data chunk", failure(cut, "a.pal"));
  }

  @Test
  void colorTablesAreRead() throws FailedInput {
    byte[] table = new byte[772];
    new Random(3).nextBytes(table);
    ByteBuffer.wrap(table).putShort(768, (short) 5).putShort(770, (short) 2);
    int[] argb = new int[256];
    for (int i = 0; i < 256; i++) {
      argb[i] = 0xFF000000 | ByteBuffer.wrap(table).getInt(3 * i) >>> 8;
    }
    Palette whole = Palette.ofRgb(argb);
    assertEquals(whole, PaletteBytes.parse(Arrays.copyOf(table, 768), "a.act"));
    assertEquals(whole, PaletteBytes.parse(Arrays.copyOf(table, 768), "raw.pal"));
    int[] five = Arrays.copyOf(argb, 5);
    five[2] &= 0xFFFFFF;
    assertEquals(Palette.ofArgb(five), PaletteBytes.parse(table, "a.act"));
    ByteBuffer.wrap(table).putShort(770, (short) -1);
    assertEquals(Palette.ofRgb(Arrays.copyOf(argb, 5)), PaletteBytes.parse(table, "a.act"));
    ByteBuffer.wrap(table).putShort(768, (short) 257);
    assertEquals("specifies 257 colours; .act files have 1 to 256", failure(table, "a.act"));
    assertEquals(
        ".act files have 768 or 772 bytes, but this one has 770",
        failure(Arrays.copyOf(table, 770), "a.act"));
    byte[] vga = new byte[768];
    Arrays.fill(vga, (byte) 63);
    vga[0] = 0;
    assertEquals(Palette.ofRgb(0x003F3F), Palette.ofRgb(PaletteBytes.parse(vga, "a.act").argb(0)));
    assertEquals(
        "has 768 bytes below 64, which may be 6-bit or 8-bit colours; rename it to .act for 8 bits",
        failure(vga, "a.pal"));
  }

  /** 96 lines of 8 bytes are as long as a colour table. */
  @Test
  void textOf768BytesIsText() throws FailedInput {
    assertEquals(96, parse("#102030\n".repeat(96)).size());
  }

  @ParameterizedTest
  @CsvSource({
    "'GIMP Palette\n1 2 300\n', line 2: 300 is above 255",
    "'GIMP Palette\n1 2\n', 'line 2 is not a colour: 1 2 "
        + "(expected red, green and blue from 0 to 255)'",
    "'GIMP Palette\nChannels: RGBA\n1 2 3 x\n', 'line 3 is not a colour: 1 2 3 x "
        + "(expected red, green, blue and alpha from 0 to 255)'",
    "'GIMP Palette\n#\n', 'holds no colours; a palette has 1 to 65536'",
    "'JASC-PAL\n0100\n3\n1 2 3\n4 5 6\n', 'line 3 specifies 3 colours, but 2 follow'",
    "'JASC-PAL\n0100', 'line 3 specifies no colours, but 0 follow'",
    "'#000000\nred\n', 'line 2 is not a colour: red (expected #RRGGBB or #RRGGBBAA)'",
    "'#0000000\n', 'line 1 is not a colour: #0000000 (expected #RRGGBB or #RRGGBBAA)'",
  })
  void errorsNameTheLine(String text, String expected) {
    assertEquals(expected, failure(text.getBytes(StandardCharsets.UTF_8), "p.txt"));
  }

  @Test
  void whatIsNoPaletteIsRefused() {
    assertEquals("is empty", failure(new byte[0], "a.hex"));
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.writeBytes("000000\n".repeat(65537).getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        "holds 65537 colours; a palette has 1 to 65536", failure(many.toByteArray(), "a.hex"));
    assertEquals(
        "is not a palette (" + PaletteFormat.READ + ")", failure(new byte[] {1, 2}, "a.hex"));
  }
}
