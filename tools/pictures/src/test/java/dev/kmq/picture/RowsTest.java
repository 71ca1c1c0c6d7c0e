package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Chunk;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are read by rows are the same as those that are read at once. */
class RowsTest {
  static final int[][] DEPTHS = {
    {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8},
    {4, 8}, {4, 16}, {6, 8}, {6, 16}
  };

  /** What a reader gives; the input is open meanwhile. */
  private static void reading(byte[] file, boolean rows, Consumer<Picture> use) throws IOException {
    reading(file, rows, MetadataPolicy.ALL, false, null, use);
  }

  private static void reading(
      byte[] file,
      boolean rows,
      MetadataPolicy policy,
      boolean toSrgb,
      @Nullable Integer background,
      Consumer<Picture> use)
      throws IOException {
    Inputs.Selection all = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs = Inputs.find(List.of("-"), new ByteArrayInputStream(file), all)) {
      Input input = Objects.requireNonNull(inputs.found().get(0).input());
      long most = rows ? 0 : Long.MAX_VALUE;
      use.accept(
          new PictureReader(Limits.defaults(), policy, toSrgb, background, most).read(input));
    }
  }

  /** Reads in bands, twice, so that the image is started over. */
  private static int[] pixels(PixelSource source) {
    int[] all = new int[source.width() * source.height()];
    for (int pass = 0; pass < 2; pass++) {
      for (int y = 0; y < source.height(); y += 5) {
        int n = Math.min(5, source.height() - y);
        int[] band = new int[n * source.width()];
        source.readRows(y, n, band);
        System.arraycopy(band, 0, all, y * source.width(), band.length);
      }
    }
    return all;
  }

  private static void assertSame(byte[] file, String what) throws IOException {
    for (MetadataPolicy policy : List.of(MetadataPolicy.ALL, MetadataPolicy.NONE)) {
      for (Integer background : Arrays.asList(null, 0x80FF10)) {
        reading(
            file,
            false,
            policy,
            false,
            background,
            whole -> {
              try {
                reading(
                    file, true, policy, false, background, rows -> assertSame(whole, rows, what));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    }
  }

  private static void assertSame(Picture whole, Picture rows, String what) {
    assertEquals(whole.width(), rows.width(), what);
    assertEquals(whole.height(), rows.height(), what);
    assertArrayEquals(pixels(whole.pixels()), pixels(rows.pixels()), what);
    assertEquals(whole.chunks(), rows.chunks(), what);
    assertEquals(whole.warnings(), rows.warnings(), what);
    assertEquals(whole.reduction(), rows.reduction(), what);
    IndexSource expected = whole.indexed();
    IndexSource found = rows.indexed();
    assertEquals(expected == null, found == null, what);
    if (expected != null && found != null) {
      assertEquals(expected.palette(), found.palette(), what);
      for (int y = 0; y < found.height(); y++) {
        IndexPlane a = expected.rows(y, 1);
        IndexPlane b = found.rows(y, 1);
        for (int x = 0; x < found.width(); x++) {
          assertEquals(a.get(x, 0), b.get(x, 0), what);
        }
      }
    }
  }

  private static final int[] SAMPLES = {1, 0, 3, 1, 2, 0, 4};

  /** Any samples, with any filters, and no chunk but those that a PNG needs. */
  static byte[] samples(
      Random random, int colorType, int depth, int width, int height, boolean interlaced) {
    int[][] adam7 = {
      {0, 0, 8, 8},
      {4, 0, 8, 8},
      {0, 4, 4, 8},
      {2, 0, 4, 4},
      {0, 2, 2, 4},
      {1, 0, 2, 2},
      {0, 1, 1, 2}
    };
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int[] pass : interlaced ? adam7 : new int[][] {{0, 0, 1, 1}}) {
      int columns = (width - pass[0] + pass[2] - 1) / pass[2];
      for (int y = pass[1]; y < height && pass[0] < width; y += pass[3]) {
        byte[] row = new byte[(columns * SAMPLES[colorType] * depth + 7) / 8];
        random.nextBytes(row);
        rows.write(random.nextInt(5));
        rows.writeBytes(row);
      }
    }
    TestPng.Chunk header = TestPng.header(width, height, depth, colorType);
    header.data()[12] = (byte) (interlaced ? 1 : 0);
    byte[] palette = new byte[colorType == 3 ? 3 << depth : 3];
    random.nextBytes(palette);
    return TestPng.of(
        header,
        new TestPng.Chunk(colorType == 3 ? "PLTE" : "prVt", palette),
        new TestPng.Chunk("IDAT", TestPng.deflate(rows.toByteArray())),
        new TestPng.Chunk("IEND", new byte[0]));
  }

  static byte[] png(Random random, int colorType, int depth, int width, int height) {
    int samples = SAMPLES[colorType];
    int rowBytes = (width * samples * depth + 7) / 8;
    byte[] raw = new byte[height * (rowBytes + 1)];
    random.nextBytes(raw);
    int kinds = 1 + random.nextInt(5);
    boolean even = random.nextBoolean();
    for (int y = 0; y < height; y++) {
      raw[y * (rowBytes + 1)] = (byte) random.nextInt(kinds);
      for (int i = 1; even && i <= rowBytes; i++) {
        raw[y * (rowBytes + 1) + i] = (byte) (i / samples % 3 == 0 ? 0 : 1);
      }
    }
    List<TestPng.Chunk> chunks = new ArrayList<>();
    chunks.add(TestPng.header(width, height, depth, colorType));
    switch (random.nextInt(4)) {
      case 0 -> chunks.add(TestPng.ofInts("gAMA", 100_000 / (1 + random.nextInt(3))));
      case 1 -> chunks.add(TestPng.ofBytes("cICP", 9, 16 + random.nextInt(2) * 2, 0, 1));
      case 2 -> chunks.add(TestPng.ofBytes("cICP", 12, 13, 0, 1));
      default -> {}
    }
    if (colorType == 3) {
      byte[] colors = new byte[3 * (1 + random.nextInt(1 << depth))];
      random.nextBytes(colors);
      chunks.add(new TestPng.Chunk("PLTE", colors));
      if (random.nextBoolean()) {
        chunks.add(TestPng.ofBytes("tRNS", random.nextInt(256)));
      }
    } else if (colorType < 3 && random.nextBoolean()) {
      byte[] key = new byte[2 * samples];
      for (int i = 0; i < key.length; i++) {
        key[i] = (byte) (depth == 16 || i % 2 == 1 ? random.nextInt(2) : 0);
      }
      chunks.add(new TestPng.Chunk("tRNS", key));
    }
    if (random.nextBoolean()) {
      chunks.add(new TestPng.Chunk("eXIf", exif(1 + random.nextInt(8))));
    }
    byte[] data = TestPng.deflate(raw);
    int cut = random.nextInt(data.length);
    chunks.add(new TestPng.Chunk("IDAT", Arrays.copyOf(data, cut)));
    chunks.add(new TestPng.Chunk("IDAT", Arrays.copyOfRange(data, cut, data.length)));
    chunks.add(new TestPng.Chunk("IEND", new byte[0]));
    return TestPng.of(chunks.toArray(TestPng.Chunk[]::new));
  }

  /** A TIFF header, and a directory of one entry, for the orientation. */
  private static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1})
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  @Property(tries = 250)
  void png(
      @ForAll @IntRange(max = 14) int kind,
      @ForAll @IntRange(min = 1, max = 19) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll long seed)
      throws IOException {
    int[] one = DEPTHS[kind];
    assertSame(
        png(new Random(seed), one[0], one[1], width, height),
        "colour type " + one[0] + ", " + one[1] + " bits");
  }

  private static byte[] pnm(Random random, int kind, int width, int height) {
    int samples = kind == 7 ? 1 + random.nextInt(4) : kind == 3 || kind == 6 ? 3 : 1;
    int maximum = kind == 1 || kind == 4 ? 1 : new int[] {1, 100, 255, 1000, 65535}[kind % 5];
    StringBuilder text = new StringBuilder("P" + kind + "\n# a comment\n");
    if (kind == 7) {
      text = new StringBuilder("P7\nWIDTH " + width + "\nHEIGHT " + height + "\n# comment\n");
      text.append("DEPTH " + samples + "\nMAXVAL " + maximum + "\nENDHDR\n");
    } else {
      text.append(width + " " + height + "\n");
      text.append(maximum == 1 && kind % 3 == 1 ? "" : maximum + "\n");
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
    int rowBytes = kind == 4 ? (width + 7) / 8 : width * samples;
    for (int i = 0; i < rowBytes * height; i++) {
      int sample = kind == 4 ? random.nextInt(256) : random.nextInt(maximum + 1);
      if (kind <= 3) {
        file.writeBytes((sample + (kind == 1 ? "" : "\n")).getBytes(StandardCharsets.US_ASCII));
      } else {
        file.writeBytes(
            maximum > 255
                ? new byte[] {(byte) (sample >> 8), (byte) sample}
                : new byte[] {(byte) sample});
      }
    }
    return file.toByteArray();
  }

  @Property(tries = 120)
  void pnm(
      @ForAll @IntRange(min = 1, max = 7) int kind,
      @ForAll @IntRange(min = 1, max = 19) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll long seed)
      throws IOException {
    byte[] file = pnm(new Random(seed), kind, width, height);
    assertSame(file, "P" + kind);
    reading(
        Arrays.copyOf(file, file.length - (kind <= 3 ? 2 : 1)),
        true,
        picture -> {
          if (kind > 3 || kind == 1) { // a plain number may end with the file
            assertThrows(UncheckedIOException.class, () -> pixels(picture.pixels()));
          }
        });
  }

  /** How a TIFF is laid out: {@code side} is that of tiles, or the rows of a strip. */
  private record Tiff(
      ByteOrder order, boolean big, boolean tiled, int side, boolean deflated, boolean planar) {
    byte[] file(Random random, int width, int height, int photometric, int samples, int bits) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      List<byte[]> blocks = new ArrayList<>();
      int planes = planar ? samples : 1;
      int columns = tiled ? (width + side - 1) / side : 1;
      for (int i = 0; i < planes * columns * ((height + side - 1) / side); i++) {
        int row = i / columns % ((height + side - 1) / side);
        int rows = tiled ? side : Math.min(side, height - row * side);
        int rowBits = (tiled ? side : width) * bits * samples / planes;
        byte[] block = new byte[(rowBits + 7) / 8 * rows];
        random.nextBytes(block);
        blocks.add(deflated ? TestPng.deflate(block) : block);
      }
      file.writeBytes(new byte[big ? 16 : 8]);
      long[] offsets = new long[blocks.size()];
      long[] lengths = new long[blocks.size()];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = file.size();
        lengths[i] = blocks.get(i).length;
        file.writeBytes(blocks.get(i));
      }
      TreeMap<Integer, long[]> fields = new TreeMap<>();
      fields.put(256, new long[] {width});
      fields.put(257, new long[] {height});
      long[] depths = new long[samples];
      Arrays.fill(depths, bits);
      fields.put(258, depths);
      fields.put(259, new long[] {deflated ? 8 : 1});
      fields.put(262, new long[] {photometric});
      fields.put(274, new long[] {1 + random.nextInt(8)});
      fields.put(277, new long[] {samples});
      fields.put(284, new long[] {planar ? 2 : 1});
      fields.put(tiled ? 324 : 273, offsets);
      fields.put(tiled ? 325 : 279, lengths);
      if (tiled) {
        fields.put(322, new long[] {side});
        fields.put(323, new long[] {side});
      } else {
        fields.put(278, new long[] {side});
      }
      if (photometric == 3) {
        fields.put(320, random.longs(3L << bits, 0, 65536).toArray());
      }
      if (samples == 2 || samples == 4 && photometric == 2) {
        fields.put(338, new long[] {2});
      }
      return finished(file, fields);
    }

    private byte[] finished(ByteArrayOutputStream file, TreeMap<Integer, long[]> fields) {
      ByteBuffer head = ByteBuffer.allocate(big ? 16 : 8).order(order);
      int room = big ? 8 : 4;
      ByteBuffer arrays = ByteBuffer.allocate(1 << 16).order(order);
      int start = file.size() + (file.size() & 1);
      arrays.position(start - file.size());
      ByteBuffer directory = ByteBuffer.allocate(1 << 10).order(order);
      put(directory, fields.size(), big ? 8 : 2);
      for (Map.Entry<Integer, long[]> one : fields.entrySet()) {
        long[] values = one.getValue();
        directory.putShort((short) (int) one.getKey());
        boolean place = Set.of(273, 279, 324, 325).contains(one.getKey());
        boolean rows = Set.of(256, 257, 278, 322, 323).contains(one.getKey());
        int size = big && place ? 8 : place || rows ? 4 : 2;
        directory.putShort((short) (size == 8 ? 16 : size == 4 ? 4 : 3));
        put(directory, values.length, room);
        if (values.length * size <= room) {
          for (long value : values) {
            put(directory, value, size);
          }
          directory.position(directory.position() + room - values.length * size);
          continue;
        }
        put(directory, file.size() + arrays.position(), room);
        for (long value : values) {
          put(arrays, value, size);
        }
      }
      put(directory, 0, room);
      file.write(arrays.array(), 0, arrays.position());
      head.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
      head.putShort((short) (big ? 43 : 42));
      if (big) {
        head.putInt(order == ByteOrder.BIG_ENDIAN ? 8 << 16 : 8);
      }
      put(head, file.size(), room);
      file.write(directory.array(), 0, directory.position());
      byte[] bytes = file.toByteArray();
      System.arraycopy(head.array(), 0, bytes, 0, head.position());
      return bytes;
    }

    private static void put(ByteBuffer to, long value, int bytes) {
      switch (bytes) {
        case 2 -> to.putShort((short) value);
        case 4 -> to.putInt((int) value);
        default -> to.putLong(value);
      }
    }
  }

  /** Photometric interpretation, samples, bits. */
  private static final int[][] TIFFS = {
    {2, 3, 8},
    {2, 3, 16},
    {2, 4, 8},
    {1, 1, 1},
    {0, 1, 4},
    {1, 1, 8},
    {1, 1, 16},
    {1, 2, 8},
    {3, 1, 4},
    {3, 1, 8},
    {5, 4, 8},
    {2, 3, 32},
    {8, 3, 8}
  };

  @Property(tries = 250)
  void tiff(
      @ForAll @IntRange(max = 12) int kind,
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int[] one = TIFFS[kind];
    boolean tiled = random.nextBoolean();
    Tiff layout =
        new Tiff(
            random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
            random.nextBoolean(),
            tiled,
            tiled ? 16 : 1 + random.nextInt(height),
            random.nextBoolean(),
            one[2] >= 8 && one[0] != 8 && random.nextInt(4) == 0);
    assertSame(layout.file(random, width, height, one[0], one[1], one[2]), kind + ", " + layout);
  }

  @Property(tries = 60)
  void kmq(
      @ForAll @IntRange(min = 1, max = 300) int colors,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int[] argb = random.ints((long) width * height).map(c -> c & 0xFFF0E0F8).toArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    EncodeOptions options =
        EncodeOptions.builder()
            .colors(colors)
            .tileSize(random.nextBoolean() ? 16 : 0, 32)
            .chunks(List.of(Chunk.text("Title", "rows")))
            .build();
    new KmqEncoder(options).encode(PixelSource.of(width, height, argb), file);
    assertSame(file.toByteArray(), "kmq");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40, 400})
  void aTruncatedPngIsDamagedWhenItsRowsAreRead(int left) throws IOException {
    byte[] raw = new byte[100 * 301];
    new Random(1).nextBytes(raw);
    for (int y = 0; y < 100; y++) {
      raw[y * 301] = 0;
    }
    byte[] data = Arrays.copyOf(TestPng.deflate(raw), left);
    byte[] file =
        TestPng.of(
            TestPng.header(100, 100, 8, 2),
            new TestPng.Chunk("IDAT", data),
            new TestPng.Chunk("IEND", new byte[0]));
    reading(
        file,
        true,
        picture -> {
          UncheckedIOException thrown =
              assertThrows(UncheckedIOException.class, () -> pixels(picture.pixels()));
          assertEquals("damaged image: it is truncated", assertNotNullCause(thrown).getMessage());
        });
  }

  private static FailedInput assertNotNullCause(UncheckedIOException thrown) {
    assertNotNull(thrown.getCause());
    return (FailedInput) thrown.getCause();
  }

  @Test
  void anUnknownFilterIsDamage() throws IOException {
    byte[] data = TestPng.deflate(new byte[] {5, 1, 2, 3});
    byte[] file =
        TestPng.of(
            TestPng.header(1, 1, 8, 2),
            new TestPng.Chunk("IDAT", data),
            new TestPng.Chunk("IEND", new byte[0]));
    reading(
        file,
        true,
        picture -> {
          UncheckedIOException thrown =
              assertThrows(UncheckedIOException.class, () -> pixels(picture.pixels()));
          assertTrue(
              String.valueOf(assertNotNullCause(thrown).getMessage()).contains("unknown filter 5"));
        });
  }

  /** Two readers in step, one of which goes back a little, start nothing over. */
  @Test
  void rowsThatWereReadLastAreKept() {
    int[] passes = {0};
    PixelSource source =
        new PixelSource() {
          private int next;

          @Override
          public int width() {
            return 1 << 14;
          }

          @Override
          public int height() {
            return 400;
          }

          @Override
          public void readRows(int y, int rows, int[] target) {
            passes[0] += y == 0 ? 1 : 0;
            assertTrue(y == 0 || y == next, "row " + y + " after " + next);
            next = y + rows;
            for (int i = 0; i < rows; i++) {
              target[i * width()] = y + i;
            }
          }
        };
    RowWindow window = new RowWindow(source);
    int[] target = new int[8 << 14];
    for (int y = 0; y < 392; y++) {
      window.readRows(y, 8, target);
      assertEquals(y, target[0]);
      window.readRows(Math.max(0, y - 60), 1, target);
      assertEquals(Math.max(0, y - 60), target[0]);
    }
    assertEquals(1, passes[0]);
  }
}
