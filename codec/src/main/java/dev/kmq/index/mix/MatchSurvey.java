package dev.kmq.index.mix;

import dev.kmq.image.IndexPlane;

/**
 * Whether a picture repeats itself so that matches promise something: of the pixels that differ
 * from their left neighbour, how many a match of 33 neighbours foretells. Takes a few nanoseconds a
 * pixel, where coding takes hundreds.
 */
public final class MatchSurvey {
  /** Matches promise something if they foretell one of so many changes. */
  private static final int PROMISING = 20;

  private long changes;
  private long foretold;

  /** Goes through rows of the picture; what they have in common with other rows is not seen. */
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
