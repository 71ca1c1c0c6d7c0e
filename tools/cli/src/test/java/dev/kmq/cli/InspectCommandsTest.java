package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The subcommands that write no images: info, check, sweep; and the command itself. */
class InspectCommandsTest extends CommandTest {
  @Test
  void sweepLeavesOutPalettesThatAreForOneNumberOfColours() throws IOException {
    Path file = folder.resolve("a.kmq");
    Path image = png("a.png", noise(20, 10, 1));
    assertEquals(0, kmq("encode", "-k", 4, "--alt-palette", "night=grey4", image).exit());
    Run run = kmq("sweep", "-k", "2,4,8", "--json", file);
    assertEquals(0, run.exit(), run.err());
    assertEquals(3, run.json().size());
  }

  @Test
  void anyNumberOfJobsIsPossible() throws IOException {
    Run run =
        kmq(
            "encode",
            "-j",
            Integer.MAX_VALUE,
            png("a.png", noise(9, 9, 1)),
            png("b.png", noise(9, 9, 2)));
    assertEquals(0, run.exit(), run.err());
    assertTrue(Files.exists(folder.resolve("b.kmq")));
  }

  @Test
  void infoNeedsTheHeaderAlone() throws IOException {
    kmq("encode", "-k", 5, "--method", "packed", "--tile", "16x32", png("a.png", noise(50, 40, 1)));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.kmq"));
    Path cut = Files.write(folder.resolve("cut.kmq"), Arrays.copyOf(bytes, 24 + 15 + 4));
    JsonNode json = kmq("info", "--json", cut).json().get(0);
    assertEquals(50, json.get("width").asInt());
    assertEquals(40, json.get("height").asInt());
    assertEquals(5, json.get("colors").asInt());
    assertEquals(3, json.get("bitsPerIndex").asInt());
    assertEquals(8, json.get("tiles").asInt());
    assertEquals("packed", json.get("method").asText());
    assertTrue(kmq("info", cut).out().contains("50x40"));
    assertEquals(1, kmq("info", png("b.png", quarters(2, 2))).exit());
  }

  @Test
  void infoShowsTheBytesOfEachPart() throws IOException {
    Path picture = png("a.png", noise(50, 40, 1));
    kmq("encode", "-k", 4, "--method", "rans", "--tile", "32x32", picture);
    Path file = folder.resolve("a.kmq");
    JsonNode json = kmq("info", "--json", file).json().get(0);
    assertEquals(24 + 12 + 4, json.get("headerBytes").asInt());
    assertEquals(0, json.get("chunkBytes").asInt());
    byte[] bytes = Files.readAllBytes(file);
    int tables = 4 + ByteBuffer.wrap(bytes).getInt(40) + 4;
    assertEquals(tables, json.get("tableBytes").asInt());
    assertEquals(bytes.length - 40 - tables, json.get("tileBytes").asInt());
    assertTrue(kmq("info", file).out().contains("tables "));
  }

  @Test
  void infoShowsOnRequestWhatBitsAreSpentOn() throws IOException {
    Path picture = png("a.png", quarters(50, 40));
    for (String method : List.of("packed", "deflate", "rans", "mix")) {
      kmq("encode", "-k", 4, "--method", method, "--tile", "32x32", "--force", picture);
      Path file = folder.resolve("a.kmq");
      Run run = kmq("info", "--bits", "--json", file);
      assertEquals(0, run.exit(), run.err());
      JsonNode json = run.json().get(0);
      double bits = 0;
      for (JsonNode part : json.get("partBits")) {
        bits += part.get("bits").asDouble();
      }
      long bytes = json.get("tableBytes").asLong() + json.get("tileBytes").asLong();
      assertEquals(8.0 * bytes, bits, 1e-6, method);
      assertEquals(method, json.get("partBits").get(0).get("group").asText());
      String text = kmq("info", "--bits", file).out();
      assertTrue(text.contains(" checksums "), text);
      long columns =
          text.lines()
              .filter(line -> line.contains(" bits, "))
              .mapToInt(line -> line.indexOf(" bits, "))
              .distinct()
              .count();
      assertEquals(1, columns, text);
      assertTrue(text.contains(json.get("partBits").get(0).get("part").asText()), text);
      assertTrue(kmq("info", "--json", file).json().get(0).get("partBits").isNull());
    }
  }

