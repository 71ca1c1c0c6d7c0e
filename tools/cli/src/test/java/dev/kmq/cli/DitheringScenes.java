package dev.kmq.cli;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.TreeMap;

/**
 * The small images of {@code docs/dithering.md}. Each pixel is the mean of 3x3 samples. No library
 * for drawing or fonts is used, so that the images are the same on every JDK.
 */
final class DitheringScenes {
  private static final int SAMPLES = 3;

  /** Rows of 5 bits, the first on top, as digits to base 32. */
  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('a', "00e1fhf"),
          Map.entry('b', "gguhhhu"),
          Map.entry('c', "00ehghe"),
          Map.entry('d', "11fhhhf"),
          Map.entry('e', "00ehvge"),
          Map.entry('f', "68s8888"),
          Map.entry('g', "00fhf1e"),
          Map.entry('h', "gguhhhh"),
          Map.entry('i', "40c444e"),
          Map.entry('l', "c44444e"),
          Map.entry('m', "00qllll"),
          Map.entry('n', "00uhhhh"),
          Map.entry('o', "00ehhhe"),
          Map.entry('p', "00uhugg"),
          Map.entry('r', "00mpggg"),
          Map.entry('s', "00fge1u"),
          Map.entry('t', "88s8896"),
          Map.entry('u', "00hhhjd"),
          Map.entry('v', "00hhha4"),
          Map.entry('w', "00hllla"),
          Map.entry('x', "00ha4ah"),
          Map.entry('y', "00hhf1e"));

  /** A colour of sRGB, 0 to 255, with an alpha of 0 to 1. */
  private record Color(double red, double green, double blue, double alpha) {
    Color(double red, double green, double blue) {
      this(red, green, blue, 1);
    }

    static Color grey(double level) {
      return new Color(level, level, level);
    }

    /** The colour between this and an opaque one; a share of 1 is the other. */
    Color mixed(Color other, double share) {
      double t = Math.max(0, Math.min(1, share));
      return new Color(
          red + t * (other.red - red),
          green + t * (other.green - green),
          blue + t * (other.blue - blue),
          alpha + t * (other.alpha - alpha));
    }
  }

  /**
   * An image of the page.
   *
   * @param part what the page shows of it
   */
  record Rendered(BufferedImage image, Rectangle part) {}

  /** A scene in units that are multiplied for the image. */
  private interface Scene {
    Color at(double x, double y);
  }

  private DitheringScenes() {}

  /** The images by their names. */
  static Map<String, Rendered> all() {
    Map<String, Rendered> images = new TreeMap<>();
    images.put("sky", rendered(384, 288, 3, DitheringScenes::sky, 170, 84));
    images.put("thumbnail", rendered(128, 96, 1, DitheringScenes::sky, 0, 0));
    images.put("skin", rendered(384, 288, 3, DitheringScenes::skin, 170, 112));
    images.put("ui", rendered(256, 192, 2, DitheringScenes::ui, 124, 86));
    images.put("icon", rendered(192, 192, 2, DitheringScenes::icon, 64, 74));
    images.put("page", rendered(256, 192, 2, DitheringScenes::page, 128, 96));
    return images;
  }

  private static Rendered rendered(
      int width, int height, double scale, Scene scene, int left, int top) {
    boolean opaque = scene.at(0, 0).alpha == 1;
    BufferedImage image =
        new BufferedImage(
            width, height, opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    Scene scaled = (x, y) -> scene.at(x / scale, y / scale);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, mean(scaled, x, y));
      }
    }
    return new Rendered(image, new Rectangle(left, top, 128, 96));
  }

  private static int mean(Scene scene, int x, int y) {
    double[] sum = new double[4];
    for (int i = 0; i < SAMPLES; i++) {
      for (int j = 0; j < SAMPLES; j++) {
        Color color = scene.at(x + (j + 0.5) / SAMPLES, y + (i + 0.5) / SAMPLES);
        sum[0] += color.alpha * color.red;
        sum[1] += color.alpha * color.green;
        sum[2] += color.alpha * color.blue;
        sum[3] += color.alpha;
      }
    }
    int argb = (int) (255 * sum[3] / (SAMPLES * SAMPLES) + 0.5);
    for (int i = 0; i < 3; i++) {
      argb = argb << 8 | (int) (sum[3] == 0 ? 0 : sum[i] / sum[3] + 0.5);
    }
    return argb;
  }

  /** A sunset without noise, over dark hills. */
  private static Color sky(double x, double y) {
    double hill = 80 + 5 * StrictMath.sin(x / 17) + 3 * StrictMath.sin(x / 7 + 1);
    if (y > hill) {
      return new Color(30, 34, 46);
    }
    double sun = distance(x, y, 88, 56);
    if (sun < 8) {
      return new Color(255, 246, 214);
    }
    Color high = new Color(34, 62, 132).mixed(new Color(134, 158, 204), y / 48);
    Color air = high.mixed(new Color(250, 196, 134), (y - 36) / 44);
    return air.mixed(new Color(255, 226, 160), 0.85 * StrictMath.exp(-(sun - 8) / 16));
  }

  /** Soft shading in the colours of skin, with a small blue spot. */
  private static Color skin(double x, double y) {
    if (distance(x, y, 92, 46) < 3.5) {
      return new Color(24, 84, 216);
    }
    double u = (x - 62) / 48;
    double v = (y - 56) / 50;
    double depth = 1 - u * u - v * v;
    Color wall = new Color(196, 190, 178).mixed(new Color(128, 122, 116), (x + y) / 220);
    if (depth <= 0) {
      return wall;
    }
    double light = Math.max(0, -0.5 * u - 0.45 * v + 0.74 * Math.sqrt(depth));
    Color shaded = new Color(96, 52, 42).mixed(new Color(246, 206, 180), light);
    double blush = distance(x, y, 50, 66) / 16;
    return shaded.mixed(new Color(226, 124, 112), 0.5 * StrictMath.exp(-blush * blush));
  }

  /** A window with text, flat areas, a button and a bar of all hues. */
  private static Color ui(double x, double y) {
    Color white = new Color(255, 255, 255);
    if (y < 16) {
      return isInk("dither", x, y, 6, 3, 1.5) ? white : new Color(38, 56, 84);
    }
    if (x < 34) {
      Color side = new Color(226, 234, 244);
      if (y >= 34 && y < 46) {
        side = new Color(178, 206, 242);
      }
      boolean ink =
          isInk("open", x, y, 5, 23, 1)
              || isInk("share", x, y, 2, 36, 1)
              || isInk("print", x, y, 3, 51, 1);
      return ink ? new Color(40, 48, 60) : side;
    }
    if (isInk("eight colours", x, y, 40, 23, 1) || isInk("or sixteen", x, y, 40, 34, 1)) {
      return new Color(40, 48, 60);
    }
    if (x >= 40 && x < 122 && y >= 48 && y < 64) {
      return hue((x - 40) / 82);
    }
    double edge = distance(x, y, Math.max(94, Math.min(114, x)), 80);
    if (edge < 8) {
      return isInk("save", x, y, 92, 76, 1) ? white : new Color(28, 110, 220);
    }
    return isInk("cancel", x, y, 44, 76, 1) ? new Color(190, 40, 40) : white;
  }

  /** Red at 0, over yellow, green, cyan and blue to magenta at 1. */
  private static Color hue(double place) {
    double sixth = 5 * place;
    return new Color(
        255 * Math.max(0, Math.min(1, Math.abs(sixth - 3) - 1)),
        255 * Math.max(0, Math.min(1, 2 - Math.abs(sixth - 2))),
        255 * Math.max(0, Math.min(1, 2 - Math.abs(sixth - 4))));
  }

  /** A tile with a ring, and its soft shadow on transparency. */
  private static Color icon(double x, double y) {
    double tile = outside(x, y, 48, 42, 20, 10);
    if (tile < 0) {
      double ring = Math.abs(distance(x, y, 48, 42) - 14);
      Color fill = new Color(255, 176, 60).mixed(new Color(206, 42, 120), (x + 2 * y - 60) / 160);
      return ring < 4 ? fill.mixed(new Color(255, 255, 255), 0.9) : fill;
    }
    double shadow = Math.max(0, outside(x, y, 48, 50, 20, 10)) / 10;
    return new Color(16, 20, 40, 0.6 * StrictMath.exp(-shadow * shadow));
  }

  /** A page for e-paper: text, a moon and a bar from black to white. */
  private static Color page(double x, double y) {
    Color black = Color.grey(0);
    if (y >= 80) {
      return Color.grey(y < 83 ? 255 : 255 * x / 128);
    }
    if (x >= 66 && x < 124 && y >= 18 && y < 76) {
      double u = (x - 95) / 22;
      double v = (y - 47) / 22;
      double depth = 1 - u * u - v * v;
      Color night = Color.grey(30).mixed(Color.grey(96), (y - 18) / 58);
      double light = -0.6 * u - 0.3 * v + 0.74 * Math.sqrt(Math.max(0, depth));
      return depth > 0 ? Color.grey(40).mixed(Color.grey(250), light) : night;
    }
    boolean ink =
        isInk("the moon", x, y, 4, 3, 1.5)
            || isInk("waxes and", x, y, 4, 22, 1)
            || isInk("wanes over", x, y, 4, 33, 1)
            || isInk("this paper", x, y, 4, 44, 1)
            || isInk("in levels", x, y, 4, 55, 1)
            || isInk("of grey", x, y, 4, 66, 1);
    return ink ? black : Color.grey(255);
  }

  private static double distance(double x, double y, double centerX, double centerY) {
    double dx = x - centerX;
    double dy = y - centerY;
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** The distance from a square with round corners, negative within it. */
  private static double outside(
      double x, double y, double centerX, double centerY, double half, double radius) {
    double dx = Math.max(0, Math.abs(x - centerX) - half);
    double dy = Math.max(0, Math.abs(y - centerY) - half);
    return Math.sqrt(dx * dx + dy * dy) - radius;
  }

  private static boolean isInk(
      String text, double x, double y, double left, double top, double scale) {
    int column = (int) Math.floor((x - left) / scale);
    int row = (int) Math.floor((y - top) / scale);
    if (column < 0 || column >= 6 * text.length() || column % 6 == 5 || row < 0 || row >= 7) {
      return false;
    }
    String rows = LETTERS.getOrDefault(text.charAt(column / 6), "0000000");
    return (Character.digit(rows.charAt(row), 32) >> (4 - column % 6) & 1) != 0;
  }
}
