package dev.kmq.container;

/** How much memory rasters may take unless the caller has set limits. */
final class RasterMemory {
  private RasterMemory() {}

  /** Half the maximum heap, in bytes. */
  static long most() {
    return Runtime.getRuntime().maxMemory() / 2;
  }
}
