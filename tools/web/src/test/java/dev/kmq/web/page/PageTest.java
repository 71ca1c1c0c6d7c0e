package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.browser.Chromium;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Shared by tests of the page: the site that the build made, its server, and a browser. */
abstract class PageTest {
  static final Path SITE = Path.of(System.getProperty("kmq.site"));

  /** Neither computing nor comparing. */
  static final String IDLE = "document.getElementById('running').classList.contains('idle')";

  /** The result is there, and its comparison with other formats too. */
  static final String DONE = IDLE + " && !document.getElementById('save-kmq').disabled";

  private static final String HOLD =
      """
      (() => {
        const post = (window.post ??= Worker.prototype.postMessage);
        window.kept ??= [];
        if (%s) {
          Worker.prototype.postMessage = function (...all) { window.kept.push([this, all]); };
          return;
        }
        Worker.prototype.postMessage = post;
        for (const [worker, all] of window.kept.splice(0)) post.apply(worker, all);
      })()
      """;

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  static Chromium chromium;

  @SuppressWarnings("NullAway.Init") // set before all tests
  static SiteServer server;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start(Files.createDirectory(folder.resolve("profile")));
    server = new SiteServer(SITE);
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.stop();
    }
    if (server != null) {
      server.stop();
    }
  }

  static Chromium.Tab open() throws Exception {
    return open(server.address(), 1280, false);
  }

  static Chromium.Tab open(URI address, int width, boolean phone) throws Exception {
    Chromium.Tab tab = chromium.tab();
    tab.size(width, 900, phone);
    tab.open(address);
    tab.await("document.getElementById('target-note').textContent !== ''");
    return tab;
  }

  /** Opens a file, also one of the same name as before, and waits until all is computed. */
  static void choose(Chromium.Tab tab, Path file) throws Exception {
    tab.evaluate("document.getElementById('name').textContent = '\u00a0'"); // a line as before
    tab.choose("#file", file);
    tab.await("document.getElementById('name').textContent === '%s'".formatted(file.getFileName()));
    tab.await(DONE);
  }

  /** Waits until a change of the settings has come to its result. */
  static void changed(Chromium.Tab tab, String command) throws Exception {
    tab.await("document.getElementById('command').textContent.includes('" + command + "')");
    tab.await(DONE);
  }

  /**
   * Keeps messages from the codec's worker, so that what runs does not end.
   *
   * @param held whether they are kept from now on; if not, those that were kept are sent
   */
  static void hold(Chromium.Tab tab, boolean held) throws Exception {
    tab.evaluate(HOLD.formatted(held));
  }

  /** Keeps them as soon as the page states that it does something. */
  static void holdAt(Chromium.Tab tab, String doing) throws Exception {
    tab.evaluate(when(doing, HOLD.formatted(true)));
  }

  /** An expression that lets an action happen as soon as the page states that it does something. */
  static String when(String doing, String action) {
    return "new MutationObserver((changes, observer) => {"
        + " if (!document.getElementById('doing').textContent.startsWith('%s')) return;"
            .formatted(doing)
        + " observer.disconnect(); "
        + action
        + " }).observe(document.getElementById('doing'), {childList: true}) ?? 0";
  }

  /** Lets all happen that a change of the settings starts after its pause. */
  static void pass(Chromium.Tab tab) throws Exception {
    tab.evaluate("new Promise((done) => setTimeout(done, 400))"); // the pause has 250
    tab.await(IDLE);
  }

  /** Nothing was logged, and no other host was asked. */
  static void assertQuiet(Chromium.Tab tab) throws Exception {
    assertEquals(List.of(), tab.problems());
    assertTrue(tab.requests().size() > 5, () -> tab.requests().toString());
    for (String url : tab.requests()) {
      boolean own = url.startsWith(server.address().toString());
      assertTrue(own || url.startsWith("blob:") || url.startsWith("data:"), url);
    }
    assertEquals("", text(tab, "error"));
    tab.close();
  }

  static String text(Chromium.Tab tab, String id) throws Exception {
    return tab.evaluate("document.getElementById('" + id + "').textContent").asText();
  }

  static String value(Chromium.Tab tab, String id) throws Exception {
    return tab.evaluate("document.getElementById('" + id + "').value").asText();
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Sets an input or a choice, as a user does. */
  static void set(Chromium.Tab tab, String id, String value) throws Exception {
    tab.evaluate(
        "(() => { const e = document.getElementById('%s'); e.value = '%s';".formatted(id, value)
            + " for (const type of ['input', 'change']) e.dispatchEvent(new Event(type)); })()");
  }

  static void focus(Chromium.Tab tab, String selector) throws Exception {
    tab.evaluate("document.querySelector('" + selector + "').focus()");
  }

  /** A gradient with noise: more than 1000 colours. */
  static BufferedImage photo(int width, int height, boolean alpha) {
    Random random = new Random(5);
    int type = alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int a = alpha ? 255 * x / width : 255;
        int r = 255 * x / width;
        int g = 255 * y / height;
        image.setRGB(x, y, a << 24 | r << 16 | g << 8 | 100 + random.nextInt(60));
      }
    }
    return image;
  }

  static Path png(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** A copy of the site, to change. */
  static Path copySite(String name) throws IOException {
    Path copy = folder.resolve(name);
    List<Path> all;
    try (Stream<Path> found = Files.walk(SITE)) {
      all = found.toList();
    }
    for (Path one : all) {
      Files.copy(one, copy.resolve(SITE.relativize(one).toString()));
    }
    return copy;
  }

  /** A screenshot, to look at. */
  static void keepScreenshot(Chromium.Tab tab, String name) throws Exception {
    Path file = Path.of("target", "screenshots", name + ".png");
    Files.createDirectories(file.getParent());
    Files.write(file, tab.screenshot());
  }
}
