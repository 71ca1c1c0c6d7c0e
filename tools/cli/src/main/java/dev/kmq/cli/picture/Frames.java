package dev.kmq.cli.picture;

/** Words for images of a file beyond the one that is kept. */
final class Frames {
  private Frames() {}

  /**
   * A warning that all but one are left out.
   *
   * @param total at least 2
   * @param what one of them is, in the singular
   */
  static String warning(long total, String what) {
    return "1 of " + total + " " + what + "s is kept, the first";
  }
}
