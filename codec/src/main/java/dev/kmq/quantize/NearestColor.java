package dev.kmq.quantize;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;

/**
 * The nearest entry of a palette to any colour, exactly; of equally near ones the first. Not for
 * two threads at a time.
 */
public final class NearestColor {
  private final CenterTree tree;
  private final CenterTree.Found found = new CenterTree.Found(1);
  private final Space space;
  private final int[] color = new int[1];
  private final short[] at;

  /** A search among the entries of a palette; alpha counts only if the palette has it. */
  public NearestColor(Palette palette, Metric metric) {
    this.space = new Space(metric, palette.hasAlpha());
    this.at = new short[space.dims];
    this.tree = new CenterTree(space.place(palette.toArgb()), space.dims);
  }

  /** The nearest entry to a colour with straight alpha. */
  public int index(int argb) {
    color[0] = argb;
    space.place(color, at);
    for (int d = 0; d < at.length; d++) {
      found.at[d] = at[d];
    }
    tree.search(found);
    return found.centers[0];
  }
}
