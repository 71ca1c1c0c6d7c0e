package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.picture.ColorProfile;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.KmqReader;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Palettes as files: the palette of a {@code .kmq}, GIMP's {@code .gpl}, JASC's {@code .pal}, or a
 * list of {@code #RRGGBB} or {@code #RRGGBBAA}, one a line.
 */
final class PaletteFile {
  private static final String GIMP = "GIMP Palette";
  private static final String JASC = "JASC-PAL";
  private static final Pattern DECIMAL_COLOR =
      Pattern.compile("\\s*(\\d{1,3})\\s+(\\d{1,3})\\s+(\\d{1,3})(\\s.*)?");
  private static final Pattern HEX_COLOR = Pattern.compile("#?([0-9A-Fa-f]{6})([0-9A-Fa-f]{2})?");
  private static final int FIRST_LINE = 64;

  /** Most bytes of a palette as text: 65536 lines of 64. */
  private static final int MAX_TEXT_BYTES = 4 << 20;

  private PaletteFile() {}

  /** Whether a name ends as one of a palette. */
  static boolean isName(String name) {
    return name.toLowerCase(Locale.ROOT).matches(".*\\.(gpl|pal|hex|txt|kmq)");
  }

  /** Whether an input holds a palette, by its name or else its first bytes. */
  static boolean isPalette(Input input) throws IOException {
    String name = input.relative().toLowerCase(Locale.ROOT);
    if (isName(name) && !name.endsWith("." + Format.SUFFIX)) {
      return true;
    }
    byte[] start = start(input);
    if (isKmq(start)) {
      return true;
    }
    String line = new String(start, StandardCharsets.ISO_8859_1).split("\\R", 2)[0].strip();
    return line.equals(GIMP) || line.equals(JASC) || HEX_COLOR.matcher(line).matches();
  }

  /** Whether an input is a .kmq, which has pixels beside its palette. */
  static boolean isKmq(Input input) throws IOException {
    return isKmq(start(input));
  }

  private static byte[] start(Input input) throws IOException {
    try (InputStream in = input.open()) {
      return in.readNBytes(FIRST_LINE);
    }
  }

  private static boolean isKmq(byte[] start) {
    int length = Format.SIGNATURE_BYTES;
    return start.length >= length && Arrays.equals(start, 0, length, Format.signature(), 0, length);
  }

  /**
   * Reads a palette, in sRGB, from the start of a stream, once; its form is told by the content.
   * The stream is not closed.
   */
  static Palette read(InputStream stream) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stream);
    in.mark(Format.SIGNATURE_BYTES);
    byte[] start = in.readNBytes(Format.SIGNATURE_BYTES);
    in.reset();
    if (isKmq(start)) {
      KmqReader reader = KmqReader.open(in, DecodeOptions.defaults());
      ColorProfile profile = ColorProfile.of(reader.chunks(), new ArrayList<>());
      Palette palette = reader.header().palette();
      return profile == null ? palette : profile.toSrgb(palette);
    }
    byte[] bytes = in.readNBytes(MAX_TEXT_BYTES + 1);
    if (bytes.length == 0) {
      throw new FailedInput("is empty");
    }
    if (bytes.length > MAX_TEXT_BYTES) {
      throw new FailedInput(
          "holds more than the " + (MAX_TEXT_BYTES >> 20) + " MiB that a palette as text may have");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FailedInput(
          "is neither a .kmq nor a palette as text (.gpl, .pal, or #RRGGBB line by line)", e);
    }
    String[] lines = text.split("\\R", -1);
    return switch (lines[0].strip()) {
      case GIMP -> decimal(lines, 1);
      case JASC -> jasc(lines);
      default -> hex(lines);
    };
  }

  /** Behind the name come a version and the number of colours. */
  private static Palette jasc(String[] lines) throws FailedInput {
    Palette palette = decimal(lines, 3);
    if (!lines[2].strip().equals(String.valueOf(palette.size()))) {
      throw new FailedInput(
          "line 3 says %s colours, %d follow".formatted(lines[2].strip(), palette.size()));
    }
    return palette;
  }

  private static Palette decimal(String[] lines, int first) throws FailedInput {
    IntStream.Builder colors = IntStream.builder();
    for (int i = first; i < lines.length; i++) {
      String line = lines[i].strip();
      Matcher matcher = DECIMAL_COLOR.matcher(line);
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

  /**
   * A palette as the bytes of a file of this name: {@code .gpl}, {@code .pal}, {@code .kmq} as a
   * picture of K x 1 pixels that shows every entry once, else a hex colour a line.
   */
  static byte[] bytes(Palette palette, String fileName) throws IOException {
    String suffix = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (palette.hasAlpha() && (suffix.equals("gpl") || suffix.equals("pal"))) {
      throw new FailedInput("." + suffix + " cannot hold transparency; .hex and .kmq can");
    }
    return switch (suffix) {
      case "gpl" -> text("GIMP Palette\nName: kmq\nColumns: 16\n#\n", palette, "%3d %3d %3d\n");
      case "pal" -> text("JASC-PAL\r\n0100\r\n" + palette.size() + "\r\n", palette, "%d %d %d\r\n");
      case Format.SUFFIX -> strip(palette);
      default -> (String.join("\n", hex(palette)) + "\n").getBytes(StandardCharsets.US_ASCII);
    };
  }

  private static byte[] text(String head, Palette palette, String format) {
    StringBuilder text = new StringBuilder(head);
    for (int i = 0; i < palette.size(); i++) {
      int argb = palette.argb(i);
      text.append(
          String.format(Locale.ROOT, format, argb >>> 16 & 0xFF, argb >>> 8 & 0xFF, argb & 0xFF));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] strip(Palette palette) throws IOException {
    IndexPlane plane = IndexPlane.allocate(palette.size(), 1, palette.size());
    for (int i = 0; i < palette.size(); i++) {
      plane.set(i, 0, i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KmqEncoder(EncodeOptions.builder().build()).write(new IndexedImage(palette, plane), out);
    return out.toByteArray();
  }

  /** The colours as {@code #rrggbb}, or {@code #rrggbbaa} in a palette with alpha. */
  static List<String> hex(Palette palette) {
    List<String> colors = new ArrayList<>();
    for (int i = 0; i < palette.size(); i++) {
      int argb = palette.argb(i);
      colors.add(
          palette.hasAlpha()
              ? String.format(Locale.ROOT, "#%06x%02x", argb & 0xFFFFFF, argb >>> 24)
              : String.format(Locale.ROOT, "#%06x", argb & 0xFFFFFF));
    }
    return colors;
  }
}
