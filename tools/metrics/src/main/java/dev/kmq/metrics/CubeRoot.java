package dev.kmq.metrics;

/** The cube root, by the same operations on every machine; {@link StrictMath#cbrt} is slower. */
final class CubeRoot {
  private CubeRoot() {}

  /**
   * The cube root to a relative error below 1e-6.
   *
   * @param v 1e-30 to 1e30
   */
  static float of(float v) {
    // A third of the exponent, then two steps of Halley's method.
    float root = Float.intBitsToFloat(0x2A5137A0 + Float.floatToRawIntBits(v) / 3);
    float cube = root * root * root;
    root *= (cube + 2 * v) / (2 * cube + v);
    cube = root * root * root;
    return root * ((cube + 2 * v) / (2 * cube + v));
  }
}
