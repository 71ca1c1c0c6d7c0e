package dev.kmq.colors;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.file.FailedInput;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The formats of palette files that are written, by suffix. */
public enum PaletteFormat {
  GPL("gpl", Alpha.NONE),
  JASC("pal", Alpha.NONE),
  ACT("act", Alpha.ONE_ENTRY),
  HEX("hex", Alpha.EVERY_ENTRY),
  TXT("txt", Alpha.EVERY_ENTRY),
  KMQ("kmq", Alpha.EVERY_ENTRY);

  /** The formats that are read, for messages. */
  public static final String READ =
      ".kmq, GIMP .gpl, JASC or RIFF .pal, .act, Paint.NET .txt, or #RRGGBB[AA] lines";

  /** Number of colours in a file of fixed length. */
  static final int ACT_COLORS = 256;

  /** The transparency that a format supports. */
  private enum Alpha {
    NONE,
    ONE_ENTRY,
    EVERY_ENTRY
  }

  private final String suffix;
  private final Alpha alpha;

  PaletteFormat(String suffix, Alpha alpha) {
    this.suffix = suffix;
    this.alpha = alpha;
  }

  /** The format of a file name's suffix, or null. */
  public static @Nullable PaletteFormat ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (PaletteFormat format : values()) {
      if (lower.endsWith("." + format.suffix)) {
        return format;
      }
    }
    return null;
  }

  /** All suffixes with their dots, for messages. */
  public static String suffixes() {
    return Arrays.stream(values()).map(f -> "." + f.suffix).collect(Collectors.joining(", "));
  }

  /**
   * The palette as a file.
   *
   * @throws FailedInput if this format cannot hold the palette
   */
  public byte[] bytes(Palette palette) throws IOException {
    checkAlpha(palette);
    return switch (this) {
      case GPL -> text("GIMP Palette\nName: kmq\nColumns: 16\n#\n", palette, "%3d %3d %3d\n");
      case JASC -> text("JASC-PAL\r\n0100\r\n" + palette.size() + "\r\n", palette, "%d %d %d\r\n");
      case ACT -> act(palette);
      case HEX, TXT -> (String.join("\n", hex(palette)) + "\n").getBytes(StandardCharsets.US_ASCII);
      case KMQ -> strip(palette);
    };
  }

  private void checkAlpha(Palette palette) throws FailedInput {
    int translucent = 0;
    boolean partly = false;
    for (int i = 0; i < palette.size(); i++) {
      int opacity = palette.argb(i) >>> 24;
      translucent += opacity < 255 ? 1 : 0;
      partly |= opacity > 0 && opacity < 255;
    }
    if (alpha == Alpha.NONE && translucent > 0) {
      throw new FailedInput("." + suffix + " cannot hold transparency; use .hex or .kmq");
    }
    if (alpha == Alpha.ONE_ENTRY && (translucent > 1 || partly)) {
      throw new FailedInput(
          "."
              + suffix
              + " can hold one fully transparent colour and no other transparency; "
              + "use .hex or .kmq");
    }
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

  /** 256 colours of 3 bytes, the number used, and the transparent index or 65535. */
  private static byte[] act(Palette palette) throws FailedInput {
    if (palette.size() > ACT_COLORS) {
      throw new FailedInput(
          palette.size() + " colours exceed the 256 of .act; use .gpl, .hex or .kmq");
    }
    ByteBuffer bytes = ByteBuffer.allocate(3 * ACT_COLORS + 4);
    int transparent = 0xFFFF;
    for (int i = 0; i < palette.size(); i++) {
      int argb = palette.argb(i);
      bytes.put((byte) (argb >>> 16)).put((byte) (argb >>> 8)).put((byte) argb);
      transparent = argb >>> 24 == 0 ? i : transparent;
    }
    bytes.putShort(3 * ACT_COLORS, (short) palette.size());
    bytes.putShort(3 * ACT_COLORS + 2, (short) transparent);
    return bytes.array();
  }

  /** An image with every entry once. */
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
  public static List<String> hex(Palette palette) {
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
