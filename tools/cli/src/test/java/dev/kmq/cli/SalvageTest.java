package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check --salvage} writes what is intact, and {@code check} reports when it would. */
class SalvageTest extends CommandTest {
  @Test
  void intactTilesAreWritten() throws IOException {
    BufferedImage image = noise(64, 32, 1);
    kmq("encode", "-k", 65536, "--tile", "32x32", png("a.png", image));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.kmq"));
    bytes[bytes.length - 100] ^= 4;
    Path bad = Files.write(folder.resolve("bad.kmq"), bytes);
    Path out = folder.resolve("saved.png");
    Run run = kmq("check", "--json", bad, "--salvage", out);
    assertEquals(1, run.exit());
    assertEquals(1, run.json().get(0).get("intactTiles").asInt());
    BufferedImage saved = ImageIO.read(out.toFile());
    assertTrue(samePixels(image.getSubimage(0, 0, 32, 32), saved.getSubimage(0, 0, 32, 32)));
    assertTrue(run.err().contains("checksum at offset"), run.err());
    assertTrue(run.err().contains("; " + out + " has 1 of 2 tiles"), run.err());
    Run plain = kmq("check", "--json", bad);
    assertEquals(1, plain.json().get(0).get("intactTiles").asInt());
    assertTrue(
        plain.err().endsWith("; 1 of 2 tiles are intact, and --salvage OUT writes them\n"),
        plain.err());
  }

  @Test
  void theFileIsNamedAndNoneIsWrittenWithoutAnIntactTile() throws IOException {
    kmq("encode", "-k", 5, "--method", "packed", png("a.png", noise(20, 20, 1)));
    Path file = folder.resolve("a.kmq");
    Path out = folder.resolve("saved.png");
    byte[] bytes = Files.readAllBytes(file);
    Path longer = Files.write(folder.resolve("b.kmq"), Arrays.copyOf(bytes, bytes.length + 1));
    bytes[bytes.length - 10] ^= 4;
    Path bad = Files.write(folder.resolve("bad.kmq"), bytes);
    Run run = kmq("check", bad, "--salvage", out);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("no tile is intact, so " + out + " is not written"), run.err());
    assertFalse(Files.exists(out));
    assertTrue(kmq("check", bad, "--salvage", "-").bytes().length == 0);
    run = kmq("check", file, "--salvage", out);
    assertTrue(run.out().contains(": ok, ") && run.out().contains(" -> " + out), run.out());
    run = kmq("check", longer, "-f", "--salvage", out);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("; " + out + " has all tiles"), run.err());
    assertEquals(
        "TRAILING_BYTES",
        kmq("check", "--json", longer, "-f", "--salvage", out)
            .json()
            .get(0)
            .get("reason")
            .asText());
  }

  @Test
  void allTilesBeforeFurtherBytesAreIntact() throws IOException {
    kmq("encode", png("a.png", noise(20, 20, 1)));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.kmq"));
    Path longer = Files.write(folder.resolve("b.kmq"), Arrays.copyOf(bytes, bytes.length + 1));
    String message = kmq("check", longer).err();
    assertTrue(
        message.endsWith("; all tiles are intact, and --salvage OUT writes them\n"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "200"})
  void damageThatLeavesNothingIsNoReasonToSalvage(String side) throws IOException {
    int pixels = Integer.parseInt(side);
    kmq("encode", png("a.png", noise(pixels, pixels, 1)));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.kmq"));
    bytes[bytes.length - 10] ^= 4;
    Path bad = Files.write(folder.resolve("bad.kmq"), bytes);
    Run plain = kmq("check", bad);
    assertEquals(1, plain.exit());
    assertFalse(plain.err().contains("salvage"), plain.err());
    Path out = folder.resolve("saved.png");
    Run run = kmq("check", bad, "--salvage", out);
    assertEquals(1, run.exit());
    assertTrue(
        run.err().endsWith("; no tile is intact, so " + out + " is not written\n"), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void anotherFormatIsNotDamaged() throws IOException {
    Path text = Files.writeString(folder.resolve("a.kmq"), "not an image");
    Run run = kmq("check", text, "--salvage", folder.resolve("saved.png"));
    assertEquals(1, run.exit());
    assertFalse(run.err().contains("intact"), run.err());
  }
}
