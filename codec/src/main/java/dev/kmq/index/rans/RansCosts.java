package dev.kmq.index.rans;

import dev.kmq.image.IndexCosts;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;

/**
 * Cost of an index in method 2. The tables are built for the initial plane. Pixels are then chosen
 * from left to right and top to bottom, and chosen pixels are the context of later ones. The image
 * counts as one tile that is coded without {@link Memory}.
 */
public final class RansCosts implements IndexCosts {
  /** Cost of a symbol that its cluster lacks, in bits. */
  private static final float UNSEEN = RansTables.SUM_BITS + 2;

  private final IndexPlane plane;
  private final ColorRanks ranks;
  private final int alphabet;
  private final int[] bases = new int[Contexts.COUNT];
  private final float[] costs;
  private final int[] gathered;
  private int[] row;
  private int[] above;
  private int[] twoAbove;
  private int x;
  private int y = -1;
  private int base;
  private int reference;

  /**
   * Makes tables for a plane.
   *
   * @param palette 2 or more colours
   */
  public RansCosts(IndexPlane plane, Palette palette) {
    this.plane = plane;
    RansTableBuilder builder = new RansTableBuilder(palette);
    builder.add(plane);
    RansTables tables = builder.plainTables();
    ranks = new ColorRanks(palette);
    alphabet = tables.alphabet();
    costs = new float[tables.clusters() * alphabet];
    for (int cluster = 0; cluster < tables.clusters(); cluster++) {
      for (int symbol = 0; symbol < alphabet; symbol++) {
        costs[cluster * alphabet + symbol] = cost(tables.frequency(cluster, symbol), symbol);
      }
    }
    for (int context = 0; context < Contexts.COUNT; context++) {
      bases[context] = tables.cluster(context) * alphabet;
    }
    int width = plane.width();
    gathered = new int[width];
    row = Contexts.row(width);
    above = Contexts.row(width);
    twoAbove = Contexts.row(width);
  }

  private static float cost(int frequency, int symbol) {
    int raw = symbol < Tokens.NEIGHBORS ? 0 : Tokens.rawBits(symbol - Tokens.NEIGHBORS);
    return raw
        + (frequency == 0
            ? UNSEEN
            : (float) (RansTables.SUM_BITS - StrictMath.log(frequency) / StrictMath.log(2)));
  }

  @Override
  public void startRow() {
    y++;
    TileSymbols.load(ranks, plane, y - 2, twoAbove);
    TileSymbols.load(ranks, plane, y - 1, above);
    Contexts.begin(row, above);
    Contexts.gather(ranks, above, twoAbove, gathered);
    x = -1;
    next();
  }

  private void next() {
    x++;
    if (x == gathered.length) {
      return;
    }
    int w = row[x + 1];
    int n = above[x + Contexts.LEFT];
    int nw = above[x + 1];
    int ne = above[x + Contexts.LEFT + 1];
    int changeW = ranks.table()[(nw >>> ranks.shift()) * ranks.groups() + (w >>> ranks.shift())];
    int context = Contexts.of(gathered[x], changeW, w, row[x], n, nw, ne);
    base = bases[context];
    reference = Contexts.reference(context, w, n);
  }

  @Override
  public float cost(int index) {
    int p = ranks.positionOf()[index];
    int w = row[x + 1];
    int n = above[x + Contexts.LEFT];
    if (p == w) {
      return costs[base];
    }
    if (p == n) {
      return costs[base + 1];
    }
    int nw = above[x + 1];
    int ne = above[x + Contexts.LEFT + 1];
    if (p == ne || p == nw) {
      return costs[base + (p == ne ? 2 : 3)];
    }
    int token = Tokens.of(ranks.rankOfOther(reference, p, w, n, ne, nw));
    return costs[base + Tokens.NEIGHBORS + token];
  }

  @Override
  public int neighbor(int which) {
    int p =
        switch (which) {
          case 0 -> row[x + 1];
          case 1 -> above[x + Contexts.LEFT];
          case 2 -> above[x + Contexts.LEFT + 1];
          default -> above[x + 1];
        };
    return ranks.indexOf()[p];
  }

  @Override
  public void choose(int index) {
    row[x + Contexts.LEFT] = ranks.positionOf()[index];
    next();
  }
}
