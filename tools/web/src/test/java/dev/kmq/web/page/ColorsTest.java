package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.browser.Chromium;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Colours that are kept, replaced and released. */
class ColorsTest extends PageTest {
  @Test
  void coloursAreKeptReplacedAndReleased() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    tab.click("#palette li:nth-child(5) button");
    String color = text(tab, "edited-name");
    assertTrue(color.matches("#[0-9a-f]{6}"), color);
    tab.click("#keep");
    changed(tab, "--keep-color");
    assertTrue(text(tab, "command").contains("--keep-color '" + color + "'"));
    set(tab, "colors-typed", "8");
    changed(tab, "-k 8 ");
    assertEquals(8, tab.evaluate("document.querySelectorAll('#palette li').length").asInt());
    assertTrue(text(tab, "palette").contains(color), "kept at another K");
    set(tab, "replacement", "#ff0080");
    changed(tab, "--palette photo-palette.hex");
    assertTrue(text(tab, "palette").contains("#ff0080"), text(tab, "palette"));
    assertFalse(text(tab, "palette").contains(color), text(tab, "palette"));
    assertEquals("replaced", tab.evaluate("document.querySelector('.kept').textContent").asText());
    tab.click("#release");
    tab.await("!document.getElementById('command').textContent.includes('palette')");
    tab.await(DONE);
    assertEquals("kmq encode -k 8 photo.png", text(tab, "command"));
    assertQuiet(tab);
  }

  private static void colors(Chromium.Tab tab, int colors) throws Exception {
    set(tab, "colors-typed", "" + colors);
    tab.await("document.querySelectorAll('#palette li').length === " + colors);
    tab.await(DONE);
  }

  /** A colour stays replaced in palettes of other numbers of colours. */
  @Test
  void replacementsOutliveTheNumberOfColours() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    colors(tab, 16);
    tab.click("#palette li:nth-child(3) button");
    String color = text(tab, "edited-name");
    set(tab, "replacement", "#ff0080");
    changed(tab, "--palette photo-palette.hex");
    for (int k : new int[] {6, 40}) {
      colors(tab, k);
      assertEquals(
          "replaced", tab.evaluate("document.querySelector('.kept').textContent").asText());
      assertTrue(text(tab, "palette").contains("#ff0080"), text(tab, "palette"));
      assertFalse(text(tab, "palette").contains(color), text(tab, "palette"));
      assertEquals("kmq encode --palette photo-palette.hex photo.png", text(tab, "command"));
      assertEquals(color + " is replaced by #ff0080.", text(tab, "palette-status"));
    }
    tab.click("#release");
    tab.await("!document.getElementById('command').textContent.includes('palette')");
    tab.await(DONE);
    assertEquals(color + " is back.", text(tab, "palette-status").replaceAll(".*; ", ""));
    assertQuiet(tab);
  }

  @Test
  void coloursOfThePaletteAreNoReplacements() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    colors(tab, 8);
    tab.click("#palette li:nth-child(3) button");
    String color = text(tab, "edited-name");
    tab.click("#palette li:nth-child(4) button");
    String other = text(tab, "edited-name");
    set(tab, "replacement", color);
    assertEquals(color + " is in the palette already.", text(tab, "palette-status"));
    assertEquals(other, value(tab, "replacement"));
    assertEquals("kmq encode -k 8 photo.png", text(tab, "command"));
    assertQuiet(tab);
  }

  /** The command reports the PSNR of what it stores; what the browser writes is sRGB. */
  @Test
  void thePsnrOfImagesWithAProfileIsExplained() throws Exception {
    String note = "PSNR is computed in the colour space of the file for kmq and indexed PNG";
    Chromium.Tab tab = open();
    byte[] png = Profiles.png(photo(40, 30, false), Profiles.linear());
    choose(tab, Files.write(folder.resolve("linear.png"), png));
    assertTrue(text(tab, "sizes-notes").contains(note), text(tab, "sizes-notes"));
    set(tab, "metric", "oklab");
    changed(tab, "--metric oklab");
    assertFalse(text(tab, "sizes-notes").contains(note), text(tab, "sizes-notes"));
    choose(tab, png("srgb.png", photo(40, 30, false)));
    assertFalse(text(tab, "sizes-notes").contains(note), text(tab, "sizes-notes"));
    assertQuiet(tab);
  }

  /** Only the command converts profiles with tables. */
  @Test
  void profilesThatThePageDoesNotConvert() throws Exception {
    byte[] icc = Profiles.linear();
    ByteBuffer tags = ByteBuffer.wrap(icc);
    int entry = 132;
    while (tags.getInt(entry) != 0x63707274) { // cprt
      entry += 12;
    }
    tags.putInt(entry, 0x41324230); // A2B0
    byte[] png = Profiles.png(photo(40, 30, false), icc);
    Chromium.Tab tab = open();
    choose(tab, Files.write(folder.resolve("tables.png"), png));
    assertTrue(text(tab, "about-facts").contains("as if it were sRGB"), text(tab, "about-facts"));
    String notes = text(tab, "sizes-notes");
    assertTrue(notes.contains("not computed as the colour profile is not converted"), notes);
    assertFalse(notes.contains("PSNR"), notes);
    tab.click("#palette li:nth-child(3) button");
    assertTrue(tab.evaluate("document.getElementById('keep').disabled").asBoolean());
    assertTrue(tab.evaluate("document.getElementById('replacement').disabled").asBoolean());
    tab.click("#palette li:nth-child(3) button");
    assertEquals("kmq encode -k 256 tables.png", text(tab, "command"), "a second click keeps none");
    assertTrue(text(tab, "palette-status").contains("only the kmq command"));
    set(tab, "metric", "oklab");
    tab.await("document.getElementById('error').textContent !== ''");
    assertEquals(
        "The metric oklab is of sRGB, and only the kmq command converts the colour profile of this"
            + " image to it. Choose the metric rgb.",
        text(tab, "error"));
    assertTrue(tab.evaluate("document.getElementById('save-kmq').disabled").asBoolean());
    choose(tab, png("next.png", photo(30, 30, false)));
    assertQuiet(tab);
  }

  /** The palette follows each of two changes in one pause, and cannot be saved before it does. */
  @Test
  void palettesFollowEveryChange() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    colors(tab, 16);
    tab.click("#palette li:nth-child(3) button");
    set(tab, "replacement", "#ff0080");
    changed(tab, "--palette photo-palette.hex");
    assertFalse(tab.evaluate("document.getElementById('save-palette').hidden").asBoolean());
    tab.evaluate(
        "(() => { for (const [id, value] of [['colors-typed', 6], ['method', 'deflate']]) {"
            + " const e = document.getElementById(id); e.value = value;"
            + " for (const type of ['input', 'change']) e.dispatchEvent(new Event(type)); } })()");
    assertTrue(tab.evaluate("document.getElementById('save-palette').hidden").asBoolean());
    changed(tab, "--method deflate");
    assertEquals(6, tab.evaluate("document.querySelectorAll('#palette li').length").asInt());
    assertFalse(tab.evaluate("document.getElementById('save-palette').hidden").asBoolean());
    assertQuiet(tab);
  }
}
