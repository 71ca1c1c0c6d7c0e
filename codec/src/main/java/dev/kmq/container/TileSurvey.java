package dev.kmq.container;

import dev.kmq.image.IndexPlane;
import dev.kmq.index.rans.RansMethod;
import dev.kmq.index.rans.RansSurvey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

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
    AtomicInteger next = new AtomicInteger();
    for (RansSurvey survey : surveys) {
      underWay.add(
          workers.submit(
              () -> {
                for (int i = next.getAndIncrement(); i < tiles.size(); i = next.getAndIncrement()) {
                  survey.add(tiles.get(i));
                }
                return survey;
              }));
    }
    for (Future<RansSurvey> task : underWay) {
      TileWorkers.await(task);
    }
  }
}
