package dev.kmq.container;

import dev.kmq.image.IndexPlane;
import dev.kmq.index.rans.RansMethod;
import dev.kmq.index.rans.RansSurvey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Looks at all tiles of a picture before the first one is written, for the tables that they share.
 * Every thread counts for itself; sums do not depend on who counted what.
 */
final class TileSurvey {
  private final List<RansSurvey> surveys = new ArrayList<>();

  TileSurvey(Header header, int threads) {
    surveys.add(new RansSurvey(header.palette()));
    while (surveys.size() < Math.min(threads, header.tiling().count())) {
      surveys.add(surveys.get(0).sibling());
    }
  }

  /** The method with tables made for these tiles. */
  RansMethod of(TileBands bands) throws IOException {
    RansSurvey whole = surveys.get(0);
    if (surveys.size() == 1) {
      bands.forEach((first, tiles) -> tiles.forEach(whole::add));
      return whole.method();
    }
    try (TileWorkers workers = new TileWorkers(surveys.size())) {
      bands.forEach((first, tiles) -> count(tiles, workers));
    }
    for (RansSurvey other : surveys.subList(1, surveys.size())) {
      whole.add(other);
    }
    return whole.method();
  }

  private void count(List<IndexPlane> tiles, TileWorkers workers) throws IOException {
    List<Future<RansSurvey>> underWay = new ArrayList<>();
    for (int i = 0; i < surveys.size(); i++) {
      int first = i;
      underWay.add(
          workers.submit(
              () -> {
                for (int tile = first; tile < tiles.size(); tile += surveys.size()) {
                  surveys.get(first).add(tiles.get(tile));
                }
                return surveys.get(first);
              }));
    }
    for (Future<RansSurvey> task : underWay) {
      TileWorkers.await(task);
    }
  }
}
