package dev.kmq.container;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.SharedTables;
import dev.kmq.index.TableSurvey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the symbols of all tiles before the first one is written, for the tables they share. */
final class TileSurvey {
  private final Work work;

  /** One for each thread; their sums do not depend on who counted which tile. */
  private final List<TableSurvey> surveys = new ArrayList<>();

  TileSurvey(Header header, SharedTables tables, Work work) {
    this.work = work;
    surveys.add(tables.survey(header.palette()));
    while (surveys.size() < Math.min(work.threads(), header.tiling().count())) {
      surveys.add(surveys.get(0).sibling());
    }
  }

  /** The method with tables made for these tiles. */
  IndexMethod of(TileBands bands) throws IOException {
    TableSurvey whole = surveys.get(0);
    bands.forEach(
        (first, tiles) -> {
          count(tiles);
          work.report(bands.done(first + tiles.size() - 1));
        });
    for (TableSurvey other : surveys.subList(1, surveys.size())) {
      whole.add(other);
    }
    return whole.method();
  }

  private void count(List<IndexPlane> tiles) throws IOException {
    AtomicInteger next = new AtomicInteger();
    work.<IOException>forEach(
        surveys.size(),
        survey -> {
          for (int i = next.getAndIncrement(); i < tiles.size(); i = next.getAndIncrement()) {
            work.check();
            surveys.get(survey).add(tiles.get(i));
          }
        });
  }
}
