package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.browser.Chromium;
import dev.kmq.web.compile.ServiceWorker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page without a network, and its updates. */
class OfflineTest extends PageTest {
  private static final String STORED =
      "document.getElementById('offline-note')?.textContent.includes('is stored in the browser')";

  /** Another version: another heading, and the hashes of its files. */
  private static Path version(String heading) throws IOException {
    Path site = copySite(heading);
    Path index = site.resolve("index.html");
    Files.writeString(
        index, Files.readString(index).replace("<h1>kmq in the browser", "<h1>" + heading));
    ServiceWorker.main(new String[] {"src/main/page/sw.js", site.toString()});
    return site;
  }

  private static String heading(Chromium.Tab tab) throws Exception {
    return tab.evaluate("document.querySelector('h1').textContent").asText();
  }

  /**
   * Both forms of the codec work, and the other one than the browser would choose is stored too.
   */
  @Test
  void worksWithoutANetwork() throws Exception {
    SiteServer own = new SiteServer(SITE);
    URI address = own.address();
    Chromium.Tab first = open(URI.create(address + "?target=js"), 1280, false);
    first.await(STORED);
    first.close();
    own.stop();
    for (String query : List.of("?target=js", "")) {
      Chromium.Tab tab = open(URI.create(address + query), 1280, false);
      tab.click("[data-sample=\"chart.png\"]");
      tab.await(DONE);
      assertTrue(text(tab, "figures").contains("exact"), text(tab, "figures"));
      String form = query.isEmpty() ? "WebAssembly." : "JavaScript";
      assertTrue(text(tab, "target-note").startsWith("In this browser kmq runs as " + form));
      for (String problem : tab.problems()) {
        assertTrue(problem.contains("sw.js"), problem); // no newer one can be looked for
      }
      tab.close();
    }
  }

  /** A form of the codec that one version stores is stored by the next. */
  @Test
  void versionsStoreTheSameForm() throws Exception {
    SiteServer own = new SiteServer(version("four"));
    Chromium.Tab tab = open(URI.create(own.address() + "?target=js"), 1280, false);
    tab.await(STORED);
    own.serve(version("five"));
    tab.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())");
    String stored =
        "caches.keys().then((names) => Promise.all(names.map((cacheName) =>"
            + " caches.match('codec/codec.js', {cacheName})))).then((found) => found.length === 2"
            + " && found.every((response) => response !== undefined))";
    tab.await(stored);
    tab.close();
    own.stop();
  }

  @Test
  void versionsAreNotMixed() throws Exception {
    SiteServer own = new SiteServer(version("one"));
    Chromium.Tab tab = open(own.address(), 1280, false);
    tab.await(STORED);
    tab.open(own.address());
    tab.await(STORED);
    own.serve(version("two"));
    tab.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())");
    tab.await("!document.getElementById('update').hidden");
    tab.open(own.address());
    tab.await("!document.getElementById('update').hidden");
    assertEquals("one", heading(tab), "the old version, as a whole, until it is replaced");
    Chromium.Tab other = open(own.address(), 1280, false);
    other.await("!document.getElementById('update').hidden");
    other.click("#update-now");
    other.await("document.getElementById('update').textContent.includes('Close its other tabs')");
    tab.close();
    other.click("#update-now");
    other.await("document.querySelector('h1')?.textContent === 'two'");
    other.await(STORED);
    assertEquals(
        1, other.evaluate("caches.keys().then((names) => names.length)").asInt(), "old files");
    assertEquals(List.of(), other.problems());
    other.close();
    own.stop();
  }

  /** A file of another version, as while a site is being replaced, is not stored. */
  @Test
  void incompleteVersionsAreNotStored() throws Exception {
    Path site = version("three");
    Files.writeString(site.resolve("settings.js"), "\n", StandardOpenOption.APPEND);
    SiteServer own = new SiteServer(site);
    Chromium.Tab tab = open(own.address(), 1280, false);
    assertEquals(
        "failed",
        tab.evaluate(
                "navigator.serviceWorker.register('sw.js').then((r) => new Promise((done) => {"
                    + " const look = () => r.installing || r.waiting || r.active"
                    + " ? setTimeout(look, 50) : done('failed'); look(); }))"
                    + ".catch(() => 'failed')")
            .asText());
    assertEquals(0, tab.evaluate("caches.keys().then((names) => names.length)").asInt());
    tab.close();
    own.stop();
  }
}
