package dev.kmq.index.mix;

/**
 * Expects the position that followed when the neighbours were last as they are now, and goes on
 * along that place as long as it is right (specification, section Mix, Match).
 */
final class MatchModel {
  private static final int LONGEST = 30;

  private final char[] history;
  private final int[] places;
  private final int shift;
  private int seen;
  private int at;
  private int length;

  /** The position that is expected, or -1. */
  int expected = -1;

  MatchModel(TableSizes sizes) {
    history = new char[1 << sizes.history()];
    places = new int[1 << sizes.matches()];
    shift = 32 - sizes.matches();
  }

  /** Looks for a match, unless one goes on, and notes this place. */
  void find(int neighbors) {
    int slot = neighbors >>> shift;
    if (length == 0) {
      int place = places[slot];
      if (place > 0 && seen - (place - 1) <= history.length) {
        at = place - 1;
        length = 1;
        expected = history[at & history.length - 1];
      }
    }
    places[slot] = seen + 1;
  }

  /** Takes in the position that was coded. */
  void add(int position) {
    history[seen & history.length - 1] = (char) position;
    seen++;
    if (expected < 0) {
      return;
    }
    if (expected == position) {
      length = Math.min(length + 1, LONGEST);
      at++;
      expected = history[at & history.length - 1];
    } else {
      length = 0;
      expected = -1;
    }
  }

  /** How sure the expectation is: 0 if there is none, else 1 to 30. */
  int length() {
    return length;
  }
}
