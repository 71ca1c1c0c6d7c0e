package dev.kmq.picture;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Tiling;
import dev.kmq.file.Input;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The palette and indices of a {@code .kmq} file, decoded one row of tiles at a time, each time
 * from the top. It is for one thread at a time.
 */
public final class KmqRows implements IndexSource {
  private final Input input;
  private final DecodeOptions options;
  private final Header header;
  private final Tiling tiling;
  private @Nullable KmqReader reader;

  /** The decoded row of tiles, and its number; -1 before the first. */
  private @Nullable IndexPlane decoded;

  private int row = -1;

  /**
   * The indices of a file.
   *
   * @param reader of the file, which is not read further
   * @param input the file, opened again for each pass
   * @throws dev.kmq.container.KmqFormatException if decoding takes more work than the limit
   */
  public static KmqRows of(KmqReader reader, Input input, DecodeOptions options)
      throws IOException {
    reader.requireWholeWork();
    return new KmqRows(input, options, reader.header());
  }

  /**
   * Decodes the whole image to find damage; a large one by rows of tiles.
   *
   * @throws dev.kmq.container.KmqFormatException if it is damaged, or takes more memory or work
   *     than the limits
   */
  public static void check(KmqReader reader) throws IOException {
    Header header = reader.header();
    if (!Picture.isLarge(header)) {
      reader.readImage();
      return;
    }
    reader.requireWholeWork();
    int rows = header.tiling().tileHeight();
    for (int y = 0; y < header.height(); y += rows) {
      int n = Math.min(rows, header.height() - y);
      reader.readRegion(0, y, IndexPlane.allocate(header.width(), n, header.colors()));
    }
  }

  private KmqRows(Input input, DecodeOptions options, Header header) {
    this.input = input;
    this.options = options;
    this.header = header;
    this.tiling = header.tiling();
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  @Override
  public Palette palette() {
    return header.palette();
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    try {
      int first = y / tiling.tileHeight();
      int last = (y + rows - 1) / tiling.tileHeight();
      if (first == last) {
        return decoded(first).window(0, y - first * tiling.tileHeight(), width(), rows);
      }
      IndexPlane plane = IndexPlane.allocate(width(), rows, header.colors());
      for (int line = first; line <= last; line++) {
        int top = line * tiling.tileHeight();
        int from = Math.max(y, top);
        IndexPlane band = decoded(line);
        int count = Math.min(y + rows, top + band.height()) - from;
        plane
            .window(0, from - y, width(), count)
            .copyFrom(band.window(0, from - top, width(), count));
      }
      return plane;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IndexPlane decoded(int wanted) throws IOException {
    IndexPlane plane = decoded;
    if (wanted == row && plane != null) {
      return plane;
    }
    KmqReader open = reader;
    if (open == null || wanted < row) {
      open = KmqReader.open(input.open(), options);
      reader = open;
    }
    int top = wanted * tiling.tileHeight();
    int rows = Math.min(tiling.tileHeight(), height() - top);
    if (plane == null || plane.height() != rows) {
      decoded = null; // so that there is one at a time
      plane = IndexPlane.allocate(width(), rows, header.colors());
    }
    row = -1;
    open.readRegion(0, top, plane);
    row = wanted;
    decoded = plane;
    if (top + rows == height()) {
      open.expectEnd();
    }
    return plane;
  }
}
