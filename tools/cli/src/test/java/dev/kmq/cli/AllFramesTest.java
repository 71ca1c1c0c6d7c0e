package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.Kmq;
import dev.kmq.image.IndexedImage;
import dev.kmq.picture.TestGif;
import dev.kmq.picture.TestPng;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every frame and page has an output of its own. */
class AllFramesTest extends CommandTest {
  private static final int[] TABLE = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};

  /** Frames of 2x1 pixels: the first is red and green, each other one replaces a pixel. */
  private Path gif(String name, int frames) throws IOException {
    TestGif gif = new TestGif(2, 1, TABLE).image(0, 0, 2, 1, false, 2, new byte[] {0, 1});
    for (int i = 1; i < frames; i++) {
      gif.image(i % 2, 0, 1, 1, false, 2, new byte[] {(byte) (i % 4)});
    }
    return Files.write(folder.resolve(name), gif.bytes());
  }

  private Path tiff(String name, BufferedImage... pages) throws IOException {
    Path path = folder.resolve(name);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(path.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (BufferedImage page : pages) {
        writer.writeToSequence(new IIOImage(page, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return path;
  }

  private IndexedImage read(String name) throws IOException {
    return Kmq.read(folder.resolve(name));
  }

  @Test
  void outputsAreNumberedSoThatTheySort() throws IOException {
    Run run = kmq("encode", "--all-frames", gif("a.gif", 3), gif("b.gif", 100), gif("c.gif", 1));
    assertEquals(0, run.exit(), run.err());
    assertEquals(2, run.err().lines().filter(l -> l.contains(" outputs (")).count(), run.err());
    List<String> files = files();
    assertEquals(3 + 3 + 100 + 1, files.size());
    assertTrue(files.containsAll(List.of("a-01.kmq", "a-03.kmq", "b-001.kmq", "b-100.kmq")));
    assertTrue(files.contains("c.kmq"));
    assertTrue(run.out().startsWith(folder + "/a.gif, frame 1 "), run.out());
    assertArrayEquals(new int[] {0xFFFF0000, 0xFF00FF00}, read("a-02.kmq").toArgb());
    assertArrayEquals(new int[] {0xFF0000FF, 0xFF00FF00}, read("a-03.kmq").toArgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4"})
  void framesShareAPalette(String threads) throws IOException {
    Path pages = tiff("p.tif", noise(9, 7, 1), noise(20, 3, 2), noise(4, 4, 3));
    assertEquals(0, kmq("encode", "--all-frames", "-k", 16, "-j", threads, pages).exit());
    IndexedImage first = read("p-01.kmq");
    assertEquals(16, first.palette().size());
    assertEquals(20, read("p-02.kmq").width());
    assertEquals(first.palette(), read("p-02.kmq").palette());
    assertEquals(first.palette(), read("p-03.kmq").palette());
    kmq("encode", "--all-frames", "--own-palettes", "-k", 16, "-f", pages);
    assertNotEquals(read("p-01.kmq").palette(), read("p-02.kmq").palette());
    kmq("encode", "--all-frames", "--palette", "grey4", "-f", pages);
    assertEquals(read("p-01.kmq").palette(), read("p-03.kmq").palette());
    assertEquals(4, read("p-01.kmq").palette().size());
  }

  private static BufferedImage indexed(int blue, int... indices) {
    byte[] channel = {9, 50, 0, 9};
    byte[] last = {9, 50, (byte) blue, 9};
    IndexColorModel model = new IndexColorModel(8, 4, channel, channel, last);
    BufferedImage image =
        new BufferedImage(indices.length, 1, BufferedImage.TYPE_BYTE_INDEXED, model);
    image.getRaster().setPixels(0, 0, indices.length, 1, indices);
    return image;
  }

  @Test
  void bytesOfTheInputAreDividedAmongFrames() throws IOException {
    Path input = gif("a.gif", 7);
    Run run = kmq("encode", "--all-frames", "--json", input);
    long sum = run.json().stream().mapToLong(o -> o.get("inputBytes").asLong()).sum();
    assertEquals(Files.size(input), sum);
    List<String> warnings = run.err().lines().toList();
    assertEquals(1, warnings.size(), "frames are not compared with their part of the file");
    assertTrue(
        warnings.get(0).startsWith("kmq: " + input + ", frame 7: warning: the 7 outputs ("),
        warnings.get(0));
    assertEquals(1, run.json().get(6).get("warnings").size());
    Path small = tiff("s.tif", new BufferedImage(90, 90, 5), new BufferedImage(90, 90, 5));
    assertEquals("", kmq("encode", "--all-frames", small).err());
  }

  @Test
  void pagesWithOnePaletteKeepIt() throws IOException {
    Path same = tiff("s.tif", indexed(7, 0, 3, 1), indexed(7, 3, 3, 2));
    assertEquals(0, kmq("encode", "--all-frames", same).exit());
    IndexedImage second = read("s-02.kmq");
    assertEquals(second.palette(), read("s-01.kmq").palette());
    assertEquals(0xFF090909, second.palette().argb(0));
    assertEquals(0xFF090909, second.palette().argb(3), "equal entries stay");
    assertEquals(3, second.plane().get(0, 0));
    Path others = tiff("o.tif", indexed(7, 0, 3, 1), indexed(8, 3, 3, 2));
    Run run = kmq("encode", "--all-frames", "--json", others);
    assertEquals(read("o-01.kmq").palette(), read("o-02.kmq").palette());
    assertEquals(0, run.json().get(1).get("mse").asDouble());
    kmq("encode", "--all-frames", "--own-palettes", "-f", others);
    assertEquals(0xFF000008, read("o-02.kmq").palette().argb(2));
  }

  @Test
  void aBrokenFrameFailsAlone() throws IOException {
    Path path = gif("a.gif", 4);
    byte[] bytes = Files.readAllBytes(path);
    // The last image's code size is not one.
    int last = bytes.length - 1;
    while (bytes[last] != 0x2C) {
      last--;
    }
    bytes[last + 10] = 99;
    Files.write(path, bytes);
    Run run = kmq("encode", "--all-frames", "--json", path);
    assertEquals(1, run.exit());
    List<JsonNode> objects = run.json();
    assertEquals(4, objects.size());
    assertTrue(objects.get(2).get("error").isNull());
    assertEquals(path + ", frame 4", objects.get(3).get("input").asText());
    assertTrue(
        run.err().startsWith("kmq: " + path + ", frame 4: damaged image: its image data"),
        run.err());
    assertEquals(List.of("a-01.kmq", "a-02.kmq", "a-03.kmq", "a.gif"), files());
  }

  @Test
  void anAnimationThatCannotBeReadIsNotReplacedByItsStillImage() throws IOException {
    byte[] still = Files.readAllBytes(png("still.png", quarters(4, 4)));
    List<TestPng.Chunk> chunks = new ArrayList<>(TestPng.chunks(still));
    // A frame of 9x9 pixels does not fit into 4x4.
    byte[] control = new byte[26];
    control[7] = 9;
    control[11] = 9;
    chunks.add(1, TestPng.ofInts("acTL", 2, 0));
    chunks.add(2, new TestPng.Chunk("fcTL", control));
    Path path = folder.resolve("a.png");
    Files.write(path, TestPng.of(chunks.toArray(TestPng.Chunk[]::new)));
    Run run = kmq("encode", "--all-frames", path);
    assertEquals(1, run.exit());
    assertEquals("kmq: " + path + ": damaged image: frame 1 is not within the image\n", run.err());
    assertEquals(List.of("a.png", "still.png"), files());
    assertEquals(1, kmq("encode", "--all-frames", folder.resolve("none.gif")).exit());
  }

  @Test
  void missingFramesAreOneFailedInput() throws IOException {
    byte[] whole = Files.readAllBytes(gif("w.gif", 5));
    int cut = Files.readAllBytes(gif("w.gif", 3)).length + 4; // within an image header
    Path path = Files.write(folder.resolve("a.gif"), Arrays.copyOf(whole, cut));
    Files.delete(folder.resolve("w.gif"));
    Run run = kmq("encode", "--all-frames", "--json", path);
    assertEquals(1, run.exit());
    List<JsonNode> objects = run.json();
    assertEquals(4, objects.size());
    assertEquals(path + ", frame 4", objects.get(3).get("input").asText());
    assertEquals("damaged image: it is truncated", objects.get(3).get("error").asText());
    assertEquals("kmq: " + path + ", frame 4: damaged image: it is truncated\n", run.err());
    assertEquals(List.of("a-01.kmq", "a-02.kmq", "a-03.kmq", "a.gif"), files());
    Run plain = kmq("encode", "-f", path);
    assertEquals(0, plain.exit());
    assertTrue(
        plain.err().contains("warning: the file is damaged after frame 3 (it is truncated)\n"),
        plain.err());
  }

  @Test
  void aTrailerMayBeMissing() throws IOException {
    Path path = gif("a.gif", 3);
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, whole.length - 1));
    Run run = kmq("encode", "--all-frames", path);
    assertEquals(0, run.exit(), run.err());
    assertTrue(
        run.err()
            .startsWith(
                "kmq: "
                    + path
                    + ", frame 1: warning: the file ends without a trailer after frame 3\n"),
        run.err());
    assertEquals(List.of("a-01.kmq", "a-02.kmq", "a-03.kmq", "a.gif"), files());
  }

  @Test
  void aStillImageBesideTheAnimationIsLeftOut() throws IOException {
    Path path =
        Files.write(
            folder.resolve("a.png"),
            TestPng.of(
                TestPng.header(1, 1, 8, 2),
                TestPng.ofInts("acTL", 1, 0),
                new TestPng.Chunk("IDAT", TestPng.deflate(new byte[] {0, 1, 2, 3})),
                TestPng.ofBytes(
                    "fcTL", 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                    0, 0),
                new TestPng.Chunk("fdAT", frameData(0, 7, 8, 9)),
                TestPng.ofBytes("IEND")));
    Run run = kmq("encode", "--all-frames", path);
    assertEquals(0, run.exit(), run.err());
    assertTrue(
        run.err()
            .contains(
                path
                    + ": warning: the still image for programs without animation is not kept,"
                    + " only the frame\n"),
        run.err());
    assertArrayEquals(new int[] {0xFF070809}, read("a.kmq").toArgb());
    kmq("encode", "-f", path);
    assertArrayEquals(new int[] {0xFF010203}, read("a.kmq").toArgb());
  }

  private static byte[] frameData(int... row) {
    byte[] bytes = new byte[row.length];
    for (int i = 0; i < row.length; i++) {
      bytes[i] = (byte) row[i];
    }
    byte[] deflated = TestPng.deflate(bytes);
    byte[] data = new byte[4 + deflated.length];
    data[3] = 1;
    System.arraycopy(deflated, 0, data, 4, deflated.length);
    return data;
  }

  @Test
  void otherDestinations() throws IOException {
    Path input = gif("a.gif", 2);
    assertEquals(0, kmq("encode", "--all-frames", input, "-o", folder.resolve("x.png")).exit());
    BufferedImage second = ImageIO.read(folder.resolve("x-02.png").toFile());
    assertEquals(0xFF00FF00, second.getRGB(1, 0));
    Path zip = folder.resolve("all.zip");
    assertEquals(0, kmq("encode", "--all-frames", input, "-o", zip).exit());
    try (ZipFile entries = new ZipFile(zip.toFile())) {
      assertEquals(
          List.of("a-01.kmq", "a-02.kmq"), entries.stream().map(e -> e.getName()).toList());
    }
    Run piped =
        kmqWith(
            Files.readAllBytes(input),
            false,
            "encode",
            "--all-frames",
            "-",
            "-o",
            folder.resolve("p.kmq"));
    assertEquals(0, piped.exit(), piped.err());
    assertEquals(2, read("p-02.kmq").width());
    Run standard = kmq("encode", "--all-frames", input, "-o", "-");
    assertEquals(2, standard.exit());
    assertEquals(0, standard.bytes().length);
    assertTrue(
        standard.err().startsWith("kmq encode: --output - takes one image, not 2;"),
        standard.err());
  }

  @Test
  void framesOfArchivesAreNumbered() throws IOException {
    Path zip = folder.resolve("in.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("d/a.gif"));
      out.write(Files.readAllBytes(gif("a.gif", 3)));
    }
    Run run = kmq("encode", "--all-frames", zip, "--out-dir", folder.resolve("out"));
    assertEquals(0, run.exit(), run.err());
    assertTrue(files().containsAll(List.of("out/d/a-01.kmq", "out/d/a-03.kmq")), files()::toString);
  }

  @Test
  void existingOutputsAndCollisions() throws IOException {
    Path input = gif("a.gif", 3);
    assertEquals(
        List.of(
            input + ", frame 1 -> " + folder.resolve("a-01.kmq"),
            input + ", frame 2 -> " + folder.resolve("a-02.kmq"),
            input + ", frame 3 -> " + folder.resolve("a-03.kmq")),
        kmq("encode", "--all-frames", "--dry-run", input).out().lines().limit(3).toList());
    assertEquals(List.of("a.gif"), files());
    kmq("encode", "--all-frames", input);
    Files.delete(folder.resolve("a-02.kmq"));
    Run resumed = kmq("encode", "--all-frames", "--skip-existing", "--json", input);
    assertEquals(0, resumed.exit());
    assertTrue(resumed.json().get(1).get("skipped").isNull());
    assertTrue(resumed.json().get(2).get("skipped").asText().endsWith("exists"));
    Path still = png("a-02.png", quarters(4, 4));
    Run both = kmq("encode", "--all-frames", "-f", input, still);
    assertEquals(1, both.exit());
    assertTrue(
        both.err().contains("a-02.png: its output " + folder.resolve("a-02.kmq")), both.err());
    assertTrue(both.err().contains("would also be that of " + input + ", frame 2"), both.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--own-palettes",
        "--all-frames --skip-if-larger",
        "--all-frames --target-psnr 30",
        "--all-frames --target-bytes 300"
      })
  void contradictionsAreRefused(String options) throws IOException {
    Path input = gif("a.gif", 2);
    Object[] words = ("encode " + options + " " + input).split(" ", -1);
    Run run = kmq(words);
    assertEquals(2, run.exit());
    assertEquals(List.of("a.gif"), files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"palette", "sweep -k 2", "compare", "encode"})
  void otherCommandsSayThatOneFrameIsKept(String command) throws IOException {
    Path input = gif("a.gif", 12);
    String words = command.startsWith("encode") ? "encode" : command;
    Object[] all =
        (words + " " + input + (command.equals("compare") ? " " + input : "")).split(" ", -1);
    Run run = kmq(all);
    assertEquals(0, run.exit(), run.err());
    assertTrue(
        run.err()
            .contains("only the first of 12 frames is kept; use encode --all-frames to write all"),
        run.err());
  }
}
