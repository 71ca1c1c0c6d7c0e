package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import java.util.ArrayList;
import java.util.List;

/** The decoder of the specification, pixel by pixel and without look-up tables. */
final class ReferenceDecoder {
  private final ColorRanks ranks;
  private final RansTables tables;
  private final byte[] payload;
  private int[] table = {};
  private int[][] distances = {};
  private int run;
  private int last;
  private int blockEnd;
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
    boolean memory = tables.remembers(width, height);
    int bits = Math.min(16, Math.max(6, (int) Math.floor(Math.log(width * height) / Math.log(2))));
    table = new int[1 << bits];
    distances = new int[height][width];
    for (int y = 0; y < height; y++) {
      blockEnd = 0;
      for (int x = 0; x < width; ) {
        if (memory) {
          x += remembered(p, x, y);
        } else {
          p[y][x] = pixel(p, x, y);
          x++;
        }
      }
      for (int x = 0; x < width; x++) {
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

  private int distance(int x, int y) {
    boolean inside = x >= 0 && y >= 0 && x < distances[0].length;
    return inside ? distances[y][x] : 0;
  }

  private static int cell(int[][] p, int x, int y) {
    return (p[0].length + 4) * (y + 2) + x + 2;
  }

  private static int value(int[][] p, int cell) {
    int stride = p[0].length + 4;
    return at(p, cell % stride - 2, cell / stride - 2);
  }

  private int entry(int[][] p, int x, int y) {
    int hash = 0;
    int[] columns = {-1, -2, 0, -1, 1, 2, -2, 0, 1};
    int[] rows = {0, 0, -1, -1, -1, -1, -1, -2, -2};
    for (int i = 0; i < columns.length; i++) {
      hash = (hash + at(p, x + columns[i], y + rows[i]) + 1) * 789269575;
    }
    return hash >>> (33 - Integer.toBinaryString(table.length).length());
  }

  private static int length(int value) {
    return value == 0 ? 0 : Integer.toBinaryString(value).length();
  }

  /** Decodes a pixel or a block of them, and returns how many. */
  private int remembered(int[][] p, int x, int y) {
    int here = cell(p, x, y);
    int dw = distance(x - 1, y);
    int dn = distance(x, y - 1);
    boolean likeN = dn != 0 && (dw == 0 || dw == distance(x - 1, y - 1));
    int d = likeN ? dn : dw;
    int source = d == 0 ? 0 : dw == dn ? 3 : likeN ? 2 : 1;
    int entry = entry(p, x, y);
    int found = table[entry];
    if (d == 0 && found != 0) {
      boolean same = true;
      for (int back : new int[] {1, cell(p, 1, 1) - cell(p, 0, 0), p[0].length + 4}) {
        same &= value(p, found - back) == value(p, here - back);
      }
      same &= value(p, found - p[0].length - 3) == value(p, here - p[0].length - 3);
      d = same ? here - found : 0;
    }
    if (d != 0) {
      int n = 0;
      while (n < 16 && x + n < p[0].length && distance(x + n, y - 1) == d) {
        n++;
      }
      if (source == 3 && x >= blockEnd && n >= 4) {
        int sizes = n < 8 ? 0 : n < 16 ? 1 : 2;
        last = Math.min(1, symbol(tables.cluster(8576 + sizes * 16 + runs() * 2 + last)));
        if (last == 0) {
          for (int i = x; i < x + n; i++) {
            p[y][i] = value(p, cell(p, i, y) - d);
            distances[y][i] = d;
          }
          run += n;
          return n;
        }
        blockEnd = x + n;
      }
      int expected = value(p, here - d);
      int q = expected == at(p, x - 1, y) ? 1 : 0;
      q += expected == at(p, x, y - 1) ? 2 : 0;
      int ne = distance(x + 1, y - 1);
      int context = 8192 + source * 96 + q * 24 + runs() * 3 + (ne == d ? 2 : ne == 0 ? 1 : 0);
      if (symbol(tables.cluster(context)) == 0) {
        p[y][x] = expected;
        distances[y][x] = d;
        run++;
        if (source == 0) {
          table[entry] = here;
        }
        return 1;
      }
      blockEnd = 0;
    }
    run = 0;
    p[y][x] = pixel(p, x, y);
    int other = source == 0 ? 0 : d == dn ? dw : dn;
    if (other != 0 && value(p, here - other) == p[y][x]) {
      distances[y][x] = other;
    }
    table[entry] = here;
    return 1;
  }

  private int runs() {
    return Math.min(7, length(run));
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
