package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import java.util.ArrayList;
import java.util.List;

/** The decoder as the specification words it, pixel by pixel and without any table of its own. */
final class ReferenceDecoder {
  private final ColorRanks ranks;
  private final RansTables tables;
  private final byte[] payload;
  private int at;
  private long a;
  private long b;

  ReferenceDecoder(Palette palette, RansTables tables, byte[] payload) {
    this.ranks = new ColorRanks(palette);
    this.tables = tables;
    this.payload = payload;
  }

  IndexPlane decode(int width, int height) {
    a = (long) word() << 16 | word();
    b = (long) word() << 16 | word();
    int[][] p = new int[height][width];
    IndexPlane plane = IndexPlane.allocate(width, height, ranks.colors());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        p[y][x] = pixel(p, x, y);
        plane.set(x, y, ranks.indexOf()[p[y][x]]);
      }
    }
    if (a != 65536 || b != 65536 || at != payload.length) {
      throw new IllegalStateException("does not end as it should");
    }
    return plane;
  }

  private static int at(int[][] p, int x, int y) {
    if (y < 0) {
      return 0;
    }
    if (x < 0) {
      return at(p, 0, y - 1);
    }
    return p[y][Math.min(x, p[y].length - 1)];
  }

  private int pixel(int[][] p, int x, int y) {
    int w = at(p, x - 1, y);
    int ww = at(p, x - 2, y);
    int n = at(p, x, y - 1);
    int nw = at(p, x - 1, y - 1);
    int ne = at(p, x + 1, y - 1);
    int nee = at(p, x + 2, y - 1);
    int nn = at(p, x, y - 2);
    int changeW = change(nw, w);
    int changeN = change(nw, n);
    int sum = changeW + changeN + change(n, ne);
    int activity = 0;
    while (activity < 8 && sum >= 1 << activity) {
      activity++;
    }
    boolean fromN = changeW < changeN;
    boolean[] bits = {
      ne == nee, w == n, w == nw, w == ne, n == nw, n == ne, w == ww, n == nn, fromN
    };
    int context = 0;
    for (boolean bit : bits) {
      context = 2 * context + (bit ? 1 : 0);
    }
    int symbol = symbol(tables.cluster(16 * context + activity));
    if (symbol < 4) {
      return new int[] {w, n, ne, nw}[symbol];
    }
    int token = symbol - 4;
    int rank = token;
    if (token >= 8) {
      int raw = 2 + (token - 8) / 2;
      rank = (2 + token % 2 << raw) + (int) (b % (1 << raw));
      b >>= raw;
      if (b < 65536) {
        b = b << 16 | word();
      }
    }
    List<Integer> others = new ArrayList<>();
    int from = fromN ? n : w;
    for (int r = 0; others.size() <= rank; r++) {
      int q = ranks.position(from, r);
      if (q != w && q != n && q != ne && q != nw) {
        others.add(q);
      }
    }
    return others.get(rank);
  }

  private int change(int from, int to) {
    return ranks.rank(from, to) >>> ranks.shift();
  }

  private int symbol(int cluster) {
    int slot = (int) (a % 4096);
    int symbol = 0;
    int start = 0;
    while (slot >= start + tables.frequency(cluster, symbol)) {
      start += tables.frequency(cluster, symbol++);
    }
    a = tables.frequency(cluster, symbol) * (a / 4096) + slot - start;
    if (a < 65536) {
      a = a << 16 | word();
    }
    return symbol;
  }

  private int word() {
    at += 2;
    return (payload[at - 2] & 0xFF) << 8 | payload[at - 1] & 0xFF;
  }
}
