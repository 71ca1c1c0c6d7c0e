package dev.kmq.cli.picture;

import java.io.IOException;
import java.util.List;

/** The images of a file that has several, decoded one at a time. */
interface FrameSource {
  /** Number of images; 1 if only one can be read. */
  int count();

  /** What one of them is, in the singular. */
  String noun();

  /** Messages about what is in none of the images. */
  default List<String> warnings() {
    return List.of();
  }

  /** Decodes an image by its index from 0; the call may come from any thread, but one at a time. */
  Decoded read(int index) throws IOException;
}
