package dev.kmq;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.rans.RansCosts;
import dev.kmq.remap.RateDistortion;

/** Brings together who chooses indices and who knows what they cost. */
final class CodedCosts implements RateDistortion.Costs {
  private final RansCosts costs;

  CodedCosts(IndexPlane plane, Palette palette) {
    costs = new RansCosts(plane, palette);
  }

  @Override
  public void startRow(int y) {
    costs.startRow(y);
  }

  @Override
  public float bits(int index) {
    return costs.bits(index);
  }

  @Override
  public int neighbor(int which) {
    return costs.neighbor(which);
  }

  @Override
  public void choose(int index) {
    costs.choose(index);
  }
}
