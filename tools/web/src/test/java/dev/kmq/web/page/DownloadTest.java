package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import dev.kmq.browser.Chromium;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are saved have the bytes of the command that the page shows. */
class DownloadTest extends PageTest {
  private static final int SECONDS = 120;

  /** Runs the shown command where the image and the palette are. */
  private static void run(String command, Path where) throws Exception {
    assertTrue(command.startsWith("kmq "), command);
    List<String> words = new ArrayList<>();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    words.addAll(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes));
    words.add("dev.kmq.cli.KmqCommand");
    for (String word : command.substring(4).split(" ", -1)) {
      words.add(word.replace("'", ""));
    }
    ProcessBuilder builder = new ProcessBuilder(words).directory(where.toFile());
    Path said = where.resolve("said.txt"); // the output of this process belongs to the test runner
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, command);
    byte[] text = Files.readAllBytes(said);
    assertEquals(0, process.exitValue(), command + ": " + new String(text, StandardCharsets.UTF_8));
  }

  private static byte[] saved(Chromium.Tab tab, String button, Path folder, String name)
      throws Exception {
    chromium.downloads(folder);
    tab.click("#" + button);
    Path file = folder.resolve(name);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.exists(file) || Files.size(file) == 0) {
      assertTrue(System.nanoTime() < end, file + " is not saved");
      Thread.sleep(20);
    }
    return Files.readAllBytes(file);
  }

  private static void set(Chromium.Tab tab, String id, String value, String shown)
      throws Exception {
    set(tab, id, value);
    changed(tab, shown);
  }

  @ParameterizedTest
  @CsvSource({
    "auto, rans, none, false",
    "auto, mix, spatial, false",
    "auto, auto, blue-noise, true",
    "js, deflate, floyd-steinberg, false",
    "js, packed, spatial, true",
  })
  void bytesAreTheCommands(String target, String method, String dither, boolean alpha)
      throws Exception {
    Path where = folder.resolve(String.join("-", target, method, dither));
    Path out = Files.createDirectories(where.resolve("saved"));
    Path image = png(where.getFileName() + "/photo.png", photo(70, 50, alpha));
    URI address = URI.create(server.address() + "?target=" + target);
    Chromium.Tab tab = open(address, 1280, false);
    choose(tab, image);
    set(tab, "colors-typed", "24");
    set(tab, "method", method);
    set(tab, "dither", dither);
    changed(tab, "-k 24 ");
    byte[] kmq = saved(tab, "save-kmq", out, "photo.kmq");
    byte[] png = saved(tab, "save-png", out, "photo-new.png");
    String command = text(tab, "command");
    assertEquals(method.equals("rans"), !command.contains("--method "), command);
    assertEquals(dither.equals("none"), !command.contains("--dither " + dither), command);
    run(command, where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo.kmq")), kmq);
    run(text(tab, "command-png"), where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo-new.png")), png);
    assertQuiet(tab);
  }

  @Test
  void palettesThatWereChanged() throws Exception {
    Path where = folder.resolve("palette");
    Path out = Files.createDirectories(where.resolve("saved"));
    Path image = png("palette/photo.png", photo(70, 50, false));
    Chromium.Tab tab = open();
    choose(tab, image);
    set(tab, "colors-typed", "16", "-k 16 ");
    tab.click("#palette li:nth-child(3) button");
    set(tab, "replacement", "#00ff00", "--palette photo-palette.hex");
    byte[] kmq = saved(tab, "save-kmq", out, "photo.kmq");
    byte[] png = saved(tab, "save-png", out, "photo-new.png");
    byte[] palette = saved(tab, "save-palette", where, "photo-palette.hex");
    String lines = new String(palette, StandardCharsets.US_ASCII);
    assertEquals(16, lines.lines().count());
    assertTrue(lines.contains("#00ff00"), lines);
    run(text(tab, "command"), where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo.kmq")), kmq);
    run(text(tab, "command-png"), where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo-new.png")), png);
    assertTrue(text(tab, "command-notes").contains("Save palette"), text(tab, "command-notes"));
    assertQuiet(tab);
  }

  @Test
  void coloursThatAreKept() throws Exception {
    Path where = folder.resolve("keep");
    Path out = Files.createDirectories(where.resolve("saved"));
    Path image = png("keep/photo.png", photo(70, 50, false));
    Chromium.Tab tab = open();
    choose(tab, image);
    tab.click("#palette li:nth-child(3) button");
    tab.click("#keep");
    changed(tab, "--keep-color");
    set(tab, "colors-typed", "5", "-k 5 ");
    byte[] kmq = saved(tab, "save-kmq", out, "photo.kmq");
    run(text(tab, "command"), where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo.kmq")), kmq);
    assertQuiet(tab);
  }

  /** Colours are converted to sRGB where the command does, but may be rounded differently. */
  @Test
  void coloursOfAProfile() throws Exception {
    Path where = folder.resolve("linear");
    Path out = Files.createDirectories(where.resolve("saved"));
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1200; i++) {
      image.setRGB(i % 40, i / 40, 0x203040 + 0x151311 * (i % 9));
    }
    Files.write(where.resolve("photo.png"), Profiles.png(image, Profiles.linear()));
    Chromium.Tab tab = open();
    choose(tab, where.resolve("photo.png"));
    byte[] kmq = saved(tab, "save-kmq", out, "photo.kmq");
    run(text(tab, "command"), where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo.kmq")), kmq, "with the profile");
    Files.delete(where.resolve("photo.kmq"));
    Files.delete(out.resolve("photo.kmq"));
    assertEquals("", text(tab, "command-notes"));
    tab.click("#palette li:nth-child(3) button");
    String color = text(tab, "edited-name");
    tab.click("#keep");
    changed(tab, "--keep-color");
    assertTrue(text(tab, "command-notes").contains("to sRGB"), text(tab, "command-notes"));
    assertTrue(text(tab, "figures").contains("exact"), text(tab, "figures"));
    int[] own = Kmq.decode(saved(tab, "save-kmq", out, "photo.kmq")).palette().toArgb();
    run(text(tab, "command"), where);
    int[] theirs = Kmq.decode(Files.readAllBytes(where.resolve("photo.kmq"))).palette().toArgb();
    assertEquals(color, "#%06x".formatted(own[0] & 0xFFFFFF));
    assertEquals(own[0], theirs[0], "kept");
    for (int one : own) {
      assertTrue(Arrays.stream(theirs).anyMatch(other -> near(one, other)), color);
    }
    assertQuiet(tab);
  }

  private static boolean near(int one, int other) {
    return IntStream.of(0, 8, 16)
        .allMatch(shift -> Math.abs((one >> shift & 0xFF) - (other >> shift & 0xFF)) <= 1);
  }

  /** The command keeps the method of a file by default, so the page names one. */
  @Test
  void filesOfAnotherMethod() throws Exception {
    Path where = folder.resolve("method");
    Path out = Files.createDirectories(where.resolve("saved"));
    png("method/photo.png", photo(70, 50, false));
    run("kmq encode -k 32 --method deflate photo.png", where);
    Chromium.Tab tab = open();
    choose(tab, where.resolve("photo.kmq"));
    set(tab, "colors-typed", "8", "-k 8 ");
    byte[] kmq = saved(tab, "save-kmq", out, "photo-new.kmq");
    byte[] png = saved(tab, "save-png", out, "photo.png");
    run(text(tab, "command"), where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo-new.kmq")), kmq);
    run(text(tab, "command-png").replace("-o photo.png", "-f -o photo.png"), where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo.png")), png);
    assertQuiet(tab);
  }

  /** The indices take several IDAT chunks, and more bytes than choose the filter. */
  @Test
  void largePng() throws Exception {
    Path where = folder.resolve("large");
    Path out = Files.createDirectories(where.resolve("saved"));
    Path image = png("large/photo.png", photo(840, 640, false));
    Chromium.Tab tab = open();
    choose(tab, image);
    assertEquals("256", value(tab, "colors-typed"));
    byte[] png = saved(tab, "save-png", out, "photo-new.png");
    assertTrue(png.length > 2 << 16, png.length + " bytes");
    run(text(tab, "command-png"), where);
    assertArrayEquals(Files.readAllBytes(where.resolve("photo-new.png")), png);
    assertQuiet(tab);
  }
}
