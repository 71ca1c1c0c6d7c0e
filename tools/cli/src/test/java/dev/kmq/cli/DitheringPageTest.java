package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images and figures of {@code docs/dithering.md} are those of the commands that it quotes.
 * With the property {@code kmq.update} they are written instead of compared.
 */
final class DitheringPageTest {
  private static final boolean UPDATE = System.getProperty("kmq.update") != null;
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Path PAGE = ROOT.resolve("docs/dithering.md");
  private static final Path PICTURES = ROOT.resolve("docs/dithering");

  /** An example; its text is the image, with the options of {@code encode} unless it is that. */
  private static final Pattern PICTURE =
      Pattern.compile("!\\[(\\w+)\\.png ?([^]]*)]\\(dithering/([\\w-]+)\\.png\\)");

  /** The heading of a table of figures, with the path of the image. */
  private static final Pattern TABLE =
      Pattern.compile("\\| `([\\w/.]+)` \\| packed \\| rans \\| mix \\| SSIMULACRA2 \\|");

  /** A row of such a table, with the options of {@code encode}. */
  private static final Pattern ROW = Pattern.compile("\\| `(-[^`]*)` \\| [\\d,]+ \\|.*");

  /** A row with a whole command and its figures. */
  private static final Pattern RECIPE =
      Pattern.compile("(\\|[^|]*\\| `tools/kmq (encode [^`]* ([\\w/.]+))` \\|).*");

  private static final Pattern METHOD = Pattern.compile(" --method (\\w+)");

  @TempDir static Path folder;

  /** The files by the words of their commands, so that nothing is encoded twice. */
  private static final Map<String, Path> ENCODED = new HashMap<>();

  @BeforeAll
  static void writeImages() throws IOException {
    if (UPDATE) {
      for (Map.Entry<String, DitheringScenes.Rendered> scene : DitheringScenes.all().entrySet()) {
        Path file = PICTURES.resolve(scene.getKey() + ".png");
        ImageIO.write(scene.getValue().image(), "png", file.toFile());
      }
    }
  }

  private static final Map<Path, String> SCORES = new HashMap<>();

  /** Runs a command of the page and returns what it prints. */
  private static CommandTest.Run run(String words) {
    Object[] args = Arrays.stream(words.split(" ")).map(DitheringPageTest::located).toArray();
    CommandTest.Run run = CommandTest.kmq(args);
    assertEquals(0, run.exit(), words + ": " + run.err());
    return run;
  }

  /** The image that a word names, or a file in the folder of this test, or the word. */
  private static Object located(String word) {
    if (word.matches("(docs|tools)/.*")) {
      return ROOT.resolve(word);
    }
    return word.matches("\\w+[\\w-]*\\.(kmq|png|gpl)") ? folder.resolve(word) : word;
  }

  private static Path encoded(String options, String input) {
    return ENCODED.computeIfAbsent(
        "encode " + options + " " + input,
        command -> {
          Path file = folder.resolve(ENCODED.size() + ".kmq");
          run(command + " -o " + file);
          return file;
        });
  }

  private static String bytes(Path file) throws IOException {
    return String.format(Locale.ROOT, "%,d", Files.size(file));
  }

  /** A file as a method stores it: with the same palette and indices. */
  private static Path stored(Path file, String method) {
    return encoded("--method " + method, file.toString());
  }

  private static String score(String input, Path encoded) {
    return SCORES.computeIfAbsent(
        encoded,
        file -> {
          CommandTest.Run run = run("compare --json " + input + " " + file);
          double score = run.json().get(0).path("ssimulacra2").asDouble();
          return String.format(Locale.ROOT, "%.1f", score);
        });
  }

  /** The lines of the page with the figures that the commands give. */
  private static List<String> computed(List<String> page) throws IOException {
    List<String> lines = new ArrayList<>();
    String input = "";
    for (String line : page) {
      Matcher table = TABLE.matcher(line);
      Matcher row = ROW.matcher(line);
      Matcher recipe = RECIPE.matcher(line);
      if (table.matches()) {
        input = table.group(1);
      }
      if (row.matches()) {
        String options = row.group(1);
        Path file = encoded(options, input);
        lines.add(
            String.join(
                " | ",
                "| `" + options + "`",
                bytes(stored(file, "packed")),
                bytes(stored(file, "rans")),
                bytes(stored(file, "mix")),
                score(input, file) + " |"));
      } else if (recipe.matches()) {
        String original = recipe.group(3);
        String options = recipe.group(2).replaceAll("^encode | -o \\S+| \\S+$", "");
        Matcher method = METHOD.matcher(options);
        Path plain = encoded(method.replaceFirst(""), original);
        Path file = method.reset().find() ? stored(plain, method.group(1)) : plain;
        lines.add(recipe.group(1) + " " + bytes(file) + " | " + score(original, plain) + " |");
      } else {
        assertFalse(line.matches("\\|.*`.* [\\d.,-]+ \\|"), line);
        lines.add(line);
      }
    }
    return lines;
  }

