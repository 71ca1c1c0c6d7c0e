package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.browser.Chromium;
import dev.kmq.browser.PageChecks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page is legible and fits, on any screen, and is small. */
class LooksTest extends PageTest {
  /** The most bytes of the page with gzip, without the codec and the samples. */
  private static final int MOST_BYTES = 60_000;

  /** With one form of the codec: what a browser loads. */
  private static final int MOST_LOADED = 350_000;

  @Tag("any-jdk")
  @ParameterizedTest
  @CsvSource({
    "light, 1280, landscape.jpg",
    "dark, 1280, chart.png",
    "light, 360, chart.png",
    "dark, 360, chart.png",
    "light, 1920, chart.png",
    "dark, 700, chart.png"
  })
  void isLegibleAndFits(String scheme, int width, String sample) throws Exception {
    Chromium.Tab tab = chromium.tab();
    tab.size(width, 900, width < 500);
    tab.scheme(scheme);
    tab.open(server.address());
    tab.await("document.getElementById('target-note').textContent !== ''");
    String name = scheme + "-" + width;
    check(tab, name + "-start");
    tab.click("[data-sample=\"" + sample + "\"]");
    tab.await(DONE);
    tab.evaluate("document.getElementById('more-settings').open = true");
    tab.click("#palette li:nth-child(7) button");
    tab.click("#palette li:nth-child(7) button");
    changed(tab, "--keep-color");
    if (scheme.equals("dark") && width != 700) {
      tab.click("#compare");
      tab.await("document.getElementById('plot-status').textContent.startsWith('All')");
    }
    tab.evaluate("scrollTo(0, 0)");
    check(tab, name);
    tab.choose("#file", Files.writeString(folder.resolve("no.txt"), "no"));
    tab.await("document.getElementById('error').textContent !== ''");
    check(tab, name + "-error");
    tab.evaluate("document.getElementById('error').textContent = ''");
    tab.await(DONE);
    assertQuiet(tab);
  }

  private static void check(Chromium.Tab tab, String name) throws Exception {
    PageChecks.assertFits(tab);
    PageChecks.assertLegible(tab);
    PageChecks.assertAccessible(tab);
    keepScreenshot(tab, name);
  }

  @Test
  void isSmall() throws IOException {
    int page = 0;
    try (Stream<Path> files = Files.walk(SITE)) {
      List<Path> all =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.startsWith(SITE.resolve("codec")))
              .filter(file -> !file.startsWith(SITE.resolve("samples")))
              .toList();
      for (Path file : all) {
        page += gzipped(file);
      }
    }
    int bytes = page;
    assertTrue(bytes <= MOST_BYTES, () -> bytes + " bytes");
    for (String codec : List.of("codec.wasm", "codec.js")) {
      int loaded = bytes + gzipped(SITE.resolve("codec").resolve(codec));
      assertTrue(loaded <= MOST_LOADED, () -> loaded + " bytes with " + codec);
    }
  }

  private static int gzipped(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      Files.copy(file, gzip);
    }
    return out.size();
  }
}
