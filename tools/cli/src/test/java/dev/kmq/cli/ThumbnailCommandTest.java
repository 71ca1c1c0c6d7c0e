package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thumbnails fit into a square, keep their aspect ratio, and are never enlarged. */
class ThumbnailCommandTest extends CommandTest {
  @ParameterizedTest
  @CsvSource({"300,200,128,128,85", "200,300,128,85,128", "40,30,128,40,30", "2000,1,64,64,1"})
  void fits(int width, int height, int size, int expectedWidth, int expectedHeight)
      throws IOException {
    Path image = png("a.png", quarters(width, height));
    Path out = folder.resolve("t.png");
    Run run = kmq("thumbnail", "--size", size, "-o", out, image);
    assertEquals(0, run.exit(), run.err());
    assertEquals("", run.out() + run.err());
    BufferedImage small = ImageIO.read(out.toFile());
    assertEquals(expectedWidth, small.getWidth());
    assertEquals(expectedHeight, small.getHeight());
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    Run run = kmq("thumbnail", "-o", folder.resolve("t.jpg"), image);
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("t.jpg: a thumbnail is a .png"), run.err());
    assertEquals(0, kmq("thumbnail", "-o", folder.resolve("t.tmp1"), image).exit());
  }

  @Test
  void readsWhatOtherCommandsRead() throws IOException {
    Path image = png("a.png", quarters(600, 600));
    kmq("encode", image, "--tile", "64x64");
    Path fromKmq = folder.resolve("k.png");
    Path fromPng = folder.resolve("p.png");
    kmq("thumbnail", "-o", fromKmq, folder.resolve("a.kmq"));
    kmq("thumbnail", "-o", fromPng, image);
    assertArrayEquals(Files.readAllBytes(fromPng), Files.readAllBytes(fromKmq));
    BufferedImage small = ImageIO.read(fromKmq.toFile());
    assertEquals(256, small.getWidth());
    assertEquals(0xFFFF0000, small.getRGB(5, 5));
    assertEquals(0xFFFFFFFF, small.getRGB(250, 250));
    Run piped = kmqWith(Files.readAllBytes(image), false, "thumbnail", "-o", "-", "-");
    assertEquals(0, piped.exit());
    assertEquals(256, ImageIO.read(new ByteArrayInputStream(piped.bytes())).getHeight());
  }

  @Test
  void transparencyIsKept() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 2; y++) {
      image.setRGB(0, y, 0xFF0000FF);
      image.setRGB(1, y, 0xFF0000FF);
    }
    Path out = folder.resolve("t.png");
    kmq("thumbnail", "--size", 2, "-o", out, png("a.png", image));
    BufferedImage small = ImageIO.read(out.toFile());
    assertEquals(0xFF0000FF, small.getRGB(0, 0));
    assertEquals(0, small.getRGB(1, 0) >>> 24);
  }

  @Test
  void anExistingFileIsReplacedAndKeptOnFailure() throws IOException {
    // File managers create the file before they start the program.
    Path out = Files.createFile(folder.resolve("t.png"));
    Path broken = Files.writeString(folder.resolve("b.png"), "not an image");
    Run failed = kmq("thumbnail", "-o", out, broken);
    assertEquals(1, failed.exit());
    assertTrue(failed.err().startsWith("kmq: " + broken + ": not an image"), failed.err());
    assertEquals(0, Files.size(out));
    assertEquals(1, kmq("thumbnail", "-o", out, folder.resolve("none.png")).exit());
    Path image = png("a.png", quarters(8, 8));
    assertEquals(0, kmq("thumbnail", "-o", out, image).exit());
    assertEquals(8, ImageIO.read(out.toFile()).getWidth());
    byte[] before = Files.readAllBytes(image);
    Run own = kmq("thumbnail", "--size", 4, "-o", image, image);
    assertEquals(1, own.exit());
    assertTrue(own.err().contains("would replace its image; name another output"), own.err());
    assertArrayEquals(before, Files.readAllBytes(image));
    assertEquals(List.of("a.png", "b.png", "t.png"), files());
  }

  /** The entry for file managers calls the command with options that exist. */
  @Test
  void fileManagersCallIt() throws IOException {
    Path entry = Path.of(System.getProperty("kmq.root"), "tools/dist/src/deb/kmq.thumbnailer");
    String line =
        Files.readAllLines(entry).stream()
            .filter(l -> l.startsWith("Exec=kmq "))
            .findFirst()
            .orElseThrow();
    Path in = png("a.png", noise(40, 20, 1));
    Path out = folder.resolve("small.png");
    Object[] words =
        Arrays.stream(line.substring("Exec=kmq ".length()).split(" ", -1))
            .map(w -> w.replace("%s", "16").replace("%o", out.toString()))
            .map(w -> w.replace("%i", in.toString()))
            .toArray();
    Run run = kmq(words);
    assertEquals(0, run.exit(), run.err());
    assertEquals(16, ImageIO.read(out.toFile()).getWidth());
  }

  @Test
  void wrongUsage() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    assertEquals(2, kmq("thumbnail", "--size", 0, "-o", folder.resolve("t.png"), image).exit());
    assertEquals(2, kmq("thumbnail", image).exit());
    assertEquals(2, kmqWith(new byte[0], true, "thumbnail", "-o", "-", image).exit());
    assertEquals(List.of("a.png"), files());
  }
}
