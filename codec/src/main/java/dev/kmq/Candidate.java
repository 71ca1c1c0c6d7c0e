package dev.kmq;

import dev.kmq.image.IndexedImage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An image that may meet a target, and its file where the target is one of bytes. */
record Candidate(IndexedImage image, @Nullable EncodedFile file) {
  long bytes() {
    return Objects.requireNonNull(file, "no target of bytes").size();
  }
}
