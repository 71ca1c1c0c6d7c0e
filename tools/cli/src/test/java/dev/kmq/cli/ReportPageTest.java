package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.Kmq;
import dev.kmq.cli.report.ErrorMap;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.KmqImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of reports in a browser, opened as files. */
class ReportPageTest extends CommandTest {
  @TempDir static Path profile;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start(profile);
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.stop();
    }
  }

  private Path sweep(Path image, String... options) {
    Path page = folder.resolve("report.html");
    Object[] args = new Object[options.length + 5];
    args[0] = "sweep";
    args[1] = image;
    args[2] = "-f";
    args[3] = "--report";
    args[4] = page;
    System.arraycopy(options, 0, args, 5, options.length);
    Run run = kmq(args);
    assertEquals(0, run.exit(), run.err());
    return page;
  }

  private static Chromium.Tab open(Path page) throws Exception {
    Chromium.Tab tab = chromium.tab();
    tab.size(1200, 1000, false);
    tab.open(page);
    return tab;
  }

  /** Nothing was logged, and nothing was requested but the page and what is in it. */
  private static void assertQuiet(Chromium.Tab tab, Path page) throws Exception {
    assertEquals(List.of(), tab.problems());
    for (String url : tab.requests()) {
      assertTrue(url.equals(page.toUri().toString()) || url.startsWith("data:"), url);
    }
    assertEquals("", tab.evaluate("document.getElementById('status').textContent").asText());
  }

  /** The pixels of a canvas as ARGB. */
  private static int[] pixels(Chromium.Tab tab, String canvas) throws Exception {
    JsonNode bytes =
        tab.evaluate(
            "(() => { const {width, height} = %1$s; const c = new OffscreenCanvas(width, height)"
                    .formatted(canvas)
                + ".getContext('2d'); c.drawImage(%s, 0, 0);".formatted(canvas)
                + " const {data} = c.getImageData(0, 0, width, height);"
                + " let s = ''; for (const b of data) s += String.fromCharCode(b);"
                + " return btoa(s); })()");
    ByteBuffer rgba = ByteBuffer.wrap(bytes.binaryValue());
    int[] argb = new int[rgba.remaining() / 4];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = Integer.rotateRight(rgba.getInt(), 8);
    }
    return argb;
  }

  private static void select(Chromium.Tab tab, String id, String value) throws Exception {
    tab.evaluate(
        "(() => { const e = document.getElementById('%s'); e.value = '%s';".formatted(id, value)
            + " e.dispatchEvent(new Event('change')); })()");
  }

  /** The file that the command of a row writes. */
  private IndexedImage encoded(JsonNode row, Path image) throws IOException {
    String command = row.get("command").asText();
    assertTrue(command.startsWith("kmq encode -k "), command);
    Path file = folder.resolve("row.kmq");
    String[] words = command.substring(4, command.length()).split(" ", -1);
    Object[] args = Arrays.copyOf(words, words.length + 3, Object[].class);
    args[words.length - 1] = image;
    args[words.length] = "-f";
    args[words.length + 1] = "-o";
    args[words.length + 2] = file;
    Run run = kmq(args);
    assertEquals(0, run.exit(), run.err());
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(row.get("bytes").asLong(), bytes.length, command);
    return Kmq.decode(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rans", "mix", "deflate", "packed", "auto", "packed,mix"})
  void pixelsAndErrorsAreThoseOfTheFiles(String methods) throws Exception {
    Path image = png("a.png", noise(45, 37, 1));
    Path page = sweep(image, "-k", "1,3,256", "--method", methods);
    Chromium.Tab tab = open(page);
    BufferedImage original = ImageIO.read(image.toFile());
    int[] expected = original.getRGB(0, 0, 45, 37, null, 0, 45);
    JsonNode rows = tab.evaluate("JSON.parse(document.getElementById('data').textContent).rows");
    assertEquals(methods.contains(",") ? 6 : 3, rows.size());
    for (JsonNode row : rows) {
      IndexedImage file = encoded(row, image);
      select(tab, "right", row.get("image").asText());
      assertArrayEquals(expected, pixels(tab, "before"));
      assertArrayEquals(file.toArgb(), pixels(tab, "after"));
      tab.click("#errors");
      IndexedImage map = ErrorMap.of(KmqImages.pixels(original), file.pixels());
      assertArrayEquals(map.toArgb(), pixels(tab, "after"));
      tab.click("#errors");
    }
    assertQuiet(tab, page);
  }

  /** The map is exact, although a canvas holds translucent colours only approximately. */
  @Test
  void alphaIsKept() throws Exception {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 1600; i++) {
      image.setRGB(i % 40, i / 40, (i % 40 * 255 / 39) << 24 | i * 7919 & 0xFFFFFF);
    }
    Path png = png("a.png", image);
    Path page = sweep(png, "-k", "16", "--alpha", "keep");
    Chromium.Tab tab = open(page);
    JsonNode row = tab.evaluate("JSON.parse(document.getElementById('data').textContent).rows[0]");
    IndexedImage file = encoded(row, png);
    PixelSource shown = PixelSource.of(40, 40, pixels(tab, "after"));
    assertTrue(ColorError.of(file.pixels(), shown, 0).maxError() <= 2);
    tab.click("#errors");
    IndexedImage map = ErrorMap.of(KmqImages.pixels(image), file.pixels());
    assertArrayEquals(map.toArgb(), pixels(tab, "after"));
    String checks =
        tab.evaluate("getComputedStyle(document.getElementById('after')).backgroundImage").asText();
    assertTrue(checks.contains("conic-gradient"), checks);
    assertQuiet(tab, page);
  }

  private static double divider(Chromium.Tab tab) throws Exception {
    return tab.evaluate("Number(document.getElementById('divider').value)").asDouble();
  }

  /** Where the image on the right begins, as a share of the visible width. */
  private static double clip(Chromium.Tab tab) throws Exception {
    return tab.evaluate(
            "parseFloat(document.getElementById('after').style.clipPath.split(' ')[3])"
                + " / document.getElementById('frame').offsetWidth")
        .asDouble();
  }

  @Test
  void keysAndMouseMoveTheDivider() throws Exception {
    Path page = sweep(png("a.png", noise(300, 200, 1)), "-k", "4");
    Chromium.Tab tab = open(page);
    tab.evaluate("document.getElementById('divider').focus()");
    assertEquals(50, divider(tab));
    assertEquals(0.5, clip(tab), 0.01);
    tab.key("ArrowRight", 39);
    tab.key("ArrowRight", 39);
    assertEquals(52, divider(tab));
    assertEquals(0.52, clip(tab), 0.01);
    tab.key("ArrowLeft", 37);
    assertEquals(51, divider(tab));
    tab.key("Home", 36);
    assertEquals(0, divider(tab));
    assertEquals(0, clip(tab), 0.01);
    tab.key("End", 35);
    assertEquals(100, divider(tab));
    assertEquals(
        "100 % Original, 0 % K = 4",
        tab.evaluate("document.getElementById('divider').ariaValueText").asText());
    JsonNode frame =
        tab.evaluate(
            "(({x, y, width}) => [x, y, width])"
                + "(document.getElementById('frame').getBoundingClientRect())");
    double x = frame.get(0).asDouble();
    double y = frame.get(1).asDouble() + 20;
    double width = frame.get(2).asDouble();
    tab.drag(x + width - 1, y, x + width * 0.25);
    assertEquals(25, divider(tab), 1);
    assertEquals(0.25, clip(tab), 0.01);
    select(tab, "zoom", "8");
    tab.drag(600, y + 200, 300);
    assertEquals(25, divider(tab), 1, "the mouse moves the image, not the divider");
    assertEquals(300, tab.evaluate("document.getElementById('stage').scrollLeft").asDouble(), 1);
    assertQuiet(tab, page);
  }

  @Test
  void rowsAreSortedChosenAndCopied() throws Exception {
    Path page = sweep(png("a.png", noise(60, 40, 1)), "-k", "2,8,64", "--method", "packed,rans");
    Chromium.Tab tab = open(page);
    String order = "[...document.querySelectorAll('tbody tr')].map((r) => r.cells[2].textContent)";
    List<Integer> first = integers(tab.evaluate(order));
    tab.click("th:nth-child(3) button");
    List<Integer> up = integers(tab.evaluate(order));
    assertEquals(first.stream().sorted().toList(), up);
    tab.evaluate("document.querySelector('th:nth-child(3) button').focus()");
    tab.key("Enter", 13);
    List<Integer> down = integers(tab.evaluate(order));
    assertEquals(up.get(0), down.get(5));
    assertEquals(up.get(5), down.get(0));
    assertEquals(
        List.of("descending"),
        texts(
            tab.evaluate("[...document.querySelectorAll('[aria-sort]')].map((h) => h.ariaSort)")));
    tab.click("tbody tr:first-child td:nth-child(4)");
    assertTrue(tab.evaluate("document.querySelector('tbody tr input').checked").asBoolean());
    assertEquals(
        "K = 64", tab.evaluate("document.getElementById('right-tag').textContent").asText());
    assertEquals(64, tab.evaluate("document.querySelectorAll('#palette li').length").asInt());
    tab.key("Tab", 9);
    tab.click("tbody tr:first-child button");
    String command = tab.evaluate("document.getElementById('command').textContent").asText();
    assertTrue(command.startsWith("kmq encode -k 64 --method packed "), command);
    assertEquals(
        "Copied: " + command,
        tab.evaluate(
                "new Promise((done) => setTimeout(() => "
                    + "done(document.getElementById('copied').textContent), 300))")
            .asText());
    select(tab, "order", "count");
    List<Integer> counts =
        integers(
            tab.evaluate(
                "[...document.querySelectorAll('#palette .count')].map((c) => c.textContent)"));
    assertEquals(2400, counts.stream().mapToInt(Integer::intValue).sum());
    assertTrue(counts.get(0) >= counts.get(63));
    assertQuiet(tab, page);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<Integer> integers(JsonNode array) {
    return texts(array).stream().map(t -> Integer.valueOf(t.replaceAll("\\D", ""))).toList();
  }

  @Test
  void plotHasTheMeasuresOfAllFormats() throws Exception {
    Path page = sweep(png("a.png", noise(60, 40, 1)), "-k", "2,8,64");
    Chromium.Tab tab = open(page);
    for (String measure : List.of("ssimulacra2", "psnr", "ssim")) {
      select(tab, "measure", measure);
      assertEquals(
          3, tab.evaluate("document.querySelectorAll('#plot .circle.mark').length").asInt());
      assertEquals(
          3, tab.evaluate("document.querySelectorAll('#plot .cross.mark').length").asInt());
      assertEquals(7, tab.evaluate("document.querySelectorAll('#plot .ring.mark').length").asInt());
    }
    assertEquals(
        List.of("kmq rans", "PNG8", "JPEG"),
        texts(
            tab.evaluate(
                "[...document.querySelectorAll('#series li')].map((l) => l.textContent)")));
    assertQuiet(tab, page);
  }

  @Test
  void namesAreText() throws Exception {
    Path image =
        png("</script><img src=x onerror=\"document.title='run'\">'&amp;.png", quarters(9, 9));
    Path page = sweep(image, "-k", "2,4");
    Chromium.Tab tab = open(page);
    assertEquals(
        image.toString(), tab.evaluate("document.querySelector('h1').textContent").asText());
    assertEquals(image + " - kmq", tab.evaluate("document.title").asText());
    assertEquals(0, tab.evaluate("document.querySelectorAll('img').length").asInt());
    assertEquals(2, tab.evaluate("document.scripts.length").asInt());
    assertQuiet(tab, page);
    Path compared = folder.resolve("c.html");
    assertEquals(0, kmq("compare", image, image, "--report", compared).exit());
    Chromium.Tab other = open(compared);
    assertEquals(
        image + " and " + image,
        other.evaluate("document.querySelector('h1').textContent").asText());
    assertEquals(2, other.evaluate("document.scripts.length").asInt());
    assertQuiet(other, compared);
  }

  @Test
  void twoImagesAreCompared() throws Exception {
    BufferedImage a = noise(50, 40, 1);
    BufferedImage b = noise(50, 40, 2);
    Path page = folder.resolve("c.html");
    assertEquals(0, kmq("compare", png("a.png", a), png("b.png", b), "--report", page).exit());
    Chromium.Tab tab = open(page);
    assertArrayEquals(a.getRGB(0, 0, 50, 40, null, 0, 50), pixels(tab, "before"));
    assertArrayEquals(b.getRGB(0, 0, 50, 40, null, 0, 50), pixels(tab, "after"));
    assertEquals(
        List.of("SSIMULACRA2", "PSNR", "SSIM", "DSSIM", "mse", "Largest error"),
        texts(tab.evaluate("[...document.querySelectorAll('dt')].map((d) => d.textContent)")));
    assertEquals("a.png", tab.evaluate("document.getElementById('left-tag').textContent").asText());
    assertFalse(tab.evaluate("document.querySelector('table') !== null").asBoolean());
    assertAccessible(tab);
    assertQuiet(tab, page);
  }

  @Test
  void isLegibleAndFits() throws Exception {
    Path page = sweep(png("a.png", noise(350, 150, 1)), "-k", "2,64,256", "--effort", "fast");
    for (String scheme : List.of("light", "dark")) {
      for (int width : new int[] {1200, 360}) {
        isLegibleAndFits(page, scheme, width);
      }
    }
  }

  private static void isLegibleAndFits(Path page, String scheme, int width) throws Exception {
    Chromium.Tab tab = chromium.tab();
    tab.size(width, 740, width < 500);
    tab.scheme(scheme);
    tab.open(page);
    assertEquals(
        tab.evaluate("document.documentElement.clientWidth").asInt(),
        tab.evaluate("document.documentElement.scrollWidth").asInt());
    double lightness =
        tab.evaluate("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
            .asDouble();
    assertEquals(scheme.equals("light"), lightness > 128);
    assertEquals(List.of(), texts(tab.evaluate(FAINT)));
    assertAccessible(tab);
    if (width < 500) {
      tab.evaluate("view.scrollIntoView({block: 'center'})");
      double y =
          tab.evaluate("(({y, height}) => y + height / 2)(view.getBoundingClientRect())")
              .asDouble();
      tab.swipe(180, y, 90);
      assertEquals(25, divider(tab), 4);
    }
    assertQuiet(tab, page);
  }

  /** Elements with text of less contrast than 4.5 with the nearest background. */
  private static final String FAINT =
      """
      (() => {
        const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
          .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const parse = (text) => text.match(/[\\d.]+/g).map(Number);
        const ground = (e) => {
          for (; e; e = e.parentElement) {
            const color = parse(getComputedStyle(e).backgroundColor);
            if (color[3] === undefined || color[3] > 0.6) return color;
          }
          return [255, 255, 255];
        };
        return [...document.querySelectorAll("body *")]
          .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
          .filter((e) => e.checkVisibility() && !["SCRIPT", "OPTION", "title"].includes(e.tagName))
          .filter((e) => {
            const style = getComputedStyle(e);
            const text = e instanceof SVGElement ? style.fill : style.color;
            const [a, b] = [light(parse(text)), light(ground(e))].sort((p, q) => q - p);
            return (a + 0.05) / (b + 0.05) < 4.5;
          })
          .map((e) => `${e.tagName} ${e.className} ${e.textContent}`);
      })()
      """;

  /** Names for everything, one h1, landmarks, and a language. */
  private static void assertAccessible(Chromium.Tab tab) throws Exception {
    assertEquals("en", tab.evaluate("document.documentElement.lang").asText());
    assertEquals(1, tab.evaluate("document.querySelectorAll('h1').length").asInt());
    for (String landmark : List.of("header", "main", "footer")) {
      assertEquals(
          1, tab.evaluate("document.querySelectorAll('body > " + landmark + "').length").asInt());
    }
    JsonNode nodes = tab.call("Accessibility.getFullAXTree", "{}").get("nodes");
    List<String> named =
        List.of("button", "radio", "checkbox", "combobox", "slider", "image", "group", "table");
    int controls = 0;
    for (JsonNode node : nodes) {
      String role = node.path("role").path("value").asText();
      if (!node.path("ignored").asBoolean() && named.contains(role)) {
        controls++;
        assertFalse(node.path("name").path("value").asText().isBlank(), node::toString);
      }
    }
    assertTrue(controls > 5, controls + " controls");
    String unnamed = "[...document.querySelectorAll('img:not([alt]), table:not(:has(caption))')]";
    assertEquals(0, tab.evaluate(unnamed + ".length").asInt());
    assertEquals(
        tab.evaluate("document.querySelectorAll('table').length").asInt(),
        tab.evaluate("document.querySelectorAll('table caption').length").asInt());
    assertEquals(
        List.of(),
        texts(
            tab.evaluate(
                "[...document.querySelectorAll('h2, h3')].map((h) => h.textContent)"
                    + ".filter((t) => !t.trim())")));
  }
}
