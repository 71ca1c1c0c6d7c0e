package dev.kmq.index.packed;

import dev.kmq.image.IndexPlane;

/**
 * Walks through a plane row after row, a block of indices at a time. The block is an array of the
 * plane's own type, {@code byte[]} or {@code short[]}.
 */
final class BlockCursor {
  private final IndexPlane plane;
  private final Object array;
  private int x;
  private int y;

  BlockCursor(IndexPlane plane) {
    this.plane = plane;
    this.array = plane.wide() ? plane.shorts() : plane.bytes();
  }

  /** Copies the next {@code n} indices out of the plane. */
  void get(Object block, int n) {
    for (int done = 0; done < n; ) {
      int run = Math.min(n - done, plane.width() - x);
      System.arraycopy(array, plane.at(x, y), block, done, run);
      done += run;
      advance(run);
    }
  }

  /** Copies {@code n} indices into the plane. */
  void put(Object block, int n) {
    for (int done = 0; done < n; ) {
      int run = Math.min(n - done, plane.width() - x);
      System.arraycopy(block, done, array, plane.at(x, y), run);
      done += run;
      advance(run);
    }
  }

  private void advance(int run) {
    x += run;
    if (x == plane.width()) {
      x = 0;
      y++;
    }
  }
}
