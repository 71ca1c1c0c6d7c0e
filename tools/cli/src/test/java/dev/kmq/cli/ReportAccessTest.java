package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of reports are legible and usable, on any screen and with any input. */
class ReportAccessTest extends BrowserTest {
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

  @Test
  void comparisonsAreAccessible() throws Exception {
    Path a = png("a.png", noise(50, 40, 1));
    Path page = folder.resolve("c.html");
    assertEquals(0, kmq("compare", a, a, "--report", page).exit());
    Chromium.Tab tab = open(page);
    assertEquals(List.of(), texts(tab.evaluate(FAINT)));
    assertAccessible(tab);
    assertQuiet(tab, page);
  }

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
