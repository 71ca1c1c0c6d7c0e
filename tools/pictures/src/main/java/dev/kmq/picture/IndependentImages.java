package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Images of a file that do not depend on each other. */
record IndependentImages(int count, String noun, @Nullable FailedInput missing, Reading reading)
    implements FrameSource {
  /** Decodes an image by its index. */
  @FunctionalInterface
  interface Reading {
    Decoded read(int index) throws IOException;
  }

  @Override
  public Decoded read(int index) throws IOException {
    return reading.read(index);
  }
}
