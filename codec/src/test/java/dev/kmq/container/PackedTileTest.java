package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the packed bits of tiles. */
final class PackedTileTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 9, 12, 15, 16})
  void bytesAreThoseOfTheFile(int colors) throws IOException {
    byte[] file = encode(colors, 37, 21, Method.PACKED);
    int header = 24 + 3 * colors + 4;
    KmqReader reader = open(file);
    byte[] target = new byte[file.length];
    reader.readPackedTile(0, target, 5);
    byte[] payload = Arrays.copyOfRange(file, header, file.length - 4);
    assertArrayEquals(payload, Arrays.copyOfRange(target, 5, 5 + payload.length));
    assertEquals(file.length, reader.position());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 9, 12, 15})
  void everyIndexThatIsTooLargeIsRefused(int colors) throws IOException {
    byte[] file = encode(colors, 37, 3, Method.PACKED);
    int bits = Palette.bitsPerIndex(colors);
    int header = 24 + 3 * colors + 4;
    for (int pixel = 0; pixel < 37 * 3; pixel++) {
      byte[] damaged = file.clone();
      int bit = pixel * bits;
      damaged[header + bit / 8] |= (byte) ((1 << bits) - 1 << 8 - bits - bit % 8);
      assertRefused(RefusalReason.INDEX_OUT_OF_RANGE, withChecksum(damaged));
    }
  }

  @Test
  void damageIsRefusedAsWhenDecoding() throws IOException {
    byte[] file = encode(3, 37, 3, Method.PACKED);
    byte[] spare = file.clone();
    spare[file.length - 5] |= 1;
    assertRefused(RefusalReason.TILE_CRC, spare);
    assertRefused(RefusalReason.SPARE_BITS, withChecksum(spare));
    assertRefused(RefusalReason.TRUNCATED, Arrays.copyOf(file, file.length - 6));
  }

  @Test
  void otherFilesHaveNoSuchTiles() throws IOException {
    byte[] target = new byte[1000];
    for (int colors : new int[] {1, 5, 17}) {
      KmqReader reader = open(encode(colors, 8, 8, Method.PACKED));
      assertThrows(IllegalStateException.class, () -> reader.readPackedTile(0, target, 0));
    }
    KmqReader deflate = open(encode(4, 8, 8, Method.DEFLATE));
    assertThrows(IllegalStateException.class, () -> deflate.readPackedTile(0, target, 0));
    KmqReader reader = open(encode(4, 8, 8, Method.PACKED));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.readPackedTile(0, target, 990));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.readPackedTile(1, target, 0));
  }

  /** A tile of 2^31 pixels, 256 MiB packed. */
  @Test
  void tilesOfMorePixelsThanAnIntHolds() throws IOException {
    byte[] head = new RawFile(Method.PACKED, 65536, 32768, 2).file();
    int bytes = 1 << 28;
    CRC32C crc = new CRC32C();
    crc.update(head, head.length - 4, 4);
    crc.update(new byte[4]);
    byte[] zeros = new byte[1 << 16];
    for (int done = 0; done < bytes; done += zeros.length) {
      crc.update(zeros);
    }
    byte[] sum = new byte[4];
    Format.putInt(sum, 0, (int) crc.getValue());
    InputStream payload =
        new InputStream() {
          private int left = bytes;

          @Override
          public int read() {
            return left-- > 0 ? 0 : -1;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            int n = Math.min(left, length);
            Arrays.fill(target, offset, offset + n, (byte) 0);
            left -= n;
            return n == 0 && length > 0 ? -1 : n;
          }
        };
    InputStream file =
        new SequenceInputStream(
            new SequenceInputStream(new ByteArrayInputStream(head), payload),
            new ByteArrayInputStream(sum));
    Limits limits = Limits.defaults().withMaxPixels(1L << 31);
    KmqReader reader = KmqReader.open(file, DecodeOptions.builder().limits(limits).build());
    byte[] target = new byte[bytes];
    Arrays.fill(target, (byte) 1);
    reader.readPackedTile(0, target, 0);
    assertEquals(0, target[0] | target[bytes / 2] | target[bytes - 1]);
  }

  private static void assertRefused(RefusalReason reason, byte[] file) throws IOException {
    KmqReader reader = open(file);
    byte[] target = new byte[file.length];
    KmqFormatException refusal =
        assertThrows(KmqFormatException.class, () -> reader.readPackedTile(0, target, 0));
    assertEquals(reason, refusal.reason());
  }

  private static byte[] withChecksum(byte[] file) {
    return Checksums.repair(file.clone());
  }

  private static KmqReader open(byte[] file) throws IOException {
    return KmqReader.open(new ByteArrayInputStream(file), DecodeOptions.defaults());
  }

  private static byte[] encode(int colors, int width, int height, Method method) {
    Random random = new Random(colors);
    IndexPlane plane = IndexPlane.allocate(width, height, colors);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        plane.set(x, y, random.nextInt(colors));
      }
    }
    Palette palette = Palette.ofRgb(random.ints(colors).toArray());
    return Kmq.encode(
        new IndexedImage(palette, plane), EncodeOptions.builder().methods(method).build());
  }
}
