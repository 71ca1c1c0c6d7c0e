package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ChunkReaderTest {
  private static RawFile raw() {
    return new RawFile(Method.PACKED, 1, 1, 1);
  }

  private static Arguments refused(
      String name, RefusalReason reason, int offset, Consumer<RawFile> chunks) {
    return Arguments.of(name, reason, offset, chunks);
  }

  static Stream<Arguments> bad() {
    byte[] text = "key\0text".getBytes(StandardCharsets.UTF_8);
    byte[] longKey = ("k".repeat(80) + "\0").getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        refused("digit", RefusalReason.CHUNK_TYPE, 31, r -> r.chunk("te1t").end()),
        refused("reserved bit", RefusalReason.CHUNK_TYPE, 31, r -> r.chunk("test").end()),
        refused("letter of Latin-1", RefusalReason.CHUNK_TYPE, 31, r -> r.chunk("teÄt").end()),
        refused("end with data", RefusalReason.CHUNK_LENGTH, 35, r -> r.chunk("KPIX", new byte[1])),
        refused("critical", RefusalReason.UNKNOWN_CRITICAL_CHUNK, 31, r -> r.chunk("TeSt").end()),
        refused(
            "pHYs of 7", RefusalReason.CHUNK_LENGTH, 35, r -> r.chunk("pHYs", new byte[7]).end()),
        refused("iCCP of 0", RefusalReason.CHUNK_LENGTH, 35, r -> r.chunk("iCCP").end()),
        refused(
            "text without NUL",
            RefusalReason.CHUNK_DATA,
            31,
            r -> r.chunk("tEXt", (byte) 65).end()),
        refused(
            "text without key", RefusalReason.CHUNK_DATA, 31, r -> r.chunk("tEXt", (byte) 0).end()),
        refused("long keyword", RefusalReason.CHUNK_DATA, 31, r -> r.chunk("tEXt", longKey).end()),
        refused(
            "no UTF-8",
            RefusalReason.CHUNK_DATA,
            31,
            r -> r.chunk("tEXt", (byte) 65, (byte) 0, (byte) 0xC3).end()),
        refused(
            "two pHYs",
            RefusalReason.DUPLICATE_CHUNK,
            71,
            r -> r.chunk("pHYs", new byte[8]).chunk("tEXt", text).chunk("pHYs", new byte[8]).end()),
        refused(
            "two eXIf",
            RefusalReason.DUPLICATE_CHUNK,
            43,
            r -> r.chunk("eXIf").chunk("eXIf").end()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void refuses(String name, RefusalReason reason, int offset, Consumer<RawFile> chunks) {
    RawFile file = raw();
    chunks.accept(file);
    byte[] bytes = file.packedTile().file();
    KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(bytes));
    assertEquals(reason, refusal.reason(), refusal.getMessage());
    assertEquals(offset, refusal.offset(), refusal.getMessage());
  }

  @Test
  void refusesLengthsThatCannotBe() {
    byte[] file =
        raw()
            .set(9, 1)
            .bytes((byte) 't', (byte) 'E', (byte) 'X', (byte) 't')
            .bytes((byte) 0x80, (byte) 0, (byte) 0, (byte) 0)
            .file();
    assertEquals(
        RefusalReason.CHUNK_LENGTH,
        assertThrows(KmqFormatException.class, () -> Kmq.decode(file)).reason());
    byte[] huge =
        raw()
            .set(9, 1)
            .bytes((byte) 't', (byte) 'E', (byte) 'X', (byte) 't')
            .bytes((byte) 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF)
            .file();
    long before = Memory.allocated();
    assertEquals(
        RefusalReason.LIMIT_CHUNK_BYTES,
        assertThrows(KmqFormatException.class, () -> Kmq.decode(huge)).reason());
    byte[] lie =
        raw()
            .set(9, 1)
            .bytes((byte) 't', (byte) 'E', (byte) 'X', (byte) 't')
            .bytes((byte) 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xF0)
            .file();
    assertEquals(
        RefusalReason.TRUNCATED,
        assertThrows(KmqFormatException.class, () -> Kmq.decode(lie)).reason());
    assertTrue(Memory.allocated() - before < 1 << 20, "memory is taken as data arrives");
  }

  @Test
  void countsAllBytesOfChunksAgainstTheLimit() throws IOException {
    byte[] file = raw().chunk("teSt", new byte[10]).chunk("teSt").end().packedTile().file();
    int bytes = 12 + 10 + 12 + 12;
    DecodeOptions enough =
        DecodeOptions.builder().limits(Limits.defaults().withMaxChunkBytes(bytes)).build();
    Kmq.decode(file, enough);
    DecodeOptions less =
        DecodeOptions.builder().limits(Limits.defaults().withMaxChunkBytes(bytes - 1)).build();
    assertEquals(
        RefusalReason.LIMIT_CHUNK_BYTES,
        assertThrows(KmqFormatException.class, () -> Kmq.decode(file, less)).reason());
  }

  @Test
  void keepsUnknownChunksOnRequest() throws IOException {
    byte[] data = {1, 2, 3};
    byte[] file =
        raw()
            .chunk("teSt", data)
            .chunk("tEXt", (byte) 65, (byte) 0)
            .chunk("teST")
            .end()
            .packedTile()
            .file();
    DecodeOptions keep = DecodeOptions.builder().keepUnknownChunks(true).build();
    List<Chunk> all =
        List.of(Chunk.of("teSt", data), Chunk.text("A", ""), Chunk.of("teST", new byte[0]));
    assertEquals(all, KmqReader.open(file, keep).chunks());
    assertEquals(
        List.of(Chunk.text("A", "")), KmqReader.open(file, DecodeOptions.defaults()).chunks());
    assertTrue(all.get(0).safeToCopy());
    assertTrue(!all.get(2).safeToCopy());
  }

  @Test
  void refusesAWrongChecksum() {
    byte[] file = raw().chunk("teSt", new byte[3]).end().packedTile().file();
    file[40] ^= 4;
    KmqFormatException refusal = assertThrows(KmqFormatException.class, () -> Kmq.decode(file));
    assertEquals(RefusalReason.CHUNK_CRC, refusal.reason());
    assertEquals(42, refusal.offset());
    assertTrue(String.valueOf(refusal.getMessage()).contains("teSt"), refusal.getMessage());
  }
}
