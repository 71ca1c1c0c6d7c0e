package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.Pictures.Spec;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Encoding and decoding return the input, by every entry point. */
final class RoundTripTest {
  private static final DecodeOptions ONE_THREAD = DecodeOptions.builder().threads(1).build();
  private static final DecodeOptions THREADS = DecodeOptions.builder().threads(3).build();

  @Provide
  Arbitrary<Spec> specs() {
    return Pictures.specs();
  }

  @Property(tries = 250)
  void decodingGivesWhatWasEncoded(@ForAll("specs") Spec spec) throws IOException {
    IndexedImage image = spec.image();
    byte[] file = Kmq.encode(image, spec.options(1));
    try (KmqReader reader = KmqReader.open(file, ONE_THREAD)) {
      assertSame(image, reader.readImage());
      assertEquals(spec.chunks(), reader.chunks());
      assertEquals(spec.method(), reader.header().method());
      assertEquals(spec.width(), reader.header().width());
      assertEquals(spec.height(), reader.header().height());
      boolean profile = spec.chunks().size() == SampleFiles.CHUNKS.size();
      assertEquals(profile ? ColorSpace.ICC : ColorSpace.SRGB, reader.header().colorSpace());
      reader.expectEnd();
    }
    IndexedImage again = Kmq.decode(file, THREADS);
    assertSame(image, again);
    assertArrayEquals(file, Kmq.encode(again, spec.options(1)), "encoded again");
  }

  @Property(tries = 60)
  void packedFilesHaveTheSizePromised(@ForAll("specs") Spec spec) {
    EncodeOptions options = EncodeOptions.builder().tileSize(0, 0).build();
    IndexedImage image = SampleFiles.image(spec.width(), spec.height(), spec.colors(), false, 7);
    long bits = (long) spec.width() * spec.height() * image.palette().bitsPerIndex();
    assertEquals(32 + 3L * spec.colors() + (bits + 7) / 8, Kmq.encode(image, options).length);
  }

  @Property(tries = 60)
  void threadsChangeNothing(@ForAll("specs") Spec spec) throws IOException {
    IndexedImage image = spec.image();
    byte[] file = Kmq.encode(image, spec.options(1));
    for (int threads : new int[] {2, 3, 8}) {
      assertArrayEquals(file, Kmq.encode(image, spec.options(threads)), threads + " threads");
      DecodeOptions options = DecodeOptions.builder().threads(threads).build();
      assertSame(image, Kmq.decode(file, options));
      assertSame(image, Kmq.decode(new ByteArrayInputStream(file), options));
    }
  }

  @Property(tries = 40)
  void threadsChangeNothingFromPixelsToBytes(
      @ForAll @IntRange(min = 1, max = 150) int width,
      @ForAll @IntRange(min = 1, max = 150) int height,
      @ForAll @IntRange(min = 1, max = 40) int colors,
      @ForAll long seed,
      @ForAll Method method) {
    PixelSource pixels = PixelSource.of(width, height, noise(width * height, 300, seed, false));
    EncodeOptions.Builder options =
        EncodeOptions.builder().colors(colors).methods(method).tileSize(32, 16);
    byte[] file = Kmq.encode(pixels, options.threads(1).build());
    for (int threads : new int[] {2, 3, 8}) {
      assertArrayEquals(file, Kmq.encode(pixels, options.threads(threads).build()));
    }
  }

  @Property(tries = 60)
  void streamsAndChannelsGiveTheSame(@ForAll("specs") Spec spec) throws IOException {
    IndexedImage image = spec.image();
    byte[] file = Kmq.encode(image, spec.options(1));
    assertSame(image, Kmq.decode(byteByByte(new ByteArrayInputStream(file)), ONE_THREAD));
    assertSame(image, Kmq.decode(byteByByte(new ByteArrayInputStream(file)), THREADS));
    Path path = Files.createTempFile("kmq", ".kmq");
    try {
      Files.write(path, file);
      assertSame(image, Kmq.read(path, ONE_THREAD));
      assertSame(image, Kmq.read(path, THREADS));
    } finally {
      Files.delete(path);
    }
  }

