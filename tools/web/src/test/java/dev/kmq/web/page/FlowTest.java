package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kmq.browser.Chromium;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What users do with the mouse. */
class FlowTest extends PageTest {
  /** Makes an event with files, as dropping and pasting do. */
  private static final String FILES =
      "const bytes = await (await fetch('samples/chart.png')).arrayBuffer();"
          + " const data = new DataTransfer();"
          + " data.items.add(new File([bytes], '%s', {type: 'image/png'}));";

  @Test
  void samplesAreOpened() throws Exception {
    Chromium.Tab tab = open();
    tab.click("[data-sample=\"chart.png\"]");
    tab.await(DONE);
    assertEquals("chart.png", text(tab, "name"));
    assertTrue(text(tab, "facts").contains("4,441 bytes"), text(tab, "facts"));
    assertTrue(text(tab, "figures").contains("exact"), text(tab, "figures"));
    assertEquals("kmq encode -k 8 chart.png", text(tab, "command"));
    assertEquals("kmq encode -k 8 -o chart-new.png chart.png", text(tab, "command-png"));
    assertQuiet(tab);
  }

  @Test
  void filesThatAreChosenWhileTheCodecStartsAreOpened() throws Exception {
    Chromium.Tab tab = chromium.tab();
    tab.size(1280, 900, false);
    String click =
        "new MutationObserver((changes, observer) => {"
            + " if (document.getElementById('app')?.hidden !== false) return;"
            + " observer.disconnect();"
            + " document.querySelector('[data-sample=\"chart.png\"]').click();"
            + " }).observe(document, {subtree: true, childList: true, attributes: true})";
    String source = new ObjectMapper().writeValueAsString(Map.of("source", click));
    tab.call("Page.addScriptToEvaluateOnNewDocument", source);
    tab.open(server.address());
    tab.await("document.getElementById('name').textContent === 'chart.png' && " + DONE);
    assertQuiet(tab);
  }

  @Test
  void ofSeveralFilesTheFirstIsOpened() throws Exception {
    Chromium.Tab tab = open();
    tab.evaluate(
        "(async () => {"
            + FILES.formatted("first.png")
            + " data.items.add(new File([bytes], 'second.png', {type: 'image/png'}));"
            + " document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles:"
            + " true, cancelable: true})); })()");
    tab.await("document.getElementById('name').textContent === 'first.png'");
    tab.await(DONE);
    assertTrue(text(tab, "image-notes").contains("Only the first of 2 files is open."));
    assertQuiet(tab);
  }

  @Test
  void imagesAreDroppedAndPasted() throws Exception {
    Chromium.Tab tab = open();
    tab.evaluate(
        "(async () => {"
            + FILES.formatted("dropped.png")
            + " document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles:"
            + " true, cancelable: true})); })()");
    tab.await("document.getElementById('name').textContent === 'dropped.png'");
    tab.await(DONE);
    tab.evaluate(
        "(async () => {"
            + FILES.formatted("image.png")
            + " document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data,"
            + " bubbles: true, cancelable: true})); })()");
    tab.await("document.getElementById('name').textContent === 'pasted.png'");
    tab.await(DONE);
    tab.evaluate(
        "document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: new DataTransfer(),"
            + " bubbles: true, cancelable: true}))");
    assertEquals(
        "That is not a file. Save the image, then drop or choose its file.", text(tab, "error"));
    assertEquals("pasted.png", text(tab, "name"));
    tab.click("[data-sample=\"chart.png\"]");
    tab.await("document.getElementById('name').textContent === 'chart.png' && " + DONE);
    assertQuiet(tab);
  }

