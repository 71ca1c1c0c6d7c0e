package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.picture.TestGif;
import dev.kmq.picture.TestPng;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Messages about sources that are kept in part, or refused. */
class SourceReportTest extends CommandTest {
  private static final int[] TABLE = {0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF};

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void framesThatAreNotKeptAreSaidOnStandardErrorAndInJson() throws IOException {
    TestGif gif = new TestGif(2, 2, TABLE);
    for (int i = 0; i < 3; i++) {
      gif.image(0, 0, 2, 2, false, 2, new byte[] {0, 1, 2, (byte) i});
    }
    Path anim = file("anim.gif", gif.bytes());
    Run text = kmq("encode", anim);
    assertEquals(0, text.exit());
    assertTrue(
        text.err()
            .endsWith(
                "anim.gif: warning: only the first of 3 frames is kept;"
                    + " use encode --all-frames to write all\n"),
        text.err());
    JsonNode json = kmq("encode", "--json", "-f", anim).json().get(0);
    assertEquals(
        "only the first of 3 frames is kept; use encode --all-frames to write all",
        json.get("warnings").get(0).asText());
    for (String verb : new String[] {"sweep", "palette"}) {
      assertTrue(kmq(verb, "-k", 2, anim).err().contains("first of 3 frames"), verb);
    }
  }

  private static byte[] grey16(int... samples) {
    ByteBuffer row = ByteBuffer.allocate(1 + 2 * samples.length).put((byte) 0);
    for (int sample : samples) {
      row.putShort((short) sample);
    }
    return TestPng.of(
        TestPng.header(samples.length, 1, 16, 0),
        new TestPng.Chunk("IDAT", TestPng.deflate(row.array())),
        new TestPng.Chunk("IEND", new byte[0]));
  }

  @Test
  void whatIsReducedIsNotCalledExact() throws IOException {
    Path reduced = file("reduced.png", grey16(0, 258, 65535));
    Run text = kmq("encode", reduced);
    assertFalse(text.out().contains("exact"), text.out());
    assertTrue(text.out().contains("no loss after rounding of 16-bit samples to 8 bits"));
    JsonNode json = kmq("encode", "--json", "-f", reduced).json().get(0);
    assertEquals("rounding of 16-bit samples to 8 bits", json.get("reduction").asText());
    assertFalse(kmq("sweep", "-k", "4", reduced).out().contains("exact"));
    Path whole = file("whole.png", grey16(0, 257, 65535));
    assertTrue(kmq("encode", whole).out().contains("exact"));
    assertTrue(kmq("encode", "--json", "-f", whole).json().get(0).get("reduction").isNull());
  }

  /** Boxes of MP4, each of which claims to contain the rest. */
  private static byte[] nestedBoxes(int levels) {
    byte[] type = "ftypmp42".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(16 + 8 * levels).putInt(16).put(type).putInt(0);
    for (int i = 0; i < levels; i++) {
      file.putInt(8 * (levels - i)).put("moov".getBytes(StandardCharsets.US_ASCII));
    }
    return file.array();
  }

  @Test
  void nestingInFilesThatAreNoImagesEndsNothing() throws IOException {
    file("a.png", nestedBoxes(100_000));
    png("b.png", quarters(8, 8));
    Run run = kmq("encode", "-r", folder, "--out-dir", folder.resolve("out"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("a.png: not an image of a supported format"), run.err());
    assertTrue(Files.exists(folder.resolve("out/b.kmq")));
    for (String verb : new String[] {"sweep", "palette"}) {
      Run other = kmq(verb, "-r", folder);
      assertTrue(other.err().contains("a.png: not an image of a supported format"), other.err());
      assertTrue(other.out().length() > 0);
    }
  }

  @Test
  void notSupportedIsAnotherMessageThanDamaged() throws IOException {
    byte[] gif = new TestGif(2, 1).image(0, 0, 2, 1, false, 2, new byte[] {0, 1}).bytes();
    Run run = kmq("encode", file("a.gif", gif));
    assertEquals(1, run.exit());
    assertTrue(
        run.err().contains("a.gif: not supported: a GIF without a colour table; "), run.err());
    assertFalse(run.err().contains("damaged"));
  }

  @Test
  void smallInterlacedGifGoesToKmqAndBack() throws IOException {
    byte[] gif =
        new TestGif(2, 3, TABLE)
            .transparent(3)
            .image(0, 0, 2, 3, true, 2, new byte[] {0, 1, 2, 2, 3, 0})
            .bytes();
    Path back = folder.resolve("back.gif");
    assertEquals(0, kmq("encode", file("a.gif", gif)).exit());
    Run run = kmq("decode", folder.resolve("a.kmq"), "-o", back);
    assertEquals(0, run.exit(), run.err());
    BufferedImage image = ImageIO.read(back.toFile());
    int[] expected = {0xFFFFFFFF, 0xFFFF0000, 0, 0xFFFFFFFF, 0xFF00FF00, 0xFF00FF00};
    for (int i = 0; i < expected.length; i++) {
      int seen = image.getRGB(i % 2, i / 2);
      assertEquals(expected[i], seen >>> 24 == 0 ? 0 : seen, "pixel " + i);
    }
  }
}
