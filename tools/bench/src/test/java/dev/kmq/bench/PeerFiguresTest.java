package dev.kmq.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerFiguresTest {
  @TempDir private Path folder = Path.of("");

  private static String print(String... args) throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      PeerFigures.print(args);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFolderOfImagesIsCompared() throws IOException, InterruptedException {
    BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0xFF0000);
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    ImageIO.write(image, "bmp", folder.resolve("b.bmp").toFile());
    Files.writeString(folder.resolve("notes.txt"), "not an image");
    String text = print("--only", "sizes", folder.toString());
    assertTrue(text.contains("- Images: 2\n"), text);
    assertTrue(text.contains("| packed | "), text);
    assertTrue(text.contains("| PNG8 (ImageIO) | "), text);
    for (InstalledPeers peer : InstalledPeers.values()) {
      assertTrue(text.contains("\n- " + peer.program + ": "), text);
      assertEquals(
          peer.isInstalled(), !text.contains("- " + peer.program + ": not installed"), text);
    }
  }

  @Test
  void wrongArgumentsAreNamed() {
    IllegalArgumentException section =
        assertThrows(
            IllegalArgumentException.class, () -> print("--only", "speed", folder.toString()));
    assertEquals(
        "--only is one or more of palettes,sizes,looks,rates, not speed", section.getMessage());
    IllegalArgumentException missing =
        assertThrows(
            IllegalArgumentException.class, () -> print(folder.resolve("none").toString()));
    assertTrue(missing.toString().contains(": no such file or folder: "), missing.toString());
    IllegalArgumentException empty =
        assertThrows(IllegalArgumentException.class, () -> print(folder.toString()));
    assertTrue(empty.toString().contains(": no images in "), empty.toString());
  }
}
