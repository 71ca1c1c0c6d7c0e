package dev.kmq.imageio;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import javax.imageio.ImageReadParam;

/** Reports the only pass over an image to listeners; each method returns whether to continue. */
final class ReadPass {
  private final KmqImageReader reader;
  private final BufferedImage image;
  private final int sourceRows;
  private final Rectangle target;
  private final int stepY;
  private final boolean updates;
  private final int[] bands;
  private int rowsReported;

  /**
   * A pass that begins with {@link #start}.
   *
   * @param updates whether update listeners are notified
   */
  ReadPass(
      KmqImageReader reader,
      BufferedImage image,
      int sourceRows,
      Rectangle target,
      ImageReadParam settings,
      boolean updates) {
    this.reader = reader;
    this.image = image;
    this.sourceRows = sourceRows;
    this.target = target;
    this.stepY = settings.getSourceYSubsampling();
    this.updates = updates;
    int[] chosen = settings.getDestinationBands();
    int all = image.getSampleModel().getNumBands();
    this.bands = chosen == null ? IntStream.range(0, all).toArray() : chosen;
  }

  boolean start() {
    if (!reader.abortRequested()) {
      reader.processImageProgress(0);
    }
    if (!reader.abortRequested() && updates) {
      reader.processPassStarted(image, 0, 0, 0, target.x, target.y, 1, 1, bands);
    }
    return !reader.abortRequested();
  }

  /** Reports the number of rows of the source region that have been read. */
  boolean done(int rows) {
    int end = (int) ((rows + stepY - 1L) / stepY);
    if (updates && end > rowsReported) {
      int y = target.y + rowsReported;
      reader.processImageUpdate(image, target.x, y, target.width, end - rowsReported, 1, 1, bands);
    }
    rowsReported = end;
    if (!reader.abortRequested()) {
      reader.processImageProgress(100f * rows / sourceRows);
    }
    return !reader.abortRequested();
  }

  boolean complete() {
    if (!reader.abortRequested() && updates) {
      reader.processPassComplete(image);
    }
    return !reader.abortRequested();
  }
}