  /** Files can be split by the extents of info, and joined again; extents do not overlap. */
  @Test
  void infoShowsTheExtentsOfTheParts() throws IOException {
    Path picture = png("a.png", noise(96, 64, 1));
    Path file = folder.resolve("a.kmq");
    for (String method : List.of("packed", "deflate", "rans", "mix")) {
      kmq("encode", "-k", 4, "--method", method, "--tile", "32x32", "--force", picture);
      byte[] bytes = Files.readAllBytes(file);
      JsonNode json = kmq("info", "--json", file).json().get(0);
      JsonNode tiles = json.get("tileList");
      assertEquals(6, tiles.size());
      assertEquals(method.equals("rans"), !json.get("tables").isNull());
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.write(bytes, 0, 24);
      whole.writeBytes(cut(bytes, json.get("palette")));
      whole.writeBytes(json.get("tables").isNull() ? new byte[0] : cut(bytes, json.get("tables")));
      tiles.forEach(tile -> whole.writeBytes(cut(bytes, tile)));
      assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(whole.toByteArray()), method);
      assertEquals(tiles, kmq("info", "--bits", "--json", file).json().get(0).get("tileList"));

      ByteArrayOutputStream swapped = new ByteArrayOutputStream();
      swapped.write(bytes, 0, tiles.get(0).get("offset").asInt());
      for (int tile : new int[] {0, 1, 4, 3, 2, 5}) {
        swapped.writeBytes(cut(bytes, tiles.get(tile)));
      }
      Path other = Files.write(folder.resolve("swapped.kmq"), swapped.toByteArray());
      JsonNode refused = kmq("check", "--json", other).json().get(0);
      assertEquals("TILE_CRC", refused.get("reason").asText(), method);
      Path saved = folder.resolve("saved.png");
      Run run = kmq("check", "--json", "-f", "--salvage", saved, other);
      assertEquals(4, run.json().get(0).get("intactTiles").asInt(), method);

      String text = kmq("info", "--tiles", file).out();
      JsonNode last = tiles.get(5);
      String line = "5: offset %d, length %d".formatted(offset(last), length(last));
      assertTrue(text.contains(line), text);
    }
  }

  @Test
  void infoListsTheTilesThatAreWhole() throws IOException {
    kmq("encode", "-k", 4, "--method", "mix", "--tile", "32x32", png("a.png", noise(96, 64, 1)));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.kmq"));
    Path cut = Files.write(folder.resolve("cut.kmq"), Arrays.copyOf(bytes, bytes.length - 1));
    Run run = kmq("info", "--json", cut);
    assertEquals(0, run.exit());
    JsonNode json = run.json().get(0);
    assertEquals(6, json.get("tiles").asInt());
    assertEquals(5, json.get("tileList").size());
    assertTrue(json.get("warnings").get(0).asText().contains("tile 5"), json.toString());
    assertTrue(run.err().contains("ends within tile 5"), run.err());
  }

  private static byte[] cut(byte[] file, JsonNode part) {
    return Arrays.copyOfRange(file, offset(part), offset(part) + length(part));
  }

  private static int offset(JsonNode part) {
    return part.get("offset").asInt();
  }

  private static int length(JsonNode part) {
    return part.get("length").asInt();
  }

  @Test
  void infoRefusesDamagedTilesOnlyWhereItLooksAtThem() throws IOException {
    kmq("encode", "-k", 4, "--method", "mix", "--tile", "32x32", png("a.png", noise(50, 40, 1)));
    byte[] bytes = Files.readAllBytes(folder.resolve("a.kmq"));
    bytes[bytes.length - 9] ^= 1;
    Path bad = Files.write(folder.resolve("bad.kmq"), bytes);
    assertEquals(0, kmq("info", bad).exit());
    Run run = kmq("info", "--bits", "--json", bad);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("checksum of the tile"), run.err());
    JsonNode json = run.json().get(0);
    assertEquals(50, json.get("width").asInt());
    assertTrue(json.get("partBits").isNull());
    assertTrue(json.get("error").asText().contains("checksum"), json.toString());
    Path good = folder.resolve("a.kmq");
    assertEquals(0, kmq("info", "--max-pixels", 1999, good).exit());
    assertEquals(1, kmq("info", "--max-pixels", 1999, "--bits", good).exit());
  }

  @Test
  void workLimitHolds() throws IOException {
    kmq("encode", "-k", 4, "--method", "mix", png("a.png", noise(50, 40, 1)));
    Path file = folder.resolve("a.kmq");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("check"),
            List.of("info", "--bits"),
            List.of("decode", "-o", folder.resolve("b.png")))) {
      List<Object> args = new ArrayList<>(command);
      args.addAll(List.of("--max-work", 400 * 2000 - 1, file));
      Run run = kmq(args.toArray());
      assertEquals(1, run.exit(), command + ": " + run.err());
      assertTrue(run.err().contains("--max-work raises the limit"), run.err());
    }
    Run run = kmq("check", "--json", "--max-work", 400 * 2000 - 1, file);
    assertEquals("LIMIT_WORK", run.json().get(0).get("reason").asText());
    assertEquals(0, kmq("check", "--max-work", 400 * 2000, file).exit());
    assertEquals(0, kmq("info", "--max-work", 1, file).exit());
  }

  @Test
  void unknownCommandsAreRefusedWithTheKnownOnes() {
    for (List<Object> words :
        List.<List<Object>>of(
            List.of("frob"),
            List.of("frob", "--help"),
            List.of("-h", "frob"),
            List.of("help", "frob"))) {
      Run run = kmq(words.toArray());
      assertEquals(2, run.exit(), words.toString());
      assertTrue(run.err().contains("unknown command 'frob'; one of: encode"), run.err());
      assertEquals("", run.out());
    }
  }

  @Test
  void checkNamesReasonAndOffset() throws IOException {
    kmq("encode", "-k", 5, png("a.png", noise(20, 20, 1)));
    Path file = folder.resolve("a.kmq");
    assertEquals(0, kmq("check", file).exit());
    byte[] bytes = Files.readAllBytes(file);
    Path longer = Files.write(folder.resolve("b.kmq"), Arrays.copyOf(bytes, bytes.length + 1));
    Run run = kmq("check", "--json", longer, file);
    assertEquals(1, run.exit());
    assertEquals("TRAILING_BYTES", run.json().get(0).get("reason").asText());
    assertEquals(bytes.length, run.json().get(0).get("offset").asInt());
    assertTrue(run.json().get(1).get("error").isNull());
  }

  @Test
  void sweepMeasuresEachK() throws IOException {
    Path picture = png("a.png", noise(40, 40, 1));
    Path csv = folder.resolve("t.csv");
    Run run = kmq("sweep", picture, "-k", "2,4,...,16,100", "--json", "--csv", csv);
    assertEquals(0, run.exit(), run.err());
    List<JsonNode> rows = run.json();
    assertEquals(List.of(2, 4, 8, 16, 100), rows.stream().map(r -> r.get("k").asInt()).toList());
    for (int i = 1; i < rows.size(); i++) {
      assertTrue(rows.get(i).get("mse").asDouble() < rows.get(i - 1).get("mse").asDouble());
      assertTrue(rows.get(i).get("ssim").asDouble() > rows.get(i - 1).get("ssim").asDouble());
      assertTrue(
          rows.get(i).get("ssimulacra2").asDouble()
              > rows.get(i - 1).get("ssimulacra2").asDouble());
    }
    assertEquals(6, Files.readAllLines(csv).size());
    assertEquals(1, kmq("sweep", picture, "--csv", csv).exit());
    assertEquals(2, kmq("sweep", picture, "-k", "2,0").exit());
    assertEquals(2, kmq("sweep", picture, "-k", "2,...,9").exit());
    String table = kmq("sweep", picture, "-k", "2,3,...,6").out();
    assertEquals(7, table.lines().count(), table);
  }

  @Test
  void failedInputsAreRowsOfTheCsv() throws IOException {
    Path good = png("a.png", quarters(8, 8));
    Path bad = Files.writeString(folder.resolve("b.png"), "not an image");
    Path csv = folder.resolve("t.csv");
    Run run = kmq("sweep", bad, good, "-k", "2,4", "--csv", csv);
    assertEquals(1, run.exit());
    List<String> rows = Files.readAllLines(csv);
    assertEquals(4, rows.size());
    assertTrue(rows.get(1).startsWith(bad + ",,"), rows.get(1));
    int columns = rows.get(0).split(",", -1).length;
    String error = rows.get(1).split(",", columns)[columns - 1];
    assertTrue(run.err().contains("b.png: " + error.replace("\"", "")), error + run.err());
    assertTrue(!error.isEmpty() && rows.get(2).endsWith(","), rows.toString());
  }

  @Test
  void sweepRefusesItsFileBeforeTheWork() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    Path csv = Files.writeString(folder.resolve("t.csv"), "old");
    Run run = kmq("sweep", "-k", "2", "--csv", csv, image);
    assertEquals(1, run.exit());
    assertEquals("", run.out());
    assertEquals("kmq: output " + csv + " exists; use --force to replace it\n", run.err());
    run = kmq("sweep", "-k", "2", "-f", "--csv", folder.resolve("no/t.csv"), image);
    assertEquals("", run.out());
    assertTrue(run.err().contains("no does not exist"), run.err());
    run = kmq("sweep", "-k", "2", "-f", "--csv", folder, image);
    assertEquals("", run.out());
    assertTrue(run.err().contains(folder + " is a folder"), run.err());
    assertEquals("old", Files.readString(csv));
  }

  @Test
  void numbersAreAskedForInWords() {
    String message = "Invalid value for option '%s': 'x' is not %s\n";
    assertTrue(
        kmq("encode", "a.png", "-k", "x")
            .err()
            .contains(message.formatted("--colors", "an integer")));
    assertTrue(
        kmq("info", "a.kmq", "--max-pixels", "x")
            .err()
            .contains(message.formatted("--max-pixels", "a number such as 20000, 20k or 1.5M")));
    assertTrue(
        kmq("encode", "a.png", "--rdo", "x")
            .err()
            .contains(message.formatted("--rdo", "a number")));
  }

  @Test
  void emptyArgumentsAreNamed() {
    for (List<String> words :
        List.of(
            List.of("IN", "encode", ""),
            List.of("IN", "info", ""),
            List.of("--output", "encode", "a.png", "-o", ""),
            List.of("--output", "palette", "a.png", "--output="),
            List.of("--out-dir", "decode", "a.kmq", "--out-dir", ""),
            List.of("--palette", "encode", "a.png", "--palette", ""),
            List.of("--csv", "sweep", "a.png", "--csv", ""),
            List.of("--salvage", "check", "a.kmq", "--salvage", ""))) {
      Run run = kmq(words.subList(1, words.size()).toArray());
      assertEquals(2, run.exit(), words.toString());
      assertTrue(run.err().contains(": " + words.get(0) + " must not be empty"), run.err());
    }
  }

  @Test
  void versionAndHelp() {
    assertTrue(kmq("--version").out().matches("(?s)kmq \\d+\\.\\d+\\.\\d+.*"));
    for (String verb :
        List.of("encode", "decode", "info", "check", "sweep", "palette", "compare")) {
      Run run = kmq(verb, "--help");
      assertEquals(0, run.exit());
      assertTrue(run.out().startsWith("Usage: kmq " + verb), run.out());
      assertEquals(run.out(), kmq("help", verb).out());
      boolean targets = List.of("encode", "palette").contains(verb);
      assertEquals(targets, run.out().contains("3 a target was not met"), verb);
    }
    assertEquals(kmq("--help").out(), kmq("help").out());
    assertEquals(2, kmq().exit());
    assertEquals(2, kmq("enc").exit());
    assertEquals(2, kmq("encode").exit());
  }

  @Test
  void fullOutputIsAFailure() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            Terminal.utf8(full),
            Terminal.utf8(err),
            false,
            false,
            true,
            false);
    String picture = png("a.png", quarters(4, 4)).toString();
    assertEquals(1, KmqCommand.run(terminal, "encode", picture, "-o", "-"));
    assertTrue(
        err.toString(StandardCharsets.UTF_8).contains("standard output"),
        err.toString(StandardCharsets.UTF_8));
    Terminal again =
        new Terminal(
            InputStream.nullInputStream(),
            Terminal.utf8(full),
            Terminal.utf8(err),
            false,
            false,
            true,
            false);
    assertEquals(1, KmqCommand.run(again, "sweep", "-k", "2", picture));
  }
}
