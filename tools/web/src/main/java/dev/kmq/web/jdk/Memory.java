package dev.kmq.web.jdk;

/** {@code dev.kmq.container.Memory} in a browser, which does not tell how much it has. */
public final class Memory {
  private Memory() {}

  public static long forRasters() {
    return 1L << 30;
  }
}
