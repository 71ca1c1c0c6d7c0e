package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputImageStreamTest {
  @TempDir Path folder;

  private final byte[] bytes = new byte[20_000];

  InputImageStreamTest() {
    new Random(1).nextBytes(bytes);
  }

  /** Numbers and arrays are read correctly across all boundaries of buffers and parts. */
  @Test
  void whatIsAskedForComesWhole() throws IOException {
    Path file = Files.write(folder.resolve("a"), bytes);
    try (Input input = Inputs.one(file.toString(), InputStream.nullInputStream());
        InputImageStream in = new InputImageStream(input)) {
      everyNumber(in, bytes);
    }
    try (Input input = Inputs.one(file.toString(), InputStream.nullInputStream());
        InputImageStream in = new InputImageStream(input);
        Splice splice = new Splice(in)) {
      byte[] spliced = new byte[0];
      for (int from = 0; from + 110 < bytes.length; from += 110) {
        splice.add(from, from + 100);
        spliced = Arrays.copyOf(spliced, spliced.length + 100);
        System.arraycopy(bytes, from, spliced, spliced.length - 100, 100);
      }
      everyNumber(splice, spliced);
    }
  }

  private static void everyNumber(ImageInputStream in, byte[] expected) throws IOException {
    ByteBuffer numbers = ByteBuffer.wrap(expected);
    for (int at = 0; at + 8 <= expected.length; at++) {
      in.seek(at);
      assertEquals(numbers.getLong(at), in.readLong(), "at " + at);
      in.seek(at);
      assertEquals(numbers.getShort(at), in.readShort(), "at " + at);
    }
    in.seek(5);
    byte[] all = new byte[expected.length];
    assertEquals(expected.length - 5, in.read(all));
    assertArrayEquals(
        Arrays.copyOfRange(expected, 5, expected.length), Arrays.copyOf(all, expected.length - 5));
    assertEquals(-1, in.read(all));
    assertEquals(-1, in.read());
  }
}
