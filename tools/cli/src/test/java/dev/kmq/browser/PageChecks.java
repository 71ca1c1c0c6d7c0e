package dev.kmq.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** What every page must fulfil. */
public final class PageChecks {
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

  private PageChecks() {}

  /** All text has enough contrast. */
  public static void assertLegible(Chromium.Tab tab) throws Exception {
    assertEquals(List.of(), texts(tab.evaluate(FAINT)));
  }

  /** The window shows the whole width of the page. */
  public static void assertFits(Chromium.Tab tab) throws Exception {
    assertEquals(
        tab.evaluate("document.documentElement.clientWidth").asInt(),
        tab.evaluate("document.documentElement.scrollWidth").asInt());
  }

  /** Names for everything, one h1, landmarks, and a language. */
  public static void assertAccessible(Chromium.Tab tab) throws Exception {
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
    assertTrue(controls > 2, controls + " controls");
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

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
