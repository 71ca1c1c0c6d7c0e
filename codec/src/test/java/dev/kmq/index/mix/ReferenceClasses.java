package dev.kmq.index.mix;

/** Hashes and classes of rules M-7 and M-9 of the specification. */
final class ReferenceClasses {
  private ReferenceClasses() {}

  static int reached(int[] values, int v) {
    int reached = 0;
    for (int value : values) {
      reached += value <= v ? 1 : 0;
    }
    return reached;
  }

  static int clamp(int v, int low, int high) {
    return Math.max(low, Math.min(high, v));
  }

  // M-7
  static int hash(int a, int b) {
    int v = a * 0x9E3779B1 ^ b * 0x85EBCA77;
    v = (v ^ v >>> 15) * 0x2C1B3C6D;
    return v ^ v >>> 13;
  }

  static int top(int v, int bits) {
    return v >>> (32 - bits);
  }

  static int place(int v, int bits) {
    return v < 1 << bits ? v : top(hash(v, 0), bits);
  }

  // M-9
  static int weightClass(int v) {
    if (v < 8) {
      return v;
    }
    return v < 16 ? 8 + ((v - 8) >> 1) : 12 + ((v - 16) >> 2);
  }

  static int relativeClass(int v) {
    if (v < 24) {
      return v;
    }
    return v < 48 ? 24 + ((v - 24) >> 2) : Math.min(31, 30 + (v >> 7));
  }

  static int planeClass(int v) {
    if (v < 0) {
      return 63 - planeClass(~v);
    }
    if (v < 16) {
      return 32 + v;
    }
    return v < 48 ? 48 + ((v - 16) >> 2) : Math.min(63, 56 + ((v - 48) >> 3));
  }

  static int stepClass(int v) {
    if (v < 0) {
      return 15 - stepClass(~v);
    }
    if (v < 16) {
      return (32 + v) >> 2;
    }
    return (v < 32 ? 48 + ((v - 16) >> 1) : Math.min(60, 56 + ((v - 32) >> 3))) >> 2;
  }
}
