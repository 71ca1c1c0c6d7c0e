package dev.kmq.deflate;

import dev.kmq.bytes.Words;
import java.util.Arrays;

/**
 * Finds, for each position of a window, the nearest match of every length. Positions whose three
 * bytes hash alike form a binary tree, ordered by what follows them, with younger positions above
 * older ones; a new position becomes the root and splits the tree on its way down. (Trees of this
 * kind: Bell, "Better OPM/L text compression", IEEE Trans. Commun. 34, 1986; with the youngest on
 * top as in the LZMA family of encoders.)
 */
final class MatchFinder {
  /** Bytes after the end of a window that may be read; their values do not matter. */
  static final int SLACK = 8;

  /** Match distances are below this. */
  static final int REACH = 1 << 15;

  /**
   * Maximum number of nodes visited per position. The tree is cut off below the last one, which
   * loses matches where it has degenerated to a list, as in long runs of one byte.
   */
  private static final int DEPTH = 200;

  /** Knuth's multiplicative hash: 2^32 over the golden ratio. */
  private static final int MULTIPLIER = 0x9E3779B1;

  private static final int NONE = -1;
  private static final int MAX_HASH_BITS = 16;

  private final int hashShift;
  private final int mask;

  /** Youngest position of each hash, or less than 0. */
  private final int[] roots;

  /** For each position, modulo the reach, the positions below it: smaller strings, greater ones. */
  private final int[] children;

  /** A finder for a window of this size, which slides if it has the reach or more. */
  MatchFinder(int bytes) {
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(15, Math.min(bytes, REACH) - 1));
    hashShift = 32 - Math.min(bits + 1, MAX_HASH_BITS);
    mask = (1 << bits) - 1;
    roots = new int[1 << 32 - hashShift];
    children = new int[2 << bits];
    Arrays.fill(roots, NONE);
  }

  /** Adjusts positions after bytes moved towards the start of the window. */
  void move(int distance) {
    lower(roots, distance);
    lower(children, distance);
  }

  private static void lower(int[] positions, int distance) {
    for (int i = 0; i < positions.length; i++) {
      positions[i] = Math.max(positions[i] - distance, NONE);
    }
  }

  /**
   * Lists the matches of the positions from {@code from} to {@code to}, but none within a match of
   * 258 bytes: no longer match begins there, and parsing all of them would be slow.
   *
   * @param end end of the bytes in the window; at least 258 after {@code to}, unless the stream
   *     ends there
   */
  void find(byte[] window, int from, int to, int end, Matches matches) {
    matches.clear(to - from);
    int skipTo = from;
    for (int at = from; at < to; at++) {
      matches.begin(at - from);
      int most = Math.min(end - at, Symbols.MAX_LENGTH);
      if (most < Symbols.MIN_LENGTH) {
        continue;
      }
      int longest = insert(window, at, most, matches, at < skipTo ? 0 : to - at);
      if (longest == Symbols.MAX_LENGTH && at >= skipTo) {
        skipTo = at + longest;
      }
    }
    matches.begin(to - from);
  }

  /**
   * Puts a position into its tree.
   *
   * @param most number of bytes from the position on that may be compared
   * @param matches receives the matches found
   * @param room maximum length of a listed match; less than 3 lists none
   * @return the length of the longest match, less than 3 if there is none
   */
  private int insert(byte[] window, int at, int most, Matches matches, int room) {
    int hash = ((int) Words.littleEndian(window, at) & 0xFFFFFF) * MULTIPLIER >>> hashShift;
    int node = roots[hash];
    roots[hash] = at;
    int oldest = Math.max(at - REACH, NONE);
    int smaller = 2 * (at & mask);
    int greater = smaller + 1;
    int smallerLength = 0;
    int greaterLength = 0;
    int longest = Symbols.MIN_LENGTH - 1;
    for (int depth = DEPTH; node > oldest && depth > 0; depth--) {
      int length = common(window, node, at, Math.min(smallerLength, greaterLength), most);
      if (length > longest) {
        if (room > longest) {
          matches.add(Math.min(length, room), at - node);
        }
        longest = length;
      }
      int child = 2 * (node & mask);
      if (length == most) {
        children[smaller] = children[child];
        children[greater] = children[child + 1];
        return longest;
      }
      boolean less = (window[node + length] & 0xFF) < (window[at + length] & 0xFF);
      children[less ? smaller : greater] = node;
      int inner = less ? child + 1 : child;
      smaller = less ? inner : smaller;
      greater = less ? greater : inner;
      smallerLength = less ? length : smallerLength;
      greaterLength = less ? greaterLength : length;
      node = children[inner];
    }
    children[smaller] = NONE;
    children[greater] = NONE;
    return longest;
  }

  /**
   * Length of the common prefix of two positions, at most {@code most}; the first bytes are known
   * to agree.
   */
  static int common(byte[] window, int a, int b, int known, int most) {
    int length = known;
    while (length < most) {
      long difference =
          Words.littleEndian(window, a + length) ^ Words.littleEndian(window, b + length);
      if (difference != 0) {
        length += Long.numberOfTrailingZeros(difference) >>> 3;
        return Math.min(length, most);
      }
      length += Long.BYTES;
    }
    return most;
  }
}
