package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import org.jspecify.annotations.Nullable;

/**
 * The first of the encoder's two passes: counts the symbols in every context over all tiles, to
 * make the tables that they share.
 */
public final class RansSurvey {
  private final ColorRanks ranks;
  private final int alphabet;
  private final long[] @Nullable [] counts = new long[Contexts.COUNT][];

  /** Prepares to count the tiles of a picture with this palette of 2 or more colours. */
  public RansSurvey(Palette palette) {
    this(new ColorRanks(palette));
  }

  private RansSurvey(ColorRanks ranks) {
    this.ranks = ranks;
    this.alphabet = Tokens.alphabet(ColorRanks.ranks(ranks.colors()));
  }

  /** An empty survey of the same picture, to count other tiles on another thread. */
  public RansSurvey sibling() {
    return new RansSurvey(ranks);
  }

  /** Counts a tile. */
  public void add(IndexPlane tile) {
    TileSymbols symbols = new TileSymbols(ranks, tile);
    for (int y = 0; y < tile.height(); y++) {
      symbols.row(y);
      count(symbols.contexts(), symbols.symbols());
    }
  }

  private void count(int[] contexts, int[] symbols) {
    for (int x = 0; x < contexts.length; x++) {
      long[] context = counts[contexts[x]];
      if (context == null) {
        context = new long[alphabet];
        counts[contexts[x]] = context;
      }
      context[TileSymbols.symbol(symbols[x])]++;
    }
  }

  /** Adds what a sibling has counted. */
  public void add(RansSurvey sibling) {
    for (int i = 0; i < counts.length; i++) {
      long[] other = sibling.counts[i];
      long[] own = counts[i];
      if (other != null && own != null) {
        for (int symbol = 0; symbol < alphabet; symbol++) {
          own[symbol] += other[symbol];
        }
      } else if (other != null) {
        counts[i] = other.clone();
      }
    }
  }

  /** Tables made for what has been counted. */
  RansTables tables() {
    return new Clustering(counts, alphabet).tables();
  }

  /** The method with tables made for what has been counted. */
  public RansMethod method() {
    return new RansMethod(tables(), ranks);
  }
}
