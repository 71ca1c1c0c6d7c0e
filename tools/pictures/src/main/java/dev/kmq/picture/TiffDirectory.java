package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** A directory of a TIFF or BigTIFF file: the fields that describe an image. */
final class TiffDirectory {
  static final int NEW_SUBFILE_TYPE = 254;
  static final int SUBFILE_TYPE = 255;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTES = 279;
  static final int X_RESOLUTION = 282;
  static final int Y_RESOLUTION = 283;
  static final int PLANAR = 284;
  static final int RESOLUTION_UNIT = 296;
  static final int PREDICTOR = 317;
  static final int WHITE_POINT = 318;
  static final int PRIMARY_CHROMATICITIES = 319;
  static final int COLOR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_LENGTH = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int INK_SET = 332;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int ICC_PROFILE = 34675;
  static final int PHOTOSHOP_LAYERS = 37724;

  private static final Set<Integer> WANTED =
      Set.of(
          NEW_SUBFILE_TYPE,
          SUBFILE_TYPE,
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          ORIENTATION,
          SAMPLES_PER_PIXEL,
          X_RESOLUTION,
          Y_RESOLUTION,
          RESOLUTION_UNIT,
          PREDICTOR,
          WHITE_POINT,
          PRIMARY_CHROMATICITIES,
          COLOR_MAP,
          INK_SET,
          STRIP_OFFSETS,
          ROWS_PER_STRIP,
          STRIP_BYTES,
          PLANAR,
          TILE_WIDTH,
          TILE_LENGTH,
          TILE_OFFSETS,
          TILE_BYTES,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT,
          ICC_PROFILE);

  /** Size of a value of each type; 0 for unknown types. */
  private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  private static final int RATIONAL = 5;
  private static final int SIGNED_RATIONAL = 10;
  private static final int MAX_VALUE_BYTES = 16 << 20;
  private static final int MAX_DIRECTORIES = 1 << 16;

  private final Map<Integer, double[]> values = new HashMap<>();
  private byte @Nullable [] profile;
  private boolean layers;

  private final long offset;
  private final boolean big;
  private final ByteOrder order;

  private TiffDirectory(long offset, boolean big, ByteOrder order) {
    this.offset = offset;
    this.big = big;
    this.order = order;
  }

  /**
   * The directories of a file, in order.
   *
   * @param damage why others are missing, or null
   */
  record Chain(List<TiffDirectory> all, @Nullable FailedInput damage) {
    /** The indices of the pages; that of the first directory if none is a page. */
    List<Integer> pages() {
      List<Integer> pages = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).isPage()) {
          pages.add(i);
        }
      }
      return pages.isEmpty() ? List.of(0) : pages;
    }
  }

  /** Reads all directories up to damage. */
  static Chain chain(ImageInputStream in) throws IOException {
    byte[] start = new byte[4];
    in.seek(0);
    in.readFully(start);
    in.setByteOrder(start[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    boolean big = start[2] == 43 || start[3] == 43;
    if (big) {
      in.readInt();
    }
    List<TiffDirectory> directories = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    FailedInput damage = null;
    long offset = offset(in, big);
    while (offset != 0 && directories.size() < MAX_DIRECTORIES && seen.add(offset)) {
      try {
        in.seek(offset);
        directories.add(read(in, big));
        offset = offset(in, big);
      } catch (EOFException | IndexOutOfBoundsException e) {
        if (directories.isEmpty()) {
          throw new FailedInput("damaged image: its first directory is incomplete", e);
        }
        String what = "the directory at offset " + offset + " is incomplete";
        damage = new FailedInput("damaged image: " + what, e);
        offset = 0;
      }
    }
    if (directories.isEmpty()) {
      throw FailedInput.damaged("it has no directory");
    }
    return new Chain(directories, damage);
  }

  private static long offset(ImageInputStream in, boolean big) throws IOException {
    return big ? in.readLong() : in.readUnsignedInt();
  }

  /** Reads the fields; the stream is then at the offset of the next directory. */
  private static TiffDirectory read(ImageInputStream in, boolean big) throws IOException {
    TiffDirectory directory = new TiffDirectory(in.getStreamPosition(), big, in.getByteOrder());
    long entries = big ? in.readLong() : in.readUnsignedShort();
    if (entries < 0 || entries > 0xFFFF) {
      throw new EOFException("entries: " + entries);
    }
    for (int i = 0; i < entries; i++) {
      int tag = in.readUnsignedShort();
      int type = in.readUnsignedShort();
      long count = offset(in, big);
      long inline = in.getStreamPosition();
      int room = big ? 8 : 4;
      int size = type < SIZES.length ? SIZES[type] : 0;
      if (tag == PHOTOSHOP_LAYERS) {
        directory.layers = count > 0;
      } else if (WANTED.contains(tag) && size > 0 && count > 0 && count <= MAX_VALUE_BYTES / size) {
        if (count * size > room) {
          in.seek(offset(in, big));
        }
        try {
          directory.take(in, tag, type, (int) count);
        } catch (EOFException e) {
          // A field with a missing value is ignored.
        }
      }
      in.seek(inline + room);
    }
    return directory;
  }

  private void take(ImageInputStream in, int tag, int type, int count) throws IOException {
    if (tag == ICC_PROFILE) {
      byte[] bytes = new byte[count * SIZES[type]];
      in.readFully(bytes);
      profile = bytes;
      return;
    }
    double[] read = new double[count];
    for (int i = 0; i < count; i++) {
      read[i] = value(in, type);
    }
    values.put(tag, read);
  }

  private static double value(ImageInputStream in, int type) throws IOException {
    return switch (type) {
      case 1, 2, 7 -> in.readUnsignedByte();
      case 3 -> in.readUnsignedShort();
      case 6 -> in.readByte();
      case 8 -> in.readShort();
      case RATIONAL -> (double) in.readUnsignedInt() / in.readUnsignedInt();
      case 9 -> in.readInt();
      case SIGNED_RATIONAL -> (double) in.readInt() / in.readInt();
      case 11 -> in.readFloat();
      case 12 -> in.readDouble();
      case 16, 17, 18 -> in.readLong();
      default -> in.readUnsignedInt();
    };
  }

  /** Where it begins in the file. */
  long offset() {
    return offset;
  }

  /** Whether the file is a BigTIFF. */
  boolean isBig() {
    return big;
  }

  /** The order of the bytes in the file. */
  ByteOrder order() {
    return order;
  }

  boolean has(int tag) {
    return values.containsKey(tag);
  }

  /** The first value of a field, or a default if the field is missing. */
  int get(int tag, int missing) {
    double[] all = values.get(tag);
    return all == null ? missing : (int) Math.min(all[0], Integer.MAX_VALUE);
  }

  /** All values of a field; none if it is missing. */
  double[] all(int tag) {
    return values.getOrDefault(tag, new double[0]);
  }

  /** The ICC profile, or null. */
  byte @Nullable [] profile() {
    return profile;
  }

  /** Whether Photoshop has stored layers with the image. */
  boolean hasLayers() {
    return layers;
  }

  /** Whether this is a page, not a thumbnail or mask of another. */
  boolean isPage() {
    return (get(NEW_SUBFILE_TYPE, 0) & 5) == 0 && get(SUBFILE_TYPE, 1) != 2;
  }
}
