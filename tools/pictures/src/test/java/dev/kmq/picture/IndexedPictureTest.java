package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.concurrent.Work;
import dev.kmq.image.ColorError;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large images, whose indices are in a file, have the same ones as others. */
class IndexedPictureTest {
  private static final int WIDTH = 4099;
  private static final int HEIGHT = 4097;

  private static PixelSource pixels() {
    return new PixelSource() {
      @Override
      public int width() {
        return WIDTH;
      }

      @Override
      public int height() {
        return HEIGHT;
      }

      @Override
      public void readRows(int y, int rows, int[] target) {
        for (int i = 0; i < rows * WIDTH; i++) {
          int x = i % WIDTH;
          int row = y + i / WIDTH;
          target[i] = 0xFF000000 | (x >> 8) << 19 | (row >> 8) << 11 | (x * row >> 12 & 7) << 5;
        }
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"20, NONE", "300, NONE", "20, BAYER", "20, FLOYD_STEINBERG"})
  void indicesAndErrorAreThoseOfAnImageInMemory(int colors, Dither dither) throws IOException {
    Picture picture = new Picture(new RowWindow(pixels()), null, List.of(), List.of(), null, null);
    assertTrue(picture.isLarge());
    EncodeOptions options =
        EncodeOptions.builder().colors(colors).dither(dither).effort(Effort.FAST).build();
    IndexedImage expected = new KmqEncoder(options).quantize(pixels());
    ColorError error = ColorError.of(pixels(), expected.pixels(), 20);
    try (IndexedPicture found = IndexedPicture.of(picture, options, 0, 20, Work.onThreads(2))) {
      assertFalse(found.image() instanceof IndexedImage);
      assertFalse(found.kept());
      assertEquals(expected.palette(), found.image().palette());
      assertEquals(error.mse(), found.error().mse());
      assertEquals(error.beyond(), found.error().beyond());
      for (int y = 0; y < HEIGHT; y += 100) {
        IndexPlane row = found.image().rows(y, 1);
        for (int x = 0; x < WIDTH; x++) {
          assertEquals(expected.plane().get(x, y), row.get(x, 0));
        }
      }
    }
  }
}
