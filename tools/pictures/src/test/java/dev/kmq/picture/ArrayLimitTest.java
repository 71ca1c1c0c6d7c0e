package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images with more samples than an array holds are not supported; they are not damaged. */
class ArrayLimitTest {
  private static String refusal(byte[] file) throws IOException {
    Inputs.Selection all = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs = Inputs.find(List.of("-"), new ByteArrayInputStream(file), all)) {
      Input input = Objects.requireNonNull(inputs.found().get(0).input());
      Limits limits = Limits.defaults().withMaxPixels(Long.MAX_VALUE);
      PictureReader reader = new PictureReader(limits, MetadataPolicy.COLOR, false, null);
      FailedInput refusal = assertThrows(FailedInput.class, () -> reader.read(input));
      return String.valueOf(refusal.getMessage());
    }
  }

  private static String rows(int width, int bytes) {
    return ("not supported: rows of %d pixels of %d bytes, more than Java can hold in one array;"
            + " divide the image into narrower ones")
        .formatted(width, bytes);
  }

  private static String whole(int samples) {
    return ("not supported: an image of 30000x30000 with %d samples a pixel, more than Java can"
            + " hold in one array; divide it into smaller images")
        .formatted(samples);
  }

  @ParameterizedTest
  @CsvSource({
    "P3, 255, 3",
    "P6, 255, 3",
    "P6, 65535, 6",
  })
  void rowsOfPixmaps(String kind, int maximum, int bytes) throws IOException {
    String header = "%s 800000000 1 %d\n".formatted(kind, maximum);
    assertEquals(rows(800_000_000, bytes), refusal(header.getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @CsvSource({"2, 65535, 4", "4, 255, 4", "4, 65535, 8"})
  void rowsOfArbitraryMaps(int depth, int maximum, int bytes) throws IOException {
    String header =
        "P7\nWIDTH 700000000\nHEIGHT 2\nDEPTH %d\nMAXVAL %d\nENDHDR\n".formatted(depth, maximum);
    assertEquals(rows(700_000_000, bytes), refusal(header.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] png(int width, int height, int depth, int type, int interlacing) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) type).put(12, (byte) interlacing);
    return TestPng.of(
        new TestPng.Chunk("IHDR", header.array()),
        new TestPng.Chunk("IDAT", new byte[] {0x78, (byte) 0x9C, 0, 0}),
        new TestPng.Chunk("IEND", new byte[0]));
  }

  @ParameterizedTest
  @CsvSource({"16, 2, 6", "8, 6, 4", "16, 6, 8", "16, 4, 4"})
  void rowsOfPng(int depth, int type, int bytes) throws IOException {
    assertEquals(rows(700_000_000, bytes), refusal(png(700_000_000, 2, depth, type, 0)));
  }

  @Test
  void interlacedPng() throws IOException {
    assertEquals(whole(3), refusal(png(30000, 30000, 8, 2, 1)));
  }

  @Test
  void jpeg() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(64).putInt(0xFFD8FFC0).putShort((short) 17);
    file.put((byte) 8).putShort((short) 30000).putShort((short) 30000).put((byte) 3);
    for (int i = 1; i <= 3; i++) {
      file.put((byte) i).put((byte) 0x11).put((byte) 0);
    }
    file.putShort((short) 0xFFDA).putShort((short) 12).put((byte) 3);
    assertEquals(whole(3), refusal(file.array()));
  }

  @Test
  void bmp() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(-1).putInt(0).putInt(54);
    file.putInt(40).putInt(30000).putInt(30000).putShort((short) 1).putShort((short) 24);
    assertEquals(whole(3), refusal(file.array()));
  }

  @Test
  void tiffOfOneStrip() throws IOException {
    Map<Integer, int[]> fields = new TreeMap<>();
    fields.put(TestTiff.WIDTH, new int[] {30000});
    fields.put(TestTiff.HEIGHT, new int[] {30000});
    fields.put(TestTiff.BITS, new int[] {8, 8, 8});
    fields.put(TestTiff.PHOTOMETRIC, new int[] {2});
    fields.put(TestTiff.SAMPLES, new int[] {3});
    fields.put(TestTiff.COMPRESSION, new int[] {5});
    fields.put(TestTiff.ROWS_PER_STRIP, new int[] {30000});
    byte[] file = new TestTiff(ByteOrder.BIG_ENDIAN).page(fields, new byte[8]).bytes();
    assertEquals(whole(3), refusal(file));
  }
}
