package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.browser.Chromium;
import dev.kmq.browser.PageChecks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of reports are legible and usable, on any screen and with any input. */
class ReportAccessTest extends BrowserTest {
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
    PageChecks.assertFits(tab);
    double lightness =
        tab.evaluate("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
            .asDouble();
    assertEquals(scheme.equals("light"), lightness > 128);
    PageChecks.assertLegible(tab);
    PageChecks.assertAccessible(tab);
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
    PageChecks.assertLegible(tab);
    PageChecks.assertAccessible(tab);
    assertQuiet(tab, page);
  }
}
