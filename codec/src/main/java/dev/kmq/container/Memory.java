package dev.kmq.container;

/** How much memory rasters may take unless the caller has set limits. */
final class Memory {
  private Memory() {}

  /** Half the maximum heap, in bytes. */
  static long forRasters() {
    return Runtime.getRuntime().maxMemory() / 2;
  }
}
