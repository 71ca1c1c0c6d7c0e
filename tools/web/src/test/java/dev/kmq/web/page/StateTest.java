package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.browser.Chromium;
import dev.kmq.browser.PageChecks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures, files and commands are those of the settings, or are not offered. */
class StateTest extends PageTest {
  private static final List<String> USES = List.of("save-kmq", "save-png", "copy", "copy-png");

  private static void assertRefused(Chromium.Tab tab) throws Exception {
    for (String id : USES) {
      assertTrue(tab.evaluate("document.getElementById('" + id + "').disabled").asBoolean(), id);
    }
  }

  private static void assertNothing(Chromium.Tab tab, String status) throws Exception {
    assertRefused(tab);
    assertEquals(status + " Nothing is computed for these settings.", text(tab, "result-status"));
    assertFalse(text(tab, "figures").matches(".*[0-9] .*|.*dB.*"), text(tab, "figures"));
    assertEquals("", text(tab, "command"));
    assertEquals("Nothing is computed for these settings.", text(tab, "sizes"));
    assertEquals("The palette before the last change.", text(tab, "palette-note"));
    assertTrue(text(tab, "right-tag").endsWith(", before the last change"), text(tab, "right-tag"));
    assertFalse(tab.evaluate("document.getElementById('resume').hidden").asBoolean());
  }

  @Test
  void afterCancelNothingIsOffered() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(200, 150, false)));
    hold(tab, true);
    set(tab, "dither", "spatial");
    assertRefused(tab); // at once
    assertEquals(
        "0.45",
        tab.evaluate("getComputedStyle(document.getElementById('figures')).opacity").asText());
    tab.await("!document.getElementById('running').classList.contains('idle')");
    tab.click("#cancel");
    tab.await(IDLE);
    assertNothing(tab, "Cancelled.");
    PageChecks.assertFits(tab);
    PageChecks.assertLegible(tab);
    PageChecks.assertAccessible(tab);
    focus(tab, "#resume");
    tab.key("Enter", 13);
    tab.await("!document.getElementById('running').classList.contains('idle')");
    assertEquals("bar", tab.evaluate("document.activeElement.id").asText());
    set(tab, "dither", "none");
    hold(tab, false);
    tab.await(DONE);
    assertEquals("kmq encode -k 256 photo.png", text(tab, "command"));
    assertTrue(tab.evaluate("document.getElementById('resume').hidden").asBoolean());
    assertEquals("K = 256", text(tab, "right-tag"));
    assertQuiet(tab);
  }

  /** Records where elements are whenever the page changes. */
  private static void recordPlaces(Chromium.Tab tab, String ids) throws Exception {
    tab.evaluate(
        "((all) => new MutationObserver(() => all.add('%s'.split(' ').map((id) => Math.round("
                .formatted(ids)
            + "document.getElementById(id).getBoundingClientRect().top)).join(' ')))"
            + ".observe(document.body, {subtree: true, childList: true,"
            + " attributeFilter: ['class', 'hidden']}))(window.places = new Set()) ?? 0");
  }

  private static void assertOnePlace(Chromium.Tab tab) throws Exception {
    List<String> places = texts(tab.evaluate("[...places]"));
    assertEquals(1, places.size(), places::toString);
  }

  /** Whoever aims at a control while the page opens a file or computes does not miss it. */
  @ParameterizedTest
  @ValueSource(ints = {360, 1280})
  void controlsDoNotMove(int width) throws Exception {
    Chromium.Tab tab = open(server.address(), width, width < 400);
    Path image = png("photo.png", photo(64, 48, false));
    choose(tab, image);
    recordPlaces(tab, "file view left method");
    choose(tab, image);
    assertOnePlace(tab);
    set(tab, "colors-typed", "100");
    changed(tab, "-k 100 ");
    recordPlaces(tab, "file view method save-kmq sizes compare palette");
    set(tab, "colors-typed", "101");
    changed(tab, "-k 101 ");
    assertOnePlace(tab);
    assertQuiet(tab);
  }

  /** What is computed already stays; the rest of the comparison is marked. */
  @Test
  void aComparisonIsCancelled() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    holdAt(tab, "Comparing");
    set(tab, "colors-typed", "200");
    tab.await("document.getElementById('doing').textContent.startsWith('Comparing')");
    tab.click("#cancel");
    hold(tab, false);
    tab.await(
        "document.getElementById('result-status').textContent === 'Cancelled. The comparison is not"
            + " complete.' && "
            + IDLE);
    assertTrue(text(tab, "figures").contains("dB"), text(tab, "figures"));
    assertEquals("kmq encode -k 200 photo.png", text(tab, "command"));
    assertFalse(text(tab, "sizes").contains("…"), text(tab, "sizes"));
    assertTrue(text(tab, "sizes").contains("kmq mix–"), text(tab, "sizes"));
    tab.click("#resume");
    tab.await(DONE + " && !/[…–]/.test(document.getElementById('sizes').textContent)");
    assertQuiet(tab);
  }

  @Test
  void refusedSettingsOfferNothing() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    for (int i = 1; i < 4; i++) {
      tab.click("#palette button[aria-pressed=false]");
      tab.click("#keep");
      tab.await(
          "document.getElementById('command').textContent.split('--keep').length === " + (i + 1));
      tab.await(DONE);
    }
    set(tab, "colors-typed", "2");
    tab.await("document.getElementById('error').textContent !== ''");
    assertTrue(text(tab, "error").contains("K"), text(tab, "error"));
    assertNothing(tab, "These settings were refused.");
    tab.click("#release-all");
    tab.await(DONE);
    assertEquals("kmq encode -k 2 photo.png", text(tab, "command"));
    assertQuiet(tab);
  }

  @Test
  void numbersOfColoursThatAreNoneOfferNothing() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    set(tab, "colors-typed", "70000");
    assertRefused(tab);
    set(tab, "method", "mix");
    pass(tab);
    assertRefused(tab);
    set(tab, "colors-typed", "300");
    changed(tab, "-k 300 --method mix");
    assertTrue(tab.evaluate("document.getElementById('copy-png').disabled").asBoolean());
    assertEquals("", text(tab, "command-png"));
    assertQuiet(tab);
  }

  /** An image starts exact if it can; a number that was chosen stays. */
  @Test
  void imagesStartWithTheirOwnNumberOfColours() throws Exception {
    Chromium.Tab tab = open();
    tab.click("[data-sample=\"chart.png\"]");
    tab.await("document.getElementById('name').textContent === 'chart.png' && " + DONE);
    assertEquals("8", value(tab, "colors-typed"));
    assertTrue(text(tab, "figures").contains("exact"), text(tab, "figures"));
    Path photo = png("photo.png", photo(64, 48, false));
    choose(tab, photo);
    assertEquals("256", value(tab, "colors-typed"));
    set(tab, "colors-typed", "20");
    changed(tab, "-k 20 ");
    choose(tab, png("other.png", photo(60, 40, false)));
    assertEquals("20", value(tab, "colors-typed"));
    assertQuiet(tab);
  }
}
