package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.imageio.KmqImages;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Methods and reports of sweep; InspectCommandsTest has the rest. */
class SweepCommandTest extends CommandTest {
  private static List<String> texts(List<JsonNode> rows, String key) {
    return rows.stream().map(row -> row.get(key).asText()).toList();
  }

  @Test
  void aLowDecodingCostNeedsNoMethod() throws IOException {
    Path image = png("a.png", quarters(40, 30));
    Run run = kmq("sweep", "-k", 4, "--max-decoding-cost", 3, "--json", image);
    assertEquals(0, run.exit(), run.err());
    assertEquals("packed", run.json().get(0).get("method").asText());
  }

  @Test
  void methodsHaveRowsOfTheSameIndices() throws IOException {
    Path image = png("a.png", noise(40, 30, 1));
    Path csv = folder.resolve("t.csv");
    String[] options = {"--method", "packed,mix", "--method", "RANS,mix"};
    Run run =
        kmq(
            "sweep",
            image,
            "-k",
            "2,16",
            options[0],
            options[1],
            options[2],
            options[3],
            "--json",
            "--csv",
            csv);
    assertEquals(0, run.exit(), run.err());
    List<JsonNode> rows = run.json();
    assertEquals(List.of("packed", "mix", "rans", "packed", "mix", "rans"), texts(rows, "method"));
    assertEquals(List.of("2", "2", "2", "16", "16", "16"), texts(rows, "k"));
    for (String shared : List.of("mse", "quantizeMillis", "ssimulacra2", "pngBytes")) {
      List<String> values = texts(rows, shared);
      assertEquals(1, values.subList(0, 3).stream().distinct().count(), shared);
      assertNotEquals(values.get(0), values.get(3), shared);
    }
    for (JsonNode row : rows) {
      Path file = folder.resolve("a.kmq");
      kmq("encode", "-f", "-k", row.get("k"), "--method", row.get("method").asText(), image);
      assertEquals(Files.size(file), row.get("bytes").asLong(), row::toString);
    }
    List<String> lines = Files.readAllLines(csv);
    assertEquals(7, lines.size());
    assertTrue(lines.get(2).contains(",mix,"), lines.get(2));
    String table = kmq("sweep", image, "-k", "2", "--method", "packed,mix").out();
    assertTrue(table.lines().toList().get(1).matches(" +K +method +bytes .*"), table);
    assertTrue(table.lines().toList().get(3).matches(" +2 +mix +\\d+ .*"), table);
    assertFalse(kmq("sweep", image, "-k", "2", "--method", "mix").out().contains("method"));
  }

  @Test
  void indicesOfRdoAreForTheMethod() throws IOException {
    Path image = png("a.png", noise(60, 60, 1));
    Run run = kmq("sweep", image, "-k", "16", "--rdo", "2", "--method", "rans,mix", "--json");
    assertEquals(0, run.exit(), run.err());
    for (JsonNode row : run.json()) {
      kmq("encode", "-f", "-k", 16, "--rdo", 2, "--method", row.get("method").asText(), image);
      assertEquals(Files.size(folder.resolve("a.kmq")), row.get("bytes").asLong());
    }
    assertEquals(2, kmq("sweep", image, "--rdo", "2", "--method", "rans,packed").exit());
  }

  @Test
  void unknownMethodsAreNamed() throws IOException {
    Run run = kmq("sweep", "a.png", "--method", "rans,zip");
    assertEquals(2, run.exit());
    assertTrue(
        run.err().contains("'zip' is not one of packed, deflate, rans, mix, auto"), run.err());
  }

