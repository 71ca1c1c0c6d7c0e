package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import dev.kmq.image.IndexedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderReaderTest {
  /** The worked example of the specification: 3x2 pixels of blue, white and red. */
  private static final byte[] EXAMPLE =
      hex(
          "cb4b4d510d0a1a0a 01000000 00000003 00000002 0002 00 00"
              + "0000ff ffffff ff0000 4f6f1925 1860 1b6bb866");

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  @Test
  void readsTheWorkedExample() throws IOException {
    assertEquals(43, EXAMPLE.length);
    Header header = Kmq.readHeader(new ByteArrayInputStream(EXAMPLE));
    assertEquals(Method.PACKED, header.method());
    assertEquals(3, header.width());
    assertEquals(2, header.height());
    assertEquals(6, header.pixels());
    assertEquals(2, header.bitsPerIndex());
    assertEquals(43, header.packedFileBytes());
    assertEquals(37, KmqReader.open(EXAMPLE, DecodeOptions.defaults()).headerBytes());
    IndexedImage image = Kmq.decode(EXAMPLE);
    int[] expected = {0xFF0000FF, 0xFFFFFFFF, 0xFFFF0000, 0xFF0000FF, 0xFFFFFFFF, 0xFFFF0000};
    assertEquals(Arrays.toString(expected), Arrays.toString(image.toArgb()));
  }

  @ParameterizedTest
  @CsvSource({
    "8, 0, UNKNOWN_VERSION, version 0",
    "8, 2, UNKNOWN_VERSION, version 2",
    "9, 8, RESERVED_FLAGS, 0x8",
    "9, 128, RESERVED_FLAGS, 0x80",
    "10, 77, UNKNOWN_METHOD, index method 77",
    "10, 200, UNKNOWN_METHOD, index method 200",
    "11, 4, UNKNOWN_PALETTE_ENTRY, palette entry kind 4",
    "22, 2, UNKNOWN_COLOR_SPACE, colour space 2",
    "22, 255, UNKNOWN_COLOR_SPACE, colour space 255"
  })
  void namesTheFieldThatIsWrong(int offset, int value, RefusalReason reason, String message) {
    byte[] file = new RawFile(Method.PACKED, 1, 1, 1).set(offset, value).packedTile().file();
    KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(file));
    assertEquals(reason, refusal.reason());
    assertEquals(offset, refusal.offset());
    assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
  }

  @Test
  void theFirstRuleBrokenIsTheOneNamed() {
    RawFile raw = new RawFile(Method.PACKED, 0, 1, 1);
    RefusalReason[] order = {
      RefusalReason.INVALID_DIMENSIONS,
      RefusalReason.UNKNOWN_COLOR_SPACE,
      RefusalReason.UNKNOWN_PALETTE_ENTRY,
      RefusalReason.UNKNOWN_METHOD,
      RefusalReason.RESERVED_FLAGS,
      RefusalReason.UNKNOWN_VERSION,
      RefusalReason.NOT_KMQ
    };
    int[] offsets = {12, 22, 11, 10, 9, 8, 0};
    for (int i = 0; i < order.length; i++) {
      byte[] file = raw.set(offsets[i], i == 0 ? 0 : 0x77).file();
      file[file.length - 1] ^= 1; // the checksum comes last
      KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(file));
      assertEquals(order[i], refusal.reason());
    }
  }

  @Test
  void colourSpaceOneRequiresAProfile() {
    byte[] file = new RawFile(Method.PACKED, 1, 1, 1).set(22, 1).packedTile().file();
    KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(file));
    assertEquals(RefusalReason.MISSING_ICC_PROFILE, refusal.reason());
    byte[] chunks =
        new RawFile(Method.PACKED, 1, 1, 1).set(22, 1).chunk("teSt").end().packedTile().file();
    refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(chunks));
    assertEquals(RefusalReason.MISSING_ICC_PROFILE, refusal.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "GIF89a", "\u0089PNG\r\n\u001a\n", "\0\0\0\0\0\0\0\0\0", "KMQ", "\u00CBXMQ"})
  void otherFilesAreNoKmqFiles(String begin) {
    byte[] file = begin.getBytes(StandardCharsets.ISO_8859_1);
    KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(file));
    assertEquals(RefusalReason.NOT_KMQ, refusal.reason());
    assertEquals(0, refusal.offset());
  }

  @Test
  void reportsTextModeDamage() {
    String file = new String(EXAMPLE, StandardCharsets.ISO_8859_1);
    String[] damaged = {
      file.replace("\r\n", "\n"), // CR LF to LF
      file.replace("\n", "\r\n"), // LF to CR LF
      file.replace("\r\n", "\r"), // CR LF to CR
      file.substring(0, 6), // text ends at ^Z
      (char) (file.charAt(0) & 0x7F) + file.substring(1) // seven bits
    };
    for (int i = 0; i < damaged.length; i++) {
      byte[] bytes = damaged[i].getBytes(StandardCharsets.ISO_8859_1);
      KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(bytes));
      RefusalReason reason = i == 3 ? RefusalReason.TRUNCATED : RefusalReason.TEXT_MODE_DAMAGE;
      assertEquals(reason, refusal.reason(), "damage " + i);
    }
    for (byte[] bytes :
        new byte[][] {
          file.getBytes(StandardCharsets.UTF_8), // taken for Latin-1
          new String(EXAMPLE, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)
        }) {
      KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(bytes));
      assertEquals(RefusalReason.TEXT_MODE_DAMAGE, refusal.reason());
    }
  }

  @Test
  void refusesAWrongChecksum() {
    byte[] file = EXAMPLE.clone();
    file[25] ^= 1;
    KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(file));
    assertEquals(RefusalReason.HEADER_CRC, refusal.reason());
    assertEquals(33, refusal.offset());
  }
}
