package dev.kmq.index.deflate;

import java.io.IOException;
import java.util.Arrays;

/**
 * Turns pieces of input into blocks. The matches of a piece are found once; then it is parsed and
 * split a few times, each time at the prices that the blocks of the time before have taught.
 */
final class PieceEncoder {
  private static final int PASSES = Integer.getInteger("PASSES", 3);

  private final BlockWriter blocks;
  private final Matches matches = new Matches();
  private final int[] counts = new int[Histogram.SIZE];

  /** By block, kept from piece to piece. */
  private Prices[] prices = {new Prices()};

  private int[] costs = {};
  private int[] tokens = {};

  /** Whether the first of the prices are those of the piece before. */
  private boolean taught;

  PieceEncoder(BitOutput out) {
    blocks = new BlockWriter(out);
  }

  /**
   * Encodes a piece.
   *
   * @param window holds it from {@code from} to {@code to}, and what is before and behind
   * @param end where the window's bytes end
   * @param last whether the stream ends with the piece
   */
  void encode(byte[] window, int from, int to, int end, MatchFinder finder, boolean last)
      throws IOException {
    int length = to - from;
    reserve(length);
    finder.find(window, from, to, end, matches);
    if (!taught) {
      Arrays.fill(counts, 0);
      Parser.countGreedy(window, from, length, matches, counts);
      prices[0].learn(counts, 0);
      taught = true;
    }
    int[] starts = {0, length};
    int[] ends = {};
    for (int pass = 0; pass < PASSES; pass++) {
      for (int i = starts.length - 2; i >= 0; i--) {
        Parser.choose(
            window, from, starts[i], starts[i + 1], matches, prices[i], costs, tokens);
      }
      ends = Splitter.split(tokens, Parser.gather(tokens, length));
      starts = starts(ends);
      learn(ends, pass + 1 < PASSES);
    }
    for (int i = 0; i < ends.length; i++) {
      int first = i == 0 ? 0 : ends[i - 1];
      boolean isLast = last && i == ends.length - 1;
      blocks.write(
          tokens, first, ends[i], window, from + starts[i], starts[i + 1] - starts[i], isLast);
    }
  }

  private void reserve(int length) {
    if (costs.length <= length) {
      costs = new int[length + 1];
      tokens = new int[length];
    }
    costs[length] = 0;
  }

  /** Where blocks begin, in bytes of the piece, and behind them where the last one ends. */
  private int[] starts(int[] ends) {
    int[] starts = new int[ends.length + 1];
    for (int i = 0, token = 0, at = 0; i < ends.length; i++) {
      for (; token < ends[i]; token++) {
        at += Token.span(tokens[token]);
      }
      starts[i + 1] = at;
    }
    return starts;
  }

  /** Learns the prices of all blocks, or of the last one alone in the place of the first. */
  private void learn(int[] ends, boolean all) {
    int known = prices.length;
    if (ends.length > known) {
      prices = Arrays.copyOf(prices, ends.length);
      for (int i = known; i < ends.length; i++) {
        prices[i] = new Prices();
      }
    }
    for (int i = all ? 0 : ends.length - 1; i < ends.length; i++) {
      Arrays.fill(counts, 0);
      Histogram.add(tokens, i == 0 ? 0 : ends[i - 1], ends[i], counts, 0);
      counts[Symbols.END_OF_BLOCK]++;
      prices[all ? i : 0].learn(counts, 0);
    }
  }
}
