package dev.kmq.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.ColorError;
import dev.kmq.image.Palette;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ErrorScaleTest {
  /** CIE lightness of an sRGB colour, 0 to 100. */
  private static double lightness(int rgb) {
    double y = 0.2126 * linear(rgb >>> 16) + 0.7152 * linear(rgb >>> 8) + 0.0722 * linear(rgb);
    return y > 216 / 24389.0 ? 116 * Math.cbrt(y) - 16 : y * 24389 / 27;
  }

  private static double linear(int value) {
    double c = (value & 0xFF) / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  @Test
  void lightnessIncreasesInEvenSteps() {
    Palette palette = ErrorScale.palette();
    assertEquals(ErrorScale.COLORS, palette.size());
    assertEquals(0xFF000000, palette.argb(0));
    for (int i = 64; i < ErrorScale.COLORS; i += 16) {
      double step = lightness(palette.argb(i)) - lightness(palette.argb(i - 16));
      assertTrue(step > 3 && step < 10, i + ": " + step);
    }
    for (int i = 1; i < ErrorScale.COLORS; i++) {
      double step = lightness(palette.argb(i)) - lightness(palette.argb(i - 1));
      assertTrue(step > -0.2, i + ": " + step); // colours are rounded
    }
  }

  @Test
  void endsAreNoErrorAndTheLargest() {
    assertEquals(0, ErrorScale.index(0xFF123456, 0xFF123456));
    assertEquals(0, ErrorScale.index(0x00000000, 0x00FFFFFF), "both are fully transparent");
    assertEquals(255, ErrorScale.index(0xFF000000, 0xFFFFFFFF));
    assertTrue(ErrorScale.index(0xFF000000, 0xFF000001) > 0);
  }

  @Property
  void largerErrorsGetLaterColors(@ForAll int a, @ForAll int b, @ForAll int c) {
    long near = ColorError.scaledSquare(a, b);
    long far = ColorError.scaledSquare(a, c);
    if (near <= far) {
      assertTrue(ErrorScale.index(a, b) <= ErrorScale.index(a, c));
    } else {
      assertTrue(ErrorScale.index(a, b) >= ErrorScale.index(a, c));
    }
  }

  /** Errors + 1 that grow by the same factor are equally far apart on the scale. */
  @Test
  void scaleIsLogarithmic() {
    int grey = 0xFF000000;
    double last = 0;
    for (int blue = 1; blue < 256; blue = 2 * blue + 1) {
      double place = ErrorScale.index(grey, grey | blue);
      assertEquals(last + 254 * Math.log(2) / Math.log(1 + ErrorScale.MAX_ERROR), place, 1.1);
      last = place;
    }
  }

  @Test
  void legendNamesTheColors() {
    String[] named = ErrorMap.LEGEND.split(": ", -1)[1].split(", ", -1);
    Palette palette = ErrorScale.palette();
    double last = -1;
    for (String one : named) {
      int error = Integer.parseInt(one.replaceAll("\\D", ""));
      int color = palette.argb(ErrorScale.index(0xFF000000, 0xFF000000 | gray(error)));
      int red = color >>> 16 & 0xFF;
      int green = color >>> 8 & 0xFF;
      int blue = color & 0xFF;
      String name = one.replaceAll("[^a-z]", "");
      boolean right =
          switch (name) {
            case "black" -> red + green + blue == 0;
            case "violet" -> blue > red && red > green;
            case "crimson" -> red > blue && blue > green + 30;
            case "red" -> red > 180 && green < 90 && blue < 90;
            case "orange" -> red > 230 && green > 100 && green < 180 && blue < 60;
            case "yellow" -> red == 255 && green > 200 && blue < green;
            default -> false;
          };
      assertTrue(right, () -> "%s is %06X".formatted(one, color & 0xFFFFFF));
      assertTrue(error > last);
      last = error;
    }
  }

  /** A grey at about this distance from black. */
  private static int gray(int error) {
    return (int) Math.round(error / Math.sqrt(3)) * 0x010101;
  }
}
