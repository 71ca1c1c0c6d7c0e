package dev.kmq.deflate;

import static dev.kmq.deflate.Inputs.deflate;
import static dev.kmq.deflate.Inputs.inflate;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class DeflateWriterTest {
  private static void survivesARoundTrip(byte[] bytes) {
    byte[] stream = deflate(bytes);
    assertArrayEquals(bytes, inflate(stream, bytes.length));
    int stored = bytes.length + 5 * (bytes.length / 65535 + 1);
    int pieces = bytes.length / DeflateWriter.PIECE + 1;
    assertTrue(stream.length <= stored + 6 * pieces, stream.length + " for " + bytes.length);
  }

  @Property(tries = 300)
  void bytesComeBack(
      @ForAll @IntRange(max = Inputs.KINDS - 1) int kind,
      @ForAll @IntRange(max = 9000) int length,
      @ForAll long seed) {
    survivesARoundTrip(Inputs.bytes(kind, length, seed));
  }

  @Property(tries = 1)
  void bytesOfManyPiecesComeBack(@ForAll long seed) {
    for (int kind = 0; kind < Inputs.KINDS; kind++) {
      survivesARoundTrip(
          Inputs.bytes(kind, 3 * DeflateWriter.PIECE + new Random(seed).nextInt(9), seed));
    }
  }

  @Test
  void lengthsAroundTheEndsOfPiecesComeBack() {
    for (int over = -2; over <= 4; over++) {
      if (over <= 2) {
        survivesARoundTrip(Inputs.bytes(3, DeflateWriter.PIECE + over, over));
      }
      survivesARoundTrip(Inputs.bytes(3, DeflateWriter.FULL + over, over));
    }
    survivesARoundTrip(Inputs.bytes(2, DeflateWriter.FULL + DeflateWriter.PIECE, 1));
    survivesARoundTrip(Inputs.bytes(0, DeflateWriter.FULL + DeflateWriter.PIECE + 1, 1));
  }

  @Test
  void fewBytesTakeFewBytes() {
    assertEquals("0300", HexFormat.of().formatHex(deflate(new byte[0])));
    for (int length = 1; length < 40; length++) {
      byte[] bytes = Inputs.bytes(1, length, length);
      assertArrayEquals(bytes, inflate(deflate(bytes), length));
      assertTrue(deflate(bytes).length <= length + 5);
    }
    assertTrue(deflate(new byte[1000]).length <= 12);
  }

  @Property(tries = 40)
  void writesTheSameHoweverBytesAreHandedOver(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = Inputs.bytes(random.nextInt(Inputs.KINDS), random.nextInt(20000), seed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DeflateWriter writer = new DeflateWriter(out);
    for (int at = 0, n; at < bytes.length; at += n) {
      n = Math.min(bytes.length - at, random.nextInt(3000));
      if (n == 1) {
        writer.write(bytes[at]);
      } else {
        writer.write(bytes, at, n);
      }
    }
    writer.finish();
    assertArrayEquals(deflate(bytes), out.toByteArray());
  }

  @Test
  void startsANewBlockWhereTheBytesChange() {
    byte[] bytes = Inputs.bytes(6, 200_000, 3);
    int noise = 100_000;
    assertTrue(deflate(bytes).length < noise + 100_000 * 5 / 8);
  }

  @Test
  void takesFewerBytesThanZlib() {
    for (int kind = 2; kind < Inputs.KINDS; kind++) {
      byte[] bytes = Inputs.bytes(kind, 150_000, kind);
      Deflater zlib = new Deflater(Deflater.BEST_COMPRESSION, true);
      zlib.setInput(bytes);
      zlib.finish();
      int theirs = zlib.deflate(new byte[2 * bytes.length]);
      zlib.end();
      int ours = deflate(bytes).length;
      assertTrue(ours < theirs, "kind " + kind + ": " + ours + ", zlib " + theirs);
    }
  }
}
