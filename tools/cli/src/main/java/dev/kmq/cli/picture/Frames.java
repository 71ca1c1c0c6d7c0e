package dev.kmq.cli.picture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The first image of a file, and the warning about others. */
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

  /** The first image, with a warning if there are others. */
  static Decoded first(FrameSource source) throws IOException {
    Decoded first = source.read(0);
    if (source.count() < 2) {
      return first;
    }
    List<String> warnings = new ArrayList<>(first.warnings());
    warnings.add(warning(source.count(), source.noun()));
    return new Decoded(first.image(), first.asStored(), first.reduction(), warnings);
  }
}
