package dev.kmq.web.jdk;

/** {@code dev.kmq.container.RasterMemory} in a browser, which does not tell how much it has. */
public final class RasterMemory {
  private RasterMemory() {}

  public static long most() {
    return 1L << 30;
  }
}
