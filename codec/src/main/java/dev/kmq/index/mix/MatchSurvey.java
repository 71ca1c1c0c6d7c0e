package dev.kmq.index.mix;

import dev.kmq.image.IndexPlane;

/**
 * Estimates whether modelling matches pays for an image: the share of pixels, among those that
 * differ from their left neighbour, that a match of 33 neighbours predicts. It takes a few
 * nanoseconds per pixel; coding takes hundreds.
 */
public final class MatchSurvey {
  /** Matches are promising if they predict at least 1 of this number of changes. */
  private static final int PROMISING = 20;

  private long changes;
  private long foretold;

  /** Examines a band of rows. Matches across bands are not found. */
  public void add(IndexPlane rows) {
    int width = rows.width();
    Matches matches = new Matches(width, rows.height());
    for (int y = 0; y < rows.height(); y++) {
      matches.startRow();
      int left = 0;
      for (int x = 0; x < width; x++) {
        int pixel = rows.get(x, y);
        matches.lookFar();
        if (pixel != left) {
          changes++;
          foretold += pixel == matches.position ? 1 : 0;
        }
        matches.add(pixel);
        left = pixel;
      }
      matches.endRow();
    }
  }

  /** Whether it is worth trying to model matches. */
  public boolean isPromising() {
    return foretold * PROMISING > changes;
  }
}
