package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.SampleFiles;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that claim too much are refused before memory is allocated. */
final class LimitsTest {
  @ParameterizedTest
  @CsvSource({
    "2147483647, 2147483647, 1",
    "2147483647, 2147483647, 2",
    "2147483647, 1, 2",
    "1, 2147483647, 16",
    "65536, 65536, 3",
    "16384, 16384, 2",
    "8192, 8192, 1",
    "5793, 5793, 4",
    "5000, 5000, 2"
  })
  void refusesLyingHeadersWithoutTakingMemory(int width, int height, int colors) {
    Limits limits = Limits.defaults().withMaxRasterBytes(32 << 20); // as with -Xmx64m
    DecodeOptions options = DecodeOptions.builder().limits(limits).build();
    for (int tiles : new int[] {0, 0x11, 0x77, 0xFF}) {
      byte[] file =
          new RawFile(Method.PACKED, width, height, colors).set(23, tiles).packedTile().file();
      assertTrue(file.length < 100);
      long before = Memory.allocated();
      KmqFormatException refusal =
          assertThrows(KmqFormatException.class, () -> Kmq.decode(file, options));
      long taken = Memory.allocated() - before;
      assertTrue(taken < 1 << 20, taken + " bytes taken, then: " + refusal.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647, 2147483647, 0, TILE_TOO_LARGE",
    "2147483647, 2147483647, 17, LIMIT_PIXELS",
    "16385, 16384, 0, LIMIT_PIXELS",
    "16384, 16384, 17, LIMIT_RASTER_BYTES",
    "16384, 16383, 1, LIMIT_TILES",
    "0, 5, 0, INVALID_DIMENSIONS",
    "5, -1, 0, INVALID_DIMENSIONS"
  })
  void namesTheLimit(int width, int height, int tiles, RefusalReason reason) {
    Limits limits =
        Limits.defaults().withMaxRasterBytes(1 << 27).withMaxTiles(tiles == 1 ? 1023 : 1 << 20);
    byte[] file = new RawFile(Method.PACKED, width, height, 2).set(23, tiles).file();
    DecodeOptions options = DecodeOptions.builder().limits(limits).build();
    KmqFormatException refusal =
        assertThrows(KmqFormatException.class, () -> Kmq.decode(file, options));
    assertEquals(reason, refusal.reason(), refusal.getMessage());
  }

  @Test
  void refusesTilesThatCannotBePacked() {
    long most = Long.MAX_VALUE;
    Limits limits =
        Limits.defaults()
            .withMaxPixels(most)
            .withMaxRasterBytes(most)
            .withMaxChunkBytes(0)
            .withMaxTiles(most)
            .withMaxWork(most)
            .withMaxChunks(0);
    DecodeOptions options = DecodeOptions.builder().limits(limits).build();
    byte[] file = new RawFile(Method.PACKED, Integer.MAX_VALUE, 1 << 20, 3).file();
    KmqFormatException refusal =
        assertThrows(KmqFormatException.class, () -> Kmq.decode(file, options));
    assertEquals(RefusalReason.TILE_TOO_LARGE, refusal.reason());
    byte[] many =
        new RawFile(Method.PACKED, Integer.MAX_VALUE, Integer.MAX_VALUE, 3).set(23, 0x11).file();
    refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(many, options));
    assertEquals(RefusalReason.LIMIT_TILES, refusal.reason());
    byte[] large = new RawFile(Method.PACKED, Integer.MAX_VALUE, 1 << 20, 3).set(23, 0x99).file();
    refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(large, options));
    assertEquals(RefusalReason.LIMIT_RASTER_BYTES, refusal.reason(), "more than an array can hold");
  }

  /** Rows that a coder keeps, and files of 47 and 60 bytes that need very wide ones. */
  @ParameterizedTest
  @CsvSource({
    "MIX, 4194304, 33554432",
    "RANS, 4194304, 33554432",
    "MIX, 268435456, 1073741824",
    "RANS, 268435456, 1073741824"
  })
  void workingMemoryCountsWithTheRaster(Method method, int width, long limit) throws IOException {
    byte[] file = wide(method, width);
    assertEquals(method == Method.MIX ? 47 : 60, file.length);
    DecodeOptions options = memory(limit);
    IndexPlane small = IndexPlane.allocate(1, 1, 2);
    assertRefused(RefusalReason.LIMIT_RASTER_BYTES, () -> Kmq.decode(file, options));
    KmqReader reader = KmqReader.open(file, options);
    assertTrue(reader.workingBytes() > 12L * width);
    assertRefused(RefusalReason.LIMIT_RASTER_BYTES, reader::salvage);
    assertRefused(RefusalReason.LIMIT_RASTER_BYTES, reader::readBitBreakdown);
    assertRefused(RefusalReason.LIMIT_RASTER_BYTES, () -> reader.readRegion(5, 0, small));
  }

  /**
   * The counted memory is the allocated memory, except for parts that do not grow with the tile.
   */
  @ParameterizedTest
  @EnumSource(Method.class)
  void workingBytesAreThoseThatAreTaken(Method method) throws IOException {
    for (int[] size : new int[][] {{1 << 21, 1}, {1 << 10, 1 << 10}, {1, 1 << 20}}) {
      IndexPlane plane = IndexPlane.allocate(size[0], size[1], 5);
      IndexedImage image = new IndexedImage(Palette.ofRgb(1, 2, 3, 4, 5), plane);
      byte[] file = Kmq.encode(image, EncodeOptions.builder().methods(method).build());
      KmqReader reader = KmqReader.open(file, DecodeOptions.builder().threads(1).build());
      IndexPlane target = IndexPlane.allocate(size[0], size[1], 5);
      long before = Memory.allocated();
      reader.readTile(0, target);
      long taken = Memory.allocated() - before;
      long counted = reader.workingBytes();
      long slack = (4L << 20) + 3L * file.length;
      assertTrue(taken < counted + slack, method + ": " + taken + " taken, counted " + counted);
      assertTrue(counted < taken + slack, method + ": " + taken + " taken, counted " + counted);
    }
  }

  private static final int PERIOD = 1003;

  private static Palette greys() {
    int[] rgb = new int[16];
    for (int i = 0; i < 16; i++) {
      rgb[i] = i * 0x111111;
    }
    return Palette.ofRgb(rgb);
  }

  /** Repetition enables the memory of rans and the matches of mix, which keep every pixel. */
  @ParameterizedTest
  @CsvSource({"RANS, 4, 262144", "RANS, 1024, 1024", "MIX, 512, 384", "MIX, 4, 16384"})
  void whatRemembersPixelsCountsThem(Method method, int width, int height) throws IOException {
    IndexPlane plane = IndexPlane.allocate(width, height, 16);
    Random random = new Random(1);
    byte[] indices = plane.bytes();
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i < PERIOD ? (byte) random.nextInt(16) : indices[i - PERIOD];
    }
    IndexedImage image = new IndexedImage(greys(), plane);
    EncodeOptions options =
        EncodeOptions.builder().methods(method).tileSize(0, 0).threads(1).build();
    byte[] file = Kmq.encode(image, options);
    KmqReader reader = KmqReader.open(file, DecodeOptions.builder().threads(1).build());
    IndexPlane target = IndexPlane.allocate(width, height, 16);
    long before = Memory.allocated();
    reader.readTile(0, target);
    long taken = Memory.allocated() - before;
    long counted = reader.workingBytes();
    assertTrue(counted >= 2L * width * height, counted + " counted");
    long slack = (1L << 18) + 3L * file.length;
    assertTrue(taken < counted + slack, taken + " taken, counted " + counted);
    assertTrue(counted < taken + slack, taken + " taken, counted " + counted);
    Limits less = Limits.defaults().withMaxRasterBytes((long) width * height + counted - 1);
    DecodeOptions limited = DecodeOptions.builder().limits(less).threads(1).build();
    assertRefused(RefusalReason.LIMIT_RASTER_BYTES, () -> Kmq.decode(file, limited));
  }

  /** Threads beyond the memory limit are not used; the image is the same. */
  @Test
  void theMemoryLimitBoundsTheThreads() throws IOException {
    IndexedImage image = SampleFiles.image(600, 500, 9, false, 3);
    byte[] file =
        Kmq.encode(image, EncodeOptions.builder().methods(Method.MIX).tileSize(128, 128).build());
    long working = KmqReader.open(file, DecodeOptions.defaults()).workingBytes();
    for (int threads : new int[] {1, 2, 8}) {
      long enough = 600 * 500 + working;
      Limits limits = Limits.defaults().withMaxRasterBytes(enough);
      DecodeOptions options = DecodeOptions.builder().limits(limits).threads(threads).build();
      assertArrayEquals(image.toArgb(), Kmq.decode(file, options).toArgb());
      DecodeOptions less =
          DecodeOptions.builder()
              .limits(limits.withMaxRasterBytes(enough - 1))
              .threads(threads)
              .build();
      assertRefused(RefusalReason.LIMIT_RASTER_BYTES, () -> Kmq.decode(file, less));
    }
  }

  /** The work limit for 2^22 pixels: rans is accepted, mix only up to 335,544 pixels. */
  private static final long SECOND = 1L << 27;

  @ParameterizedTest
  @CsvSource({
    "PACKED, 4194304, true",
    "DEFLATE, 4194304, true",
    "RANS, 4194304, true",
    "MIX, 335545, false",
    "MIX, 335544, true"
  })
  void workIsLimited(Method method, int pixels, boolean accepted) throws IOException {
    IndexPlane plane = IndexPlane.allocate(pixels, 1, 2);
    IndexedImage image = new IndexedImage(Palette.ofRgb(1, 2), plane);
    byte[] file =
        Kmq.encode(image, EncodeOptions.builder().methods(method).tileSize(1 << 15, 0).build());
    DecodeOptions options = work(SECOND);
    KmqReader reader = KmqReader.open(file, options);
    assertEquals((long) pixels * method.decodingCost(), reader.decodingWork(0, 0, pixels, 1));
    if (accepted) {
      assertEquals(pixels, Kmq.decode(file, options).width());
      return;
    }
    long before = Memory.allocated();
    KmqFormatException refusal =
        assertRefused(RefusalReason.LIMIT_WORK, () -> Kmq.decode(file, options));
    assertTrue(String.valueOf(refusal.getMessage()).contains("by mix"), refusal.getMessage());
    assertRefused(RefusalReason.LIMIT_WORK, reader::salvage);
    assertRefused(RefusalReason.LIMIT_WORK, reader::readBitBreakdown);
    assertTrue(Memory.allocated() - before < 1 << 20);
  }

  @Test
  void workCountsTheTilesThatAreDecoded() throws IOException {
    IndexedImage image = SampleFiles.image(100, 90, 4, false, 1);
    byte[] file =
        Kmq.encode(image, EncodeOptions.builder().methods(Method.MIX).tileSize(32, 16).build());
    KmqReader reader = KmqReader.open(file, work(400 * 32 * 16));
    reader.readTile(1, 2, IndexPlane.allocate(32, 16, 4));
    reader.readRegion(33, 17, IndexPlane.allocate(30, 10, 4));
    assertEquals(400 * 64 * 16, reader.decodingWork(31, 16, 2, 16));
    assertEquals(400 * 4 * 10, reader.decodingWork(96, 80, 4, 10), "clipped");
    assertRefused(
        RefusalReason.LIMIT_WORK, () -> reader.readRegion(31, 16, IndexPlane.allocate(2, 16, 4)));
    KmqReader less = KmqReader.open(file, work(400 * 32 * 16 - 1));
    assertRefused(RefusalReason.LIMIT_WORK, () -> less.readTile(0, IndexPlane.allocate(32, 16, 4)));
    byte[] packed = Kmq.encode(image, EncodeOptions.builder().tileSize(32, 16).build());
    KmqReader bits = KmqReader.open(packed, work(511));
    assertRefused(RefusalReason.LIMIT_WORK, () -> bits.readPackedTile(0, new byte[128], 0));
  }

  @Test
  void theDefaultWorkLimitAllowsTheLargestImages() {
    assertTrue(Limits.defaults().maxWork() >= 201_000_000L * Method.MIX.decodingCost());
    byte[] file = new RawFile(Method.MIX, 20000, 20000, 2).set(23, 0x77).file();
    Limits limits = Limits.defaults().withMaxPixels(1L << 40).withMaxRasterBytes(1L << 40);
    DecodeOptions options = DecodeOptions.builder().limits(limits).build();
    assertRefused(RefusalReason.LIMIT_WORK, () -> Kmq.decode(file, options));
  }

  /** 16 MiB of minimal chunks are too many objects, whether they are kept or not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyEmptyChunksAreRefused(boolean keep) {
    byte[] chunk = new RawFile(Method.PACKED, 1, 1, 1).chunk("abCd").file();
    chunk = Arrays.copyOfRange(chunk, chunk.length - 12, chunk.length);
    byte[] chunks = new byte[12 * 1_390_000];
    for (int at = 0; at < chunks.length; at += 12) {
      System.arraycopy(chunk, 0, chunks, at, 12);
    }
    byte[] file =
        new RawFile(Method.PACKED, 1, 1, 1).set(9, 1).bytes(chunks).end().packedTile().file();
    DecodeOptions options = DecodeOptions.builder().keepUnknownChunks(keep).build();
    long before = Memory.allocated();
    KmqFormatException refusal =
        assertRefused(RefusalReason.LIMIT_CHUNKS, () -> KmqReader.open(file, options));
    long taken = Memory.allocated() - before;
    assertTrue(taken < 32 << 20, taken + " bytes taken");
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("more chunks than the limit of 65536"));
  }

  private static DecodeOptions memory(long bytes) {
    return DecodeOptions.builder().limits(Limits.defaults().withMaxRasterBytes(bytes)).build();
  }

  private static DecodeOptions work(long work) {
    return DecodeOptions.builder().limits(Limits.defaults().withMaxWork(work)).build();
  }

  private static byte[] wide(Method method, int width) {
    RawFile file = new RawFile(method, width, 1, 2);
    return method == Method.MIX
        ? file.tile(new byte[] {0, 0, 0, 0, 1}).file()
        : file.tables((byte) 0, (byte) 0).tile(new byte[] {0, 1, 0, 0, 0, 1, 0, 0}).file();
  }

  /** Refused before memory is allocated. */
  private static KmqFormatException assertRefused(RefusalReason reason, Executable reading) {
    long before = Memory.allocated();
    KmqFormatException refusal = assertThrows(KmqFormatException.class, reading);
    assertEquals(reason, refusal.reason(), refusal.getMessage());
    assertTrue(Memory.allocated() - before < 32 << 20, refusal.getMessage());
    boolean limit = reason.name().startsWith("LIMIT_");
    assertEquals(
        !limit, String.valueOf(refusal.getMessage()).contains("offset"), refusal.getMessage());
    return refusal;
  }

  @Test
  void opensTileByTileWhatIsTooLargeAsAWhole() throws IOException {
    IndexedImage image = SampleFiles.image(100, 90, 4, false, 1);
    byte[] file = Kmq.encode(image, EncodeOptions.builder().tileSize(32, 16).build());
    DecodeOptions options =
        DecodeOptions.builder().limits(Limits.defaults().withMaxRasterBytes(512)).build();
    try (KmqReader reader = KmqReader.open(file, options)) {
      IndexPlane tile = IndexPlane.allocate(32, 16, 4);
      reader.readTile(1, 2, tile);
      assertEquals(image.plane().get(40, 33), tile.get(8, 1));
      IndexPlane region = IndexPlane.allocate(50, 40, 4);
      reader.readRegion(3, 3, region); // the tiles it clips are within the limit
      assertEquals(image.plane().get(52, 42), region.get(49, 39));
      KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> reader.readImage());
      assertEquals(RefusalReason.LIMIT_RASTER_BYTES, refusal.reason());
      refusal = assertThrows(KmqFormatException.class, () -> reader.salvage());
      assertEquals(RefusalReason.LIMIT_RASTER_BYTES, refusal.reason());
    }
  }
}
