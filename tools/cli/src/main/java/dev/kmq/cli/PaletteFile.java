package dev.kmq.cli;

import dev.kmq.cli.file.FailedInput;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.KmqReader;
import dev.kmq.image.Palette;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Palettes as files: the palette of a {@code .kmq}, GIMP's {@code .gpl}, or a list of {@code
 * #RRGGBB} or {@code #RRGGBBAA}, one a line.
 */
final class PaletteFile {
  private static final String GIMP = "GIMP Palette";
  private static final Pattern GIMP_COLOR =
      Pattern.compile("\\s*(\\d{1,3})\\s+(\\d{1,3})\\s+(\\d{1,3})(\\s.*)?");
  private static final Pattern HEX_COLOR = Pattern.compile("#?([0-9A-Fa-f]{6})([0-9A-Fa-f]{2})?");

  private PaletteFile() {}

  /** Reads a palette; its form is told by the content. */
  static Palette read(Path path) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(Format.SIGNATURE_BYTES);
    }
    if (Arrays.equals(start, Format.signature())) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(path));
          KmqReader reader = KmqReader.open(in, DecodeOptions.defaults())) {
        return reader.header().palette();
      }
    }
    String text = Files.readString(path, StandardCharsets.UTF_8);
    String[] lines = text.split("\\R", -1);
    return lines[0].strip().equals(GIMP) ? gimp(lines) : hex(lines);
  }

  private static Palette gimp(String[] lines) throws FailedInput {
    IntStream.Builder colors = IntStream.builder();
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i].strip();
      Matcher matcher = GIMP_COLOR.matcher(line);
      if (matcher.matches()) {
        colors.add(
            channel(matcher.group(1), i) << 16
                | channel(matcher.group(2), i) << 8
                | channel(matcher.group(3), i));
      } else if (!line.isEmpty() && !line.startsWith("#") && !line.matches("[A-Za-z]+:.*")) {
        throw new FailedInput("line " + (i + 1) + " is no colour: " + line);
      }
    }
    return palette(colors.build().toArray(), false);
  }

  private static int channel(String number, int line) throws FailedInput {
    int value = Integer.parseInt(number);
    if (value > 255) {
      throw new FailedInput("line " + (line + 1) + ": " + value + " is above 255");
    }
    return value;
  }

  private static Palette hex(String[] lines) throws FailedInput {
    IntStream.Builder colors = IntStream.builder();
    boolean alpha = false;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.isEmpty()) {
        continue;
      }
      Matcher matcher = HEX_COLOR.matcher(line);
      if (!matcher.matches()) {
        throw new FailedInput("line " + (i + 1) + " is no colour of the form #RRGGBB: " + line);
      }
      String opacity = matcher.group(2);
      alpha |= opacity != null;
      int a = opacity == null ? 0xFF : Integer.parseInt(opacity, 16);
      colors.add(a << 24 | Integer.parseInt(matcher.group(1), 16));
    }
    return palette(colors.build().toArray(), alpha);
  }

  private static Palette palette(int[] colors, boolean alpha) throws FailedInput {
    if (colors.length < 1 || colors.length > Palette.MAX_SIZE) {
      throw new FailedInput("holds " + colors.length + " colours, a palette has 1 to 65536");
    }
    return alpha ? Palette.ofArgb(colors) : Palette.ofRgb(colors);
  }

  /** A palette as text: .gpl for a name that ends so, else one hex colour a line. */
  static String text(Palette palette, String fileName) throws FailedInput {
    boolean gimp = fileName.toLowerCase(Locale.ROOT).endsWith(".gpl");
    if (gimp && palette.hasAlpha()) {
      throw new FailedInput(".gpl cannot hold transparency; .hex can");
    }
    StringBuilder text = new StringBuilder(gimp ? GIMP + "\nName: kmq\nColumns: 16\n#\n" : "");
    for (int i = 0; i < palette.size(); i++) {
      int argb = palette.argb(i);
      int red = argb >>> 16 & 0xFF;
      int green = argb >>> 8 & 0xFF;
      int blue = argb & 0xFF;
      if (gimp) {
        text.append(
            String.format(
                Locale.ROOT, "%3d %3d %3d\t#%02x%02x%02x%n", red, green, blue, red, green, blue));
      } else {
        text.append(String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue));
        text.append(palette.hasAlpha() ? String.format(Locale.ROOT, "%02x", argb >>> 24) : "");
        text.append('\n');
      }
    }
    return text.toString().replace("\r\n", "\n");
  }
}
