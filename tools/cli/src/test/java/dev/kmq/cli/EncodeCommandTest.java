package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodeCommandTest extends CommandTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 64, 100, 256, 1000})
  void packedFileHasTheFormulasSize(int k) throws IOException {
    Path picture = png("a.png", noise(48, 37, 1));
    Run run = kmq("encode", "--method", "packed", "-k", k, picture, "--json");
    assertEquals(0, run.exit(), run.err());
    int bits = k == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(k - 1);
    long formula = 32 + 3L * k + (48L * 37 * bits + 7) / 8;
    assertEquals(formula, Files.size(folder.resolve("a.kmq")));
    JsonNode json = run.json().get(0);
    assertEquals(formula, json.get("bytes").asLong());
    assertEquals(k, json.get("colors").asInt());
    assertEquals(k, Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq"))).palette().size());
  }

  @Test
  void ransIsTheDefault() throws IOException {
    Path picture = png("a.png", noise(48, 37, 1));
    JsonNode json = kmq("encode", "-k", 9, picture, "--json").json().get(0);
    assertEquals("rans", json.get("method").asText());
    Path named = folder.resolve("b.kmq");
    assertEquals(0, kmq("encode", "-k", 9, "--method", "rans", picture, "-o", named).exit());
    assertEquals(-1, Files.mismatch(folder.resolve("a.kmq"), named));
  }

  @Test
  void psnrFollowsFromMse() throws IOException {
    Path picture = png("a.png", noise(20, 20, 1));
    JsonNode json = kmq("encode", "-k", 4, picture, "--json").json().get(0);
    double mse = json.get("mse").asDouble();
    assertEquals(10 * Math.log10(3 * 255.0 * 255 / mse), json.get("psnr").asDouble(), 1e-9);
  }

  @Test
  void mseIsTheMeanSquaredDistanceOfTheDecodedPixels() throws IOException {
    BufferedImage image = noise(31, 17, 3);
    Path picture = png("a.png", image);
    double mse = kmq("encode", "-k", 8, picture, "--json").json().get(0).get("mse").asDouble();
    IndexedImage decoded = Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq")));
    long sum = 0;
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 31; x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int gap = (image.getRGB(x, y) >>> shift & 0xFF) - (decoded.argb(x, y) >>> shift & 0xFF);
          sum += (long) gap * gap;
        }
      }
    }
    assertEquals(sum / (31.0 * 17), mse, 1e-9);
  }

  @Test
  void indexedPictureKeepsPaletteAndIndices() throws IOException {
    int[] colors = {0xFF102030, 0xFF405060, 0xFF708090, 0xFF102030, 0xFFA0B0C0};
    IndexColorModel model = new IndexColorModel(8, 5, colors, 0, false, -1, 0);
    BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int i = 0; i < 35; i++) {
      image.getRaster().setSample(i % 7, i / 7, 0, i * i % 5);
    }
    kmq("encode", png("a.png", image));
    IndexedImage decoded = Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq")));
    assertArrayEquals(colors, decoded.palette().toArgb());
    for (int i = 0; i < 35; i++) {
      assertEquals(i * i % 5, decoded.plane().get(i % 7, i / 7));
    }
    kmq("encode", "-k", 3, "--force", folder.resolve("a.png"));
    assertEquals(3, Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq"))).palette().size());
  }

  @Test
  void alphaIsKeptOrDropped() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
    int[] argb = {0xFFFF0000, 0x80FF0000, 0x00123456, 0xFF0000FF};
    image.setRGB(0, 0, 4, 1, argb, 0, 4);
    Path picture = png("a.png", image);
    kmq("encode", picture);
    IndexedImage kept = Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq")));
    assertEquals(0x80FF0000, kept.argb(1, 0));
    assertEquals(0, kept.argb(2, 0));
    kmq("encode", "--force", "--alpha", "drop", "--background", "#00ff00", picture);
    IndexedImage dropped = Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq")));
    assertFalse(dropped.palette().hasAlpha());
    assertEquals(0xFF807F00, dropped.argb(1, 0));
    assertEquals(0xFF00FF00, dropped.argb(2, 0));
  }

  @Test
  void oneBadInputFailsAlone() throws IOException {
    Path good = png("good.png", quarters(8, 8));
    Path bad = Files.writeString(folder.resolve("bad.png"), "not a picture");
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
    Files.writeString(folder.resolve("in/readme.txt"), "no picture");
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
  void outputsLargerThanTheirInputsAreWrittenWithAWarning() throws IOException {
    Path picture = png("a.png", quarters(100, 100));
    Run run = kmq("encode", "--method", "packed", picture, "--json");
    JsonNode json = run.json().get(0);
    assertEquals(Files.size(picture), json.get("inputBytes").asLong());
    assertEquals(Files.size(folder.resolve("a.kmq")), json.get("bytes").asLong());
    String warning = json.get("warnings").get(0).asText();
    assertTrue(warning.startsWith("the output (2.5 kB) is larger than the input ("), warning);
    assertTrue(warning.endsWith(" B); try --small or a smaller -k"), warning);
    assertTrue(run.err().contains("a.png: warning: " + warning), run.err());
    assertEquals(
        0, kmq("encode", "-f", "--small", picture, "--json").json().get(0).get("warnings").size());
    assertTrue(Files.size(folder.resolve("a.kmq")) < Files.size(picture));
  }

  @Test
  void smallIsTheSmallestOfAllMethods() throws IOException {
    Path picture = png("a.png", noise(60, 50, 3));
    assertEquals(0, kmq("encode", "-k", 7, "--small", picture).exit());
    Path auto = folder.resolve("b.kmq");
    assertEquals(0, kmq("encode", "-k", 7, "--method", "auto", picture, "-o", auto).exit());
    assertEquals(-1, Files.mismatch(folder.resolve("a.kmq"), auto));
    Run run = kmq("encode", "--small", "--method", "mix", picture, "-f");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("--small cannot be combined with --method"), run.err());
  }

  @Test
  void aKmqKeepsItsMethodAndTiles() throws IOException {
    Path picture = png("a.png", noise(100, 80, 4));
    Path kmq = folder.resolve("a.kmq");
    kmq("encode", "--method", "deflate", "--tile", "32x16", picture);
    assertStored(kmq, "deflate", 32, 16);
    kmq("encode", "-f", "-k", 8, kmq);
    assertStored(kmq, "deflate", 32, 16);
    assertEquals(8, Kmq.read(kmq).palette().size());
    kmq("encode", "-f", "--tile", "full", kmq);
    assertStored(kmq, "deflate", 100, 80);
    kmq("encode", "-f", "--method", "packed", kmq);
    assertStored(kmq, "packed", 100, 80);
    kmq("encode", "-f", "-k", 4, "--rdo", 1, kmq);
    assertStored(kmq, "rans", 100, 80);
  }

  @Test
  void aTargetInBytesDoesNotKeepAMethodWithoutSmallSizes() throws IOException {
    Path picture = png("a.png", quarters(400, 300));
    Path kmq = folder.resolve("a.kmq");
    kmq("encode", "--method", "packed", picture);
    assertEquals(0, kmq("encode", "-f", "--target-bytes", "1k", kmq).exit());
    assertStored(kmq, "rans", 400, 300);
    assertEquals(4, Kmq.read(kmq).palette().size());
  }

  @Test
  void aLowDecodingCostNeedsNoMethod() throws IOException {
    Path picture = png("a.png", quarters(400, 300));
    Path kmq = folder.resolve("a.kmq");
    for (Object[] cost : new Object[][] {{3, "packed"}, {5, "deflate"}, {20, "rans"}}) {
      Run run = kmq("encode", "-f", "--max-decoding-cost", cost[0], picture);
      assertEquals(0, run.exit(), run.err());
      assertStored(kmq, (String) cost[1], 400, 300);
    }
    Run none = kmq("encode", "-f", "--max-decoding-cost", 5, "--method", "rans", picture);
    assertEquals(2, none.exit());
  }

  private static void assertStored(Path file, String method, int tileWidth, int tileHeight) {
    JsonNode info = kmq("info", "--json", file).json().get(0);
    assertEquals(method, info.get("method").asText());
    assertEquals(tileWidth, info.get("tileWidth").asInt());
    assertEquals(tileHeight, info.get("tileHeight").asInt());
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
  void ditheringIsReported() throws IOException {
    Path a = png("a.png", noise(20, 20, 1));
    assertTrue(kmq("encode", "-k", 8, "--dither", "bayer", a).out().contains(" dB, dithered\n"));
    assertFalse(kmq("encode", "-f", "-k", 8, a).out().contains("dithered"));
    Path kmq = folder.resolve("a.kmq");
    assertFalse(
        kmq("encode", "-o", folder.resolve("b.kmq"), "--skip-existing", kmq)
            .out()
            .contains("dithered"));
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
  void theLastOfRepeatedOptionsWins() throws IOException {
    Path picture = png("a.png", noise(60, 50, 3));
    Run run = kmq("encode", "-k", 4, "--dither", "bayer", "-k", 6, "--dither", "none", picture);
    assertEquals(0, run.exit(), run.err());
    assertEquals("", run.err());
    assertEquals(6, Kmq.read(folder.resolve("a.kmq")).palette().size());
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-k 0",
        "-k 65537",
        "-k x",
        "--method zip",
        "--tile 16",
        "--tile 0x16",
        "--jobs 0",
        "--alpha maybe",
        "--background #12345",
        "--background #123456",
        "--metadata some",
        "--max-pixels many",
        "--no-such-option",
        "--force --skip-existing",
        "-o a --out-dir b"
      })
  void wrongUsageIsReportedInTwoLines(String options) throws IOException {
    Path picture = png("a.png", quarters(4, 4));
    Object[] args = (picture + " " + options).split(" ", -1);
    Object[] all = new Object[args.length + 1];
    all[0] = "encode";
    System.arraycopy(args, 0, all, 1, args.length);
    Run run = kmq(all);
    assertEquals(2, run.exit(), options);
    assertEquals(2, run.err().lines().count(), run.err());
    assertEquals(List.of("a.png"), files());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-k 0|--colors must be 1 to 65536, not 0",
        "--keep-color #000001 --keep-color #000002 -k 1|"
            + "--keep-color has 2 colours, more than --colors = 1",
        "--keep-color #00000100 --keep-color #00000200|"
            + "--keep-color must not contain a colour twice (all colours of alpha 0 are the same)",
        "--transparent-index 65536|--transparent-index must be 0 to 65535, not 65536",
        "--transparent-index 4 -k 4|--transparent-index must be below --colors = 4, not 4",
        "--palette grey4 -k 4|--palette cannot be combined with --colors: K is the palette's",
        "--palette grey4 --target-psnr 30|--palette cannot be combined with --target-psnr",
        "--palette grey4 --keep-color #000001|--palette cannot be combined with --keep-color",
        "--target-psnr 0|--target-psnr must be above 0 dB and finite, not 0",
        "--target-psnr 30 --target-bytes 9|--target-psnr cannot be combined with --target-bytes",
        "--target-bytes 0|--target-bytes must be at least 1, not 0",
        "--max-error -1|--max-error must be at least 0, not -1",
        "--max-decoding-cost 0|--max-decoding-cost must be at least 1, not 0",
        "--max-decoding-cost 5 --method rans|--max-decoding-cost 5 excludes all of --method rans",
        "--rdo 10 --method packed|--rdo needs --method rans, mix or auto",
        "--rdo 0 --method rans|--rdo must be above 0 and finite, not 0",
        "--rdo 9 --method auto --max-decoding-cost 4|"
            + "--max-decoding-cost 4 excludes the methods that --rdo can use: rans costs 20, "
            + "mix 400",
        "--rdo 9 --method rans --dither bayer|--rdo cannot be combined with --dither",
        "--max-error -0.5|--max-error must be at least 0, not -0.5",
        "--alt-palette a=grey4 --target-psnr 30|--target-psnr cannot be combined with alternative "
            + "palettes in --alt-palette, which require a fixed K",
        "--jobs 0|--jobs must be at least 1, not 0",
        "--tile 10x16|"
            + "--tile must have sides that are powers of two from 16 to 262144, or the whole "
            + "image, not 10x16",
      })
  void refusalsNameTheFlags(String options, String message) throws IOException {
    Path picture = png("a.png", quarters(4, 4));
    Object[] args = ("encode " + picture + " " + options).split(" ", -1);
    Run run = kmq(args);
    assertEquals(2, run.exit(), options);
    assertEquals(
        "kmq encode: " + message + "\nTry 'kmq encode --help'.",
        run.err().strip().replace("\r", ""));
    assertEquals(List.of("a.png"), files());
  }

  @Test
  void pixelLimitHolds() throws IOException {
    Path picture = png("a.png", quarters(40, 40));
    Run run = kmq("encode", "--max-pixels", 1599, picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("--max-pixels"), run.err());
    assertEquals(0, kmq("encode", "--max-pixels", 1600, picture).exit());
  }

  @Test
  void greyPicturesKeepTheirLevels() throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = new BufferedImage(16, 16, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i % 16, i / 16, 0, i);
      deep.getRaster().setSample(i % 16, i / 16, 0, i * 257);
    }
    kmq("encode", png("grey.png", grey), png("deep.png", deep));
    for (String name : List.of("grey.kmq", "deep.kmq")) {
      IndexedImage decoded = Kmq.decode(Files.readAllBytes(folder.resolve(name)));
      for (int i = 0; i < 256; i++) {
        assertEquals(0xFF000000 | i * 0x010101, decoded.argb(i % 16, i / 16), name);
      }
    }
  }

  @Test
  void jpegOfAnotherSuffixIsRead() throws IOException {
    Path path = folder.resolve("photo.weird");
    ImageIO.write(quarters(32, 32), "jpeg", path.toFile());
    assertEquals(0, kmq("encode", path).exit());
    assertTrue(files().contains("photo.kmq"));
  }

  @Test
  void autoTakesTheSmallestMethod() throws IOException {
    Path picture = png("a.png", quarters(64, 64));
    long smallest = Long.MAX_VALUE;
    for (String method : List.of("packed", "deflate", "rans", "mix")) {
      kmq("encode", "-f", "--method", method, picture);
      smallest = Math.min(smallest, Files.size(folder.resolve("a.kmq")));
    }
    JsonNode json = kmq("encode", "-f", "--method", "auto", "--json", picture).json().get(0);
    assertEquals(smallest, json.get("bytes").asLong());
    assertEquals(smallest, Files.size(folder.resolve("a.kmq")));
    String method =
        kmq("info", "--json", folder.resolve("a.kmq")).json().get(0).get("method").asText();
    assertEquals(method, json.get("method").asText());
    JsonNode cheap =
        kmq("encode", "-f", "--method", "auto", "--max-decoding-cost", 1, "--json", picture)
            .json()
            .get(0);
    assertEquals("packed", cheap.get("method").asText());
  }

  @Test
  void bandsAreMeasuredAndTheirRemedyIsNamed() throws IOException {
    BufferedImage sky = new BufferedImage(64, 128, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 128; i++) {
      sky.setRGB(i % 64, i / 64, i / 64 * 0x020202);
    }
    Path picture = png("sky.png", sky);
    String hint = "--dither spatial hides them";
    assertTrue(
        kmq("encode", "-f", "-k", 8, "--method", "packed", picture)
            .out()
            .contains("(5.5% of pixels); " + hint));
    for (String options :
        List.of(
            "-k 65 --method packed", // more colours than where dots are the remedy
            "-k 8 --method packed --dither spatial",
            "-k 8 --method packed --max-error 400", // dots would exceed a limit
            "-k 8", // more colours cost little there
            "-k 8 --method packed --json",
            "-k 8 --method packed -q")) {
      List<Object> args = new ArrayList<>(List.of("encode", "-f"));
      args.addAll(List.of(options.split(" ")));
      args.add(picture);
      assertFalse(kmq(args.toArray()).out().contains("bands"), options);
    }
    for (int i = 0; i < 64 * 128; i++) {
      sky.setRGB(i % 64, i / 64, i / 64 * 0x010101);
    }
    Path slow = png("slow.png", sky);
    assertFalse(
        kmq("encode", "-k", 64, "--method", "packed", slow)
            .out()
            .contains("bands")); // steps of two levels
  }

  @Test
  void rgbByDefaultIsReported() throws IOException {
    Path picture = png("a.png", noise(40, 30, 5));
    String eight = "  rans, 8 colours";
    assertTrue(kmq("encode", "-f", "-k", 8, picture).out().contains(eight + ", "));
    assertTrue(
        kmq("encode", "-f", "-k", 8, "--max-error", 400, picture)
            .out()
            .contains(eight + " in rgb, "));
    assertTrue(
        kmq("encode", "-f", "-k", 8, "--metric", "rgb", picture).out().contains(eight + ", "));
    Path indexed = folder.resolve("a.kmq");
    assertEquals("oklab", metric("encode", "-f", "-k", 8, "--json", picture));
    assertEquals("rgb", metric("encode", "-f", "-k", 8, "--max-error", 400, "--json", picture));
    assertEquals("null", metric("encode", "-o", folder.resolve("b.kmq"), "--json", indexed));
    assertEquals("oklab", metric("sweep", "-k", 8, "--json", picture));
  }

  private String metric(Object... args) throws IOException {
    return kmq(args).json().get(0).get("metric").asText();
  }

  @Test
  void rdoTakesFewerBytes() throws IOException {
    BufferedImage image = noise(64, 64, 1);
    for (int i = 0; i < 64 * 64; i++) {
      int grain = image.getRGB(i % 64, i / 64) & 15;
      image.setRGB(i % 64, i / 64, i / 64 * 3 * 0x010100 + grain);
    }
    Path picture = png("a.png", image);
    JsonNode plain =
        kmq("encode", "-f", "-k", 32, "--method", "rans", "--json", picture).json().get(0);
    JsonNode rdo =
        kmq("encode", "-f", "-k", 32, "--method", "rans", "--rdo", 50, "--json", picture)
            .json()
            .get(0);
    assertTrue(rdo.get("bytes").asLong() < plain.get("bytes").asLong());
    assertTrue(rdo.get("mse").asDouble() > plain.get("mse").asDouble());
  }

  @Test
  void givenColoursAreOfSrgbWhateverTheProfileOfThePicture() throws IOException {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    EncodeOptions options =
        EncodeOptions.builder().chunks(List.of(Chunk.iccProfile(profile))).build();
    int[] argb = {0xFF404040, 0xFFFFFFFF};
    Path picture =
        Files.write(folder.resolve("linear.kmq"), Kmq.encode(PixelSource.of(2, 1, argb), options));
    Path out = folder.resolve("out.kmq");
    kmq("encode", picture, "-o", out, "-f");
    assertEquals(1, kmq("info", "--json", out).json().get(0).get("chunks").size());
    kmq("encode", "--keep-color", "#ff0000", picture, "-o", out, "-f");
    assertEquals(0, kmq("info", "--json", out).json().get(0).get("chunks").size());
    List<String> colors = kmq("palette", out).out().lines().toList();
    assertEquals("#ff0000", colors.get(0));
    assertTrue(colors.contains("#ffffff"));
    assertFalse(colors.contains("#404040"));
    assertEquals(colors.subList(1, 3), kmq("palette", picture).out().lines().toList());
  }

  @Test
  void valuesAreReportedAsTheyAreTyped() throws IOException {
    Run run = kmq("encode", "--metadata", "some", png("a.png", quarters(4, 4)));
    assertTrue(run.err().contains("'some' is not one of none, color, all"), run.err());
  }

  @Test
  void whatIsNoPaletteIsRefusedInWords() throws IOException {
    Path picture = png("a.png", noise(20, 20, 1));
    Path other = Files.write(folder.resolve("a.bin"), new byte[] {0, 1, 2, 3});
    Run run = kmq("encode", "--palette", other, picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("a.bin: is not a palette"), run.err());
    assertTrue(
        kmq("encode", "--palette", "grey3", picture)
            .err()
            .contains("grey3: no such file; 'kmq palette --list-palettes' lists the named"));
  }

  @Test
  void folderWithoutPicturesIsReported() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Run run = kmq("encode", "-r", empty);
    assertEquals(0, run.exit());
    assertTrue(run.err().contains("empty: no matching file (.bmp"), run.err());
  }

  @Test
  void truncatedPngIsADamagedPicture() throws IOException {
    byte[] png = Files.readAllBytes(png("a.png", noise(40, 40, 1)));
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, 300));
    Run run = kmq("encode", cut);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("cut.png: damaged image: "), run.err());
  }

  @Test
  void targetsAreMetOrExitWith3() throws IOException {
    Path picture = png("a.png", noise(40, 40, 2));
    Run run = kmq("encode", "--target-psnr", 20, "--json", picture);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.json().get(0).get("psnr").asDouble() >= 20);
    Run fits = kmq("encode", "--target-bytes", 900, "--force", "--json", picture);
    assertTrue(fits.json().get(0).get("bytes").asLong() <= 900);
    Run far = kmq("encode", "--target-psnr", 60, "-k", 8, picture, "-o", folder.resolve("b.kmq"));
    assertEquals(3, far.exit());
    assertEquals(1, far.err().lines().count(), far.err());
    Run rare = kmq("encode", "--max-error", 1, "-k", 8, picture, "-o", folder.resolve("b.kmq"));
    assertEquals(3, rare.exit());
    Path bad = Files.writeString(folder.resolve("bad.png"), "x");
    assertEquals(1, kmq("encode", "--target-bytes", 10, picture, bad, "--force").exit());
    assertEquals(List.of("a.kmq", "a.png", "bad.png"), files());
  }

  @Test
  void palettesComeFromFiles() throws IOException {
    Path picture = png("a.png", noise(20, 20, 2));
    Path gimp = folder.resolve("p.gpl");
    Files.writeString(gimp, "GIMP Palette\nName: x\n# note\n255 0 0 red\n  0 128 255\n");
    kmq("encode", "--palette", gimp, picture);
    Path first = folder.resolve("a.kmq");
    int[] expected = {0xFFFF0000, 0xFF0080FF};
    assertArrayEquals(expected, Kmq.decode(Files.readAllBytes(first)).palette().toArgb());
    Path other = folder.resolve("b.kmq");
    kmq("encode", "--palette", first, picture, "-o", other);
    assertEquals(-1, Files.mismatch(first, other));
    assertEquals(2, kmq("encode", "--palette", gimp, "-k", 2, picture).exit());
    assertEquals(2, kmq("encode", "--palette", gimp, "--target-psnr", 30, picture).exit());
    Path wrong = Files.writeString(folder.resolve("w.gpl"), "GIMP Palette\n1 2 300\n");
    Run run = kmq("encode", "--palette", wrong, "--force", picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("line 2"), run.err());
  }

  @Test
  void truncatedJpegIsAFailedInput() throws IOException {
    Path whole = folder.resolve("whole.jpg");
    ImageIO.write(noise(64, 64, 1), "jpeg", whole.toFile());
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.jpg");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Run run = kmq("encode", cut);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("damaged"), run.err());
    assertEquals(List.of("cut.jpg", "whole.jpg"), files());
  }

  /** A soft shadow around an opaque square on a transparent background, as in icons. */
  private static BufferedImage icon() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        double out = Math.max(Math.abs(x - 31.5), Math.abs(y - 31.5)) - 16;
        int shadow = (int) Math.max(0, 180 - 15 * out);
        int face = 0xFF000000 | 40 + 3 * x << 16 | 220 - 2 * y << 8 | 60 + x + y;
        image.setRGB(x, y, out < 0 ? face : shadow << 24 | 0x101820);
      }
    }
    return image;
  }

  @Test
  void figuresOfIconsAreThoseThatAreSeen() throws IOException {
    Path picture = png("icon.png", icon());
    double last = 0;
    for (JsonNode row : kmq("sweep", "-k", "4,8,16,32,64,128,256", picture, "--json").json()) {
      double psnr = row.get("psnr").asDouble();
      assertTrue(psnr > last, psnr + " dB at K = " + row.get("k"));
      last = psnr;
    }
    assertTrue(last > 40, last + " dB");
    assertEquals(0, kmq("encode", "--target-psnr", 38, "-f", picture).exit());
    assertEquals(0, kmq("encode", "--max-error", 12, "-f", picture).exit());
  }

  @Test
  void keptColorsThatLeaveNoEntryForAlphaAreWarnedOf() throws IOException {
    Path picture = png("icon.png", icon());
    for (String verb : List.of("encode", "sweep")) {
      Run run =
          kmq(
              verb,
              "-k",
              2,
              "--keep-color",
              "#ff0000",
              "--keep-color",
              "#00ff00",
              picture,
              "--json");
      assertEquals(0, run.exit(), run.err());
      String warnings = run.json().get(0).get("warnings").toString();
      assertTrue(warnings.contains("no fully transparent entry"), verb + warnings);
      run = kmq(verb, "-f", "-k", 4, "--keep-color", "#ff0000", picture, "--json");
      assertEquals(0, run.json().get(0).get("warnings").size());
    }
  }

  @Test
  void palettesWithoutTransparentOrOpaqueEntryAreWarnedOf() throws IOException {
    Path picture = png("icon.png", icon());
    Path opaque = folder.resolve("opaque.hex");
    Files.writeString(opaque, "#000000\n#FFFFFF\n");
    Run run = kmq("encode", "--palette", opaque, picture, "--json");
    assertEquals(0, run.exit(), run.err());
    JsonNode warnings = run.json().get(0).get("warnings");
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).asText().contains("no fully transparent entry"), warnings.toString());
    Path veil = folder.resolve("veil.hex");
    Files.writeString(veil, "#00000000\n#FFFFFFFE\n");
    warnings =
        kmq("encode", "-f", "--palette", veil, picture, "--json").json().get(0).get("warnings");
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).asText().contains("no opaque entry"), warnings.toString());
    Path both = folder.resolve("both.hex");
    Files.writeString(both, "#00000000\n#FFFFFF\n");
    warnings =
        kmq("encode", "-f", "--palette", both, picture, "--json").json().get(0).get("warnings");
    assertEquals(0, warnings.size());
  }
}