  @Test
  void settingsChangeTheResult() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    String before = text(tab, "figures");
    for (String[] change :
        new String[][] {
          {"method", "mix"}, {"dither", "floyd-steinberg"}, {"effort", "best"}, {"metric", "rgb"}
        }) {
      set(tab, change[0], change[1]);
      changed(tab, "--" + change[0] + " " + change[1]);
      String after = text(tab, "figures");
      assertNotEquals(before, after, change[0]);
      assertNotEquals("", text(tab, change[0] + "-help"));
      before = after;
    }
    assertEquals(
        "kmq encode -k 256 --method mix --dither floyd-steinberg --effort best --metric rgb"
            + " photo.png",
        text(tab, "command"));
    JsonNode rows =
        tab.evaluate("[...document.querySelectorAll('#sizes tbody th')].map((h) => h.textContent)");
    assertEquals(
        List.of(
            "kmq mix",
            "kmq rans",
            "kmq deflate",
            "kmq packed",
            "PNG, indexed",
            "WebP, quality 80",
            "JPEG, quality 80",
            "PNG"),
        texts(rows));
    JsonNode empty =
        tab.evaluate(
            "[...document.querySelectorAll('#sizes tbody td')].filter((c) => !/\\d|infinite/"
                + ".test(c.textContent)).length");
    assertEquals(0, empty.asInt(), text(tab, "sizes"));
    assertQuiet(tab);
  }

  @Test
  void everyKIsComparedAndChosen() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    tab.click("#compare");
    tab.await("document.getElementById('plot-status').textContent.startsWith('All')");
    assertEquals(8, tab.evaluate("document.querySelectorAll('#plot .row').length").asInt());
    assertEquals(7, tab.evaluate("document.querySelectorAll('#plot .ring.mark').length").asInt());
    assertEquals(
        List.of("kmq rans", "WebP", "JPEG"),
        texts(
            tab.evaluate(
                "[...document.querySelectorAll('#series li')].map((l) => l.textContent)")));
    tab.click("#plot .row:nth-of-type(1) .mark");
    changed(tab, "-k 2 ");
    assertEquals("2", value(tab, "colors-typed"));
    assertQuiet(tab);
  }

  @Test
  void dividerAndZoomFollowTheMouse() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(300, 200, false)));
    tab.evaluate("document.getElementById('view').scrollIntoView({block: 'center'})");
    JsonNode frame =
        tab.evaluate(
            "(({x, y, width, height}) => [x, y, width, height])"
                + "(document.getElementById('frame').getBoundingClientRect())");
    double x = frame.get(0).asDouble();
    double y = frame.get(1).asDouble() + 50;
    double width = frame.get(2).asDouble();
    tab.drag(x + width / 2, y, x + width / 4);
    assertEquals(25, Double.parseDouble(value(tab, "divider")), 1);
    tab.evaluate(
        "document.getElementById('stage').dispatchEvent(new WheelEvent('wheel', {deltaY: -1,"
            + " ctrlKey: true, cancelable: true}))");
    assertEquals("4", value(tab, "zoom"), "more than what fits, 2");
    assertQuiet(tab);
  }

  @Test
  void javaScriptLacksMix() throws Exception {
    Chromium.Tab tab = open(URI.create(server.address() + "?target=js"), 1280, false);
    choose(tab, png("photo.png", photo(40, 30, false)));
    String mix = "document.querySelector('#method option[value=mix]').disabled";
    assertTrue(tab.evaluate(mix).asBoolean());
    for (String place : List.of("method-help", "target-note", "sizes-notes")) {
      assertTrue(text(tab, place).contains("JavaScript"), text(tab, place));
    }
    assertFalse(text(tab, "sizes").contains("mix"), text(tab, "sizes"));
    assertTrue(tab.requests().stream().noneMatch(url -> url.endsWith(".wasm")));
    assertQuiet(tab);
  }

  @Test
  void namesAreQuotedForTheShell() throws Exception {
    Chromium.Tab tab = open();
    for (String[] names :
        new String[][] {
          {"it's a photo.png", "'it'\\''s a photo.png'"},
          {"-k.png", "./-k.png"},
          {"$HOME.png", "'$HOME.png'"}
        }) {
      tab.choose("#file", png(names[0], photo(20, 10, false)));
      tab.await("document.getElementById('name').textContent === \"" + names[0] + "\"");
      tab.await(DONE);
      assertEquals("kmq encode -k 200 " + names[1], text(tab, "command"));
    }
    assertQuiet(tab);
  }

  @Test
  void imagesWithAlphaHaveNoJpeg() throws Exception {
    Chromium.Tab tab = open();
    BufferedImage image = photo(40, 30, true);
    choose(tab, png("alpha.png", image));
    assertTrue(text(tab, "facts").contains("alpha"), text(tab, "facts"));
    assertTrue(
        text(tab, "sizes-notes").contains("JPEG cannot store alpha"), text(tab, "sizes-notes"));
    assertFalse(text(tab, "sizes").contains("JPEG"), text(tab, "sizes"));
    assertQuiet(tab);
  }

  @Test
  void formatsThatTheBrowserLacksAreNamed() throws Exception {
    Chromium.Tab tab = open();
    tab.evaluate(
        "(() => { const toBlob = HTMLCanvasElement.prototype.toBlob;"
            + " HTMLCanvasElement.prototype.toBlob = function (done, type, quality) {"
            + " toBlob.call(this, done, type === 'image/webp' ? 'image/png' : type, quality); };"
            + " })()");
    Path file = png("photo.png", photo(40, 30, false));
    choose(tab, file);
    String notes = text(tab, "sizes-notes");
    assertTrue(notes.contains("This browser does not write WebP."), notes);
    assertQuiet(tab);
  }
}
