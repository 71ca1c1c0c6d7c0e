package dev.kmq.index.mix;

import static dev.kmq.index.mix.ReferenceClasses.hash;
import static dev.kmq.index.mix.ReferenceClasses.reached;

/** The neighbours of the current pixel by rules M-4 to M-8 and M-31. */
final class ReferenceNeighborhood {
  private static final int[] APART = {1, 2, 3, 4, 6, 8, 13, 19, 28, 43, 64, 97, 147, 223, 338};
  private static final int[][] OUTER = {
    {-3, 0}, {-3, -1}, {3, -1}, {-2, -2}, {2, -2}, {0, -3}, {1, -3}
  };
  private static final int[] WEIGHTS = {6, 3, 6, 4, 2, 4, 2, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1};
  private static final int MULTIPLIER = 0x9E3779B1;

  private final ReferenceTree tree;
  private final int width;
  private final int[][] positions;
  private final int[][][] errors;

  int x;
  int y;
  int w;
  int ww;
  int n;
  int nw;
  int nww;
  int ne;
  int nee;
  int nn;
  int nnw;
  int nne;
  int activity;
  int edges;
  int outerBits;
  int[] expectedColor = {};
  int[][] slopes = {};
  int hashOfNamed;
  int hashOfAll;
  int[] hashes = {};
  private final int[] u = new int[7];
  private int[][] predictions = {};

  ReferenceNeighborhood(ReferenceTree tree, int width, int height) {
    this.tree = tree;
    this.width = width;
    positions = new int[height][width];
    errors = new int[height][width][6];
  }

  //
  int p(int column, int row) {
    if (row < 0) {
      return 0;
    }
    if (column < 0) {
      return p(0, row - 1);
    }
    return positions[row][Math.min(column, width - 1)];
  }

  // M-6, second item
  private int error(int i, int column, int row) {
    if (row < 0) {
      return 0;
    }
    if (column < 0) {
      return error(i, 0, row - 1);
    }
    return errors[row][Math.min(column, width - 1)][i];
  }

  /** Ends the pixel: M-6, second item. */
  void set(int position) {
    positions[y][x] = position;
    for (int i = 0; i < 6; i++) {
      for (int channel = 0; channel < 4; channel++) {
        int difference = predictions[i][channel] - tree.color[position][channel];
        errors[y][x][i] += Math.abs(difference);
      }
    }
  }

  // M-4 to M-6, M-8
  void look(int column, int row) {
    x = column;
    y = row;
    w = p(x - 1, y);
    ww = p(x - 2, y);
    n = p(x, y - 1);
    nw = p(x - 1, y - 1);
    nww = p(x - 2, y - 1);
    ne = p(x + 1, y - 1);
    nee = p(x + 2, y - 1);
    nn = p(x, y - 2);
    nnw = p(x - 1, y - 2);
    nne = p(x + 1, y - 2);
    outerBits = 0;
    for (int i = 0; i < 7; i++) {
      u[i] = p(x + OUTER[i][0], y + OUTER[i][1]);
      outerBits += u[i] == w ? 1 << i : 0;
    }
    int apart = tree.apart(w, n) + tree.apart(w, nw) + tree.apart(n, ne);
    apart += tree.apart(n, nw) + tree.apart(w, ww) + tree.apart(n, nn);
    activity = reached(APART, apart);
    int[][] pairs = {
      {w, n}, {w, nw}, {w, ne}, {n, ne}, {n, nw}, {w, ww}, {n, nn}, {ne, nee}, {ne, nne}, {nw, nww},
      {nw, nnw}, {ww, nww}
    };
    edges = 0;
    for (int i = 0; i < 12; i++) {
      edges += pairs[i][0] == pairs[i][1] ? 1 << i : 0;
    }
    predict();
    hashOfNamed =
        hash(
            hash(hash(65536 * w + ww, 65536 * n + nw), hash(65536 * nee + ne, 65536 * nn + nnw)),
            65536 * nww + nne);
    int corners = hash(u[0] + 65536 * u[1], u[2] + 65536 * u[3]);
    hashOfAll = hash(hash(hashOfNamed, corners), hash(u[4] + 65536 * u[5], u[6]));
    hashes =
        new int[] {
          hash(w, 0),
          hash(n, 0),
          hash(Math.min(w, n), Math.max(w, n)),
          hash(w, ww),
          hash(n, nn),
          hash(hash(w, n), ne),
          hash(ne, activity),
          hash(tree.likely(expectedColor), 0)
        };
  }

  // M-6
  private void predict() {
    predictions =
        new int[][] {
          tree.onward(n, ne, nne),
          tree.onward(w, ne, n),
          tree.onward(w, w, ww),
          tree.onward(n, n, nn),
          tree.color[ne],
          tree.color[nw]
        };
    int[] share = new int[6];
    int total = 0;
    for (int i = 0; i < 6; i++) {
      int sum = error(i, x - 1, y) + error(i, x - 2, y) + error(i, x, y - 1);
      sum += error(i, x - 1, y - 1) + error(i, x - 2, y - 1);
      sum += error(i, x + 1, y - 1) + error(i, x + 2, y - 1);
      int divisor = Math.min(sum, 2047) + 16;
      share[i] = (1 << 24) / (divisor * divisor);
      total += share[i];
    }
    expectedColor = new int[4];
    slopes = new int[3][4];
    int[] slopeOfNe = tree.onward(ne, ne, nne);
    for (int channel = 0; channel < 4; channel++) {
      int sum = 0;
      for (int i = 0; i < 6; i++) {
        sum += share[i] * predictions[i][channel];
      }
      expectedColor[channel] = (4 * sum + total / 2) / total;
      slopes[0][channel] = 4 * predictions[2][channel];
      slopes[1][channel] = 4 * predictions[3][channel];
      slopes[2][channel] = 4 * slopeOfNe[channel];
    }
  }

  // M-4
  int around(int a, int b) {
    int[] named = {w, ww, n, nw, nww, ne, nee, nn, nnw, nne};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      int q = i < 10 ? named[i] : u[i - 10];
      sum += q >= a && q < b ? WEIGHTS[i] : 0;
    }
    return sum;
  }

  boolean isEven() {
    for (int q : new int[] {ww, n, nw, nww, ne, nee, nn, nnw, nne}) {
      if (q != w) {
        return false;
      }
    }
    return true;
  }

  // M-31
  int farHash() {
    int above = 0;
    for (int i = -6; i <= 6; i++) {
      above += (p(x + i, y - 1) + 65536 * p(x + i, y - 2)) * power(6 - i);
    }
    int row = 0;
    for (int i = 1; i <= 7; i++) {
      row += p(x - i, y) * power(i - 1);
    }
    return hash(above, row);
  }

  private static int power(int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= MULTIPLIER;
    }
    return power;
  }

  // M-33
  int eight() {
    return p(x - 8, y) + 65536 * p(x, y - 8);
  }

  int grid() {
    return (x & 7) + 8 * (y & 7);
  }
}
