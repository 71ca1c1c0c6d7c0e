package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.browser.Chromium;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users do while the page opens, computes or compares. */
class InterruptTest extends PageTest {
  private static final String NOTHING = " Nothing is computed for these settings.";

  /** A function that sets an input, and one that drops a sample under a name. */
  private static final String HELPERS =
      "window.set = (id, value) => { const e = document.getElementById(id); e.value = value;"
          + " for (const type of ['input', 'change']) e.dispatchEvent(new Event(type)); };"
          + " window.press = (id) => document.getElementById(id).click();"
          + " window.drop = (name, bytes) => { const data = new DataTransfer();"
          + " data.items.add(new File([bytes], name, {type: 'image/png'}));"
          + " document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true,"
          + " cancelable: true})); };"
          + " fetch('samples/chart.png').then((r) => r.arrayBuffer())"
          + ".then((bytes) => (window.chart = bytes))";

  private static Chromium.Tab photo() throws Exception {
    Chromium.Tab tab = open();
    tab.evaluate(HELPERS);
    tab.await("window.chart !== undefined");
    choose(tab, png("photo.png", photo(64, 48, false)));
    return tab;
  }

  private static boolean is(Chromium.Tab tab, String id, String property) throws Exception {
    return tab.evaluate("document.getElementById('" + id + "')." + property).asBoolean();
  }

  private static void assertNothing(Chromium.Tab tab, String status) throws Exception {
    tab.await(IDLE);
    assertEquals(status + NOTHING, text(tab, "result-status"));
    assertTrue(is(tab, "save-kmq", "disabled"));
    assertEquals("", text(tab, "command"));
  }

  /** A result that comes in the pause after a change is not shown beside the new settings. */
  @Test
  void resultsOfEarlierSettingsAreNotShown() throws Exception {
    Chromium.Tab tab = photo();
    tab.evaluate(
        "window.seen = []; new MutationObserver(() => seen.push(document.getElementById("
            + "'colors-typed').value + ': ' + document.getElementById('result-status').textContent"
            + ".split(',')[0])).observe(document.getElementById('result-status'), {childList:"
            + " true}) ?? 0");
    tab.evaluate(when("Writing .kmq", "set('colors-typed', 8);"));
    tab.evaluate("set('colors-typed', 24)");
    changed(tab, "-k 8 ");
    assertFalse(texts(tab.evaluate("seen")).contains("8: 24 colours"), "of 24 beside 8");
    assertTrue(texts(tab.evaluate("seen")).contains("8: 8 colours"));
    assertQuiet(tab);
  }

  @Test
  void numbersThatAreNoneEndWhatRuns() throws Exception {
    Chromium.Tab tab = photo();
    tab.evaluate(when("Writing .kmq", "set('colors-typed', 70000);"));
    tab.evaluate("set('colors-typed', 24)");
    tab.await("document.getElementById('colors-typed').value === '70000' && " + IDLE);
    assertTrue(is(tab, "save-kmq", "disabled"));
    tab.evaluate(when("Computing", "press('cancel');"));
    tab.evaluate("set('colors-typed', 25)");
    tab.await("document.getElementById('resume').hidden === false && " + IDLE);
    tab.evaluate("set('colors-typed', '')");
    assertTrue(is(tab, "resume", "hidden"), "it cannot compute");
    tab.evaluate("set('colors-typed', 26)");
    changed(tab, "-k 26 ");
    assertQuiet(tab);
  }

  /** A comparison computes what waits first; what ends that ends the comparison. */
  @Test
  void comparisonsDoNotOutliveWhatTheyWaitFor() throws Exception {
    Chromium.Tab tab = photo();
    String before = text(tab, "plot-status");
    tab.evaluate("set('colors-typed', 24); press('compare'); press('cancel')");
    assertNothing(tab, "Cancelled.");
    assertEquals(before, text(tab, "plot-status"));
    tab.evaluate("set('colors-typed', 25); press('compare'); drop('dropped.png', chart)");
    tab.await("document.getElementById('name').textContent === 'dropped.png' && " + DONE);
    assertEquals(before, text(tab, "plot-status"));
    assertQuiet(tab);
  }

