package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.browser.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything is done with the keyboard. */
@Tag("any-jdk")
class KeysTest extends PageTest {
  /** Presses Tab until an element has the focus. */
  private static void tabTo(Chromium.Tab tab, String id) throws Exception {
    List<String> passed = new ArrayList<>();
    while (!passed.contains(id)) {
      tab.key("Tab", 9);
      String name =
          tab.evaluate(
                  "(({id, tagName, textContent}) => id || tagName + textContent)"
                      + "(document.activeElement)")
              .asText();
      assertTrue(passed.size() < 200, () -> id + " is not reached by Tab: " + passed);
      passed.add(name);
    }
    assertTrue(
        tab.evaluate(
                "(({id}, seen) => id === 'file' || getComputedStyle(seen).outlineStyle !== 'none')"
                    + "(document.activeElement,"
                    + " document.activeElement.closest('.view') ?? document.activeElement)")
            .asBoolean(),
        "the focus is seen on " + id);
  }

  @Test
  void allByKeyboard() throws Exception {
    Chromium.Tab tab = open();
    tabTo(tab, "file");
    assertTrue(
        tab.evaluate(
                "getComputedStyle(document.querySelector('label[for=file]')).outlineStyle"
                    + " !== 'none'")
            .asBoolean());
    tab.key("Tab", 9);
    tab.key("Tab", 9);
    tab.key("Enter", 13);
    tab.await("document.getElementById('name').textContent === 'chart.png' && " + DONE);
    choose(tab, png("photo.png", photo(64, 48, false)));

    tabTo(tab, "stage");
    tab.key("+", 187);
    assertEquals("16", value(tab, "zoom"), "more than what fits, 8");
    tabTo(tab, "divider");
    tab.key("ArrowLeft", 37);
    assertEquals("49", value(tab, "divider"));

    tabTo(tab, "colors");
    tab.key("ArrowLeft", 37);
    changed(tab, "-k 224 ");
    tab.key("Home", 36);
    changed(tab, "-k 2 ");
    assertEquals(
        "2 colours", tab.evaluate("document.getElementById('colors').ariaValueText").asText());
    tabTo(tab, "colors-typed");
    tab.evaluate("document.activeElement.select()");
    tab.type("300");
    changed(tab, "-k 300 ");
    assertTrue(tab.evaluate("document.getElementById('save-png').disabled").asBoolean());
    assertTrue(text(tab, "png-note").contains("256"), text(tab, "png-note"));
    tab.evaluate("document.activeElement.select()");
    tab.type("12");
    changed(tab, "-k 12 ");

    tabTo(tab, "method");
    tab.key("m", 77);
    changed(tab, "--method mix");
    tabTo(tab, "save-kmq");
    assertFalse(tab.evaluate("document.getElementById('save-kmq').disabled").asBoolean());
    tabTo(tab, "copy");
    tab.key("Enter", 13);
    tab.await("/copied|by hand/.test(document.getElementById('copy-status').textContent)");

    tabTo(tab, "compare");
    tab.key("Enter", 13);
    tab.await("document.getElementById('plot-status').textContent.startsWith('All')");
    tabTo(tab, "measure");
    tab.key("Tab", 9);
    assertEquals("radio", tab.evaluate("document.activeElement.getAttribute('role')").asText());
    tab.key("End", 35);
    changed(tab, "-k 256 ");
    tab.key("ArrowLeft", 37);
    changed(tab, "-k 128 ");
    tab.key("Home", 36);
    changed(tab, "-k 2 ");
    tab.key("ArrowRight", 39);
    tab.key("ArrowRight", 39);
    changed(tab, "-k 8 ");

    tabTo(tab, "order");
    tab.key("Tab", 9);
    assertEquals("BUTTON", tab.evaluate("document.activeElement.tagName").asText());
    tab.key("ArrowRight", 39);
    String color = text(tab, "edited-name");
    tab.key("Enter", 13);
    changed(tab, "--keep-color");
    assertTrue(text(tab, "command").contains(color), text(tab, "command"));
    assertEquals("true", tab.evaluate("document.activeElement.ariaPressed").asText());
    tab.key("Enter", 13);
    tab.await("!document.getElementById('command').textContent.includes('keep-color')");
    tab.await(DONE);
    assertEquals("false", tab.evaluate("document.activeElement.ariaPressed").asText());
    tabTo(tab, "keep");
    tab.key("Enter", 13);
    changed(tab, "--keep-color");
    assertEquals("release", tab.evaluate("document.activeElement.id").asText());
    tab.key("Enter", 13);
    tab.await("!document.getElementById('command').textContent.includes('keep-color')");
    tab.await("document.getElementById('command').textContent !== '' && " + DONE);
    assertEquals("keep", tab.evaluate("document.activeElement.id").asText());
    tab.key("Tab", 9);
    assertEquals("replacement", tab.evaluate("document.activeElement.id").asText());
    assertQuiet(tab);
  }

  /** A file that has changed since is read again. */
  @Test
  void filesAreChosenAgain() throws Exception {
    Chromium.Tab tab = open();
    Path file = png("photo.png", photo(64, 48, false));
    choose(tab, file);
    choose(tab, file);
    assertQuiet(tab);
  }

  private static String focused(Chromium.Tab tab) throws Exception {
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    return tab.evaluate(
            "document.activeElement.id || document.activeElement.getAttribute('aria-labelledby')"
                + " || document.activeElement.tagName")
        .asText();
  }

  private static void drop(Chromium.Tab tab, String name) throws Exception {
    tab.evaluate(
        "(async () => { const data = new DataTransfer();"
            + " const bytes = await (await fetch('samples/chart.png')).arrayBuffer();"
            + " data.items.add(new File([bytes], '%s', {type: 'image/png'}));".formatted(name)
            + " document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles:"
            + " true, cancelable: true})); })()");
    tab.await("document.getElementById('name').textContent === '%s' && ".formatted(name) + DONE);
  }

  /** Where a control is disabled, hidden or removed, the focus goes to what is around it. */
  @Test
  void theFocusStaysNear() throws Exception {
    Chromium.Tab tab = open();
    tab.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () =>"
            + " Promise.reject(new Error('refused'))}}) && 0");
    choose(tab, png("photo.png", photo(64, 48, false)));
    focus(tab, "#copy");
    tab.key("Enter", 13);
    tab.await("document.getElementById('copy-status').textContent !== ''");
    assertEquals("copy", focused(tab));
    focus(tab, "#save-kmq");
    drop(tab, "one.png");
    assertEquals("bar", focused(tab), "disabled");
    focus(tab, "#palette button");
    tab.key("Enter", 13); // chooses it
    tab.key("Enter", 13);
    tab.await("document.getElementById('command').textContent.includes('--keep') && " + DONE);
    assertEquals("BUTTON", focused(tab), "drawn again");
    focus(tab, "#release-all");
    tab.key("Enter", 13);
    assertEquals("palette-heading", focused(tab), "hidden");
    tab.await(DONE);
    focus(tab, "#palette button");
    drop(tab, "two.png");
    assertEquals("palette-heading", focused(tab), "removed");
    tab.evaluate(
        "new MutationObserver((changes, observer) => { observer.disconnect();"
            + " document.getElementById('cancel').focus(); })"
            + ".observe(document.getElementById('doing'), {childList: true}) ?? 0");
    drop(tab, "three.png");
    assertEquals("bar", focused(tab), "the end of what runs hides Cancel");
    tab.click("h1");
    drop(tab, "four.png");
    assertEquals("BODY", focused(tab), "which the user chose");
    assertQuiet(tab);
  }
}
