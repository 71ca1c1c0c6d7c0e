package dev.kmq.cli.picture;

/** A conversion of colours to sRGB. */
interface ToSrgb {
  /** Converts the first {@code n} ARGB pixels in place; alpha stays. */
  void toSrgb(int[] argb, int n);
}
