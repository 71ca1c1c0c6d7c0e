package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.SampleFiles;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that claim too much are refused before memory is taken. */
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
  void namesTheLimit(int width, int height, int tiles, Reason reason) {
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
    Limits limits = new Limits(most, most, 0, most, most, 0);
    DecodeOptions options = DecodeOptions.builder().limits(limits).build();
    byte[] file = new RawFile(Method.PACKED, Integer.MAX_VALUE, 1 << 20, 3).file();
    KmqFormatException refusal =
        assertThrows(KmqFormatException.class, () -> Kmq.decode(file, options));
    assertEquals(Reason.TILE_TOO_LARGE, refusal.reason());
    byte[] many =
        new RawFile(Method.PACKED, Integer.MAX_VALUE, Integer.MAX_VALUE, 3).set(23, 0x11).file();
    refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(many, options));
    assertEquals(Reason.LIMIT_TILES, refusal.reason());
    byte[] large = new RawFile(Method.PACKED, Integer.MAX_VALUE, 1 << 20, 3).set(23, 0x99).file();
    refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(large, options));
    assertEquals(Reason.LIMIT_RASTER_BYTES, refusal.reason(), "more than an array can hold");
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
      reader.readRegion(3, 3, region); // the tiles it cuts are within the limit
      assertEquals(image.plane().get(52, 42), region.get(49, 39));
      KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> reader.readImage());
      assertEquals(Reason.LIMIT_RASTER_BYTES, refusal.reason());
      refusal = assertThrows(KmqFormatException.class, () -> reader.salvage());
      assertEquals(Reason.LIMIT_RASTER_BYTES, refusal.reason());
    }
  }
}
