package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;

/** Refuses images that are too large before memory is allocated. */
final class PixelLimit {
  private PixelLimit() {}

  static void check(long width, long height, Limits limits) throws FailedInput {
    if (width * height > limits.maxPixels() || width * height > Integer.MAX_VALUE - 8L) {
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
}
