package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SharedTablesTest {
  private static final int SIDE = 64;
  private static final int COLORS = 9;

  /** Offset of the length of the tables: after header, palette and checksum. */
  private static final int START = headerBytes(file());

  private static int headerBytes(byte[] file) {
    try {
      return (int) KmqReader.open(file, DecodeOptions.defaults()).headerBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] file() {
    IndexPlane plane = IndexPlane.allocate(SIDE, SIDE, COLORS);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        plane.set(x, y, (x / 5 + y / 7 + x * y % 3) % COLORS);
      }
    }
    int[] rgb = new int[COLORS];
    Arrays.setAll(rgb, i -> i * 0x172B3D);
    EncodeOptions options =
        EncodeOptions.builder().methods(Method.RANS).tileSize(32, 32).threads(1).build();
    return Kmq.encode(new IndexedImage(Palette.ofRgb(rgb), plane), options);
  }

  /** The file with other tables instead of its own, with correct length and checksum. */
  private static byte[] withTables(byte[] file, byte[] tables) {
    int end = START + 4 + Format.getInt(file, START) + 4;
    byte[] changed = Arrays.copyOf(file, START + 8 + tables.length + file.length - end);
    Format.putInt(changed, START, tables.length);
    System.arraycopy(tables, 0, changed, START + 4, tables.length);
    System.arraycopy(file, end, changed, START + 8 + tables.length, file.length - end);
    return Checksums.repair(changed);
  }

  private static byte[] tables(byte[] file) {
    return Arrays.copyOfRange(file, START + 4, START + 4 + Format.getInt(file, START));
  }

  private static KmqFormatException refused(byte[] file) {
    return assertThrows(KmqFormatException.class, () -> Kmq.decode(file));
  }

  @Test
  void theTablesAreStoredBeforeTheTilesAndAreUsed() throws IOException {
    byte[] file = file();
    assertArrayEquals(file, withTables(file, tables(file)));
    assertEquals(SIDE, Kmq.decode(file).width());
  }

  @Test
  void lengthsOutOfRangeAreRefused() {
    for (int length : new int[] {0, 0x10000, -1}) {
      byte[] file = file();
      Format.putInt(file, START, length);
      KmqFormatException e = refused(file);
      assertEquals(RefusalReason.TABLES_LENGTH, e.reason());
      assertEquals(START, e.offset());
    }
  }

  @Test
  void everyFlippedBitOfTheTablesIsSeen() {
    byte[] file = file();
    int end = START + 8 + tables(file).length;
    for (int bit = 8 * (START + 4); bit < 8 * end; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      KmqFormatException e = refused(damaged);
      assertEquals(RefusalReason.TABLES_CRC, e.reason());
      assertEquals(end - 4, e.offset());
    }
  }

  @Test
  void tablesThatBreakARuleAreRefused() {
    byte[] file = file();
    byte[] tables = tables(file);
    for (byte[] broken :
        new byte[][] {
          Arrays.copyOf(tables, tables.length - 1), Arrays.copyOf(tables, tables.length + 1), {0}
        }) {
      KmqFormatException e = refused(withTables(file, broken));
      assertEquals(RefusalReason.TABLES_CORRUPT, e.reason());
      assertEquals(START + 4, e.offset());
    }
  }

  @Test
  void filesThatEndInTheTablesAreTruncated() {
    byte[] file = file();
    for (int length = START; length < START + 8 + tables(file).length; length++) {
      assertEquals(RefusalReason.TRUNCATED, refused(Arrays.copyOf(file, length)).reason());
    }
  }

  @Test
  void oneColourHasNoTables() throws IOException {
    IndexedImage image = new IndexedImage(Palette.ofRgb(7), IndexPlane.allocate(50, 40, 1));
    EncodeOptions options = EncodeOptions.builder().methods(Method.RANS).build();
    byte[] file = Kmq.encode(image, options);
    assertEquals(Format.SHORT_HEADER_BYTES + 3 + 1 + 4, file.length);
    assertEquals(50, Kmq.decode(file).width());
  }
}
