package dev.kmq.imageio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The orientation in Exif data (Exif 2.3, 4.6.2; TIFF 6.0, section 8): 1 upright, 2 mirrored left
 * to right, 3 turned by 180 degrees, 4 mirrored top to bottom, 5 to 8 with rows and columns
 * exchanged. Data begins with the TIFF header, as in an {@code eXIf} chunk; arrays passed in are
 * not modified. An application that turns the pixels of a photograph upright must reset the
 * orientation in the Exif data it keeps, or viewers turn the image again.
 */
public final class ExifOrientation {
  /**
   * Names in the standard metadata format of 1 to 8: the flips and counter-clockwise turns that set
   * an image upright.
   */
  private static final List<String> NAMES =
      List.of(
          "Normal",
          "FlipH",
          "Rotate180",
          "FlipV",
          "FlipHRotate90",
          "Rotate270",
          "FlipVRotate90",
          "Rotate90");

  private static final int TAG = 0x112;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int MAX_ENTRIES = 0xFFFF;

  /** Maximum bytes of a chunk's data. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private ExifOrientation() {}

  /** Whether there is a TIFF header with a valid offset of a directory. */
  static boolean isReadable(byte[] exif) {
    return directory(exif) != null;
  }

  /**
   * {@return the orientation, 1 to 8; 1 if none is found}
   *
   * @param exif data that begins with a TIFF header
   */
  public static int of(byte[] exif) {
    ByteBuffer directory = directory(exif);
    int at = directory == null ? -1 : entry(directory, 0);
    int value = directory == null || at < 0 ? 1 : value(directory, at);
    return value < 1 || value > NAMES.size() ? 1 : value;
  }

  /** The name of an orientation. */
  static String name(int orientation) {
    return NAMES.get(orientation - 1);
  }

  /** The number of a name, 1 to 8, or 0 if the name is unknown. */
  static int number(String name) {
    return NAMES.indexOf(name) + 1;
  }

  /**
   * {@return Exif data with another orientation; everything else is kept} Data that already has
   * this orientation is copied, and so is data without one if 1 is requested. An entry whose type
   * is neither {@code SHORT}, as Exif prescribes, nor {@code LONG} becomes a {@code SHORT}.
   *
   * @param exif null for none, which gives data with an orientation only; so does data that cannot
   *     be read, unless 1 is requested
   * @param orientation 1 to 8
   * @throws IllegalArgumentException if {@code orientation} is out of range, or the directory has
   *     no room for one more entry
   */
  public static byte[] with(byte @Nullable [] exif, int orientation) {
    if (orientation < 1 || orientation > NAMES.size()) {
      throw new IllegalArgumentException("orientation must be 1 to 8, not " + orientation);
    }
    ByteBuffer directory = exif == null ? null : directory(exif);
    if (exif != null && (directory == null || entry(directory, 0) < 0) && orientation == 1) {
      return exif.clone();
    }
    if (exif == null || directory == null) {
      ByteBuffer empty = ByteBuffer.allocate(HEADER_BYTES + 6);
      empty.putShort((short) 0x4D4D).putShort((short) 42).putInt(HEADER_BYTES);
      byte[] data = empty.array();
      return withEntry(data, empty.position(HEADER_BYTES), orientation);
    }
    return entry(directory, 0) < 0
        ? withEntry(exif, directory, orientation)
        : set(exif, directory, orientation);
  }

  private static byte[] set(byte[] exif, ByteBuffer directory, int orientation) {
    byte[] changed = exif.clone();
    ByteBuffer to = ByteBuffer.wrap(changed).order(directory.order());
    for (int at = entry(directory, 0); at >= 0; at = entry(directory, at + 1)) {
      if (directory.getShort(at + 2) == LONG) {
        to.putInt(at + 8, orientation);
      } else {
        to.putShort(at + 2, (short) SHORT).putInt(at + 4, 1).putShort(at + 8, (short) orientation);
      }
    }
    return changed;
  }

  /** A copy of the directory with the new entry is appended, so existing offsets stay valid. */
  private static byte[] withEntry(byte[] exif, ByteBuffer directory, int orientation) {
    int start = directory.position();
    int count = directory.getShort(start) & 0xFFFF;
    long length = exif.length + exif.length % 2 + 2L + (count + 1L) * ENTRY_BYTES + 4;
    if (count == MAX_ENTRIES || length > MAX_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Exif data of %d entries and %d bytes has no room for another entry",
              count,
              exif.length));
    }
    int before = 0;
    while (before < count && tag(directory, start, before) < TAG) {
      before++;
    }
    int moved = exif.length + exif.length % 2;
    int entries = start + 2;
    byte[] changed = Arrays.copyOf(exif, (int) length);
    ByteBuffer to = ByteBuffer.wrap(changed).order(directory.order());
    to.putInt(4, moved).position(moved);
    to.putShort((short) (count + 1)).put(exif, entries, before * ENTRY_BYTES);
    to.putShort((short) TAG).putShort((short) SHORT).putInt(1);
    to.putShort((short) orientation).putShort((short) 0);
    int left = (count - before) * ENTRY_BYTES + 4;
    to.put(exif, entries + before * ENTRY_BYTES, left);
    return changed;
  }

  /** The data, at the first directory, in its order of bytes; null if there is none. */
  private static @Nullable ByteBuffer directory(byte[] exif) {
    if (exif.length < HEADER_BYTES || exif[0] != exif[1] || exif[0] != 'I' && exif[0] != 'M') {
      return null;
    }
    ByteBuffer data = ByteBuffer.wrap(exif);
    data.order(exif[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int start = data.getInt(4);
    if (data.getShort(2) != 42 || start < HEADER_BYTES || start > exif.length - 6) {
      return null;
    }
    int count = data.getShort(start) & 0xFFFF;
    boolean within = start + 2L + (long) count * ENTRY_BYTES + 4 <= exif.length;
    return within ? data.position(start) : null;
  }

  private static int tag(ByteBuffer directory, int start, int entry) {
    return directory.getShort(start + 2 + entry * ENTRY_BYTES) & 0xFFFF;
  }

  /** Where the first entry of the orientation from an offset on begins, or -1. */
  private static int entry(ByteBuffer directory, int from) {
    int start = directory.position();
    int count = directory.getShort(start) & 0xFFFF;
    for (int i = 0; i < count; i++) {
      int at = start + 2 + i * ENTRY_BYTES;
      if (at >= from && tag(directory, start, i) == TAG) {
        return at;
      }
    }
    return -1;
  }

  /** The value of an entry; some writers store it in 32 bits. */
  private static int value(ByteBuffer directory, int at) {
    return switch (directory.getShort(at + 2)) {
      case SHORT -> directory.getShort(at + 8);
      case LONG -> directory.getInt(at + 8);
      default -> 0;
    };
  }
}
