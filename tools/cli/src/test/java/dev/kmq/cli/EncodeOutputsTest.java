package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.Kmq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where outputs of {@code encode} go, and which are replaced. */
class EncodeOutputsTest extends CommandTest {
  @Test
  void oneBadInputFailsAlone() throws IOException {
    Path good = png("good.png", quarters(8, 8));
    Path bad = Files.writeString(folder.resolve("bad.png"), "not an image");
    Path gone = folder.resolve("gone.png");
    Path out = folder.resolve("out");
    Run run = kmq("encode", bad, gone, good, "--out-dir", out, "--json");
    assertEquals(1, run.exit());
    assertEquals(List.of("bad.png", "good.png", "out/good.kmq"), files());
    List<JsonNode> json = run.json();
    assertEquals(bad.toString(), json.get(0).get("input").asText());
    assertTrue(json.get(0).get("error").asText().startsWith("not an image"));
    assertEquals("no such file", json.get(1).get("error").asText());
    assertTrue(json.get(2).get("error").isNull());
    assertEquals(2, run.err().lines().count(), run.err());
  }

  @Test
  void truncatedPictureLeavesNoFile() throws IOException {
    Path whole = png("whole.png", noise(64, 64, 1));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.png");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Run run = kmq("encode", cut);
    assertEquals(1, run.exit());
    assertEquals(List.of("cut.png", "whole.png"), files());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void existingOutputNeedsForce() throws IOException {
    Path picture = png("a.png", quarters(8, 8));
    Path output = Files.writeString(folder.resolve("a.kmq"), "precious");
    Run run = kmq("encode", picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("--force"), run.err());
    assertEquals("precious", Files.readString(output));
    assertEquals(0, kmq("encode", "--skip-existing", picture).exit());
    assertEquals("precious", Files.readString(output));
    assertEquals(0, kmq("encode", "--force", picture).exit());
    assertEquals(4, Kmq.decode(Files.readAllBytes(output)).palette().size());
  }

  @Test
  void outputFollowsSymbolicLinks() throws IOException {
    Path picture = png("a.png", quarters(8, 8));
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("a.kmq"), real);
    assertEquals(0, kmq("encode", "--force", picture).exit());
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(8, Kmq.decode(Files.readAllBytes(real)).width());
  }

  @Test
  void foldersAreMirrored() throws IOException {
    png("in/a.png", quarters(4, 4));
    png("in/deep/er/b.png", quarters(4, 4));
    Files.writeString(folder.resolve("in/readme.txt"), "no image");
    Path out = folder.resolve("out");
    assertEquals(1, kmq("encode", folder.resolve("in"), "--out-dir", out).exit());
    Run run = kmq("encode", "-r", folder.resolve("in"), "--out-dir", out);
    assertEquals(0, run.exit(), run.err());
    assertTrue(files().containsAll(List.of("out/a.kmq", "out/deep/er/b.kmq")), files().toString());
    Path other = folder.resolve("other");
    kmq("encode", "-r", "--exclude", "b*", folder.resolve("in"), "--out-dir", other);
    assertTrue(files().contains("other/a.kmq"));
    assertFalse(files().contains("other/deep/er/b.kmq"));
  }

  @Test
  void inputsForOneOutputFailAndTheOthersAreDone() throws IOException {
    Path a = png("x/a.png", quarters(4, 4));
    Path b = png("y/a.png", quarters(4, 4));
    Path c = png("y/c.png", quarters(4, 4));
    Run run = kmq("encode", a, b, c, "--out-dir", folder.resolve("out"));
    assertEquals(1, run.exit());
    assertEquals(2, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(a.toString()) && run.err().contains(b.toString()), run.err());
    assertFalse(run.err().contains("--keep-suffix"), run.err());
    assertEquals(List.of("out/c.kmq", "x/a.png", "y/a.png", "y/c.png"), files());
  }