  @Property(tries = 40)
  void imagesFollowEachOther(@ForAll("specs") Spec first, @ForAll("specs") Spec second)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[3]);
    new KmqEncoder(first.options(1)).write(first.image(), out);
    int boundary = out.size();
    new KmqEncoder(second.options(2)).write(second.image(), out);
    out.write(77);
    byte[] both = out.toByteArray();
    for (DecodeOptions options : new DecodeOptions[] {ONE_THREAD, THREADS}) {
      InputStream in = new ByteArrayInputStream(both, 3, both.length - 3);
      assertSame(first.image(), Kmq.decode(in, options));
      assertSame(second.image(), Kmq.decode(in, options));
      assertEquals(77, in.read());
    }
    Path path = Files.createTempFile("kmq", ".kmq");
    try (SeekableByteChannel channel = Files.newByteChannel(Files.write(path, both))) {
      channel.position(3);
      assertSame(first.image(), KmqReader.open(channel, ONE_THREAD).readImage());
      assertEquals(boundary, channel.position());
      assertSame(second.image(), KmqReader.open(channel, THREADS).readImage());
      assertEquals(both.length - 1, channel.position());
    } finally {
      Files.delete(path);
    }
  }

  @Property(tries = 80)
  void tilesAndRegionsAreCropsOfTheWhole(
      @ForAll("specs") Spec spec, @ForAll @IntRange(min = 1, max = 3) int threads, @ForAll Random r)
      throws IOException {
    IndexedImage image = spec.image();
    byte[] file = Kmq.encode(image, spec.options(1));
    DecodeOptions options = DecodeOptions.builder().threads(threads).build();
    Path path = Files.createTempFile("kmq", ".kmq");
    Files.write(path, file);
    try (KmqReader array = KmqReader.open(file, options);
        KmqReader channel = KmqReader.open(Files.newByteChannel(path), options)) {
      Tiling tiling = array.header().tiling();
      for (int i = 0; i < 5; i++) {
        int tileX = r.nextInt(tiling.columns());
        int tileY = r.nextInt(tiling.rows());
        int tile = tileY * tiling.columns() + tileX;
        int w = tiling.width(tile);
        int h = tiling.height(tile);
        IndexPlane target = IndexPlane.allocate(w, h, spec.colors());
        (i % 2 == 0 ? array : channel).readTile(tileX, tileY, target);
        assertSame(image.plane().window(tiling.x(tile), tiling.y(tile), w, h), target);
      }
      for (int i = 0; i < 4; i++) {
        int x = r.nextInt(spec.width());
        int y = r.nextInt(spec.height());
        int w = 1 + r.nextInt(spec.width() - x);
        int h = 1 + r.nextInt(spec.height() - y);
        IndexPlane target = IndexPlane.allocate(w, h, spec.colors());
        (i % 2 == 0 ? array : channel).readRegion(x, y, target);
        assertSame(image.plane().window(x, y, w, h), target);
        IndexPlane streamed = IndexPlane.allocate(w, h, spec.colors());
        KmqReader.open(new ByteArrayInputStream(file), options).readRegion(x, y, streamed);
        assertSame(target, streamed);
      }
    } finally {
      Files.delete(path);
    }
  }

  @Property(tries = 60)
  void fewColoursComeBackExactly(
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll @IntRange(min = 1, max = 300) int colors,
      @ForAll boolean alpha,
      @ForAll Method method,
      @ForAll long seed)
      throws IOException {
    int[] argb = noise(width * height, colors, seed, alpha);
    Set<Integer> distinct = new HashSet<>();
    for (int i = 0; i < argb.length; i++) {
      distinct.add(argb[i] >>> 24 == 0 ? 0 : argb[i]);
    }
    EncodeOptions options = EncodeOptions.builder().colors(colors).methods(method).build();
    IndexedImage decoded = Kmq.decode(Kmq.encode(PixelSource.of(width, height, argb), options));
    int[] seen = argb.clone();
    for (int i = 0; i < seen.length; i++) {
      seen[i] = seen[i] >>> 24 == 0 ? 0 : seen[i];
    }
    assertArrayEquals(seen, decoded.toArgb());
    assertEquals(distinct.size(), decoded.palette().size());
  }

  /** Pixels of a limited number of colours, one of them fully transparent if there is alpha. */
  private static int[] noise(int n, int colors, long seed, boolean alpha) {
    Random random = new Random(seed);
    int[] palette = random.ints(colors).toArray();
    for (int i = 0; i < colors; i++) {
      palette[i] = alpha ? palette[i] : palette[i] | 0xFF000000;
    }
    if (alpha) {
      palette[0] &= 0x00FFFFFF;
    }
    return random.ints(n, 0, colors).map(i -> palette[i]).toArray();
  }

  private static InputStream byteByByte(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(1, length));
      }
    };
  }

  private static void assertSame(IndexedImage expected, IndexedImage actual) {
    assertEquals(expected.palette(), actual.palette());
    assertSame(expected.plane(), actual.plane());
  }

  private static void assertSame(IndexPlane expected, IndexPlane actual) {
    assertEquals(expected.width(), actual.width());
    assertEquals(expected.height(), actual.height());
    for (int y = 0; y < expected.height(); y++) {
      for (int x = 0; x < expected.width(); x++) {
        if (expected.get(x, y) != actual.get(x, y)) {
          assertEquals(expected.get(x, y), actual.get(x, y), "index at " + x + ", " + y);
        }
      }
    }
  }
}
