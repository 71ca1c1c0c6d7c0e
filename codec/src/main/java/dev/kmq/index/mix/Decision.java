package dev.kmq.index.mix;

import java.util.List;

/** The kinds of decisions that lead to a pixel (specification, section Mix, Pixels). */
final class Decision {
  /** Whether the pixel of an even place is W. */
  static final int EVEN = 0;

  /** Whether a pixel at any other place is W; the next number: whether it is the rival. */
  static final int FLAG = 1;

  /** Which half of a node of the palette tree the pixel is in. */
  static final int NODE = 3;

  /** No decision, but what is left of the payload: the end of the number. */
  static final int END = 4;

  /** Names of the kinds in their order. */
  static final List<String> NAMES =
      List.of("even places", "flag 0 (W)", "flag 1 (rival)", "palette tree", "end");

  private Decision() {}
}
