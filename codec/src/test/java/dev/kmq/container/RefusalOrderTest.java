package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.Kmq;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Of several broken rules, the first one in the specification is reported. */
class RefusalOrderTest {
  private static final String SIGNATURE = "cb4b4d510d0a1a0a";
  private static final String TWO_COLORS = "000000 ffffff";
  private static final String PIXEL = "00";

  /** A file from pieces in hexadecimal, each followed by its checksum. */
  private static byte[] file(String... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String piece : pieces) {
      out.writeBytes(HexFormat.of().parseHex(piece.replace(" ", "")));
      out.writeBytes(new byte[4]);
    }
    return Checksums.repair(out.toByteArray());
  }

  private static void refused(RefusalReason reason, byte[] file, Limits limits) {
    DecodeOptions options = DecodeOptions.builder().limits(limits).build();
    assertEquals(
        reason, assertThrows(KmqFormatException.class, () -> Kmq.decode(file, options)).reason());
  }

  private static void refused(RefusalReason reason, byte[] file) {
    refused(reason, file, Limits.defaults());
  }

  /** One pixel of two colours with one chunk, its checksum wrong if {@code broken}. */
  private static byte[] withChunk(String chunk, boolean broken) {
    String header = SIGNATURE + "01010000 00000001 00000001 0001 00 00" + TWO_COLORS;
    byte[] file = file(header, chunk, "4b504958 00000000", PIXEL);
    if (broken) {
      int length = (header + chunk).replace(" ", "").length() / 2;
      file[4 + length] ^= 1;
    }
    return file;
  }

  /** 1024 pixels of K colours under method 1. */
  private static byte[] deflated(String colorsLessOne, String palette, String tile) {
    return file(SIGNATURE + "01000100 00000400 00000001" + colorsLessOne + "00 00" + palette, tile);
  }

  @Test
  void aTileThatNoFileMayHoldComesBeforeTheLimitsOfTheReader() {
    byte[] file = file(SIGNATURE + "01000000 7fffffff 7fffffff 0001 00 00" + TWO_COLORS);
    refused(RefusalReason.TILE_TOO_LARGE, file);
    refused(
        RefusalReason.TILE_TOO_LARGE,
        file,
        Limits.defaults()
            .withMaxPixels(0)
            .withMaxRasterBytes(0)
            .withMaxChunkBytes(0)
            .withMaxTiles(0)
            .withMaxWork(0)
            .withMaxChunks(0));
  }

  @Test
  void lengthsOfChunksAreCheckedBeforeTheirChecksums() {
    refused(RefusalReason.CHUNK_LENGTH, withChunk("70485973 00000007 00000001000000", true));
    refused(RefusalReason.CHUNK_LENGTH, withChunk("69434350 00000000", true));
    refused(RefusalReason.CHUNK_CRC, withChunk("70485973 00000008 0000000100000001", true));
  }

  @Test
  void theChunkLimitCountsWholeChunks() throws Exception {
    byte[] file = withChunk("61624364 00000000", false);
    Kmq.decode(
        file, DecodeOptions.builder().limits(Limits.defaults().withMaxChunkBytes(24)).build());
    refused(RefusalReason.LIMIT_CHUNK_BYTES, file, Limits.defaults().withMaxChunkBytes(23));
  }

  @Test
  void aPayloadAsLongAsThePackedFormIsRefused() {
    String stored = "01 0400 fbff 00000000";
    refused(RefusalReason.TILE_LENGTH, deflated("0001", TWO_COLORS, "00000080" + "00".repeat(128)));
    refused(RefusalReason.PAYLOAD_SHORT, deflated("0001", TWO_COLORS, "00000009" + stored));
  }

  @Test
  void bytesAfterADeflateStreamAreReportedBeforeItsContent() {
    String seventeen = "000000".repeat(17);
    String ends = "ff".repeat(1024);
    String payload = HexFormat.of().formatHex(deflate(HexFormat.of().parseHex(ends)));
    refused(RefusalReason.INDEX_OUT_OF_RANGE, deflated("0010", seventeen, framed(payload)));
    refused(
        RefusalReason.PAYLOAD_TRAILING_BYTES, deflated("0010", seventeen, framed(payload + "00")));
    String longer = HexFormat.of().formatHex(deflate(HexFormat.of().parseHex(ends + "00")));
    refused(RefusalReason.PAYLOAD_LONG, deflated("0010", seventeen, framed(longer)));
    String three = HexFormat.of().formatHex(deflate(HexFormat.of().parseHex("ff".repeat(256))));
    refused(RefusalReason.INDEX_OUT_OF_RANGE, deflated("0002", "000000".repeat(3), framed(three)));
    refused(
        RefusalReason.PAYLOAD_TRAILING_BYTES,
        deflated("0002", "000000".repeat(3), framed(three + "00")));
  }

  private static String framed(String payload) {
    return "%08x".formatted(payload.length() / 2) + payload;
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(9, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] out = new byte[bytes.length + 64];
      return Arrays.copyOf(out, deflater.deflate(out));
    } finally {
      deflater.end();
    }
  }

  @Test
  void textModeDamageIsDistinguishedFromOtherFiles() {
    for (String damaged :
        new String[] {
          "cb4b4d510a1a0a01", "4b4b4d510d0a1a0a", "c38b4b4d510d0a1a", "efbfbd4b4d510d0a"
        }) {
      refused(RefusalReason.TEXT_MODE_DAMAGE, HexFormat.of().parseHex(damaged));
    }
    for (String other : new String[] {"efbf004b4d510d0a", "c38b4b0000000000", "89504e470d0a1a0a"}) {
      refused(RefusalReason.NOT_KMQ, HexFormat.of().parseHex(other));
    }
  }

  @Test
  void anImpossibleLengthIsReportedEvenIfTheFileEndsAfterIt() {
    byte[] whole = deflated("0001", TWO_COLORS, "00000080");
    refused(RefusalReason.TILE_LENGTH, Arrays.copyOf(whole, whole.length - 4));
    byte[] cut = Arrays.copyOf(whole, whole.length - 5);
    refused(RefusalReason.TRUNCATED, cut);
  }
}
