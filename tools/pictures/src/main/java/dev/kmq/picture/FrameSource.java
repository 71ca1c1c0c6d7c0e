package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The images of a file that has several, decoded one at a time. */
interface FrameSource {
  /** Number of images that are found. */
  int count();

  /** Why images after those are missing, or null if the file is whole. */
  default @Nullable FailedInput missing() {
    return null;
  }

  /** Whether the first image is the one that stands for the whole file. */
  default boolean startsWithStill() {
    return true;
  }

  /** What one of them is, in the singular. */
  String noun();

  /** Messages about what is in none of the images. */
  default List<String> warnings() {
    return List.of();
  }

  /** Decodes an image by its index from 0; the call may come from any thread, but one at a time. */
  Decoded read(int index) throws IOException;
}
