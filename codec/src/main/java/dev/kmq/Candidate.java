package dev.kmq;

import dev.kmq.container.Method;
import dev.kmq.image.IndexedImage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An image that may meet a target, with its file if the target is a size. */
record Candidate(IndexedImage image, @Nullable EncodedFile file) {
  long bytes() {
    return encoded().size();
  }

  /** The method of the file. */
  Method method() {
    return encoded().header().method();
  }

  private EncodedFile encoded() {
    return Objects.requireNonNull(file, "no file: the target is not a size");
  }
}
