package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.SampleFiles;
import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Parts of a file that are swapped, repeated, lost or taken from another file of the same shape,
 * with their own checksums unchanged: refused if the image would change, that is its indices, its
 * palette or the palette's profile.
 */
final class TransplantTest {
  private static final int[] COLORS = {2, 16, 64, 256, 300};

  /** Every number of colours with and without alpha. */
  private static final int PAIRS = 2 * COLORS.length;

  private static final DecodeOptions OPTIONS = DecodeOptions.builder().threads(1).build();

  /** The parts of a file, from which other files are built. */
  private static final class Parts {
    private final byte[] header;
    private final List<byte[]> chunks;
    private final byte[] tables;
    private final List<byte[]> tiles;

    Parts(byte[] header, List<byte[]> chunks, byte[] tables, List<byte[]> tiles) {
      this.header = header;
      this.chunks = chunks;
      this.tables = tables;
      this.tiles = tiles;
    }

    static Parts of(byte[] file) throws IOException {
      KmqReader reader = KmqReader.open(file, OPTIONS);
      int at = (int) reader.headerBytes();
      final byte[] header = Arrays.copyOf(file, at);
      List<byte[]> chunks = new ArrayList<>();
      for (long end = at + reader.chunkBytes(); at < end; ) {
        int length = 12 + Format.getInt(file, at + 4);
        chunks.add(Arrays.copyOfRange(file, at, at + length));
        at += length;
      }
      final byte[] tables = Arrays.copyOfRange(file, at, at + (int) reader.tableBytes());
      List<byte[]> tiles = new ArrayList<>();
      for (int tile = 0; tile < reader.header().tiling().count(); tile++) {
        Extent extent = reader.tileExtent(tile);
        int from = (int) extent.offset();
        tiles.add(Arrays.copyOfRange(file, from, from + (int) extent.length()));
      }
      Parts parts = new Parts(header, chunks, tables, tiles);
      assertArrayEquals(file, parts.file());
      return parts;
    }

    byte[] file() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(header);
      chunks.forEach(out::writeBytes);
      out.writeBytes(tables);
      tiles.forEach(out::writeBytes);
      return out.toByteArray();
    }

    Parts withHeader(byte[] other) {
      return new Parts(other, chunks, tables, tiles);
    }

    Parts withChunks(List<byte[]> other) {
      return new Parts(header, other, tables, tiles);
    }

    Parts withTables(byte[] other) {
      return new Parts(header, chunks, other, tiles);
    }

    Parts withTiles(List<byte[]> other) {
      return new Parts(header, chunks, tables, other);
    }

