package dev.kmq.deflate;

/**
 * Finds the tokens of least total cost: the shortest path from each position of a piece to its end.
 * (Katajainen and Raita, "An analysis of the longest match and the greedy heuristics in text
 * encoding", J. ACM 39, 1992.)
 */
final class Parser {
  private Parser() {}

  /**
   * Sets the cheapest token at each position from {@code from} to {@code to} of a piece, and the
   * cost from there to the end of the piece. Positions from {@code to} on are already set.
   *
   * @param base position of the piece in the window
   * @param costsQ8 by position in the piece, in 1/256 bit
   */
  static void choose(
      byte[] window,
      int base,
      int from,
      int to,
      Matches matches,
      TokenCosts tokenCosts,
      int[] costsQ8,
      int[] choices) {
    int[] first = matches.first();
    int[] tokens = matches.tokens();
    int[] literals = tokenCosts.literalsQ8;
    int[] lengths = tokenCosts.lengthsQ8;
    int[] distances = tokenCosts.distancesQ8;
    for (int at = to - 1; at >= from; at--) {
      int literal = window[base + at] & 0xFF;
      int least = costsQ8[at + 1] + literals[literal];
      int choice = literal;
      int length = Symbols.MIN_LENGTH;
      for (int i = first[at]; i < first[at + 1]; i++) {
        int match = tokens[i];
        int distanceCost = distances[match >>> Token.SLOT_SHIFT];
        int longest = match & Token.LENGTH_MASK;
        for (; length <= longest; length++) {
          int cost = costsQ8[at + length] + lengths[length] + distanceCost;
          if (cost < least) {
            least = cost;
            choice = match & ~Token.LENGTH_MASK | length;
          }
        }
      }
      costsQ8[at] = least;
      choices[at] = choice;
    }
  }

  /**
   * Counts the tokens of a greedy parse: the longest match at each position, or a literal where the
   * position after it has a longer one.
   */
  static void countGreedy(byte[] window, int base, int length, Matches matches, int[] counts) {
    int[] first = matches.first();
    int[] tokens = matches.tokens();
    for (int at = 0; at < length; ) {
      int here = longest(first, tokens, at);
      boolean defer = at + 1 < length && longest(first, tokens, at + 1) > here;
      if (here == 0 || defer) {
        counts[window[base + at] & 0xFF]++;
        at++;
      } else {
        Histogram.add(tokens, first[at + 1] - 1, first[at + 1], counts, 0);
        at += here;
      }
    }
    counts[Symbols.END_OF_BLOCK]++;
  }

  /** The length of the longest match of a position, or 0. */
  private static int longest(int[] first, int[] tokens, int at) {
    return first[at] < first[at + 1] ? Token.length(tokens[first[at + 1] - 1]) : 0;
  }

  /**
   * Moves the tokens of the path through a piece to the front.
   *
   * @return the number of tokens
   */
  static int gather(int[] choices, int length) {
    int tokens = 0;
    for (int at = 0; at < length; ) {
      int token = choices[at];
      choices[tokens++] = token;
      at += Token.span(token);
    }
    return tokens;
  }
}
