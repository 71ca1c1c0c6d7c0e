package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;

/** Refuses images that are too large before memory is allocated. */
final class PixelLimit {
  /** The most elements of an array, on all JVMs. */
  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8L;

  private PixelLimit() {}

  static void check(long width, long height, Limits limits) throws FailedInput {
    if (width * height > limits.maxPixels() || width * height > MOST_ELEMENTS) {
      throw new FailedInput(
          width * height > limits.maxPixels()
              ? width
                  + "x"
                  + height
                  + " pixels exceed the limit of "
                  + limits.maxPixels()
                  + "; use --max-pixels to raise it"
              : "not supported: an image of "
                  + width
                  + "x"
                  + height
                  + ", more pixels than Java can hold in one array");
    }
  }

  /** Refuses an image that is decoded as a whole, if its samples are more than an array holds. */
  static void checkSamples(long width, long height, long samples) throws FailedInput {
    if (width * height * samples > MOST_ELEMENTS) {
      throw new FailedInput(
          ("not supported: an image of %dx%d with %d samples a pixel, more than Java can hold in"
                  + " one array; divide it into smaller images")
              .formatted(width, height, samples));
    }
  }

  /**
   * Refuses an image that is decoded by rows, if the bytes of a row are more than an array holds.
   */
  static void checkRow(long width, long pixelBytes) throws FailedInput {
    if (width * pixelBytes > MOST_ELEMENTS) {
      throw new FailedInput(
          ("not supported: rows of %d pixels of %d bytes, more than Java can hold in one array;"
                  + " divide the image into narrower ones")
              .formatted(width, pixelBytes));
    }
  }
}
