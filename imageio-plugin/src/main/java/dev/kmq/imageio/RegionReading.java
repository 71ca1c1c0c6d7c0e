package dev.kmq.imageio;

import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Tiling;
import dev.kmq.image.IndexPlane;
import java.awt.Rectangle;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a region of a file into a region of an image, a few rows of tiles at a time: enough to keep
 * several threads busy.
 */
final class RegionReading {
  /** Maximum number of tiles and of pixels that are read at once, in whole rows of tiles. */
  private static final int BAND_TILES = 16;

  private static final int BAND_PIXELS = 1 << 22;

  private final KmqReader reader;
  private final Header header;
  private final Destination destination;
  private final Rectangle source;
  private final Rectangle target;
  private final int stepX;
  private final int stepY;

  /**
   * Prepares a reading.
   *
   * @param source region of the image
   * @param target region of the image, of ceil(width / stepX) by ceil(height / stepY) pixels
   */
  RegionReading(
      KmqReader reader,
      Destination destination,
      Rectangle source,
      Rectangle target,
      int stepX,
      int stepY) {
    this.reader = reader;
    this.header = reader.header();
    this.destination = destination;
    this.source = source;
    this.target = target;
    this.stepX = stepX;
    this.stepY = stepY;
  }

  /**
   * Reads the region.
   *
   * @param progress receives the number of source rows that are done, and returns whether to
   *     continue
   */
  void read(IntPredicate progress) throws IOException {
    boolean asIs = stepX == 1 && stepY == 1 && destination.takesIndices();
    PackedRaster packed = asIs ? PackedRaster.of(destination, header) : null;
    for (int done = 0; done < source.height; ) {
      int rows = bandRows(header.tiling(), source, done);
      Rectangle band = new Rectangle(source.x, source.y + done, source.width, rows);
      if (packed != null) {
        packed.read(reader, band, target.x, target.y + done);
      } else {
        IndexPlane inPlace = asIs ? inPlace(band, done) : null;
        if (inPlace != null) {
          reader.readRegion(band.x, band.y, inPlace);
        } else {
          place(band);
        }
      }
      done += rows;
      if (!progress.test(done)) {
        return;
      }
    }
  }

  /** Rows of the region from {@code done} on that are read together: to the end of a tile row. */
  static int bandRows(Tiling tiling, Rectangle source, int done) {
    int columns =
        (source.x + source.width - 1) / tiling.tileWidth() - source.x / tiling.tileWidth() + 1;
    long pixels = (long) source.width * tiling.tileHeight();
    long tileRows = Math.max(1, Math.min(BAND_TILES / columns, BAND_PIXELS / pixels));
    int y = source.y + done;
    long end = (y / tiling.tileHeight() + tileRows) * tiling.tileHeight();
    return (int) Math.min(end, source.y + (long) source.height) - y;
  }

  private @Nullable IndexPlane inPlace(Rectangle band, int done) {
    IndexPlane plane = destination.inPlace(target.x, target.y + done, band.width, band.height);
    return plane == null || plane.wide() != IndexPlane.isWide(header.colors()) ? null : plane;
  }

  private void place(Rectangle band) throws IOException {
    IndexPlane plane = IndexPlane.allocate(band.width, band.height, header.colors());
    reader.readRegion(band.x, band.y, plane);
    int done = band.y - source.y;
    int row = (int) ((done + (long) stepY - 1) / stepY);
    for (; row < target.height && row * (long) stepY < done + band.height; row++) {
      int y = row * stepY - done;
      destination.put(plane, 0, y, stepX, target.x, target.y + row, target.width);
    }
  }
}
