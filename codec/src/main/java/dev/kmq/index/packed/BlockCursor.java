package dev.kmq.index.packed;

import dev.kmq.image.IndexPlane;

/** Walks through a plane row after row, a block of indices at a time. */
final class BlockCursor {
  private final IndexPlane plane;
  private int x;
  private int y;

  BlockCursor(IndexPlane plane) {
    this.plane = plane;
  }

  /** Copies the next {@code n} indices out of the plane. */
  void get(short[] block, int n) {
    for (int done = 0; done < n; ) {
      int run = Math.min(n - done, plane.width() - x);
      int at = plane.at(x, y);
      if (plane.wide()) {
        System.arraycopy(plane.shorts(), at, block, done, run);
      } else {
        widen(plane.bytes(), at, block, done, run);
      }
      done += run;
      advance(run);
    }
  }

  /** Copies {@code n} indices into the plane. */
  void put(short[] block, int n) {
    for (int done = 0; done < n; ) {
      int run = Math.min(n - done, plane.width() - x);
      int at = plane.at(x, y);
      if (plane.wide()) {
        System.arraycopy(block, done, plane.shorts(), at, run);
      } else {
        narrow(block, done, plane.bytes(), at, run);
      }
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

  private static void widen(byte[] from, int at, short[] to, int offset, int n) {
    for (int i = 0; i < n; i++) {
      to[offset + i] = (short) (from[at + i] & 0xFF);
    }
  }

  private static void narrow(short[] from, int offset, byte[] to, int at, int n) {
    for (int i = 0; i < n; i++) {
      to[at + i] = (byte) from[offset + i];
    }
  }
}
