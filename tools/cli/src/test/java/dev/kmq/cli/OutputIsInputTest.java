package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Only the input of an output may be replaced by it, and only with {@code --force}. */
class OutputIsInputTest extends CommandTest {
  private void refused(Path input, Object... args) throws IOException {
    byte[] before = Files.readAllBytes(input);
    Run run = kmq(args);
    assertEquals(1, run.exit(), run.err());
    assertTrue(
        run.err().contains("output " + input + " is also an input; name another output"),
        run.err());
    assertArrayEquals(before, Files.readAllBytes(input));
  }

  @Test
  void imagesAreKept() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    Path kmq = folder.resolve("a.kmq");
    assertEquals(0, kmq("encode", image).exit());
    refused(kmq, "encode", "-f", image, "--palette", kmq);
    refused(kmq, "encode", "-f", "--dry-run", image, "--palette", kmq);
    refused(kmq, "encode", "-f", image, "--alt-palette", "night=" + kmq);
    refused(kmq, "check", "-f", kmq, "--salvage", kmq);
    refused(kmq, "palette", "-f", kmq, image, "-o", kmq);
    refused(image, "sweep", "-f", "-k", "2", image, "--csv", image);
  }

  @Test
  void filesAreEncodedInPlace() throws IOException {
    Path image = png("a.png", noise(9, 9, 1));
    assertEquals(0, kmq("encode", image).exit());
    Path kmq = folder.resolve("a.kmq");
    byte[] before = Files.readAllBytes(kmq);
    assertEquals(1, kmq("encode", "-k", 2, kmq).exit());
    assertArrayEquals(before, Files.readAllBytes(kmq));
    assertEquals(0, kmq("encode", "-k", 4, "-f", kmq).exit());
    assertEquals(4, Kmq.decode(Files.readAllBytes(kmq)).palette().size());
    assertEquals(0, kmq("encode", "-k", 2, "-f", kmq, "-o", kmq).exit());
    assertEquals(2, Kmq.decode(Files.readAllBytes(kmq)).palette().size());
  }

  @Test
  void palettesAreSortedInPlace() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    Path palette = folder.resolve("a.gpl");
    assertEquals(0, kmq("palette", image, "-o", palette).exit());
    assertEquals(1, kmq("palette", "--sort", "hue", palette, "-o", palette).exit());
    assertEquals(0, kmq("palette", "-f", "--sort", "hue", palette, "-o", palette).exit());
    assertEquals(0, kmq("palette", palette).exit());
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    Path kmq = folder.resolve("a.kmq");
    assertEquals(0, kmq("encode", image).exit());
    Path link = Files.createSymbolicLink(folder.resolve("link.kmq"), kmq);
    byte[] before = Files.readAllBytes(kmq);
    Run run = kmq("encode", "-f", image, "--palette", kmq, "-o", link);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("is also an input"), run.err());
    assertArrayEquals(before, Files.readAllBytes(kmq));
  }

  @Test
  void archivesAreKeptEvenIfDamaged() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    Path zip = folder.resolve("p.zip");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("a.png"));
      out.write(Files.readAllBytes(image));
    }
    Files.write(zip, bytes.toByteArray());
    refused(zip, "encode", "-f", zip, "-o", zip);
    Path damaged = Files.writeString(folder.resolve("d.zip"), "no archive");
    refused(damaged, "encode", "-f", damaged, image, "-o", damaged);
  }

  /** Nothing is replaced then. */
  @Test
  void skippedOutputsMayBeInputs() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    Path kmq = folder.resolve("a.kmq");
    assertEquals(0, kmq("encode", image).exit());
    Run run = kmq("encode", "--skip-existing", kmq);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("skipped"), run.out());
  }
}
