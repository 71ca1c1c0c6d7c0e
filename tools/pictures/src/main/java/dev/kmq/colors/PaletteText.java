package dev.kmq.colors;

import dev.kmq.file.FailedInput;
import dev.kmq.image.Palette;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Palettes as text: GIMP, JASC, Paint.NET, and lists of one hexadecimal colour per line. */
final class PaletteText {
  private static final String GIMP = "GIMP Palette";
  private static final String JASC = "JASC-PAL";

  /** Starts a comment; Paint.NET's files begin with one. */
  private static final String COMMENT = ";";

  private static final Pattern DECIMAL_COLOR =
      Pattern.compile("(\\d{1,3})\\s+(\\d{1,3})\\s+(\\d{1,3})(?:\\s+(\\d{1,3}))?(\\s.*)?");
  private static final Pattern HEX_COLOR = Pattern.compile("(#?)([0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})");
  private static final Pattern GIMP_FIELD = Pattern.compile("[A-Za-z]+:.*");

  /** Maximum length of a quoted line in a message. */
  private static final int SHOWN = 40;

  private final String[] lines;
  private int[] argb = new int[256];
  private int size;

  private PaletteText(String[] lines) {
    this.lines = lines;
  }

  /** Whether a text starts like a palette. */
  static boolean isPalette(String start) {
    String line = start.split("\\R", 2)[0].strip();
    return line.equals(GIMP)
        || line.equals(JASC)
        || line.startsWith(COMMENT)
        || HEX_COLOR.matcher(line).matches();
  }

  /**
   * Reads a palette; its first line determines the format.
   *
   * @param text without a byte order mark
   * @throws FailedInput with the invalid line
   */
  static Palette parse(String text) throws FailedInput {
    PaletteText palette = new PaletteText(text.split("\\R", -1));
    return switch (palette.lines[0].strip()) {
      case GIMP -> palette.gimp();
      case JASC -> palette.jasc();
      default -> palette.hex();
    };
  }

  /** If a field declares it, colours have alpha as a fourth number; else names may follow. */
  private Palette gimp() throws FailedInput {
    boolean alpha = false;
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (GIMP_FIELD.matcher(line).matches()) {
        String field = line.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
        alpha |= field.equals("channels:rgba");
      } else {
        decimal(i, alpha, alpha);
      }
    }
    return palette();
  }

  /** A version and the number of colours follow the name; alpha is a fourth number. */
  private Palette jasc() throws FailedInput {
    for (int i = 3; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        decimal(i, true, false);
      }
    }
    String stated = lines.length > 2 ? lines[2].strip() : "";
    if (!stated.equals(String.valueOf(size))) {
      throw new FailedInput(
          "line 3 specifies %s colours, but %d follow"
              .formatted(stated.isEmpty() ? "no" : clip(stated), size));
    }
    return palette();
  }

  private void decimal(int i, boolean alpha, boolean required) throws FailedInput {
    Matcher matcher = DECIMAL_COLOR.matcher(lines[i].strip());
    if (!matcher.matches()) {
      throw noColor(i, "expected red, green and blue from 0 to 255");
    }
    int opacity = 255;
    if (alpha && matcher.group(4) != null) {
      opacity = channel(matcher.group(4), i);
    } else if (required) {
      throw noColor(i, "expected red, green, blue and alpha from 0 to 255");
    }
    add(
        opacity << 24
            | channel(matcher.group(1), i) << 16
            | channel(matcher.group(2), i) << 8
            | channel(matcher.group(3), i));
  }

  private static int channel(String number, int line) throws FailedInput {
    int value = Integer.parseInt(number);
    if (value > 255) {
      throw new FailedInput("line " + (line + 1) + ": " + value + " is above 255");
    }
    return value;
  }

  /** Eight digits are RRGGBBAA with a # as on the web, AARRGGBB without one as in Paint.NET. */
  private Palette hex() throws FailedInput {
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.isEmpty() || line.startsWith(COMMENT)) {
        continue;
      }
      Matcher matcher = HEX_COLOR.matcher(line);
      if (!matcher.matches()) {
        throw noColor(i, "expected #RRGGBB or #RRGGBBAA");
      }
      int digits = Integer.parseUnsignedInt(matcher.group(2), 16);
      if (matcher.group(2).length() == 6) {
        add(0xFF000000 | digits);
      } else {
        add(matcher.group(1).isEmpty() ? digits : Integer.rotateRight(digits, 8));
      }
    }
    return palette();
  }

  private FailedInput noColor(int line, String expected) {
    return new FailedInput(
        "line %d is not a colour: %s (%s)"
            .formatted(line + 1, clip(lines[line].strip()), expected));
  }

  private static String clip(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private void add(int color) {
    if (size == argb.length) {
      argb = Arrays.copyOf(argb, 2 * size);
    }
    argb[size++] = color;
  }

  private Palette palette() throws FailedInput {
    if (size < 1 || size > Palette.MAX_SIZE) {
      throw new FailedInput(
          "holds "
              + (size == 0 ? "no" : size)
              + " colours; a palette has 1 to "
              + Palette.MAX_SIZE);
    }
    int[] colors = Arrays.copyOf(argb, size);
    boolean opaque = Arrays.stream(colors).allMatch(c -> c >>> 24 == 0xFF);
    return opaque ? Palette.ofRgb(colors) : Palette.ofArgb(colors);
  }
}