  /** The part of an image that is shown, with each pixel as 2x2 and on white. */
  private static BufferedImage shown(BufferedImage image, Rectangle part) {
    int width = 2 * part.width;
    int height = 2 * part.height;
    if (!(image.getColorModel() instanceof IndexColorModel model)) {
      BufferedImage twice = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < width * height; i++) {
        int x = i % width;
        int y = i / width;
        twice.setRGB(x, y, onWhite(image.getRGB(part.x + x / 2, part.y + y / 2)));
      }
      return twice;
    }
    int[] colors = new int[model.getMapSize()];
    model.getRGBs(colors);
    IndexColorModel opaque =
        new IndexColorModel(
            model.getPixelSize(),
            colors.length,
            Arrays.stream(colors).map(DitheringPageTest::onWhite).toArray(),
            0,
            false,
            -1,
            image.getRaster().getTransferType());
    WritableRaster raster = opaque.createCompatibleWritableRaster(width, height);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      raster.setSample(x, y, 0, image.getRaster().getSample(part.x + x / 2, part.y + y / 2, 0));
    }
    return new BufferedImage(opaque, raster, false, null);
  }

  private static int onWhite(int argb) {
    int alpha = argb >>> 24;
    int rgb = 0xFF;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int channel = argb >> shift & 0xFF;
      rgb = rgb << 8 | (channel * alpha + 255 * (255 - alpha) + 127) / 255;
    }
    return rgb;
  }

  /** Every image of the page, and those that they are made of, by its name. */
  private static Map<String, BufferedImage> pictures(String page) throws IOException {
    Map<String, BufferedImage> pictures = new TreeMap<>();
    Map<String, DitheringScenes.Rendered> scenes = DitheringScenes.all();
    scenes.forEach((name, scene) -> pictures.put(name, scene.image()));
    for (MatchResult found : PICTURE.matcher(page).results().toList()) {
      DitheringScenes.Rendered scene = Objects.requireNonNull(scenes.get(found.group(1)));
      BufferedImage image = scene.image();
      if (!found.group(2).isEmpty()) {
        Path file = encoded(found.group(2), "docs/dithering/" + found.group(1) + ".png");
        Path png = folder.resolve(found.group(3) + ".png");
        run("decode -f " + file + " -o " + png);
        image = ImageIO.read(png.toFile());
      }
      pictures.put(found.group(3), shown(image, scene.part()));
    }
    return pictures;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void thePicturesAreThoseOfTheCommands() throws IOException {
    Map<String, BufferedImage> pictures = pictures(Files.readString(PAGE));
    for (Map.Entry<String, BufferedImage> picture : pictures.entrySet()) {
      Path file = PICTURES.resolve(picture.getKey() + ".png");
      if (UPDATE) {
        ImageIO.write(picture.getValue(), "png", file.toFile());
      }
      BufferedImage stored = ImageIO.read(file.toFile());
      assertArrayEquals(pixels(picture.getValue()), pixels(stored), file.toString());
    }
    try (Stream<Path> files = Files.list(PICTURES)) {
      TreeSet<String> stored = new TreeSet<>();
      files.forEach(file -> stored.add(file.getFileName().toString().replace(".png", "")));
      assertEquals(pictures.keySet(), stored);
    }
  }

  @Test
  void theFiguresAreThoseOfTheCommands() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    List<String> computed = computed(page);
    if (UPDATE) {
      Files.writeString(PAGE, String.join("\n", computed) + "\n");
    } else {
      assertEquals(
          String.join("\n", computed),
          String.join("\n", page),
          "other figures now; the end of the page has the command");
    }
  }

  @Test
  void theCommandsRun() throws IOException {
    List<String> commands =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("tools/kmq "))
            .map(line -> line.replaceAll("^tools/kmq | +#.*$", ""))
            .toList();
    assertFalse(commands.isEmpty());
    commands.forEach(DitheringPageTest::run);
  }

  /** The shares of ink between which spatial dithering gives the last dots on white. */
  @Test
  void spatialDitheringLosesTheFaintestGreys() throws IOException {
    assertTrue(faintest("spatial") > 0.04 && faintest("spatial") < 0.08, "" + faintest("spatial"));
    assertTrue(faintest("floyd-steinberg") < 0.03, "" + faintest("floyd-steinberg"));
  }

  /** The least share of ink, in the bar at the bottom of the page, that has black dots. */
  private static double faintest(String dither) throws IOException {
    Path file = encoded("--palette bw --dither " + dither, "docs/dithering/page.png");
    Path png = folder.resolve("bar.png");
    run("decode -f " + file + " -o " + png);
    BufferedImage image = ImageIO.read(png.toFile());
    int x = image.getWidth();
    boolean dot = false;
    while (!dot) {
      x--;
      for (int y = 170; y < image.getHeight(); y++) {
        dot |= (image.getRGB(x, y) & 0xFF) == 0;
      }
    }
    return 1 - (x + 0.5) / image.getWidth();
  }
}
