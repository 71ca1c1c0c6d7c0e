package dev.kmq.quantize;

import dev.kmq.image.Palette;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exact search for the entry that is nearest to a point of a space that is scaled axis by axis,
 * among those that {@link AlphaRule} allows for a pixel. Thread-safe.
 */
public final class EntrySearch {
  private final float[] places;
  private final EntryGrid transparent;
  private final EntryGrid translucent;
  private final EntryGrid opaque;

  /**
   * A search among the entries of a palette.
   *
   * @param space of the coordinates
   * @param scale what they are multiplied by, one factor per axis
   */
  public EntrySearch(Palette palette, ColorCoordinates space, float[] scale) {
    int[] argb = palette.toArgb();
    double[] at = space.place(argb);
    this.places = new float[argb.length * EntryGrid.STRIDE];
    for (int e = 0; e < argb.length; e++) {
      for (int d = 0; d < space.dims; d++) {
        places[e * EntryGrid.STRIDE + d] = (float) at[e * space.dims + d] * scale[d];
      }
    }
    AlphaRule rule = new AlphaRule(palette);
    int[] forTranslucent = allowed(rule, 0x80000000, argb);
    int[] forOpaque = allowed(rule, 0xFF000000, argb);
    int[] forTransparent = allowed(rule, 0, argb);
    this.translucent = new EntryGrid(places, forTranslucent);
    this.opaque =
        Arrays.equals(forOpaque, forTranslucent) ? translucent : new EntryGrid(places, forOpaque);
    this.transparent =
        Arrays.equals(forTransparent, forTranslucent)
            ? translucent
            : new EntryGrid(places, forTransparent);
  }

  private static int[] allowed(AlphaRule rule, int pixel, int[] argb) {
    return IntStream.range(0, argb.length).filter(i -> rule.allows(pixel, argb[i])).toArray();
  }

  /** A coordinate of an entry, scaled; 0 along axes that the space lacks. */
  public float place(int entry, int axis) {
    return places[entry * EntryGrid.STRIDE + axis];
  }

  /**
   * The nearest entry to a point, the first of equally near ones.
   *
   * @param alpha of the pixel, 0 to 255
   * @param w 0 in a space without alpha
   */
  public int nearest(int alpha, float x, float y, float z, float w) {
    EntryGrid grid = alpha == 255 ? opaque : alpha == 0 ? transparent : translucent;
    return grid.nearest(x, y, z, w);
  }

  /**
   * The nearest entry to a point, among the pixel's own and those that belong to where the pixel
   * is.
   *
   * @param own the entry nearest to the pixel's colour
   * @param sets a set of bits for each entry
   * @param home the set of the pixel; entries whose sets share a bit with it belong there
   */
  public int nearestAtHome(
      int alpha, int own, long[] sets, long home, float x, float y, float z, float w) {
    EntryGrid grid = alpha == 255 ? opaque : alpha == 0 ? transparent : translucent;
    return grid.nearestAtHome(own, sets, home, x, y, z, w);
  }

  /** The median of the distances of entries from their nearest ones; 0 if there is one entry. */
  public float usualGap() {
    int n = places.length / EntryGrid.STRIDE;
    double[] centers = new double[places.length];
    for (int i = 0; i < centers.length; i++) {
      centers[i] = places[i];
    }
    KdTree tree = new KdTree(centers, EntryGrid.STRIDE);
    KdTree.Found two = new KdTree.Found(2);
    double[] squares = new double[n];
    for (int e = 0; n > 1 && e < n; e++) {
      System.arraycopy(centers, e * EntryGrid.STRIDE, two.query, 0, EntryGrid.STRIDE);
      tree.search(two);
      squares[e] = two.squares[1];
    }
    Arrays.sort(squares);
    return (float) Math.sqrt(squares[n / 2]);
  }

  /** The squared distance of an entry from a point. */
  public float square(int entry, float x, float y, float z, float w) {
    return opaque.square(entry, x, y, z, w);
  }
}
