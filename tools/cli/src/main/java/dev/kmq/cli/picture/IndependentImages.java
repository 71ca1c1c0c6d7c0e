package dev.kmq.cli.picture;

import java.io.IOException;

/** Images of a file that do not depend on each other. */
record IndependentImages(int count, String noun, Reading reading) implements FrameSource {
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
