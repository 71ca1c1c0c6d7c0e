package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.colors.PaletteFormat;
import dev.kmq.picture.TestPng;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteCommandTest extends CommandTest {
  private static BufferedImage flat(int width, int height, int left, int right) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(left));
    g.fillRect(0, 0, width, height);
    g.setColor(new Color(right));
    g.fillRect(width / 2, 0, width, height);
    g.dispose();
    return image;
  }

  @Test
  void theIndexOfTheTransparentEntryIsBelowK() throws IOException {
    Path image = png("a.png", noise(9, 9, 1));
    Run run = kmq("palette", "-k", 4, "--transparent-index", 9, image);
    assertEquals(2, run.exit());
    assertTrue(
        run.err().contains("--transparent-index must be below --colors = 4, not 9"), run.err());
  }

  @Test
  void aLargePictureDoesNotDrownASmallOne() throws IOException {
    Path large = png("large.png", flat(400, 400, 0x000000, 0x101010));
    Path small = png("small.png", flat(4, 4, 0xFF0000, 0xFF0020));
    List<String> colors =
        kmq("palette", "--metric", "rgb", "-k", 2, large, small).out().lines().toList();
    assertEquals(List.of("#080808", "#ff0010"), colors);
  }

  @Test
  void keptColoursComeFirstInTheirOrder() throws IOException {
    Path picture = png("a.png", noise(40, 40, 3));
    Run run =
        kmq(
            "palette",
            "-k",
            6,
            "--keep-color",
            "#ff0001",
            "--keep-color",
            "00ff01",
            "--sort",
            "lightness",
            picture);
    List<String> colors = run.out().lines().toList();
    assertEquals(6, colors.size());
    assertEquals(List.of("#ff0001", "#00ff01"), colors.subList(0, 2));
    kmq("encode", "-k", 6, "--keep-color", "#ff0001", "--keep-color", "00ff01", picture);
    List<String> written = kmq("palette", folder.resolve("a.kmq")).out().lines().toList();
    assertEquals(List.of("#ff0001", "#00ff01"), written.subList(0, 2));
    assertTrue(written.containsAll(colors));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpl", "pal", "act", "hex", "txt", "kmq"})
  void everyFormIsReadBackAsItWasWritten(String suffix) throws IOException {
    Path picture = png("a.png", noise(40, 40, 3));
    Path file = folder.resolve("p." + suffix);
    assertEquals(0, kmq("palette", "-k", 20, picture, "-o", file).exit());
    String direct = kmq("palette", "-k", 20, picture).out();
    assertEquals(20, direct.lines().count());
    assertEquals(direct, kmq("palette", file).out());
    assertEquals(1, kmq("palette", "-k", 20, picture, "-o", file).exit());
    assertEquals(0, kmq("palette", "-k", 20, picture, "-o", file, "--force").exit());
    assertEquals(0, kmq("encode", "--palette", file, picture).exit());
    assertEquals(direct, kmq("palette", folder.resolve("a.kmq")).out());
  }

  @ParameterizedTest
  @CsvSource({
    "none, '#0000ff,#808080,#ff0000,#800000,#00ff00,#101010'",
    "lightness, '#101010,#0000ff,#800000,#ff0000,#808080,#00ff00'",
    "hue, '#101010,#808080,#800000,#ff0000,#00ff00,#0000ff'"
  })
  void sorts(String order, String expected) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.hex"), "#0000ff\n808080\n#ff0000\n#800000\n#00FF00\n#101010\n");
    List<String> colors = kmq("palette", "--sort", order, file).out().lines().toList();
    assertEquals(expected, String.join(",", colors));
  }

  @Test
  void oneBadPictureFailsAlone() throws IOException {
    Path good = png("good.png", flat(8, 8, 0x123456, 0xABCDEF));
    Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
    Run run = kmq("palette", "--json", bad, good);
    assertEquals(1, run.exit());
    List<JsonNode> json = run.json();
    assertEquals(2, json.size());
    assertTrue(json.get(0).get("error").asText().contains("not an image"));
    assertEquals(1, json.get(1).get("inputs").asInt());
    assertEquals("#123456", json.get(1).get("palette").get(0).asText());
    Path out = folder.resolve("p.gpl");
    assertEquals(1, kmq("palette", bad, "-o", out).exit());
    assertFalse(Files.exists(out));
  }

  @Test
  void transparencyNeedsAFormThatHoldsIt() throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80FF0000);
    Path picture = png("a.png", image);
    assertEquals(List.of("#00000000", "#ff000080"), kmq("palette", picture).out().lines().toList());
    Run run = kmq("palette", picture, "-o", folder.resolve("p.gpl"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains(".gpl cannot hold transparency; use .hex or .kmq"), run.err());
    assertEquals(0, kmq("palette", picture, "-o", folder.resolve("p.hex")).exit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-k 0",
        "--metric lab",
        "--sort size",
        "--keep-color reddest",
        "--keep-color #010203 --keep-color 010203",
        "-k 1 --keep-color #010203 --keep-color #010204"
      })
  void wrongUsageIsReportedInTwoLines(String options) throws IOException {
    Path picture = png("a.png", flat(4, 4, 1, 2));
    String[] words = (picture + " " + options).split(" ", -1);
    Object[] args = new Object[words.length + 1];
    args[0] = "palette";
    System.arraycopy(words, 0, args, 1, words.length);
    Run run = kmq(args);
    assertEquals(2, run.exit(), options);
    assertEquals(2, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-k=8", "--metric=oklab", "--effort=best", "--keep-color=#010203"})
  void whatIsForPicturesIsRefusedForAPalette(String option) throws IOException {
    Path file = Files.writeString(folder.resolve("p.hex"), "#0000ff\n#808080\n");
    Run run = kmq("palette", file, option);
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("are for images, but " + file + " is a palette"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"act", "hex", "txt", "kmq"})
  void formsThatHoldAlphaAreReadBack(String suffix) throws IOException {
    Path hex = Files.writeString(folder.resolve("p.hex"), "#0000ff\n#10203000\n#ffffff\n");
    Path out = folder.resolve("q." + suffix);
    assertEquals(0, kmq("palette", hex, "-o", out).exit());
    assertEquals(
        List.of("#0000ffff", "#10203000", "#ffffffff"), kmq("palette", out).out().lines().toList());
    Path picture = png("a.png", flat(4, 4, 0x0000FF, 0xFFFFFF));
    assertEquals(0, kmq("encode", "--palette", out, picture).exit());
    assertEquals(
        List.of("#0000ffff", "#10203000", "#ffffffff"),
        kmq("palette", folder.resolve("a.kmq")).out().lines().toList());
  }

  /** Characters are bytes of Latin-1. */
  @ParameterizedTest
  @CsvSource({
    "a.gpl, 'GIMP Palette\nChannels: RGBA\n#\n0 0 0 0 None\n9 8 7 255\n', #00000000 #090807ff",
    "a.pal, 'JASC-PAL\n0100\n2\n1 2 3 128\n4 5 6 255\n', #01020380 #040506ff",
    "a.gpl, 'ï»¿GIMP Palette\n#\n1 2 3\n', #010203",
    "a.hex, 'ï»¿#010203\n', #010203",
    "a.gpl, 'GIMP Palette\nName: Grün\n1 2 3 Grün\n', #010203",
    "a.txt, ';paint.net Palette File\nFF010203\n80040506\n', #010203ff #04050680",
    "a.txt, 'FF010203\nFF040506\n', #010203 #040506"
  })
  void palettesOfOtherProgramsAreRead(String name, String text, String colors) throws IOException {
    Path file = Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
    Run run = kmq("palette", file);
    assertEquals(0, run.exit(), run.err());
    assertEquals(colors, String.join(" ", run.out().lines().toList()));
  }

  @Test
  void colourTablesHoldOneTransparentColour() throws IOException {
    Path hex = Files.writeString(folder.resolve("p.hex"), "#0000ff\n#10203080\n");
    Run run = kmq("palette", hex, "-o", folder.resolve("p.act"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains(".act can hold one fully transparent colour"), run.err());
    Path picture = png("a.png", noise(40, 40, 3));
    Run many = kmq("palette", "-k", 300, picture, "-o", folder.resolve("p.act"));
    assertTrue(many.err().contains("300 colours exceed the 256 of .act"), many.err());
  }

  @Test
  void theHelpNamesEveryForm() {
    String help = kmq("palette", "--help").out();
    for (PaletteFormat format : PaletteFormat.values()) {
      assertTrue(
          help.contains("." + format.name().toLowerCase(Locale.ROOT).replace("jasc", "pal")));
    }
    Run run = kmq("palette", "a.png", "-o", "a.xyz");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains(".gpl, .pal, .act, .hex, .txt, .kmq"), run.err());
  }

  @Test
  void anImageGivesItsPalette() throws IOException {
    byte[] plte = {9, 8, 7, 1, 2, 3, 9, 8, 7, 4, 5, 6};
    Path indexed =
        Files.write(
            folder.resolve("indexed.png"),
            TestPng.row(
                3,
                new byte[] {2, 1},
                new TestPng.Chunk("PLTE", plte),
                TestPng.ofBytes("tRNS", 255, 255, 255, 0)));
    Path picture = png("a.png", flat(4, 4, 0x010203, 0x040506));
    assertEquals(0, kmq("encode", "--palette", indexed, picture).exit());
    assertEquals(
        List.of("#090807ff", "#010203ff", "#090807ff", "#04050600"),
        kmq("palette", folder.resolve("a.kmq")).out().lines().toList());
    Path direct = png("direct.png", flat(4, 4, 0x112233, 0xAABBCC));
    assertEquals(0, kmq("encode", "-f", "--palette", direct, picture).exit());
    assertEquals(
        List.of("#112233", "#aabbcc"),
        kmq("palette", folder.resolve("a.kmq")).out().lines().toList());
    Path many = png("many.png", noise(300, 300, 1));
    Run run = kmq("encode", "-f", "--palette", many, picture);
    assertEquals(1, run.exit());
    assertTrue(
        run.err().contains("more than 65536 colours; try 'kmq palette --colors 256"), run.err());
  }

  @Test
  void damagedPaletteFilesAreRefusedByLine() throws IOException {
    Path file = Files.writeString(folder.resolve("p.pal"), "JASC-PAL\n0100\n3\n1 2 3\n4 5 6\n");
    Run run = kmq("palette", file);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("line 3 specifies 3 colours, but 2 follow"), run.err());
    Files.writeString(file, "GIMP Palette\n1 2 300\n");
    assertTrue(kmq("palette", file).err().contains("line 2: 300 is above 255"));
  }

  @Test
  void keptColorsThatLeaveNoEntryForAlphaAreWarnedOf() throws IOException {
    BufferedImage clear = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0xFF123456);
    Path one = png("one.png", clear);
    Path two = png("two.png", clear);
    String red = "--keep-color=ff0000";
    Run run = kmq("palette", "--json", "-k", 2, red, "--keep-color=00ff00", one, two);
    assertEquals(0, run.exit(), run.err());
    String warnings = run.json().get(0).get("warnings").toString();
    assertTrue(warnings.contains("no fully transparent entry; 10 transparent"), warnings);
    run = kmq("palette", "--json", "-k", 1, "--keep-color=00000000", one, two);
    warnings = run.json().get(0).get("warnings").toString();
    assertTrue(warnings.contains("no opaque entry; 2 opaque"), warnings);
    run = kmq("palette", "--json", "-k", 3, red, one, two);
    assertEquals(0, run.json().get(0).get("warnings").size());
  }
}