  @Test
  void allClashesAreNamedAndSuffixesKeptOnRequest() throws IOException {
    for (String name : List.of("a.png", "b.png", "c.png")) {
      png("in/" + name, quarters(4, 4));
    }
    ImageIO.write(quarters(4, 4), "bmp", folder.resolve("in/a.bmp").toFile());
    ImageIO.write(quarters(4, 4), "gif", folder.resolve("in/a.gif").toFile());
    ImageIO.write(quarters(4, 4), "gif", folder.resolve("in/b.gif").toFile());
    Path out = folder.resolve("out");
    Run run = kmq("encode", "-r", folder.resolve("in"), "--out-dir", out, "--json");
    assertEquals(1, run.exit());
    assertEquals(5, run.err().lines().filter(l -> l.contains("--keep-suffix")).count(), run.err());
    assertEquals(6, run.json().size());
    assertTrue(files().contains("out/c.kmq"));
    assertFalse(files().contains("out/a.kmq") || files().contains("out/b.kmq"), run.err());
    run = kmq("encode", "-r", folder.resolve("in"), "--out-dir", out, "--keep-suffix");
    assertEquals(0, run.exit(), run.err());
    assertTrue(
        files()
            .containsAll(
                List.of("out/a.bmp.kmq", "out/a.gif.kmq", "out/a.png.kmq", "out/b.gif.kmq")),
        files().toString());
    assertEquals(0, kmq("decode", "--keep-suffix", out.resolve("a.gif.kmq")).exit());
    assertTrue(files().contains("out/a.gif.kmq.png"));
  }

  @Test
  void standardStreams() throws IOException {
    byte[] png = Files.readAllBytes(png("a.png", quarters(6, 6)));
    Run run = kmqWith(png, false, "encode", "-");
    assertEquals(0, run.exit(), run.err());
    assertEquals(6, Kmq.decode(run.bytes()).width());
    assertTrue(run.err().contains("4 colours"), run.err());
    Run refused = kmqWith(png, true, "encode", "-");
    assertEquals(2, refused.exit());
    assertEquals(0, refused.bytes().length);
    assertEquals(0, kmqWith(png, true, "encode", "-", "-o", folder.resolve("b.kmq")).exit());
    assertEquals(2, kmqWith(png, false, "encode", "-", "--out-dir", folder).exit());
  }

  @Test
  void aFolderCanBeEncodedInPlaceAgain() throws IOException {
    png("a.png", quarters(4, 4));
    assertEquals(0, kmq("encode", "-r", folder).exit());
    png("b.png", quarters(8, 8));
    assertEquals(0, kmq("encode", "-r", "--skip-existing", folder).exit());
    assertEquals(List.of("a.kmq", "a.png", "b.kmq", "b.png"), files());
  }

  @Test
  void outputsDoNotDependOnJobs() throws IOException {
    Path picture = png("a.png", noise(200, 150, 5));
    Path other = png("b.png", noise(90, 150, 6));
    for (int jobs : new int[] {1, 2, 3, 8}) {
      kmq(
          "encode",
          "-k",
          50,
          "-j",
          jobs,
          "--tile",
          "64x32",
          "--method",
          "deflate",
          picture,
          other,
          "--out-dir",
          folder.resolve("out" + jobs));
    }
    for (String name : List.of("a.kmq", "b.kmq")) {
      byte[] expected = Files.readAllBytes(folder.resolve("out1").resolve(name));
      for (int jobs : new int[] {2, 3, 8}) {
        assertArrayEquals(expected, Files.readAllBytes(folder.resolve("out" + jobs + "/" + name)));
      }
    }
  }

  @Test
  void preserveKeepsTheTime() throws IOException {
    Path picture = png("a.png", quarters(4, 4));
    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(picture, time);
    kmq("encode", "--preserve", picture);
    assertEquals(time, Files.getLastModifiedTime(folder.resolve("a.kmq")));
  }

  @Test
  void skipIfLargerWritesNothing() throws IOException {
    Path picture = png("a.png", quarters(100, 100));
    Run run = kmq("encode", "--skip-if-larger", "--method", "packed", picture, "--json");
    assertEquals(0, run.exit());
    assertTrue(run.json().get(0).get("output").isNull());
    assertEquals(List.of("a.png"), files());
    Path noise = png("b.png", noise(100, 100, 1));
    assertEquals(0, kmq("encode", "--skip-if-larger", "-k", 2, noise).exit());
    assertTrue(files().contains("b.kmq"));
  }