  /** Like encode, which keeps palette and indices of an image with no more than K colours. */
  @Test
  void indexedImagesAreKept() throws IOException {
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_INDEXED);
    image.createGraphics().drawLine(0, 0, 20, 10);
    Path png = png("a.png", image);
    List<JsonNode> rows = kmq("sweep", png, "-k", "1,2,256", "--json").json();
    assertEquals(List.of("1", "2", "256"), texts(rows, "colors"));
    assertEquals(List.of("oklab", "oklab", "null"), texts(rows, "metric"));
    assertEquals(0, kmq("encode", "-k", 256, png).exit());
    assertEquals(Files.size(folder.resolve("a.kmq")), rows.get(2).get("bytes").asLong());
  }

  /** The data of a page. */
  private static JsonNode data(Path page) throws IOException {
    String html = Files.readString(page);
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(start) + start.length();
    return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  /** Runs a command as a shell understands it. */
  private Run shell(String command) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "kmq() { printf '%s\\0' \"$@\"; }; " + command)
            .directory(folder.toFile())
            .start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> args = new ArrayList<>(Arrays.asList(words.split("\0", -1)));
    args.remove(args.size() - 1);
    return kmq(args.toArray());
  }

  @Test
  void commandsWriteTheFilesOfTheRows() throws Exception {
    Path page = folder.resolve("r.html");
    Path image = png("it's a $(b) `c` \"d\"!.png", noise(50, 40, 1));
    List<List<String>> options =
        List.of(
            List.of("--method", "packed,auto"),
            List.of("--dither", "bayer", "--effort", "fast", "--metric", "rgb"),
            List.of("--keep-color", "#FF0000", "--keep-color", "#00ff00", "--tile", "16x32"),
            List.of("--rdo", "2", "--method", "mix,rans", "--metadata", "all"),
            List.of("--alpha", "drop", "--background", "#112233", "--max-decoding-cost", "30"));
    for (List<String> some : options) {
      List<Object> args =
          new ArrayList<>(List.of("sweep", image, "-f", "-k", "4,7", "--report", page));
      args.addAll(some);
      Run run = kmq(args.toArray());
      assertEquals(0, run.exit(), run.err());
      JsonNode rows = data(page).get("rows");
      assertEquals(some.contains("packed,auto") || some.contains("mix,rans") ? 4 : 2, rows.size());
      for (JsonNode row : rows) {
        Run encoded = shell(row.get("command").asText() + " -f -o " + folder.resolve("x.kmq"));
        assertEquals(0, encoded.exit(), encoded.err());
        assertEquals(
            Files.size(folder.resolve("x.kmq")),
            row.get("bytes").asLong(),
            row.get("command")::asText);
      }
    }
  }

  /** A .kmq keeps its tiles and, without --method, would keep its method. */
  @Test
  void commandsOfKmqFilesWriteTheFilesOfTheRows() throws Exception {
    Path page = folder.resolve("r.html");
    Path file = folder.resolve("a.kmq");
    Path image = png("a.png", noise(70, 60, 1));
    kmq("encode", image, "-o", file, "-k", 9, "--method", "mix", "--tile", "32x16");
    Run run = kmq("sweep", file, "-k", "4,9", "--report", page);
    assertEquals(0, run.exit(), run.err());
    for (JsonNode row : data(page).get("rows")) {
      Path written = folder.resolve("x.kmq");
      Run encoded = shell(row.get("command").asText() + " -f -o " + written);
      assertEquals(0, encoded.exit(), encoded.err());
      assertEquals(Files.size(written), row.get("bytes").asLong(), row::toString);
    }
  }

  /** Browsers show the pixels of a page as sRGB. */
  @Test
  void pagesAreInSrgb() throws Exception {
    Path page = folder.resolve("r.html");
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    EncodeOptions options =
        EncodeOptions.builder().chunks(List.of(Chunk.iccProfile(profile))).build();
    byte[] kmq = Kmq.encode(KmqImages.pixels(noise(20, 20, 1)), options);
    Path file = Files.write(folder.resolve("a.kmq"), kmq);
    JsonNode plain = kmq("sweep", file, "-k", "4", "--json").json().get(0);
    assertEquals("rgb", plain.get("metric").asText());
    JsonNode shown = kmq("sweep", file, "-k", "4", "--json", "--report", page).json().get(0);
    assertEquals("oklab", shown.get("metric").asText());
    JsonNode row = data(page).get("rows").get(0);
    assertEquals(shown.get("mse"), row.get("mse"));
    String command = row.get("command").asText();
    assertTrue(command.contains(" --to-srgb "), command);
    Path written = folder.resolve("x.kmq");
    assertEquals(0, shell(command + " -o " + written).exit());
    assertEquals(Files.size(written), row.get("bytes").asLong());
    assertEquals(shown.get("bytes"), row.get("bytes"));
  }

  @Test
  void inputsWithoutNameHaveNoCommandOrOneOfStandardInput() throws IOException {
    Path page = folder.resolve("r.html");
    byte[] image = Files.readAllBytes(png("a.png", noise(20, 20, 1)));
    Run run = kmqWith(image, false, "sweep", "-", "-k", "2", "--report", page);
    assertEquals(0, run.exit(), run.err());
    assertEquals(
        "kmq encode -k 2 --method rans -o image.kmq -",
        data(page).get("rows").get(0).get("command").asText());
    Path zip = folder.resolve("a.zip");
    assertEquals(0, kmq("encode", "-k", 3, folder.resolve("a.png"), "-o", zip).exit());
    assertEquals(0, kmq("sweep", zip, "-f", "-k", "2", "--report", page).exit());
    assertTrue(data(page).get("rows").get(0).get("command").isNull());
  }

  @Test
  void reportIsOfOneImage() throws IOException {
    Path a = png("a.png", quarters(9, 9));
    Path b = png("b.png", quarters(9, 9));
    Path page = folder.resolve("r.html");
    Run run = kmq("sweep", a, b, "-k", "2", "--report", page);
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("--report shows one image, not 2"), run.err());
    assertEquals("", run.out());
    assertFalse(Files.exists(page));
  }

  @Test
  void reportIsCheckedBeforeTheWork() throws IOException {
    Path image = png("a.png", quarters(9, 9));
    for (String name : List.of("r.txt", "-", "html", "/dev/stdout")) {
      Run run = kmq("sweep", image, "--report", name);
      assertEquals(2, run.exit(), name);
      assertTrue(run.err().contains("must end in .html or .htm"), run.err());
    }
    Path page = Files.writeString(folder.resolve("r.html"), "old");
    Run run = kmq("sweep", image, "--report", page);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains(page + " exists; use --force to replace it"), run.err());
    assertEquals("", run.out());
    run = kmq("sweep", image, "-f", "--csv", page, "--report", page);
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("the same file"), run.err());
    assertEquals("old", Files.readString(page));
    Path disguised = Files.copy(image, folder.resolve("a.html"));
    run = kmq("sweep", disguised, "-f", "--report", disguised);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("is also an input"), run.err());
    assertEquals(1, kmq("sweep", image, "--report", folder.resolve("no/r.html")).exit());
  }

  @Test
  void nothingIsWrittenOfImagesThatFail() throws IOException {
    Path page = folder.resolve("r.html");
    Path bad = Files.writeString(folder.resolve("b.png"), "not an image");
    assertEquals(1, kmq("sweep", bad, "--report", page).exit());
    Path wide = png("wide.png", new BufferedImage(16385, 1, BufferedImage.TYPE_BYTE_BINARY));
    Run run = kmq("sweep", wide, "-k", "2", "--report", page);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("16385x1 pixels, and browsers show up to 16777216"), run.err());
    assertEquals("", run.out());
    assertFalse(Files.exists(page));
    assertEquals(1, kmq("compare", wide, wide, "--report", page).exit());
    assertFalse(Files.exists(page));
    assertEquals(0, kmq("sweep", wide, "-k", "2").exit());
  }

  /** JPEG has no alpha, so images with alpha have no points of JPEG. */
  @Test
  void referencesAreOfFormatsThatCanHoldTheImage() throws IOException {
    Path page = folder.resolve("r.html");
    kmq("sweep", png("a.png", noise(20, 20, 1)), "-k", "2,300", "--report", page);
    List<String> formats = new ArrayList<>();
    data(page).get("references").forEach(r -> formats.add(r.get("format").asText()));
    assertEquals(List.of("PNG8", "PNG"), formats.subList(0, 2));
    assertEquals(9, formats.size());
    BufferedImage clear = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
    kmq("sweep", png("b.png", clear), "-f", "-k", "2", "--report", page);
    assertEquals(1, data(page).get("references").size());
    assertTrue(data(page).get("alpha").asBoolean());
  }
}
