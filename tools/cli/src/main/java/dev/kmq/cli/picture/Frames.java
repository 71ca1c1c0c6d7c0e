package dev.kmq.cli.picture;

/** Messages about further images in a file. */
final class Frames {
  private Frames() {}

  /**
   * A warning that only the first one is kept, although others could be read.
   *
   * @param total at least 2
   * @param what noun for one of them, in the singular
   */
  static String warning(long total, String what) {
    return "1 of "
        + total
        + " "
        + what
        + "s is kept, the first; encode --all-frames writes them all";
  }
}
