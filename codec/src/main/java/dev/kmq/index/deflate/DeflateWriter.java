package dev.kmq.index.deflate;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes a raw DEFLATE stream (RFC 1951). Input is taken piece by piece: the matches of a piece are
 * found once, then it is parsed and split into blocks a few times, each time at the prices that the
 * blocks before have taught. The same input makes the same stream on every machine.
 */
final class DeflateWriter extends OutputStream {
  /** Bytes of a piece. */
  private static final int PIECE = Integer.getInteger("PIECE", 1 << 18);

  private static final int PASSES = Integer.getInteger("PASSES", 4);

  private static final int FIRST_BUFFER = 1 << 10;
  private static final int FULL = MatchFinder.REACH + PIECE + Symbols.MAX_LENGTH;

  private final BitOutput out;
  private final BlockWriter blocks;
  private final Matches matches = new Matches();
  private MatchFinder finder;
  private byte[] window = new byte[FIRST_BUFFER];
  private int from;
  private int end;
  private int[] costs = {};
  private int[] tokens = {};

  DeflateWriter(OutputStream target) {
    out = new BitOutput(target);
    blocks = new BlockWriter(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      if (end == FULL) {
        piece(from + PIECE, false);
        slide();
      }
      int n = Math.min(length - done, FULL - end);
      reserve(end + n);
      System.arraycopy(bytes, offset + done, window, end, n);
      end += n;
      done += n;
    }
  }

  private void reserve(int bytes) {
    if (bytes + MatchFinder.SLACK > window.length) {
      int size = Math.max(2 * window.length, bytes + MatchFinder.SLACK);
      window = Arrays.copyOf(window, Math.min(size, FULL + MatchFinder.SLACK));
    }
  }

  private void slide() {
    int distance = from - MatchFinder.REACH;
    if (distance > 0) {
      System.arraycopy(window, distance, window, 0, end - distance);
      finder.move(distance);
      from -= distance;
      end -= distance;
    }
  }

  /** Writes what is left, with the final block. The stream ends here. */
  void finish() throws IOException {
    while (end - from > PIECE) {
      piece(from + PIECE, false);
    }
    piece(end, true);
    out.align();
    out.flush();
  }

  private static Prices prices(int[] counts, int at) {
    Prices p = new Prices();
    p.learn(counts, at);
    return p;
  }

  private void piece(int to, boolean last) throws IOException {
    int n = to - from;
    if (finder == null) {
      finder = new MatchFinder(end);
    }
    if (costs.length <= n) {
      costs = new int[n + 1];
      tokens = new int[n];
    }
    finder.find(window, from, to, end, matches);
    int[] counts = new int[Histogram.SIZE];
    for (int i = 0; i < n; i++) {
      counts[window[from + i] & 0xFF]++;
    }
    for (int i = 0; i < 30; i++) { counts[257 + i%29] += n / 300; counts[Histogram.DISTANCES_AT + i] += n / 300; }
    costs[n] = 0;
    Parser.choose(window, from, 0, n, matches, prices(counts, 0), costs, tokens);
    int count = Parser.gather(tokens, n);
    int[] ends = Splitter.split(tokens, count);
    for (int pass = 1; pass < PASSES; pass++) {
      Prices[] p = new Prices[ends.length];
      int[] starts = new int[ends.length + 1];
      int at = 0;
      for (int i = 0, t = 0; i < ends.length; i++) {
        Arrays.fill(counts, 0);
        Histogram.add(tokens, t, ends[i], counts, 0);
        counts[Symbols.END_OF_BLOCK]++;
        p[i] = prices(counts, 0);
        for (; t < ends[i]; t++) {
          at += Token.span(tokens[t]);
        }
        starts[i + 1] = at;
      }
      for (int i = ends.length - 1; i >= 0; i--) {
        Parser.choose(window, from, starts[i], starts[i + 1], matches, p[i], costs, tokens);
      }
      count = Parser.gather(tokens, n);
      ends = Splitter.split(tokens, count);
    }
    int at = from;
    for (int i = 0, t = 0; i < ends.length; i++) {
      int first = t;
      int begin = at;
      for (; t < ends[i]; t++) {
        at += Token.span(tokens[t]);
      }
      blocks.write(tokens, first, t, window, begin, at - begin, last && i == ends.length - 1);
    }
    from = to;
  }
}
