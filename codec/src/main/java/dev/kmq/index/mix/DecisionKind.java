package dev.kmq.index.mix;

import java.util.List;

/** The kinds of decisions that lead to a pixel (specification, rules M-21 to M-27). */
final class DecisionKind {
  /** Whether the pixel of an even place is W. */
  static final int EVEN = 0;

  /** Whether a pixel at any other place is W; the next number: whether it is the rival. */
  static final int FLAG = 1;

  /** Which half of a node of the palette tree the pixel is in; the number of the node is added. */
  static final int NODE = 3;

  /**
   * Not a decision: the bits of the payload that remain after all decisions, which end the number.
   */
  static final int END = 4;

  /** Names of the parts of a payload, in their order; all nodes count as one part. */
  static final List<String> NAMES =
      List.of("even places", "flag 0 (W)", "flag 1 (rival)", "palette tree", "end");

  private DecisionKind() {}
}
