package dev.kmq.container;

import dev.kmq.concurrent.Work;
import dev.kmq.container.TileBands.Tiles;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.SharedTables;
import dev.kmq.index.TableBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the symbols of all tiles before the first tile is written, to build the shared tables. */
final class TableBuildingPass {
  private final Work work;

  /** One per thread; their sums do not depend on which thread counted which tile. */
  private final List<TableBuilder> builders = new ArrayList<>();

  TableBuildingPass(Header header, SharedTables tables, Work work) {
    this.work = work;
    builders.add(tables.builder(header.palette()));
    while (builders.size() < Math.min(work.threads(), header.tiling().count())) {
      builders.add(builders.get(0).sibling());
    }
  }

  /** The method with tables built for these tiles. */
  IndexMethod of(TileBands bands) throws IOException {
    TableBuilder whole = builders.get(0);
    bands.forEach(
        (first, tiles) -> {
          count(tiles);
          work.report(bands.done(first + tiles.count() - 1));
        });
    for (TableBuilder other : builders.subList(1, builders.size())) {
      whole.add(other);
    }
    return whole.method();
  }

  private void count(Tiles tiles) throws IOException {
    AtomicInteger next = new AtomicInteger();
    work.<IOException>forEach(
        builders.size(),
        builder -> {
          for (int i = next.getAndIncrement(); i < tiles.count(); i = next.getAndIncrement()) {
            work.check();
            builders.get(builder).add(tiles.get(i));
          }
        });
  }
}
