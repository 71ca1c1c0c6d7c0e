package dev.kmq.index.mix;

import dev.kmq.image.IndexCosts;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.PayloadException;

/**
 * Cost of an index in method 3. The model predicts and learns from the chosen indices exactly as it
 * does when the image is coded. The image counts as one tile.
 */
public final class MixCosts implements IndexCosts {
  private final PaletteTree tree;
  private final TrialCoder coder;
  private final TileModel model;
  private final Neighborhood near;
  private final int width;
  private int x;

  /**
   * Starts at the first pixel with a new model.
   *
   * @param plane only its size counts
   * @param palette 2 or more colours
   */
  public MixCosts(IndexPlane plane, Palette palette) {
    width = plane.width();
    tree = new PaletteTree(palette);
    coder = new TrialCoder(palette.size());
    model = new TileModel(tree, width, plane.height(), false, coder);
    near = model.near();
  }

  @Override
  public void startRow() {
    model.startRow();
    x = 0;
  }

  @Override
  public float cost(int index) {
    try {
      model.tryNext(tree.position[index]);
    } catch (PayloadException e) {
      throw new IllegalStateException(e); // there is no payload
    }
    return coder.takeCost();
  }

  @Override
  public int neighbor(int which) {
    int position =
        switch (which) {
          case 0 -> near.w();
          case 1 -> near.n();
          case 2 -> near.ne();
          default -> near.nw();
        };
    return tree.index[position];
  }

  @Override
  public void choose(int index) {
    coder.forget();
    try {
      model.codeNext(tree.position[index]);
    } catch (PayloadException e) {
      throw new IllegalStateException(e); // there is no payload
    }
    coder.forget();
    coder.takeCost();
    if (++x == width) {
      model.endRow();
    }
  }
}
