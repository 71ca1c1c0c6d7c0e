package dev.kmq.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.browser.Chromium;
import dev.kmq.browser.PageChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in Chromium, opened as files, on a desktop and on a phone, light and dark. */
final class LooksTest {
  private static final Path SITE = Path.of(System.getProperty("kmq.site"));

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start(Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.stop();
    }
  }

  @Test
  void pagesFitAndAreLegible() throws Exception {
    List<Markdown> files = Markdown.readAll(Path.of(System.getProperty("kmq.root")));
    Chromium.Tab tab = chromium.tab();
    for (int width : List.of(320, 1280)) {
      tab.size(width, 800, width < 400);
      tab.scheme(width < 400 ? "dark" : "light");
      for (Markdown file : files) {
        tab.open(SITE.resolve(file.page()));
        PageChecks.assertFits(tab);
        assertEquals(1, tab.evaluate("document.querySelectorAll('body > main').length").asInt());
        if (!file.path().startsWith("spec/kmq-1")) { // as long as all others
          PageChecks.assertLegible(tab);
        }
      }
    }
    assertEquals(List.of(), tab.problems());
    for (String request : tab.requests()) {
      assertTrue(request.startsWith("file:"), request);
    }
    tab.close();
  }
}
