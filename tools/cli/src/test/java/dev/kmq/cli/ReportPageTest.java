package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.Kmq;
import dev.kmq.browser.Chromium;
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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of reports show and do. */
class ReportPageTest extends BrowserTest {
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
  @ValueSource(strings = {"rans", "auto", "packed,mix,deflate"})
  void pixelsAndErrorsAreThoseOfTheFiles(String methods) throws Exception {
    Path image = png("a.png", noise(45, 37, 1));
    Path page = sweep(image, "-k", "1,3,256", "--method", methods);
    Chromium.Tab tab = open(page);
    BufferedImage original = ImageIO.read(image.toFile());
    int[] expected = original.getRGB(0, 0, 45, 37, null, 0, 45);
    JsonNode rows = tab.evaluate("JSON.parse(document.getElementById('data').textContent).rows");
    assertEquals(methods.contains(",") ? 9 : 3, rows.size());
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
    String scrolled = "document.getElementById('stage').scrollLeft";
    double before = tab.evaluate(scrolled).asDouble();
    String middle = scrolled + " + document.getElementById('stage').clientWidth / 2";
    assertEquals(1200, tab.evaluate(middle).asDouble(), 2);
    tab.drag(600, y + 200, 300);
    assertEquals(25, divider(tab), 1, "the mouse moves the image, not the divider");
    assertEquals(before + 300, tab.evaluate(scrolled).asDouble(), 1);
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
    String copied = "document.getElementById('copied').textContent";
    tab.await(copied + " !== ''");
    assertEquals("Copied: " + command, tab.evaluate(copied).asText());
    select(tab, "order", "count");
    List<Integer> counts =
        integers(
            tab.evaluate(
                "[...document.querySelectorAll('#palette .count')].map((c) => c.textContent)"));
    assertEquals(2400, counts.stream().mapToInt(Integer::intValue).sum());
    assertTrue(counts.get(0) >= counts.get(63));
    assertQuiet(tab, page);
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
  void pointsOfThePlotAreChosen() throws Exception {
    Path page = sweep(png("a.png", noise(60, 40, 1)), "-k", "2,8,64");
    Chromium.Tab tab = open(page);
    String shown = "document.getElementById('right-tag').textContent";
    assertEquals("K = 64", tab.evaluate(shown).asText());
    tab.evaluate("document.querySelector('#plot [tabindex=\"0\"]').focus()");
    String[][] steps = {
      {"ArrowLeft", "37", "K = 8"}, {"Home", "36", "K = 2"}, {"ArrowUp", "38", "K = 2"},
      {"ArrowRight", "39", "K = 8"}, {"End", "35", "K = 64"}, {"ArrowDown", "40", "K = 64"}
    };
    for (String[] step : steps) {
      tab.key(step[0], Integer.parseInt(step[1]));
      assertEquals(step[2], tab.evaluate(shown).asText(), step[0]);
      assertEquals(
          step[2],
          tab.evaluate("document.activeElement.querySelector('text').textContent")
              .asText()
              .transform(k -> "K = " + k));
    }
    tab.click("#plot .row .mark");
    assertEquals("K = 2", tab.evaluate(shown).asText());
    assertEquals(
        1, tab.evaluate("document.querySelectorAll('[aria-checked=true]').length").asInt());
    assertQuiet(tab, page);
  }

  @Test
  void keysZoom() throws Exception {
    Path page = sweep(png("a.png", noise(300, 200, 1)), "-k", "4");
    Chromium.Tab tab = open(page);
    String zoom = "document.getElementById('zoom').value";
    tab.evaluate("document.getElementById('stage').focus()");
    tab.key("-", 189);
    assertEquals("2", tab.evaluate(zoom).asText(), "less than what fits, 3");
    tab.key("+", 187);
    assertEquals("fit", tab.evaluate(zoom).asText());
    tab.key("+", 187);
    assertEquals("4", tab.evaluate(zoom).asText(), "never smaller than before");
    tab.key("+", 187);
    tab.key("+", 187);
    tab.key("+", 187);
    tab.key("-", 189);
    assertEquals("8", tab.evaluate(zoom).asText());
    assertEquals(2400, tab.evaluate("document.getElementById('frame').offsetWidth").asInt());
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
    assertEquals(0, tab.evaluate("document.querySelectorAll('table').length").asInt());
    assertQuiet(tab, page);
  }
}