  /** What is shown of the image before goes with it. */
  @Test
  void newImagesThatAreNotComputed() throws Exception {
    Chromium.Tab tab = photo();
    tab.click("#palette li:nth-child(3) button");
    tab.evaluate("set('replacement', '#00ff00')");
    changed(tab, "--palette");
    assertFalse(is(tab, "save-palette", "hidden"));
    tab.evaluate(when("Computing", "press('cancel');"));
    tab.evaluate("drop('dropped.png', chart)");
    tab.await("document.getElementById('name').textContent === 'dropped.png'");
    assertNothing(tab, "Cancelled.");
    assertEquals("not computed yet", text(tab, "right-tag"));
    assertEquals("", text(tab, "palette") + text(tab, "palette-note"));
    for (String id : List.of("save-palette", "release-all")) {
      assertTrue(is(tab, id, "hidden"), id);
    }
    for (String id : List.of("keep", "replacement", "release")) {
      assertTrue(is(tab, id, "disabled"), id);
    }
    tab.click("#resume");
    tab.await(DONE);
    assertEquals("kmq encode -k 8 dropped.png", text(tab, "command"));
    assertQuiet(tab);
  }

  @Test
  void coloursThatAreKeptWhileAnImageIsOpened() throws Exception {
    Chromium.Tab tab = photo();
    tab.click("#palette li:nth-child(3) button");
    tab.evaluate("window.createImageBitmap = () => new Promise(() => (window.asked = true)); 0");
    tab.click("[data-sample=\"landscape.jpg\"]");
    tab.await("window.asked");
    assertTrue(is(tab, "compare", "disabled"));
    tab.evaluate("press('keep')");
    tab.evaluate("press('cancel-opening')");
    assertNothing(tab, "Cancelled.");
    assertFalse(is(tab, "compare", "disabled"));
    tab.evaluate("press('resume')");
    tab.await("document.getElementById('command').textContent.includes('--keep-color')");
    tab.close();
  }

  /** The pause after a change ends while the message is there. */
  @Test
  void errorsOutliveTheChangeBefore() throws Exception {
    Chromium.Tab tab = photo();
    tab.evaluate("set('colors-typed', 24); drop('empty.png', '')");
    tab.await("document.getElementById('error').textContent === 'empty.png is empty.'");
    changed(tab, "-k 24 "); // and that pause is over
    assertEquals("empty.png is empty.", text(tab, "error"));
    tab.evaluate("set('colors-typed', 25)");
    assertEquals("", text(tab, "error"));
    assertQuiet(tab);
  }

  /** The last file that was chosen is opened, also if a sample before it takes longer to load. */
  @Test
  void samplesThatAreLate() throws Exception {
    Chromium.Tab tab = photo();
    tab.evaluate(
        "const load = fetch; window.fetch = async (path) => { await new Promise((done) =>"
            + " (window.proceed = done)); const answer = await load(path);"
            + " await answer.clone().blob(); window.loaded = true; return answer; }; 0");
    tab.click("[data-sample=\"chart.png\"]");
    tab.await("window.proceed !== undefined");
    tab.evaluate("drop('dropped.png', chart)");
    tab.await("document.getElementById('name').textContent === 'dropped.png' && " + DONE);
    tab.evaluate("proceed()");
    tab.await("window.loaded");
    tab.evaluate("new Promise((done) => setTimeout(done, 300))"); // and nothing more is opened
    assertEquals("dropped.png", text(tab, "name"));
    assertQuiet(tab);
  }

  /** A worker that cannot be loaded, as when the network is away, is not the last one. */
  @Test
  void workersThatCannotBeLoaded() throws Exception {
    Chromium.Tab tab = photo();
    tab.evaluate(
        "const Real = Worker; window.away = true; window.Worker = class extends Real {"
            + " constructor(url, options) { super(away ? 'missing.js' : url, options); } }; 0");
    tab.evaluate(when("Computing", "set('colors-typed', 25);"));
    tab.evaluate("set('colors-typed', 24)");
    tab.await("document.getElementById('error').textContent !== ''");
    assertTrue(text(tab, "error").startsWith("The codec's worker failed"), text(tab, "error"));
    assertNothing(tab, "The codec has failed.");
    tab.evaluate("away = false");
    tab.click("#resume");
    changed(tab, "-k 25 ");
    assertEquals("", text(tab, "error"));
    for (String problem : tab.problems()) {
      assertTrue(problem.contains("missing.js"), problem);
    }
    tab.close();
  }

  /** With as many kept colours, the smallest K are left out. */
  @Test
  void comparisonsHaveRoomForKeptColours() throws Exception {
    Chromium.Tab tab = photo();
    tab.evaluate(
        "for (const i of [1, 2, 3]) { document.querySelector('#palette li:nth-child(' + i +"
            + " ') button').click(); press('keep'); }");
    tab.await("document.getElementById('command').textContent.split('--keep').length === 4");
    tab.click("#compare");
    tab.await("document.getElementById('plot-status').textContent.startsWith('All')");
    assertEquals(7, tab.evaluate("document.querySelectorAll('#plot .row').length").asInt());
    assertQuiet(tab);
  }
}
