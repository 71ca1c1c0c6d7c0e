package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.container.RefusalReason;
import dev.kmq.container.SalvageResult;
import dev.kmq.container.Tiling;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Every vector of the manifest, read by the Java decoder; named by the rules that it tests. */
class ConformanceTest {
  private static final List<Integer> THREADS = List.of(1, 4);

  @TestFactory
  List<DynamicTest> vectors() throws IOException {
    JsonNode manifest =
        new ObjectMapper().readTree(Specification.VECTORS.resolve("manifest.json").toFile());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode entry : manifest.get("vectors")) {
      Path file = Specification.VECTORS.resolve(text(entry, "file"));
      String rules =
          StreamSupport.stream(entry.get("rules").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(" "));
      Executable body =
          text(entry, "result").equals("valid")
              ? () -> accepted(file, entry)
              : () -> refused(file, entry);
      tests.add(dynamicTest(rules + ": " + text(entry, "file"), file.toUri(), body));
    }
    return tests;
  }

  private static void accepted(Path file, JsonNode entry) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(text(entry, "sha256"), Manifest.sha256(bytes));
    for (int threads : THREADS) {
      DecodeOptions options = options(entry, threads);
      check(entry, Kmq.decode(bytes, options));
      check(entry, Kmq.read(file, options));
      stream(bytes, bytes.length, entry, options);
      try (KmqReader reader = KmqReader.open(Files.newByteChannel(file), options)) {
        check(entry, reader.header(), reader.chunks());
        check(entry, backwards(reader));
        check(entry, reader.readImage());
        reader.expectEnd();
        assertEquals(bytes.length, reader.position());
      }
    }
  }

  private static void stream(byte[] bytes, int length, JsonNode entry, DecodeOptions options)
      throws IOException {
    OneByteStream in = new OneByteStream(bytes);
    check(entry, Kmq.decode(in, options));
    assertEquals(length, in.taken(), "bytes taken from the stream");
  }

  private static void refused(Path file, JsonNode entry) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(text(entry, "sha256"), Manifest.sha256(bytes));
    for (int threads : THREADS) {
      DecodeOptions options = options(entry, threads);
      refused(entry, () -> Kmq.decode(bytes, options));
      refused(entry, () -> Kmq.read(file, options));
      refused(entry, () -> whole(KmqReader.open(new OneByteStream(bytes), options)));
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        refused(entry, () -> whole(KmqReader.open(channel, options)));
      }
      if (entry.has("stream")) {
        JsonNode stream = entry.get("stream");
        stream(bytes, stream.get("bytes").asInt(), stream, options);
      }
      if (entry.has("salvage")) {
        salvaged(entry, KmqReader.open(new OneByteStream(bytes), options));
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
          salvaged(entry, KmqReader.open(channel, options));
        }
      }
    }
  }

  private static void whole(KmqReader reader) throws IOException {
    reader.readImage();
    reader.expectEnd();
  }

  private static void refused(JsonNode entry, Executable reading) {
    KmqFormatException e = assertThrows(KmqFormatException.class, reading);
    assertEquals(RefusalReason.valueOf(text(entry, "reasonName")), e.reason(), e.getMessage());
    assertEquals(text(entry, "reason"), "R" + e.reason().number());
  }

  private static void salvaged(JsonNode entry, KmqReader reader) throws IOException {
    SalvageResult salvaged = reader.salvage();
    List<Integer> intact = new ArrayList<>();
    entry.get("salvage").get("intactTiles").forEach(tile -> intact.add(tile.asInt()));
    assertEquals(intact, salvaged.intact().stream().boxed().toList());
    assertEquals(
        text(entry.get("salvage"), "indicesSha256"),
        Manifest.sha256(indexBytes(salvaged.image().plane())));
    KmqFormatException fault = Objects.requireNonNull(salvaged.fault(), "fault");
    assertEquals(RefusalReason.valueOf(text(entry, "reasonName")), fault.reason());
  }

  /** Tile after tile, the last one first. */
  private static IndexedImage backwards(KmqReader reader) throws IOException {
    Tiling tiling = reader.header().tiling();
    int colors = reader.header().colors();
    IndexPlane plane = IndexPlane.allocate(tiling.width(), tiling.height(), colors);
    for (int tile = (int) tiling.count() - 1; tile >= 0; tile--) {
      reader.readTile(
          tile,
          plane.window(tiling.x(tile), tiling.y(tile), tiling.width(tile), tiling.height(tile)));
    }
    return new IndexedImage(reader.header().palette(), plane);
  }

  private static void check(JsonNode entry, IndexedImage image) {
    assertEquals(entry.get("width").asInt(), image.width());
    assertEquals(entry.get("height").asInt(), image.height());
    assertEquals(entry.get("colors").asInt(), image.palette().size());
    assertEquals(text(entry, "entry").equals("rgba"), image.palette().hasAlpha());
    assertEquals(text(entry, "indicesSha256"), Manifest.sha256(indexBytes(image.plane())));
    ByteArrayOutputStream rgba = new ByteArrayOutputStream();
    for (int argb : image.toArgb()) {
      for (int shift : new int[] {16, 8, 0, 24}) {
        rgba.write(argb >>> shift);
      }
    }
    assertEquals(text(entry, "rgbaSha256"), Manifest.sha256(rgba.toByteArray()));
  }

  private static byte[] indexBytes(IndexPlane plane) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        out.write(plane.get(x, y) >>> 8);
        out.write(plane.get(x, y));
      }
    }
    return out.toByteArray();
  }

  private static void check(JsonNode entry, Header header, List<Chunk> chunks) {
    assertEquals(text(entry, "method"), header.method().label());
    assertEquals(text(entry, "colorSpace").equals("icc"), header.colorSpace() == ColorSpace.ICC);
    List<String> expected = new ArrayList<>();
    if (entry.has("chunks")) {
      entry
          .get("chunks")
          .forEach(chunk -> expected.add(text(chunk, "type") + " " + text(chunk, "sha256")));
    }
    assertEquals(
        expected, chunks.stream().map(c -> c.type() + " " + Manifest.sha256(c.data())).toList());
  }

  /** The defaults of the specification, not of this machine, changed by the entry's limits. */
  private static DecodeOptions options(JsonNode entry, int threads) {
    JsonNode limits = entry.path("limits");
    return DecodeOptions.builder()
        .limits(
            Limits.defaults()
                .withMaxPixels(limits.path("pixels").asLong(1L << 28))
                .withMaxRasterBytes(limits.path("rasterBytes").asLong(1L << 30))
                .withMaxChunkBytes(limits.path("chunkBytes").asLong(1L << 24))
                .withMaxTiles(limits.path("tiles").asLong(1L << 20))
                .withMaxWork(limits.path("work").asLong(1L << 37))
                .withMaxChunks(limits.path("chunks").asLong(1L << 16)))
        .threads(threads)
        .keepUnknownChunks(true)
        .build();
  }

  private static String text(JsonNode node, String name) {
    return node.required(name).asText();
  }

  /** Gives one byte at a time and counts them. */
  private static final class OneByteStream extends InputStream {
    private final byte[] bytes;
    private int taken;

    OneByteStream(byte[] bytes) {
      this.bytes = bytes;
    }

    int taken() {
      return taken;
    }

    @Override
    public int read() {
      return taken == bytes.length ? -1 : bytes[taken++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      int b = read();
      if (b < 0) {
        return -1;
      }
      target[offset] = (byte) b;
      return 1;
    }
  }
}
