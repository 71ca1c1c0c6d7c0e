package dev.kmq.container;

import static dev.kmq.container.RawFile.deflated;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.SampleFiles;
import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Refusals of tiles in files with valid checksums. */
final class TileDecoderTest {
  private static final DecodeOptions ONE_THREAD = DecodeOptions.builder().threads(1).build();

  @ParameterizedTest
  @CsvSource({"3, 0xFF", "3, 0xC0", "5, 0xB4", "17, 0x8C", "200, 0xC8"})
  void refusesPackedIndicesBeyondThePalette(int colors, String first) {
    int bits = 32 - Integer.numberOfLeadingZeros(colors - 1);
    byte[] payload = new byte[bits];
    payload[0] = (byte) (int) Integer.decode(first);
    byte[] file = new RawFile(Method.PACKED, 4, 2, colors).packedTile(payload).file();
    KmqFormatException refusal = refuse(RefusalReason.INDEX_OUT_OF_RANGE, file);
    assertEquals(28 + 3 * colors, refusal.offset());
    assertTrue(
        String.valueOf(refusal.getMessage()).contains(">= K = " + colors), refusal.getMessage());
    assertTrue(String.valueOf(refusal.getMessage()).contains("tile 0"), refusal.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void tilesOfOneColorHaveTheLeastSize(Method method) throws IOException {
    EncodeOptions options = EncodeOptions.builder().methods(method).tileSize(16, 16).build();
    byte[] file = Kmq.encode(SampleFiles.image(40, 20, 1, false, 1), options);
    try (KmqReader reader = KmqReader.open(file, ONE_THREAD)) {
      Header header = reader.header();
      Seed seed = Seed.of(header.bytes(), header.colorSpace(), List.of());
      for (int tile = 0; tile < header.tiling().count(); tile++) {
        long least = new TileDecoder(header, seed).leastBytes(tile);
        assertEquals(reader.tileExtent(tile).length(), least);
      }
    }
  }

  @Test
  void refusesWidePackedIndicesBeyondThePalette() {
    byte[] payload = {0, 0, (byte) 0x81, (byte) 0x00}; // 9 bits each: 0, 2, 64 of K = 300; 258 ok
    byte[] fine = new RawFile(Method.PACKED, 3, 1, 300).packedTile(payload).file();
    assertEquals(1, decode(fine).plane().width() / 3);
    byte[] over = {(byte) 0x96, 0, 0, 0}; // 300
    refuse(
        RefusalReason.INDEX_OUT_OF_RANGE,
        new RawFile(Method.PACKED, 3, 1, 300).packedTile(over).file());
  }

  @ParameterizedTest
  @CsvSource({"2, 5, 1, 0x04", "2, 5, 1, 0x01", "3, 3, 1, 0x03", "16, 1, 1, 0x01", "100, 1, 1, 1"})
  void refusesSpareBits(int colors, int width, int height, String last) {
    byte[] payload = {(byte) (int) Integer.decode(last)};
    byte[] file = new RawFile(Method.PACKED, width, height, colors).packedTile(payload).file();
    refuse(RefusalReason.SPARE_BITS, file);
    byte[] framed =
        new RawFile(Method.DEFLATE, width, height, colors)
            .tile(Format.LENGTH_PACKED | 1, payload)
            .file();
    assertEquals(RefusalReason.SPARE_BITS, refuse(RefusalReason.SPARE_BITS, framed).reason());
  }

  @Test
  void refusesSpareBitsWithinDeflate() {
    byte[] packed = new byte[126];
    packed[125] = 1;
    refuse(
        RefusalReason.SPARE_BITS,
        new RawFile(Method.DEFLATE, 1001, 1, 2).tile(deflated(packed)).file());
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "20, 20", "300, 500"})
  void refusesDeflatedIndicesBeyondThePalette(int colors, int index) {
    byte[] bytes = new byte[colors <= 16 ? 100 : colors <= 256 ? 400 : 800];
    bytes[bytes.length - 2] = (byte) (colors > 256 ? index >>> 8 : 0);
    bytes[bytes.length - 1] = (byte) index;
    byte[] file = new RawFile(Method.DEFLATE, 400, 1, colors).tile(deflated(bytes)).file();
    KmqFormatException refusal = refuse(RefusalReason.INDEX_OUT_OF_RANGE, file);
    assertEquals(32 + 3 * colors, refusal.offset(), "where the payload begins");
  }

  @ParameterizedTest
  @CsvSource({"2, 413", "20, 3300", "300, 6600"})
  void refusesPayloadsOfAnotherLengthThanTheTile(int colors, int bytes) {
    RawFile shorter = new RawFile(Method.DEFLATE, 110, 30, colors);
    refuse(RefusalReason.PAYLOAD_SHORT, shorter.tile(deflated(new byte[bytes - 1])).file());
    RawFile longer = new RawFile(Method.DEFLATE, 110, 30, colors);
    refuse(RefusalReason.PAYLOAD_LONG, longer.tile(deflated(new byte[bytes + 1])).file());
  }

  @Test
  void stopsDeflateThatExpandsBeyondTheTile() {
    byte[] bomb = deflated(new byte[10 << 20]);
    for (int colors : new int[] {2, 20, 300}) {
      byte[] file = new RawFile(Method.DEFLATE, 400, 400, colors).tile(bomb).file();
      long before = Memory.allocated();
      refuse(RefusalReason.PAYLOAD_LONG, file);
      assertTrue(
          Memory.allocated() - before < 4 << 20,
          "memory for a bomb: " + (Memory.allocated() - before));
    }
  }

  @Test
  void refusesBytesAfterTheFinalBlock() {
    byte[] stream = deflated(new byte[100]);
    byte[] longer = Arrays.copyOf(stream, stream.length + 1);
    byte[] file = new RawFile(Method.DEFLATE, 10, 10, 20).tile(longer).file();
    refuse(RefusalReason.PAYLOAD_TRAILING_BYTES, file);
    byte[] large = deflated(new byte[400 * 400]);
    byte[] muchLonger = Arrays.copyOf(large, large.length + 70000);
    file = new RawFile(Method.DEFLATE, 400, 400, 20).tile(muchLonger).file();
    refuse(RefusalReason.PAYLOAD_TRAILING_BYTES, file);
  }

  @Test
  void refusesDeflateStreamsThatAreNone() {
    byte[] reserved = {0x07, 0, 0, 0};
    refuse(
        RefusalReason.PAYLOAD_CORRUPT,
        new RawFile(Method.DEFLATE, 10, 10, 20).tile(reserved).file());
    byte[] cut = Arrays.copyOf(deflated(new byte[100]), 2);
    refuse(RefusalReason.PAYLOAD_SHORT, new RawFile(Method.DEFLATE, 10, 10, 20).tile(cut).file());
    byte[] zlib = {0x78, (byte) 0x9C, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01};
    assertThrows(
        KmqFormatException.class,
        () -> Kmq.decode(new RawFile(Method.DEFLATE, 1, 1, 20).tile(zlib).file()));
  }

  @Test
  void refusesDeflateThatMissesItsFinalBlock() {
    byte[] open = {0x00, 0x04, 0x00, (byte) 0xFB, (byte) 0xFF, 1, 2, 3, 4}; // stored, not final
    refuse(RefusalReason.PAYLOAD_SHORT, new RawFile(Method.DEFLATE, 100, 1, 20).tile(open).file());
  }

  @ParameterizedTest
  @CsvSource({"20, 0", "20, 0x80000001", "20, 0x80000003", "1, 1", "1, 0", "1, 0x80000001"})
  void refusesTilesOfImpossibleLength(int colors, String field) {
    int length = (int) (long) Long.decode(field);
    byte[] payload = new byte[length & 0xFF];
    byte[] file = new RawFile(Method.DEFLATE, 3, 1, colors).tile(length, payload).file();
    KmqFormatException refusal = refuse(RefusalReason.TILE_LENGTH, file);
    assertEquals(28 + 3 * colors, refusal.offset());
  }

  @Test
  void aTileAsLongAsItsPackedFormIsRefusedUnread() {
    byte[] blocks = new byte[5 * 1_000_000];
    byte[] file =
        new RawFile(Method.DEFLATE, 32, 16, 20).set(23, 0x11).tile(blocks).tile(blocks).file();
    DecodeOptions options = DecodeOptions.builder().threads(2).build();
    assertThrows(KmqFormatException.class, () -> Kmq.decode(file, options)); // loads classes
    long before = Memory.allocated();
    KmqFormatException refusal =
        assertThrows(KmqFormatException.class, () -> Kmq.decode(file, options));
    assertEquals(RefusalReason.TILE_LENGTH, refusal.reason());
    assertTrue(Memory.allocated() - before < 1 << 20, "taken: " + (Memory.allocated() - before));
    byte[] exact = new RawFile(Method.DEFLATE, 16, 16, 20).tile(new byte[160]).file();
    refuse(RefusalReason.TILE_LENGTH, exact);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void oneColourTakesNoPayload(Method method) throws IOException {
    RawFile raw = new RawFile(method, 100, 100, 1);
    byte[] file =
        method == Method.PACKED ? raw.packedTile().file() : raw.tile(Format.LENGTH_PACKED).file();
    assertEquals(method == Method.PACKED ? 35 : 39, file.length);
    IndexedImage image = Kmq.decode(file);
    assertEquals(0, image.plane().max());
    Header header =
        Header.plain(method, image.palette(), ColorSpace.SRGB, Tiling.full(100, 100), false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KmqWriter(out, header, List.of(), Work.onThreads(1)).write(image);
    assertEquals(ByteBuffer.wrap(file), ByteBuffer.wrap(out.toByteArray()));
  }

  /** Even if later ones are refused before it, or while it is reported. */
  @Test
  void theFirstDamagedTileIsReportedOnAnyNumberOfThreads() throws IOException {
    EncodeOptions options = EncodeOptions.builder().tileSize(16, 16).build();
    byte[] file = Kmq.encode(SampleFiles.image(256, 256, 200, false, 1), options);
    int frame = 16 * 16 + Format.CRC_BYTES;
    for (int tile : new int[] {100, 101, 103, 104, 110, 180, 255}) {
      file[file.length - (256 - tile) * frame] ^= 1;
    }
    for (int threads : new int[] {1, 2, 3, 8}) {
      DecodeOptions decoding = DecodeOptions.builder().threads(threads).build();
      for (int run = 0; run < 50; run++) {
        KmqFormatException refusal =
            assertThrows(KmqFormatException.class, () -> Kmq.decode(file, decoding));
        assertEquals(RefusalReason.TILE_CRC, refusal.reason());
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("(tile 100,"), message);
      }
    }
  }

  private static IndexedImage decode(byte[] file) {
    try {
      return Kmq.decode(file, ONE_THREAD);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Refused by array and by stream, on one thread and on two, for the same reason. */
  private static KmqFormatException refuse(RefusalReason reason, byte[] file) {
    DecodeOptions threads = DecodeOptions.builder().threads(2).build();
    KmqFormatException refusal =
        assertThrows(KmqFormatException.class, () -> Kmq.decode(file, ONE_THREAD));
    assertEquals(reason, refusal.reason(), refusal.getMessage());
    KmqFormatException streamed =
        assertThrows(
            KmqFormatException.class, () -> Kmq.decode(new ByteArrayInputStream(file), threads));
    assertEquals(refusal.getMessage(), streamed.getMessage());
    return refusal;
  }
}