  @Test
  void anOutputAmongTheInputsIsRefusedBeforeAnythingIsDone() throws IOException {
    Path a = png("a.png", noise(20, 20, 1));
    Run run = kmq("encode", a, folder.resolve("new.kmq"));
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("new.kmq' does not exist; did you mean --output "), run.err());
    assertEquals(List.of("a.png"), files());
    assertEquals(1, kmq("encode", a, folder.resolve("gone.jpg")).exit());
  }

  @Test
  void batchesEndWithATotal() throws IOException {
    Path a = png("a.png", noise(60, 50, 3));
    Path b = png("b.png", noise(40, 30, 3));
    Path bad = Files.writeString(folder.resolve("c.png"), "no image");
    kmq("encode", "-k", 4, b);
    Run run = kmq("encode", "-k", 4, "--skip-existing", a, b, bad);
    String[] lines = run.out().split("\n", -1);
    String total = lines[lines.length - 2];
    assertTrue(
        total.matches("1 image +9.\\d kB -> .* \\(-\\d\\d %\\)  1 failed, 1 skipped, .* s"), total);
    run = kmq("encode", "-f", "-k", 4, a, b);
    assertEquals(3, run.out().lines().count(), run.out());
    assertEquals(1, kmq("encode", "-f", "-k", 4, a).out().lines().count());
    assertEquals("", kmq("encode", "-q", "-f", "-k", 4, a, b).out());
    assertEquals(2, kmq("encode", "--json", "-f", "-k", 4, a, b).json().size());
  }

  @Test
  void updateReplacesOutputsOlderThanTheirInputs() throws IOException {
    Path a = png("a.png", noise(20, 20, 1));
    Path b = png("b.png", noise(20, 20, 2));
    Path kmq = folder.resolve("a.kmq");
    assertEquals(0, kmq("encode", "--update", a).exit());
    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(kmq, time);
    Files.setLastModifiedTime(a, time);
    Run run = kmq("encode", "--update", a, b, "--json");
    assertEquals(0, run.exit(), run.err());
    assertEquals("output " + kmq + " is up to date", run.json().get(0).get("skipped").asText());
    assertTrue(Files.exists(folder.resolve("b.kmq")));
    Files.setLastModifiedTime(a, FileTime.fromMillis(1_000_000_001_000L));
    run = kmq("encode", "--update", "-k", 3, a);
    assertEquals(0, run.exit(), run.err());
    assertEquals(3, Kmq.read(kmq).palette().size());
  }

  @Test
  void updateComparesEntriesByTheirArchive() throws IOException {
    Path zip = folder.resolve("in.zip");
    Path a = png("a.png", noise(20, 20, 1));
    try (java.util.zip.ZipOutputStream out =
        new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new java.util.zip.ZipEntry("a.png"));
      out.write(Files.readAllBytes(a));
    }
    assertEquals(0, kmq("encode", zip).exit());
    Run run = kmq("encode", "--update", zip, "--json");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.json().get(0).get("skipped").asText().endsWith("is up to date"));
    Files.setLastModifiedTime(
        zip, FileTime.fromMillis(Files.getLastModifiedTime(zip).toMillis() + 60_000));
    assertTrue(kmq("encode", "--update", zip, "--json").json().get(0).get("skipped").isNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--update --force",
        "--update --skip-existing",
        "--update -o x.zip",
        "-o folder/",
        "-V",
        "--update -o -",
        "--name x --keep-suffix",
        "--name x -o y.kmq",
        "--name a/{name}",
        "--name {stem}",
      })
  void contradictionsBetweenOutputOptionsAreRefused(String options) throws IOException {
    Path a = png("a.png", noise(20, 20, 1));
    List<Object> args = new ArrayList<>(List.of("encode", a));
    args.addAll(List.of(options.split(" ", -1)));
    Run run = kmq(args.toArray());
    assertEquals(2, run.exit(), run.err());
    assertEquals(List.of("a.png"), files());
  }

  @Test
  void namesFollowATemplate() throws IOException {
    Path a = png("in/a.png", quarters(4, 4));
    ImageIO.write(quarters(4, 4), "bmp", folder.resolve("in/a.bmp").toFile());
    Files.copy(a, folder.resolve("in/.hidden"));
    Path out = folder.resolve("out");
    Run run =
        kmq("encode", "-r", folder.resolve("in"), "--out-dir", out, "--name", "x {name}-{suffix}");
    assertEquals(0, run.exit(), run.err());
    assertTrue(
        files().containsAll(List.of("out/x a-bmp.kmq", "out/x a-png.kmq")), files()::toString);
    run = kmq("encode", folder.resolve("in/.hidden"), "--name", "{name}_{suffix}");
    assertEquals(0, run.exit(), run.err());
    assertTrue(files().contains("in/.hidden.kmq"), files()::toString);
    run = kmq("encode", "-r", folder.resolve("in"), "--name", "{name}", "--out-dir", out);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("would also be that of"), run.err());
  }

  @Test
  void dryRunWritesNothing() throws IOException {
    Path picture = png("a.png", quarters(4, 4));
    Run run = kmq("encode", "--dry-run", picture);
    assertEquals(0, run.exit());
    assertEquals(picture + " -> " + folder.resolve("a.kmq"), run.out().strip());
    assertEquals(List.of("a.png"), files());
  }

  @Test
  void folderWithoutPicturesIsReported() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Run run = kmq("encode", "-r", empty);
    assertEquals(0, run.exit());
    assertTrue(run.err().contains("empty: no matching file (.bmp"), run.err());
  }
}
