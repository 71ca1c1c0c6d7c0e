package dev.kmq.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;

/** The mouse and a finger on a page. */
final class Pointer {
  /**
   * The middle of an element that is seen, does not move and is not disabled, or null if there is
   * none within a second. Until {@code aimed()} is called, the page gets no event of the mouse that
   * is not on the element; that function returns whether the element was clicked.
   */
  private static final String AIM =
      """
      (async () => {
        const end = performance.now() + 1000;
        const usable = (e) => e !== null && !e.disabled && e.getClientRects().length > 0;
        let element, at, before;
        for (let frames = 0; at === undefined || String(at) !== before; frames++) {
          if (frames > 2 && performance.now() > end) return null;
          await new Promise((done) => requestAnimationFrame(done));
          before = String(at);
          at = undefined;
          element = document.querySelector('%s');
          if (!usable(element)) continue;
          element.scrollIntoView({block: 'center', behavior: 'instant'});
          const {x, y, width, height} = element.getBoundingClientRect();
          at = [x + width / 2, y + height / 2];
        }
        let clicked = false;
        const guard = (event) => {
          if (!event.isTrusted) return; // a click by a script
          if (event.composedPath().includes(element)) {
            clicked ||= event.type === 'click';
          } else if (!clicked) {
            event.preventDefault();
            event.stopImmediatePropagation();
          }
        };
        const types = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
        for (const type of types) window.addEventListener(type, guard, true);
        window.aimed = () => {
          for (const type of types) window.removeEventListener(type, guard, true);
          delete window.aimed;
          return clicked;
        };
        return at;
      })()
      """;

  private final Chromium.Tab tab;

  Pointer(Chromium.Tab tab) {
    this.tab = tab;
  }

  /** Clicks in the middle of an element, again if it moved away under the mouse. */
  void click(String selector) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Chromium.SECONDS);
    while (!isClicked(selector)) {
      assertTrue(
          System.nanoTime() < end,
          () -> selector + " is not there, is hidden, disabled or covered, or moves");
    }
  }

  private boolean isClicked(String selector) throws Exception {
    JsonNode at = tab.evaluate(AIM.formatted(selector));
    if (at.isNull()) {
      return false;
    }
    mouse("mousePressed", at.get(0).asDouble(), at.get(1).asDouble());
    mouse("mouseReleased", at.get(0).asDouble(), at.get(1).asDouble());
    return !tab.isTrue("window.aimed?.() === false"); // it is gone if the click opened a document
  }

  /** Drags from one place to another, in pixels of the window. */
  void drag(double x, double y, double toX) throws Exception {
    mouse("mousePressed", x, y);
    mouse("mouseMoved", (x + toX) / 2, y);
    mouse("mouseMoved", toX, y);
    mouse("mouseReleased", toX, y);
  }

  private void mouse(String type, double x, double y) throws Exception {
    tab.call(
        "Input.dispatchMouseEvent",
        ("{\"type\": \"%s\", \"x\": %s, \"y\": %s, \"button\": \"left\", \"buttons\": 1,"
                + " \"clickCount\": 1}")
            .formatted(type, x, y));
  }

  /** Drags a finger. */
  void swipe(double x, double y, double toX) throws Exception {
    String point = "{\"type\": \"%s\", \"touchPoints\": [%s]}";
    String place = "{\"x\": %s, \"y\": %s}";
    touch(point.formatted("touchStart", place.formatted(x, y)));
    touch(point.formatted("touchMove", place.formatted((x + toX) / 2, y)));
    touch(point.formatted("touchMove", place.formatted(toX, y)));
    touch(point.formatted("touchEnd", ""));
  }

  private void touch(String event) throws Exception {
    tab.call("Input.dispatchTouchEvent", event);
  }
}
