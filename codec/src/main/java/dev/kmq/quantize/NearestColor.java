package dev.kmq.quantize;

import dev.kmq.image.Palette;

/**
 * The nearest entry of a palette to any colour, exactly; of equally near ones the first. Not for
 * two threads at a time.
 */
public final class NearestColor {
  private final CenterTree tree;
  private final CenterTree.Found found = new CenterTree.Found(1);
  private final short[] at = new short[4];
  private final int dims;

  /** A search among the entries of a palette; alpha counts only if the palette has it. */
  public NearestColor(Palette palette) {
    this.dims = palette.hasAlpha() ? 4 : 3;
    this.tree = new CenterTree(Points.place(palette.toArgb(), dims), dims);
  }

  /** The nearest entry to a colour with straight alpha. */
  public int index(int argb) {
    Points.place(argb, dims, at, 0);
    for (int d = 0; d < dims; d++) {
      found.at[d] = at[d];
    }
    tree.search(found);
    return found.centers[0];
  }
}
