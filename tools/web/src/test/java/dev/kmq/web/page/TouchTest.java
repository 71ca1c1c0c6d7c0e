package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.browser.Chromium;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Phones: fingers, and what is within reach. */
@Tag("any-jdk")
class TouchTest extends PageTest {
  private static final String FINGERS =
      "{\"type\": \"%s\", \"touchPoints\": [{\"x\": %f, \"y\": %f, \"id\": 1},"
          + " {\"x\": %f, \"y\": %f, \"id\": 2}]}";

  private static Chromium.Tab phone() throws Exception {
    return open(server.address(), 360, true);
  }

  /** Where the middle of the stage is. */
  private static double[] middle(Chromium.Tab tab) throws Exception {
    tab.evaluate("document.getElementById('view').scrollIntoView({block: 'center'})");
    JsonNode at =
        tab.evaluate(
            "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
                + "(document.getElementById('stage').getBoundingClientRect())");
    return new double[] {at.get(0).asDouble(), at.get(1).asDouble()};
  }

  /** Moves two fingers from a distance to another one. */
  private static void pinch(Chromium.Tab tab, double x, double y, double from, double to)
      throws Exception {
    for (int step = 0; step <= 8; step++) {
      double half = (from + (to - from) * step / 8) / 2;
      String type = step == 0 ? "touchStart" : "touchMove";
      tab.call("Input.dispatchTouchEvent", FINGERS.formatted(type, x - half, y, x + half, y));
    }
    tab.call("Input.dispatchTouchEvent", "{\"type\": \"touchEnd\", \"touchPoints\": []}");
  }

  @Test
  void oneFingerMovesTheDivider() throws Exception {
    Chromium.Tab tab = phone();
    choose(tab, png("photo.png", photo(300, 200, false)));
    double[] at = middle(tab);
    tab.swipe(at[0], at[1], 90);
    assertEquals(25, Double.parseDouble(value(tab, "divider")), 5);
    assertQuiet(tab);
  }

  @Test
  void twoFingersZoom() throws Exception {
    Chromium.Tab tab = phone();
    choose(tab, png("photo.png", photo(300, 200, false)));
    double[] at = middle(tab);
    String width = "document.getElementById('frame').offsetWidth";
    String share =
        "(() => { const s = document.getElementById('stage');"
            + " return (s.scrollLeft + 250) / document.getElementById('frame').offsetWidth; })()";
    int fit = tab.evaluate(width).asInt();
    String divider = value(tab, "divider");
    pinch(tab, at[0], at[1], 60, 100);
    assertEquals("4", value(tab, "zoom"), "more than what fits, and never less");
    assertTrue(tab.evaluate(width).asInt() > fit);
    assertEquals(divider, value(tab, "divider"), "two fingers leave the divider");
    assertEquals(1, tab.evaluate("visualViewport.scale").asDouble(), "the page is not enlarged");
    double before = tab.evaluate(share).asDouble();
    double left =
        tab.evaluate("document.getElementById('stage').getBoundingClientRect().x").asDouble();
    pinch(tab, left + 250, at[1], 60, 100);
    assertEquals("8", value(tab, "zoom"));
    assertEquals(before, tab.evaluate(share).asDouble(), 0.01, "what is between the fingers stays");
    pinch(tab, at[0], at[1], 100, 60);
    assertEquals("4", value(tab, "zoom"));
    pinch(tab, at[0], at[1], 200, 30);
    assertEquals("1", value(tab, "zoom"));
    assertQuiet(tab);
  }

  /** Saving and cancelling are seen together with the image. */
  @Test
  void savingIsWithinReach() throws Exception {
    Chromium.Tab tab = phone();
    tab.size(360, 740, true);
    choose(tab, png("photo.png", photo(300, 200, false)));
    for (String place : new String[] {"view", "settings", "figures"}) {
      tab.evaluate("document.getElementById('" + place + "').scrollIntoView({block: 'center'})");
      for (String id : new String[] {"save-kmq", "save-png", "result-status"}) {
        assertTrue(
            tab.evaluate(
                    "(({top, bottom, left, right}) => top >= 0 && bottom <= innerHeight"
                        + " && left >= 0 && right <= innerWidth)(document.getElementById('%s')"
                            .formatted(id)
                        + ".getBoundingClientRect())")
                .asBoolean(),
            id + " beside " + place);
      }
    }
    keepScreenshot(tab, "phone-window");
    for (String selector : new String[] {".keys", ".touch"}) {
      String seen = "[...document.querySelectorAll('%s')].some((e) => e.checkVisibility())";
      assertEquals(
          selector.equals(".touch"), tab.evaluate(seen.formatted(selector)).asBoolean(), selector);
    }
    assertFalse(
        tab.evaluate(
                "(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)"
                    + "(document.querySelector('.scroll'))")
            .asBoolean(),
        "all columns are seen");
    assertQuiet(tab);
  }
}
