package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import dev.kmq.SampleFiles;
import dev.kmq.SampleFiles.Sample;
import dev.kmq.image.IndexPlane;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Truncated, corrupted and rearranged files: none gives an image, unless it is salvaged. */
final class DamageTest {
  private static final DecodeOptions ONE_THREAD = DecodeOptions.builder().threads(1).build();
  private static final DecodeOptions TWO_THREADS = DecodeOptions.builder().threads(2).build();

  static List<Sample> samples() {
    return SampleFiles.all();
  }

  @Test
  void thereAreEnoughSamples() {
    assertTrue(samples().size() >= 20, samples().size() + " samples");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyPrefixIsRefused(Sample sample) throws IOException {
    byte[] file = sample.file();
    int[] offsets = tileOffsets(file);
    for (int length = 0; length < file.length; length++) {
      int end = length;
      byte[] prefix = Arrays.copyOf(file, length);
      String what = sample + ", " + length + " of " + file.length + " bytes";
      KmqFormatException whole = refused(what, length, () -> Kmq.decode(prefix, ONE_THREAD));
      assertEquals(
          length == 0 ? RefusalReason.NOT_KMQ : RefusalReason.TRUNCATED, whole.reason(), what);
      KmqFormatException streamed =
          refused(what, length, () -> Kmq.decode(new ByteArrayInputStream(prefix), ONE_THREAD));
      assertEquals(whole.reason(), streamed.reason(), what);
      refused(what, length, () -> Kmq.decode(new ByteArrayInputStream(prefix), TWO_THREADS));
      if (length >= offsets[0] && !isShort(file)) {
        assertSalvaged(sample, prefix, tile -> offsets[tile + 1] <= end);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFlippedBitIsRefused(Sample sample) throws IOException {
    byte[] file = sample.file();
    int[] offsets = tileOffsets(file);
    boolean framed = !sample.options().methods().equals(List.of(Method.PACKED));
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String what = sample + ", bit " + bit % 8 + " of byte " + bit / 8;
      refused(what, file.length, () -> Kmq.decode(flipped, ONE_THREAD));
      int at = bit / 8;
      if (at >= offsets[0] && !isShort(file)) {
        int damaged = 0;
        while (offsets[damaged + 1] <= at) {
          damaged++;
        }
        int hit = damaged;
        if (framed && at < offsets[damaged] + 4) {
          SalvageResult salvaged = KmqReader.open(flipped, ONE_THREAD).salvage();
          assertEquals(hit, salvaged.intact().nextClearBit(0), "those before it are there");
        } else {
          assertSalvaged(sample, flipped, i -> i != hit);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void burstsAreRefused(Sample sample) {
    byte[] file = sample.file();
    Random random = new Random(file.length);
    for (int i = 0; i < 500; i++) {
      byte[] torn = file.clone();
      int length = 2 + random.nextInt(31);
      int first = random.nextInt(8 * file.length - length);
      flip(torn, first);
      flip(torn, first + length - 1);
      for (int bit = first + 1; bit < first + length - 1; bit++) {
        if (random.nextBoolean()) {
          flip(torn, bit);
        }
      }
      String what = sample + ", " + length + " bits from " + first;
      refused(what, file.length, () -> Kmq.decode(torn, TWO_THREADS));
    }
  }

  /** Whether a file has a single checksum, so that nothing of it can be salvaged. */
  private static boolean isShort(byte[] file) {
    return (file[Format.FLAGS_OFFSET] & Format.FLAG_SHORT) != 0;
  }

  private static void flip(byte[] bytes, int bit) {
    bytes[bit / 8] ^= (byte) (0x80 >>> bit % 8);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void droppedAndDoubledTilesAreRefused(Sample sample) throws IOException {
    byte[] file = sample.file();
    int[] at = tileOffsets(file);
    for (int tile = 0; tile < at.length - 1; tile++) {
      byte[] dropped = join(part(file, 0, at[tile]), part(file, at[tile + 1], file.length));
      refused(sample + " without tile " + tile, file.length, () -> Kmq.decode(dropped));
      byte[] doubled = join(part(file, 0, at[tile + 1]), part(file, at[tile], file.length));
      refused(sample + " with tile " + tile + " twice", doubled.length, () -> Kmq.decode(doubled));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void swappedTilesAreRefused(Sample sample) throws IOException {
    byte[] file = sample.file();
    int[] at = tileOffsets(file);
    for (int tile = 0; tile < at.length - 2; tile++) {
      byte[] swapped =
          join(
              part(file, 0, at[tile]),
              part(file, at[tile + 1], at[tile + 2]),
              part(file, at[tile], at[tile + 1]),
              part(file, at[tile + 2], file.length));
      refused(sample + ", tile " + tile + " swapped", file.length, () -> Kmq.decode(swapped));
    }
  }

  /** Chunks that must occur once are refused if missing or repeated; texts are optional. */
  @ParameterizedTest
  @MethodSource("samples")
  void droppedAndDoubledChunksAreRefusedIfTheFormatAllowsDetection(Sample sample)
      throws IOException {
    byte[] file = sample.file();
    int from = sample.image().palette().size() * (sample.image().palette().hasAlpha() ? 4 : 3) + 28;
    List<Chunk> chunks = sample.options().chunks();
    for (int i = 0; i <= chunks.size() && !chunks.isEmpty(); i++) {
      String type = i == chunks.size() ? Chunk.END : chunks.get(i).type();
      int to = from + 12 + (i == chunks.size() ? 0 : chunks.get(i).length());
      byte[] dropped = join(part(file, 0, from), part(file, to, file.length));
      byte[] doubled = join(part(file, 0, to), part(file, from, file.length));
      if (type.equals(Chunk.END) || type.equals(Chunk.ICCP)) {
        refused(sample + " without " + type, file.length, () -> Kmq.decode(dropped));
      } else {
        assertEquals(chunks.size() - 1, KmqReader.open(dropped, ONE_THREAD).chunks().size());
      }
      if (!type.equals(Chunk.TEXT)) {
        refused(sample + " with " + type + " twice", doubled.length, () -> Kmq.decode(doubled));
      }
      from = to;
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void trailingBytesAreRefusedInWholeFiles(Sample sample) throws IOException {
    byte[] file = sample.file();
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    KmqFormatException refusal =
        refused(sample.name(), file.length, () -> Kmq.decode(longer, TWO_THREADS));
    assertEquals(RefusalReason.TRAILING_BYTES, refusal.reason());
    assertEquals(file.length, refusal.offset());
    ByteArrayInputStream in = new ByteArrayInputStream(longer);
    Kmq.decode(in, TWO_THREADS);
    assertEquals(1, in.available());
  }

  private interface Decoding {
    Object run() throws IOException;
  }

  private interface Expectation {
    boolean intact(int tile);
  }

  private static KmqFormatException refused(String what, int size, Decoding decoding) {
    KmqFormatException refusal = assertThrows(KmqFormatException.class, decoding::run, what);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(refusal.offset() >= 0 && refusal.offset() <= size, what + ": " + message);
    String reason = refusal.reason().name();
    boolean damage = !reason.startsWith("LIMIT_") && !reason.equals("NOT_KMQ");
    assertEquals(damage, message.endsWith("offset " + refusal.offset() + ")"), message);
    return refusal;
  }

  private static void assertSalvaged(Sample sample, byte[] file, Expectation expected)
      throws IOException {
    SalvageResult salvaged = KmqReader.open(file, ONE_THREAD).salvage();
    Method method = sample.options().methods().get(0);
    Tiling tiling =
        sample.options().tiling(method, sample.image().width(), sample.image().height());
    BitSet mask = new BitSet();
    for (int tile = 0; tile < tiling.count(); tile++) {
      mask.set(tile, expected.intact(tile));
    }
    assertEquals(mask, salvaged.intact(), sample.name());
    assertEquals(mask.cardinality() == tiling.count(), salvaged.fault() == null);
    for (int tile = 0; tile < tiling.count(); tile++) {
      for (int i = 0; i < tiling.width(tile) * tiling.height(tile); i++) {
        int x = tiling.x(tile) + i % tiling.width(tile);
        int y = tiling.y(tile) + i / tiling.width(tile);
        int index = mask.get(tile) ? sample.image().plane().get(x, y) : 0;
        assertEquals(index, salvaged.image().plane().get(x, y));
      }
    }
  }

  /** The offsets of the tiles, and the end of the last one. */
  private static int[] tileOffsets(byte[] file) throws IOException {
    KmqReader reader = KmqReader.open(new ByteArrayInputStream(file), ONE_THREAD);
    Header header = reader.header();
    Tiling tiling = header.tiling();
    List<Integer> offsets = new ArrayList<>();
    for (int tile = 0; tile < tiling.count(); tile++) {
      offsets.add((int) reader.position());
      reader.readTile(
          tile, IndexPlane.allocate(tiling.width(tile), tiling.height(tile), header.colors()));
    }
    offsets.add((int) reader.position());
    assertEquals(file.length, offsets.get(offsets.size() - 1));
    return offsets.stream().mapToInt(Integer::intValue).toArray();
  }

  private static byte[] part(byte[] file, int from, int to) {
    return Arrays.copyOfRange(file, from, to);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  void salvagesNothingWithoutHeader() {
    byte[] file = samples().get(0).file();
    file[20] ^= 1;
    assertThrows(KmqFormatException.class, () -> KmqReader.open(file, ONE_THREAD).salvage());
  }
}
