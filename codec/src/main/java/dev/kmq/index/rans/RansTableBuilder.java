package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.TableBuilder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Builds the shared tables: counts the symbols in every context over all tiles, then clusters the
 * contexts. The first of the encoder's two passes.
 */
final class RansTableBuilder implements TableBuilder {
  /** Number of pixels between two checks whether memory may pay in a tile. */
  private static final int TRIAL = 1 << 12;

  private final ColorRanks ranks;
  private final int alphabet;
  private final long[] @Nullable [] counts = new long[Contexts.COUNT][];

  /** Counts of tiles coded with {@link Memory}, while that may pay. */
  private final long[] @Nullable [] remembered = new long[Contexts.ALL][];

  /** Shared by siblings, so that all stop counting with memory once a tile of any shows no gain. */
  private final AtomicBoolean mayRemember;

  /** Prepares to count the tiles of an image with this palette of 2 or more colours. */
  RansTableBuilder(Palette palette) {
    this(new ColorRanks(palette), new AtomicBoolean(true));
  }

  private RansTableBuilder(ColorRanks ranks, AtomicBoolean mayRemember) {
    this.ranks = ranks;
    this.mayRemember = mayRemember;
    this.alphabet = Tokens.alphabet(ColorRanks.ranks(ranks.colors()));
  }

  @Override
  public RansTableBuilder sibling() {
    return new RansTableBuilder(ranks, mayRemember);
  }

  @Override
  public void add(IndexPlane tile) {
    TileSymbols symbols = new TileSymbols(ranks, tile);
    boolean fits = Memory.fits(tile.width(), tile.height());
    boolean remembers = mayRemember.get() && fits;
    MemorySymbols memory = remembers ? new MemorySymbols(ranks, tile, symbols) : null;
    long trial = 0;
    for (int y = 0; y < tile.height(); y++) {
      symbols.row(y);
      count(symbols.contexts(), symbols.symbols(), tile.width(), counts);
      if (memory != null) {
        memory.row(y);
        count(memory.contexts(), memory.symbols(), memory.count(), remembered);
        trial += tile.width();
        if (trial >= TRIAL) {
          trial = 0;
          if (memory.merit() < 0) {
            mayRemember.set(false);
          }
          memory = mayRemember.get() ? memory : null;
        }
      } else if (!fits) {
        count(symbols.contexts(), symbols.symbols(), tile.width(), remembered);
      }
    }
  }

  private void count(int[] contexts, int[] symbols, int n, long[] @Nullable [] target) {
    for (int i = 0; i < n; i++) {
      long[] context = target[contexts[i]];
      if (context == null) {
        context = new long[alphabet];
        target[contexts[i]] = context;
      }
      context[TileSymbols.symbol(symbols[i])]++;
    }
  }

  @Override
  public void add(TableBuilder other) {
    RansTableBuilder sibling = (RansTableBuilder) other;
    add(sibling.counts, counts);
    add(sibling.remembered, remembered);
  }

  private static void add(long[] @Nullable [] counts, long[] @Nullable [] sums) {
    for (int i = 0; i < sums.length; i++) {
      long[] other = counts[i];
      long[] own = sums[i];
      if (other != null && own != null) {
        for (int symbol = 0; symbol < own.length; symbol++) {
          own[symbol] += other[symbol];
        }
      } else if (other != null) {
        sums[i] = other.clone();
      }
    }
  }

  /** Tables for the counts, with memory if that takes fewer bits. */
  RansTables tables() {
    RansTables plain = plainTables();
    if (!mayRemember.get()) {
      return plain;
    }
    RansTables memory = memoryTables();
    return cost(memory, remembered) < cost(plain, counts) ? memory : plain;
  }

  /** Tables with memory, for the counts made while it might pay. */
  RansTables memoryTables() {
    return new Clustering(remembered, alphabet).tables();
  }

  /** Tables without memory. */
  RansTables plainTables() {
    return new Clustering(counts, alphabet).tables();
  }

  /** Cost of the tables and of all symbols counted, in bits. */
  private double cost(RansTables tables, long[] @Nullable [] counts) {
    double[][] symbolCosts = new double[tables.clusters()][alphabet];
    for (int cluster = 0; cluster < symbolCosts.length; cluster++) {
      for (int symbol = 0; symbol < alphabet; symbol++) {
        int frequency = Math.max(1, tables.frequency(cluster, symbol));
        symbolCosts[cluster][symbol] = RansTables.SUM_BITS - BitCosts.log2(frequency);
        if (symbol >= Tokens.NEIGHBORS) {
          symbolCosts[cluster][symbol] += Tokens.rawBits(symbol - Tokens.NEIGHBORS);
        }
      }
    }
    double cost = 8.0 * tables.toBytes().length;
    for (int context = 0; context < counts.length; context++) {
      long[] histogram = counts[context];
      for (int symbol = 0; histogram != null && symbol < alphabet; symbol++) {
        cost += histogram[symbol] * symbolCosts[tables.cluster(context)][symbol];
      }
    }
    return cost;
  }

  @Override
  public RansCoder method() {
    return new RansCoder(tables(), ranks);
  }
}
