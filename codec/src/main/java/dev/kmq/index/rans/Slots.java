package dev.kmq.index.rans;

/**
 * The tables as a decoder looks them up: for each of a cluster's {@link RansTables#SUM} slots its
 * symbol in bits 0 to 7, the symbol's frequency less 1 in bits 8 to 19, and how far into the symbol
 * the slot lies in bits 20 to 31.
 */
final class Slots {
  private static final int SYMBOL_BITS = 8;
  private static final int MASK = RansTables.SUM - 1;
  private static final int INTO_SHIFT = SYMBOL_BITS + RansTables.SUM_BITS;

  private final int[] slots;
  private final int[] bases = new int[Contexts.COUNT];

  Slots(RansTables tables) {
    slots = new int[tables.clusters() << RansTables.SUM_BITS];
    int slot = 0;
    for (int cluster = 0; cluster < tables.clusters(); cluster++) {
      for (int symbol = 0; symbol < tables.alphabet(); symbol++) {
        int frequency = tables.frequency(cluster, symbol);
        for (int i = 0; i < frequency; i++) {
          slots[slot++] = i << INTO_SHIFT | frequency - 1 << SYMBOL_BITS | symbol;
        }
      }
    }
    for (int context = 0; context < Contexts.COUNT; context++) {
      bases[context] = tables.cluster(context) << RansTables.SUM_BITS;
    }
  }

  /** All slots, cluster after cluster. */
  int[] slots() {
    return slots;
  }

  /** Where the slots of each context's cluster begin. */
  int[] bases() {
    return bases;
  }

  static int symbol(int slot) {
    return slot & (1 << SYMBOL_BITS) - 1;
  }

  /** The state that is left when a slot's symbol has been taken out of it. */
  static int next(int state, int slot) {
    int frequency = (slot >>> SYMBOL_BITS & MASK) + 1;
    return frequency * (state >>> RansTables.SUM_BITS) + (slot >>> INTO_SHIFT);
  }
}
