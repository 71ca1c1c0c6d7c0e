package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The first image of a file, and warnings about others. */
final class Frames {
  /** The start of every warning that a part of a file is dropped. */
  static final String ONLY = "only the ";

  private Frames() {}

  /** Whether a warning is that a part of a file is dropped. */
  static boolean isDropped(List<String> warnings) {
    return warnings.stream().anyMatch(warning -> warning.startsWith(ONLY));
  }

  /** The first image, with warnings about others. */
  static Decoded first(FrameSource source) throws IOException {
    Decoded first = source.read(0);
    List<String> warnings = new ArrayList<>(first.warnings());
    warnings.addAll(notKept(source));
    return new Decoded(first.image(), first.asStored(), first.reduction(), warnings);
  }

  /** Warnings that only the first image is kept, and that others are missing. */
  static List<String> notKept(FrameSource source) {
    List<String> warnings = new ArrayList<>();
    int count = source.count();
    if (!source.startsWithStill()) {
      warnings.add(
          ONLY
              + "still image is kept, not the animation of %d %s; use encode --all-frames"
                  .formatted(count, count == 1 ? "frame" : "frames")
              + " to write the animation");
    } else if (count > 1) {
      warnings.add(
          ONLY
              + "first of %d %ss is kept; use encode --all-frames to write all"
                  .formatted(count, source.noun()));
    }
    FailedInput missing = source.missing();
    if (missing != null) {
      warnings.add(
          "the file is damaged after %s %d (%s)"
              .formatted(source.noun(), count, FailedInput.reason(missing)));
    }
    return warnings;
  }
}
