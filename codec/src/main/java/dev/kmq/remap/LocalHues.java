package dev.kmq.remap;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorCoordinates;
import java.util.Arrays;

/**
 * Which hues there are around each pixel, so that dithering does not add dots of other hues. An
 * entry of clear hue is foreign to a pixel if no pixel within {@link #REACH} rows and columns has a
 * hue within {@link #APART} degrees of it in Oklab. Hues are sets of bits; a bit of an entry's set
 * that is in the set of a pixel means that the entry is at home there. Palettes of fewer than
 * {@link #LEAST_ENTRIES} entries, and those not made for the image, must mix hues: all their
 * entries are at home everywhere. For one thread at a time.
 */
final class LocalHues {
  /** How far a pixel looks, at most. */
  private static final int REACH = 8;

  private static final double APART = 40;

  private static final int LEAST_ENTRIES = 32;

  /** Entries of less chroma are at home everywhere. */
  private static final double CLEAR = 0.05;

  /** Pixels of less chroma have no hue. */
  private static final double GREY = 0.02;

  /** Side of the squares that share a set: a pixel sees its own and the eight around it. */
  private static final int SQUARE = REACH / 2;

  /** One bit is left for entries that are at home everywhere. */
  private static final int HUES = 63;

  private static final long EVERYWHERE = 1L << HUES;

  private final PixelSource pixels;
  private final ColorCoordinates space = new ColorCoordinates(Metric.OKLAB, false);
  private final float leastSquare =
      (float) (GREY * space.chromaScale() * GREY * space.chromaScale());
  private final short[] at = new short[3];
  private final double[] lab = new double[3];
  private final int[] row;

  /** The hues in the squares of three rows of squares, and those around them. */
  private final long[][] inside;

  private long[] around;
  private final boolean ignored;
  private int square = -2;

  private LocalHues(PixelSource pixels, boolean ignored) {
    this.pixels = pixels;
    this.ignored = ignored;
    this.row = new int[pixels.width()];
    int squares = (pixels.width() + SQUARE - 1) / SQUARE;
    this.inside = new long[3][squares];
    this.around = new long[squares];
    Arrays.fill(around, EVERYWHERE);
  }

  /** The hues of an image for a palette made for it. */
  static LocalHues of(PixelSource pixels, Palette palette) {
    return new LocalHues(pixels, palette.size() < LEAST_ENTRIES);
  }

  /** No hues: all entries are at home everywhere. */
  static LocalHues ignored(PixelSource pixels) {
    return new LocalHues(pixels, true);
  }

  /** The sets of the entries. */
  long[] ofEntries(Palette palette) {
    long[] sets = new long[palette.size()];
    for (int e = 0; e < sets.length; e++) {
      space.place(palette.argb(e) | 0xFF000000, at, 0, lab);
      double a = at[1] / space.chromaScale();
      double b = at[2] / space.chromaScale();
      boolean clear = a * a + b * b > CLEAR * CLEAR && palette.argb(e) >>> 24 != 0;
      sets[e] = clear && !ignored ? near(a, b) : EVERYWHERE;
    }
    return sets;
  }

  /** The hues that are near one. */
  private static long near(double a, double b) {
    long set = 0;
    double hue = StrictMath.toDegrees(StrictMath.atan2(b, a));
    for (int h = 0; h < HUES; h++) {
      double t = (h + 0.5) * 4 / HUES - 2; // the middle of the range in hue(a, b)
      double x = 1 - Math.abs(t);
      double y = t <= -1 || t >= 1 ? (t < 0 ? -2 - t : 2 - t) : t;
      double apart = Math.abs(hue - StrictMath.toDegrees(StrictMath.atan2(y, x)));
      if (Math.min(apart, 360 - apart) <= APART) {
        set |= 1L << h;
      }
    }
    return set;
  }

  /** The number of a hue, 0 to {@code HUES - 1}: the angle on a square instead of a circle. */
  private static int hue(float a, float b) {
    float share = b / (Math.abs(a) + Math.abs(b));
    float t = a >= 0 ? share : b >= 0 ? 2 - share : -2 - share;
    return Math.min(HUES - 1, (int) ((t + 2) * HUES / 4));
  }

  /** The sets of the pixels in a row, one for each {@link #SQUARE} of them. */
  long[] row(int y) {
    int wanted = y / SQUARE;
    if (!ignored && wanted != square) {
      around = new long[around.length];
      for (int s = 0; s < 3; s++) {
        read(wanted - 1 + s);
      }
      square = wanted;
      for (int x = 0; x < around.length; x++) {
        long set = EVERYWHERE;
        for (long[] squares : inside) {
          set |= squares[x];
          set |= x > 0 ? squares[x - 1] : 0;
          set |= x < squares.length - 1 ? squares[x + 1] : 0;
        }
        around[x] = set;
      }
    }
    return around;
  }

  private void read(int wanted) {
    long[] squares = inside[Math.floorMod(wanted, 3)];
    if (square >= 0 && Math.abs(wanted - square) <= 1) {
      return;
    }
    Arrays.fill(squares, 0);
    for (int y = wanted * SQUARE;
        y < Math.min((wanted + 1) * SQUARE, pixels.height()) && y >= 0;
        y++) {
      pixels.readRows(y, 1, row);
      for (int x = 0; x < row.length; x++) {
        squares[x / SQUARE] |= ofPixel(row[x]);
      }
    }
  }

  /** The set with the hue of a pixel alone. */
  long ofPixel(int argb) {
    space.place(argb | 0xFF000000, at, 0, lab);
    float a = at[1];
    float b = at[2];
    return EVERYWHERE | (a * a + b * b > leastSquare ? 1L << hue(a, b) : 0);
  }

  /** The index of the set of a pixel in its row. */
  static int square(int x) {
    return x / SQUARE;
  }
}
