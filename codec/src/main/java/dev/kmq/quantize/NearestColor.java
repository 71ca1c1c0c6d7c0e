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
  private CenterTree.Found several = found;
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
    search(argb, found);
    return found.centers[0];
  }

  /**
   * The entries nearest to a colour with straight alpha, nearest first.
   *
   * @param entries receives as many as fit
   * @return how many there are
   */
  public int nearest(int argb, int[] entries) {
    if (several.centers.length != entries.length) {
      several = new CenterTree.Found(entries.length);
    }
    search(argb, several);
    System.arraycopy(several.centers, 0, entries, 0, several.size);
    return several.size;
  }

  private void search(int argb, CenterTree.Found target) {
    color[0] = argb;
    space.place(color, at);
    for (int d = 0; d < at.length; d++) {
      target.at[d] = at[d];
    }
    tree.search(target);
  }
}
