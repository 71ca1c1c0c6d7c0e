package dev.kmq.container;

import dev.kmq.image.Palette;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A piece of metadata: a type of four ASCII letters and bytes (specification, section Chunks). The
 * case of the letters means the same as in PNG: first upper-case = critical, second upper-case =
 * public, third always upper-case, fourth lower-case = safe to copy.
 */
public final class Chunk {
  /** An ICC profile. */
  public static final String ICCP = "iCCP";

  /** Pixels per metre: u32 horizontally, u32 vertically. */
  public static final String PHYS = "pHYs";

  /** Exif, TIFF-structured, without the JPEG prefix. */
  public static final String EXIF = "eXIf";

  /** A text: keyword, NUL, text, both UTF-8. */
  public static final String TEXT = "tEXt";

  /** Another palette for the same indices: name, NUL, code of the entries, K entries. */
  public static final String PALETTE = "pALT";

  static final String END = "KPIX";

  /** Type, length and checksum. */
  static final int FRAME_BYTES = 12;

  private final String type;
  private final byte[] data;

  private Chunk(String type, byte[] data) {
    this.type = type;
    this.data = data;
  }

  /**
   * A chunk of any type except {@code KPIX}, which ends the chunks and is written automatically.
   *
   * @param type four ASCII letters
   * @param data the contents; copied
   * @return the chunk
   * @throws IllegalArgumentException if the type is not four ASCII letters with the third one
   *     upper-case, is {@code KPIX}, or the data of a known type breaks its rules
   */
  public static Chunk of(String type, byte[] data) {
    if (!isType(type) || type.equals(END)) {
      throw new IllegalArgumentException("not a chunk type: " + type);
    }
    Chunk chunk = new Chunk(type, data.clone());
    String fault = chunk.fault();
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(fault);
    }
    return chunk;
  }

  /**
   * {@return an {@code iCCP} chunk with the unchanged profile}
   *
   * @param profile bytes of an ICC profile; copied
   */
  public static Chunk iccProfile(byte[] profile) {
    return of(ICCP, profile);
  }

  /**
   * {@return a {@code pHYs} chunk; both values unsigned}
   *
   * @param x horizontal resolution
   * @param y vertical resolution
   */
  public static Chunk pixelsPerMetre(int x, int y) {
    return of(PHYS, ByteBuffer.allocate(8).putInt(x).putInt(y).array());
  }

  /**
   * {@return an {@code eXIf} chunk; {@code exif} begins with a TIFF header ({@code II} or {@code
   * MM})}
   *
   * @param exif copied
   */
  public static Chunk exif(byte[] exif) {
    return of(EXIF, exif);
  }

  /**
   * {@return a {@code tEXt} chunk}
   *
   * @param keyword 1 to 79 bytes of UTF-8
   * @param text any text, also an empty one
   * @throws IllegalArgumentException if the keyword is empty, exceeds 79 bytes of UTF-8 or contains
   *     NUL
   */
  public static Chunk text(String keyword, String text) {
    byte[] key = keyword.getBytes(StandardCharsets.UTF_8);
    if (keyword.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the keyword of a tEXt chunk must not contain NUL");
    }
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    byte[] data = Arrays.copyOf(key, key.length + 1 + value.length);
    System.arraycopy(value, 0, data, key.length + 1, value.length);
    return of(TEXT, data);
  }

  /**
   * {@return a {@code pALT} chunk: another palette for the same image} The file must have the same
   * number of colours; names must be unique in it.
   *
   * @param name 1 to 79 bytes of UTF-8
   * @param palette as many entries as the palette of the image
   * @throws IllegalArgumentException if the name is empty, exceeds 79 bytes of UTF-8 or contains
   *     NUL
   */
  public static Chunk palette(String name, Palette palette) {
    return of(PALETTE, PaletteChunk.data(name, palette));
  }

  static Chunk read(String type, byte[] data) {
    return new Chunk(type, data);
  }

  static boolean isType(String type) {
    if (type.length() != 4 || !Character.isUpperCase(type.charAt(2))) {
      return false;
    }
    return type.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z');
  }

  static boolean isKnown(String type) {
    return switch (type) {
      case ICCP, PHYS, EXIF, TEXT, PALETTE, END -> true;
      default -> false;
    };
  }

  static boolean isCritical(String type) {
    return Character.isUpperCase(type.charAt(0));
  }

  /** Whether a file may have several chunks of a known type. */
  static boolean isRepeatable(String type) {
    return type.equals(TEXT) || type.equals(PALETTE);
  }

  /**
   * Whether a chunk of a type can have this length in a file with this number of colours; lengths
   * above 2^31-1 are negative.
   */
  static boolean isLength(String type, int length, int colors) {
    return type.equals(PALETTE) ? PaletteChunk.isLength(length, colors) : isLength(type, length);
  }

  private static boolean isLength(String type, int length) {
    return switch (type) {
      case ICCP -> length >= 1;
      case PHYS -> length == 8;
      case END -> length == 0;
      default -> length >= 0;
    };
  }

  /** Which rule of its type this chunk breaks (specification, section Chunks); empty if none. */
  String fault() {
    if (!isLength(type, data.length)) {
      return "chunk " + type + " cannot be " + data.length + " bytes long";
    }
    if (type.equals(PALETTE)) {
      return PaletteChunk.fault(data);
    }
    if (!type.equals(TEXT)) {
      return "";
    }
    int nul = textSeparator();
    if (nul < 1 || nul > 79) {
      return "a tEXt chunk must begin with a keyword of 1 to 79 bytes and a NUL";
    }
    return isUtf8(data) ? "" : "a tEXt chunk must be UTF-8";
  }

  static boolean isUtf8(byte[] bytes) {
    // What is not valid is replaced when it is decoded.
    byte[] again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(again, bytes);
  }

  private int textSeparator() {
    return separator(data);
  }

  /** Index of the first NUL, or -1. */
  static int separator(byte[] data) {
    int i = 0;
    while (i < data.length && data[i] != 0) {
      i++;
    }
    return i < data.length ? i : -1;
  }

  /** {@return the four letters} */
  public String type() {
    return type;
  }

  /** {@return a copy of the data} */
  public byte[] data() {
    return data.clone();
  }

  /** {@return the length of the data in bytes} */
  public int length() {
    return data.length;
  }

  byte[] dataInPlace() {
    return data;
  }

  /** {@return whether editors that do not know the type may copy the chunk into a changed image} */
  public boolean safeToCopy() {
    return Character.isLowerCase(type.charAt(3));
  }

  /** {@return the horizontal pixels per metre of a {@code pHYs} chunk, unsigned} */
  public int pixelsPerMetreX() {
    return Format.getInt(require(PHYS), 0);
  }

  /** {@return the vertical pixels per metre of a {@code pHYs} chunk, unsigned} */
  public int pixelsPerMetreY() {
    return Format.getInt(require(PHYS), 4);
  }

  /** {@return the keyword of a {@code tEXt} chunk} */
  public String keyword() {
    return new String(require(TEXT), 0, textSeparator(), StandardCharsets.UTF_8);
  }

  /** {@return the text of a {@code tEXt} chunk} */
  public String text() {
    int start = textSeparator() + 1;
    return new String(require(TEXT), start, data.length - start, StandardCharsets.UTF_8);
  }

  /** {@return the name of the palette of a {@code pALT} chunk} */
  public String paletteName() {
    return PaletteChunk.name(require(PALETTE));
  }

  /** {@return the palette of a {@code pALT} chunk, in the colour space of the file} */
  public Palette palette() {
    return PaletteChunk.palette(require(PALETTE));
  }

  /**
   * {@return the chunks with {@code change} applied to each alternative palette}
   *
   * @param chunks chunks of any types
   * @param change gets each alternative palette and returns its replacement
   */
  public static List<Chunk> mapPalettes(List<Chunk> chunks, UnaryOperator<Palette> change) {
    List<Chunk> mapped = new ArrayList<>();
    for (Chunk c : chunks) {
      mapped.add(c.type.equals(PALETTE) ? palette(c.paletteName(), change.apply(c.palette())) : c);
    }
    return Collections.unmodifiableList(mapped);
  }

  private byte[] require(String wanted) {
    if (!type.equals(wanted)) {
      throw new IllegalStateException("a " + type + " chunk is not a " + wanted + " chunk");
    }
    return data;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Chunk c && c.type.equals(type) && Arrays.equals(c.data, data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, Arrays.hashCode(data));
  }

  @Override
  public String toString() {
    return type + "[" + data.length + " bytes]";
  }
}
