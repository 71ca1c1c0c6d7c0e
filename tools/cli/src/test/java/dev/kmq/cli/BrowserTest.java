package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.browser.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Shared by tests of pages of reports: a browser that opens them as files. */
abstract class BrowserTest extends CommandTest {
  @TempDir static Path profile;

  @SuppressWarnings("NullAway.Init") // set before all tests
  static Chromium chromium;

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

  Path sweep(Path image, String... options) {
    Path page = folder.resolve("report.html");
    List<Object> args = new ArrayList<>(List.of("sweep", image, "-f", "--report", page));
    args.addAll(List.of(options));
    Run run = kmq(args.toArray());
    assertEquals(0, run.exit(), run.err());
    return page;
  }

  static Chromium.Tab open(Path page) throws Exception {
    Chromium.Tab tab = chromium.tab();
    tab.size(1200, 1000, false);
    tab.open(page);
    return tab;
  }

  /** Nothing was logged, and nothing was requested but the page and what is in it. */
  static void assertQuiet(Chromium.Tab tab, Path page) throws Exception {
    assertEquals(List.of(), tab.problems());
    for (String url : tab.requests()) {
      assertTrue(url.equals(page.toUri().toString()) || url.startsWith("data:"), url);
    }
    assertEquals("", tab.evaluate("document.getElementById('status').textContent").asText());
  }

  static void select(Chromium.Tab tab, String id, String value) throws Exception {
    tab.evaluate(
        "(() => { const e = document.getElementById('%s'); e.value = '%s';".formatted(id, value)
            + " e.dispatchEvent(new Event('change')); })()");
  }

  static double divider(Chromium.Tab tab) throws Exception {
    return tab.evaluate("Number(document.getElementById('divider').value)").asDouble();
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