    /** These tiles, with one replaced by that from another position. */
    Parts withTile(int place, byte[] tile) {
      List<byte[]> changed = new ArrayList<>(tiles);
      changed.set(place, tile);
      return withTiles(changed);
    }
  }

  /** The number of changed files of a kind, and of those accepted with another image. */
  private static final class Counts {
    private final Map<String, int[]> counts = new LinkedHashMap<>();

    void count(String kind, byte[] file, byte[] changed) {
      if (Arrays.equals(file, changed)) {
        return;
      }
      int[] count = counts.computeIfAbsent(kind, k -> new int[3]);
      count[0]++;
      try {
        IndexedImage image = Kmq.decode(changed, OPTIONS);
        boolean same = equal(image, Kmq.decode(file, OPTIONS));
        same &= Arrays.equals(profile(changed), profile(file));
        count[same ? 2 : 1]++;
      } catch (KmqFormatException e) {
        // refused, as expected
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private static byte[] profile(byte[] file) throws IOException {
      KmqReader reader = KmqReader.open(file, OPTIONS);
      return reader.chunks().stream()
          .filter(c -> c.type().equals(Chunk.ICCP))
          .map(Chunk::data)
          .findFirst()
          .orElse(new byte[0]);
    }

    void report(Method method) {
      counts.forEach(
          (kind, count) ->
              System.out.printf(
                  "%s, %s: %d tried, %d accepted with another image, %d with the same%n",
                  method.label(), kind, count[0], count[1], count[2]));
    }
  }

  private static boolean equal(IndexedImage a, IndexedImage b) {
    return a.palette().equals(b.palette()) && Arrays.equals(a.toArgb(), b.toArgb());
  }

  private static byte[] file(Method method, int pair, boolean second, List<Chunk> chunks) {
    int colors = COLORS[pair % COLORS.length];
    IndexedImage image =
        SampleFiles.image(40, 40, colors, pair % 2 == 1, 1000L * pair + (second ? 1 : 0));
    EncodeOptions options =
        EncodeOptions.builder().methods(method).tileSize(32, 16).chunks(chunks).threads(1).build();
    return Kmq.encode(image, options);
  }

  private static List<Chunk> chunks(int number) {
    return List.of(
        Chunk.text("Title", "image " + number),
        Chunk.iccProfile(("profile " + number).getBytes(StandardCharsets.US_ASCII)),
        Chunk.pixelsPerMetre(number, number));
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void noOtherImageIsAccepted(Method method) throws IOException {
    Counts counts = new Counts();
    for (int pair = 0; pair < PAIRS; pair++) {
      for (boolean withChunks : new boolean[] {false, true}) {
        byte[] one = file(method, pair, false, withChunks ? chunks(1) : List.of());
        byte[] two = file(method, pair, true, withChunks ? chunks(2) : List.of());
        rearrange(counts, one);
        transplant(counts, one, two);
        if (withChunks) {
          chunks(counts, one, two);
        }
      }
    }
    counts.report(method);
    counts.counts.forEach(
        (kind, count) -> {
          assertTrue(count[0] >= PAIRS, kind + " was tried " + count[0] + " times");
          assertEquals(0, count[1], method.label() + ", " + kind);
        });
  }

  private static void rearrange(Counts counts, byte[] file) throws IOException {
    Parts parts = Parts.of(file);
    List<byte[]> tiles = parts.tiles;
    for (int i = 0; i < tiles.size(); i++) {
      for (int j = 0; j < tiles.size(); j++) {
        if (i < j) {
          List<byte[]> swapped = new ArrayList<>(tiles);
          Collections.swap(swapped, i, j);
          counts.count("two tiles swapped", file, parts.withTiles(swapped).file());
        }
        if (i != j) {
          byte[] doubled = parts.withTile(i, tiles.get(j)).file();
          counts.count("a tile doubled over another", file, doubled);
        }
      }
      List<byte[]> dropped = new ArrayList<>(tiles);
      dropped.remove(i);
      counts.count("a tile dropped", file, parts.withTiles(dropped).file());
      List<byte[]> inserted = new ArrayList<>(tiles);
      inserted.add(i, tiles.get(i));
      counts.count("a tile inserted", file, parts.withTiles(inserted).file());
    }
  }

  private static void transplant(Counts counts, byte[] file, byte[] other) throws IOException {
    Parts parts = Parts.of(file);
    Parts others = Parts.of(other);
    for (int i = 0; i < parts.tiles.size(); i++) {
      byte[] changed = parts.withTile(i, others.tiles.get(i)).file();
      counts.count("a tile of another file", file, changed);
    }
    counts.count("all tiles of another file", file, parts.withTiles(others.tiles).file());
    counts.count("header of another file", file, parts.withHeader(others.header).file());
    if (parts.tables.length > 0) {
      counts.count("tables of another file", file, parts.withTables(others.tables).file());
      byte[] both = parts.withTables(others.tables).withTiles(others.tiles).file();
      counts.count("tables and tiles of another file", file, both);
    }
  }

  private static void chunks(Counts counts, byte[] file, byte[] other) throws IOException {
    Parts parts = Parts.of(file);
    Parts others = Parts.of(other);
    List<byte[]> chunks = parts.chunks;
    counts.count("chunks of another file", file, parts.withChunks(others.chunks).file());
    byte[] front = parts.withChunks(others.chunks).withHeader(others.header).file();
    counts.count("header and chunks of another file", file, front);
    for (int i = 0; i < chunks.size(); i++) {
      List<byte[]> changed = new ArrayList<>(chunks);
      changed.remove(i);
      counts.count("a chunk dropped", file, parts.withChunks(changed).file());
      changed.add(i, others.chunks.get(i));
      counts.count("a chunk of another file", file, parts.withChunks(changed).file());
      changed.add(i, chunks.get(i));
      counts.count("a chunk inserted", file, parts.withChunks(changed).file());
      for (int j = 0; j < i; j++) {
        List<byte[]> swapped = new ArrayList<>(chunks);
        Collections.swap(swapped, i, j);
        counts.count("two chunks swapped", file, parts.withChunks(swapped).file());
      }
    }
  }

  /**
   * Chunks that do not change the image can be added and removed without rewriting tiles or tables.
   */
  @ParameterizedTest
  @EnumSource(Method.class)
  void chunksComeAndGoWithoutTheTiles(Method method) throws IOException {
    for (int pair = 0; pair < COLORS.length; pair++) {
      Parts bare = Parts.of(file(method, pair, false, List.of()));
      List<Chunk> chunks =
          List.of(
              Chunk.text("Title", "x"), Chunk.iccProfile(new byte[] {1}), Chunk.exif(new byte[9]));
      IndexedImage image = Kmq.decode(bare.file());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Header header = KmqReader.open(bare.file(), OPTIONS).header();
      Header with =
          new Header(
              header.method(),
              header.palette(),
              ColorSpace.SRGB,
              header.tiling(),
              true,
              header.matches(),
              header.codedPalette(),
              false);
      new KmqWriter(out, with, chunks, Work.onThreads(1)).write(image);
      Parts rich = Parts.of(out.toByteArray());
      assertArrayEquals(bare.tables, rich.tables);
      assertArrayEquals(bare.tiles.toArray(), rich.tiles.toArray());
      assertTrue(equal(image, Kmq.decode(out.toByteArray())));
    }
  }
}
