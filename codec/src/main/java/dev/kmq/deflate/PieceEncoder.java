package dev.kmq.deflate;

import java.io.IOException;
import java.util.Arrays;

/**
 * Turns pieces of input into blocks. The matches of a piece are found once. The piece is parsed
 * with the costs of the previous block, split into blocks, and parsed again, each block with the
 * costs of its previous parse.
 */
final class PieceEncoder {
  /** Number of parses of a piece. Each further one gains less and takes as long. */
  private static final int PASSES = 3;

  private final BlockWriter blocks;
  private final Matches matches = new Matches();
  private final int[] counts = new int[Histogram.SIZE];

  /** By block; between pieces the first entry has the costs of the last block. */
  private TokenCosts[] blockCosts = {new TokenCosts()};

  private boolean taught;

  private int[] pathCostsQ8 = {};
  private int[] tokens = {};

  PieceEncoder(BitOutput out) {
    blocks = new BlockWriter(out);
  }

  /**
   * Encodes a piece.
   *
   * @param window holds the piece from {@code from} to {@code to}, and bytes before and after it
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
      blockCosts[0].learn(counts);
      taught = true;
    }
    Parser.choose(window, from, 0, length, matches, blockCosts[0], pathCostsQ8, tokens);
    int[] ends = Splitter.split(tokens, Parser.gather(tokens, length));
    int[] byteEnds = byteEnds(ends);
    for (int pass = 1; pass < PASSES; pass++) {
      learn(ends);
      for (int i = ends.length - 1; i >= 0; i--) {
        int start = i == 0 ? 0 : byteEnds[i - 1];
        Parser.choose(
            window, from, start, byteEnds[i], matches, blockCosts[i], pathCostsQ8, tokens);
      }
      Parser.gather(tokens, length);
      ends = tokenEnds(byteEnds);
    }
    write(window, from, ends, last);
    learnLast(ends);
  }

  private void reserve(int length) {
    if (pathCostsQ8.length <= length) {
      pathCostsQ8 = new int[length + 1];
      tokens = new int[length];
    }
    pathCostsQ8[length] = 0;
  }

  /** Ends of blocks in the piece, in bytes. */
  private int[] byteEnds(int[] ends) {
    int[] bytes = new int[ends.length];
    for (int i = 0, token = 0, at = 0; i < ends.length; i++) {
      for (; token < ends[i]; token++) {
        at += Token.span(tokens[token]);
      }
      bytes[i] = at;
    }
    return bytes;
  }

  /** Ends of blocks in tokens: after the one that reaches the block's last byte. */
  private int[] tokenEnds(int[] byteEnds) {
    int[] ends = new int[byteEnds.length];
    for (int i = 0, token = 0, at = 0; i < ends.length; i++) {
      while (at < byteEnds[i]) {
        at += Token.span(tokens[token++]);
      }
      ends[i] = token;
    }
    return ends;
  }

  private void learn(int[] ends) {
    int known = blockCosts.length;
    if (ends.length > known) {
      blockCosts = Arrays.copyOf(blockCosts, ends.length);
      for (int i = known; i < ends.length; i++) {
        blockCosts[i] = new TokenCosts();
      }
    }
    for (int i = 0; i < ends.length; i++) {
      learn(blockCosts[i], i == 0 ? 0 : ends[i - 1], ends[i]);
    }
  }

  private void learnLast(int[] ends) {
    int n = ends.length;
    learn(blockCosts[0], n == 1 ? 0 : ends[n - 2], ends[n - 1]);
  }

  private void learn(TokenCosts target, int first, int end) {
    Arrays.fill(counts, 0);
    Histogram.add(tokens, first, end, counts, 0);
    counts[Symbols.END_OF_BLOCK]++;
    target.learn(counts);
  }

  private void write(byte[] window, int from, int[] ends, boolean last) throws IOException {
    int[] byteEnds = byteEnds(ends);
    for (int i = 0; i < ends.length; i++) {
      int token = i == 0 ? 0 : ends[i - 1];
      int start = i == 0 ? 0 : byteEnds[i - 1];
      boolean ending = last && i == ends.length - 1;
      blocks.write(tokens, token, ends[i], window, from + start, byteEnds[i] - start, ending);
    }
  }
}
