package dev.kmq.index.mix;

/** Hash functions of one or two numbers (specification, rule M-7). */
final class Hash {
  private Hash() {}

  static int of(int a, int b) {
    int h = a * 0x9E3779B1 ^ b * 0x85EBCA77;
    h ^= h >>> 15;
    h *= 0x2C1B3C6D;
    return h ^ h >>> 13;
  }

  /** The upper bits of a hash. */
  static int top(int hash, int bits) {
    return hash >>> 32 - bits;
  }

  /** A key itself if it is below {@code 1 << bits}, else its hash. */
  static int place(int key, int bits) {
    return key >>> bits == 0 ? key : top(of(key, 0), bits);
  }
}
