package dev.kmq;

import dev.kmq.index.IndexCosts;
import dev.kmq.remap.RateDistortion;

/** Brings together who chooses indices and who knows what they cost. */
record CodedCosts(IndexCosts costs) implements RateDistortion.Costs {
  @Override
  public void startRow() {
    costs.startRow();
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
