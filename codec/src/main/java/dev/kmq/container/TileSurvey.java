package dev.kmq.container;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.index.rans.RansSurvey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks at all tiles of a picture before the first one is written, for the tables that they share.
 * Every thread counts for itself; sums do not depend on who counted what.
 */
final class TileSurvey {
  private final Header header;
  private final int threads;

  TileSurvey(Header header, int threads) {
    this.header = header;
    this.threads = Math.min(threads, header.tiling().columns());
  }

  RansSurvey of(IndexSource source) throws IOException {
    List<RansSurvey> surveys = new ArrayList<>();
    surveys.add(new RansSurvey(header.palette()));
    while (surveys.size() < threads) {
      surveys.add(surveys.get(0).sibling());
    }
    ExecutorService workers = threads > 1 ? Executors.newFixedThreadPool(threads) : null;
    try {
      Tiling tiling = header.tiling();
      for (int row = 0; row < tiling.rows(); row++) {
        int y = tiling.y(row * tiling.columns());
        IndexPlane band = source.rows(y, tiling.height(row * tiling.columns()));
        if (workers == null) {
          count(band, surveys.get(0), 0);
        } else {
          count(band, surveys, workers);
        }
      }
    } finally {
      if (workers != null) {
        workers.shutdownNow();
      }
    }
    for (RansSurvey other : surveys.subList(1, surveys.size())) {
      surveys.get(0).add(other);
    }
    return surveys.get(0);
  }

  private void count(IndexPlane band, List<RansSurvey> surveys, ExecutorService workers)
      throws IOException {
    List<Future<?>> underWay = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i;
      underWay.add(workers.submit(() -> count(band, surveys.get(first), first)));
    }
    for (Future<?> task : underWay) {
      TileDecoders.await(task);
    }
  }

  /** Counts every {@link #threads}th tile of a band. */
  private void count(IndexPlane band, RansSurvey survey, int first) {
    Tiling tiling = header.tiling();
    for (int tile = first; tile < tiling.columns(); tile += threads) {
      survey.add(band.window(tiling.x(tile), 0, tiling.width(tile), band.height()));
    }
  }
}
