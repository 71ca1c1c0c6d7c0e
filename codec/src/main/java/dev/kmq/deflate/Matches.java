package dev.kmq.deflate;

import java.util.Arrays;

/** The matches of each position of a piece of input, from near and short to far and long. */
final class Matches {
  /** Maximum number of matches per position: the nearest ones and the longest. */
  static final int MOST = 16;

  private int[] first = {};
  private int[] tokens = {};
  private int size;
  private int begun;

  /** Removes all matches and makes room for a number of positions. */
  void clear(int positions) {
    size = 0;
    if (first.length <= positions) {
      first = new int[positions + 1];
    }
    if (tokens.length == 0) {
      tokens = new int[Math.max(16, positions)];
    }
  }

  /** Starts the next position: matches added from now on belong to it. */
  void begin(int position) {
    first[position] = size;
    begun = size;
  }

  /** Adds a match, longer than the last one of its position. */
  void add(int length, int distance) {
    if (size == begun + MOST) {
      size--;
    } else if (size == tokens.length) {
      tokens = Arrays.copyOf(tokens, size + (size >> 1));
    }
    tokens[size++] = Token.match(length, distance);
  }

  /** For each position, and for the one after the last, the number of its first match. */
  int[] first() {
    return first;
  }

  /** The matches as tokens. */
  int[] tokens() {
    return tokens;
  }
}
