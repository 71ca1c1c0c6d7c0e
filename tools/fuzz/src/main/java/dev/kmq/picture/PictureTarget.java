package dev.kmq.picture;

import dev.kmq.container.KmqFormatException;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Images of other formats: properties, metadata and pixels of PNG, JPEG, GIF, BMP and TIFF. */
public final class PictureTarget {
  private static final PictureReader READER =
      new PictureReader(Limits.defaults().withMaxPixels(1 << 14), MetadataPolicy.ALL, true, null);

  private PictureTarget() {}

  /** Reads bytes as an image of the format given by their signature. */
  public static void run(byte[] data) throws IOException {
    Inputs.Selection selection = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs =
        Inputs.find(List.of(Input.STANDARD), new ByteArrayInputStream(data), selection)) {
      for (Inputs.Found found : inputs.found()) {
        Input input = found.input();
        if (input == null) {
          continue;
        }
        Picture picture = READER.read(input);
        int[] row = new int[picture.pixels().width()];
        for (int y = 0; y < picture.pixels().height(); y++) {
          picture.pixels().readRows(y, 1, row);
        }
      }
    } catch (FailedInput | KmqFormatException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("a failure without a message", e);
      }
    }
  }
}
