package dev.kmq.image;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Drops or reorders entries of a palette and adjusts indices to match, so that every pixel keeps
 * its colour. Immutable.
 */
public final class Reindexing {
  private static final int BAND_PIXELS = 1 << 20;

  /** The old index of every new entry. */
  private final int[] order;

  /** The new index of every old entry; 0 for dropped entries, which no pixel uses. */
  private final int[] indices;

  private Reindexing(int[] order, int oldSize) {
    this.order = order;
    this.indices = new int[oldSize];
    for (int i = 0; i < order.length; i++) {
      indices[order[i]] = i;
    }
  }

  /**
   * Drops the entries that no pixel uses. The others keep their order, equal ones included.
   *
   * @param image the image before the change
   * @return the new order
   */
  public static Reindexing ofUsed(IndexSource image) {
    int size = image.palette().size();
    BitSet used = new BitSet(size);
    int band = Math.max(1, BAND_PIXELS / image.width());
    for (int y = 0; y < image.height() && used.cardinality() < size; y += band) {
      IndexPlane plane = image.rows(y, Math.min(band, image.height() - y));
      for (int row = 0; row < plane.height(); row++) {
        for (int x = 0; x < plane.width(); x++) {
          used.set(plane.get(x, row));
        }
      }
    }
    return new Reindexing(used.stream().toArray(), size);
  }

  /**
   * Swaps the fully transparent entry with the one at an index; all others keep their places.
   *
   * @param palette the palette before the change
   * @param index 0 to {@code palette.size() - 1}
   * @return the new order
   * @throws IllegalArgumentException if the palette has no entry of alpha 0, several of them, or no
   *     such index
   */
  public static Reindexing transparentSwapped(Palette palette, int index) {
    int[] order = identity(palette);
    int from = transparent(palette, index);
    order[from] = index;
    order[index] = from;
    return new Reindexing(order, order.length);
  }

  /**
   * Moves the fully transparent entry to an index; the others keep their order.
   *
   * @param palette the palette before the change
   * @param index 0 to {@code palette.size() - 1}
   * @return the new order
   * @throws IllegalArgumentException if the palette has no entry of alpha 0, several of them, or no
   *     such index
   */
  public static Reindexing transparentMoved(Palette palette, int index) {
    int[] order = identity(palette);
    int from = transparent(palette, index);
    if (from < index) {
      System.arraycopy(order, from + 1, order, from, index - from);
    } else {
      System.arraycopy(order, index, order, index + 1, from - index);
    }
    order[index] = from;
    return new Reindexing(order, order.length);
  }

  private static int[] identity(Palette palette) {
    int[] order = new int[palette.size()];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private static int transparent(Palette palette, int index) {
    int found = -1;
    for (int i = 0; i < palette.size(); i++) {
      if (palette.argb(i) >>> 24 != 0) {
        continue;
      }
      if (found >= 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "entries %d and %d of the palette are both fully transparent; only one can have"
                    + " index %d",
                found,
                i,
                index));
      }
      found = i;
    }
    if (found < 0) {
      throw new IllegalArgumentException(
          "the palette has no fully transparent entry that could have index " + index);
    }
    if (index < 0 || index >= palette.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the palette has %d entries, 0 to %d; the transparent one cannot have index %d",
              palette.size(),
              palette.size() - 1,
              index));
    }
    return found;
  }

  /** {@return the number of entries that are dropped} */
  public int dropped() {
    return indices.length - order.length;
  }

  /** {@return whether nothing changes} */
  public boolean isIdentity() {
    return dropped() == 0 && IntStream.range(0, order.length).allMatch(i -> order[i] == i);
  }

  /**
   * {@return a palette in the new order, with alpha unless entries are dropped and all others are
   * opaque}
   *
   * @param palette the palette before the change
   * @throws IllegalArgumentException if the number of entries differs from that of the palette this
   *     was made for
   */
  public Palette apply(Palette palette) {
    if (palette.size() != indices.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a palette of %d entries, not %d", palette.size(), indices.length));
    }
    int[] argb = new int[order.length];
    Arrays.setAll(argb, i -> palette.argb(order[i]));
    boolean alpha =
        palette.hasAlpha()
            && (dropped() == 0 || Arrays.stream(argb).anyMatch(c -> c >>> 24 != 0xFF));
    return alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  /**
   * {@return an image with the new palette and indices}
   *
   * @param image the image before the change
   */
  public IndexedImage apply(IndexedImage image) {
    if (isIdentity()) {
      return image;
    }
    return new IndexedImage(apply(image.palette()), mapped(image.plane(), order.length));
  }

  /**
   * {@return an image with the new palette and indices, computed row by row on request}
   *
   * @param image the image before the change
   */
  public IndexSource apply(IndexSource image) {
    if (isIdentity()) {
      return image;
    }
    Palette palette = apply(image.palette());
    return new IndexSource() {
      @Override
      public int width() {
        return image.width();
      }

      @Override
      public int height() {
        return image.height();
      }

      @Override
      public Palette palette() {
        return palette;
      }

      @Override
      public IndexPlane rows(int y, int rows) {
        return mapped(image.rows(y, rows), palette.size());
      }
    };
  }

  private IndexPlane mapped(IndexPlane plane, int colors) {
    IndexPlane result = IndexPlane.allocate(plane.width(), plane.height(), colors);
    byte[] bytes = result.bytes();
    short[] shorts = result.shorts();
    for (int y = 0, i = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++, i++) {
        int index = indices[plane.get(x, y)];
        if (result.wide()) {
          shorts[i] = (short) index;
        } else {
          bytes[i] = (byte) index;
        }
      }
    }
    return result;
  }
}
