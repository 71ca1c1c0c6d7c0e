package dev.kmq.index.mix;

import static dev.kmq.index.mix.ReferenceClasses.clamp;
import static dev.kmq.index.mix.ReferenceClasses.hash;
import static dev.kmq.index.mix.ReferenceClasses.place;
import static dev.kmq.index.mix.ReferenceClasses.planeClass;
import static dev.kmq.index.mix.ReferenceClasses.reached;
import static dev.kmq.index.mix.ReferenceClasses.relativeClass;
import static dev.kmq.index.mix.ReferenceClasses.stepClass;
import static dev.kmq.index.mix.ReferenceClasses.top;
import static dev.kmq.index.mix.ReferenceClasses.weightClass;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.PayloadException;
import dev.kmq.index.mix.ReferenceCoder.Counter;
import dev.kmq.index.mix.ReferenceCoder.WeightSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Method mix as section 8.5 of the specification words it, rule by rule, without sharing a line
 * with the codec. {@code -1} is a position that does not exist.
 */
final class ReferenceDecoder {
  private static final int[] APART = {1, 2, 3, 4, 6, 8, 13, 19, 28, 43, 64, 97, 147, 223, 338};
  private static final int[] RUNS = {1, 2, 3, 4, 8, 12, 16, 24, 32, 64, 128};
  private static final int[][] OUTER = {
    {-3, 0}, {-3, -1}, {3, -1}, {-2, -2}, {2, -2}, {0, -3}, {1, -3}
  };
  private static final int[] WEIGHTS = {6, 3, 6, 4, 2, 4, 2, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1};
  private static final int MULTIPLIER = 0x9E3779B1;

  private final ReferenceTree tree;
  private final ReferenceCoder coder;
  private final int width;
  private final int height;
  private final boolean matches;
  private final int[][] positions;
  private final int[][][] errors;

  // M-10, M-30
  private final int lb;
  private final int cb;
  private final int rb;
  private final int mb;
  private final Counter[][] lines;
  private final Counter[][][] flags;
  private final Counter[] even;
  private final Counter[][] nodes;
  private final Counter[] numbered;
  private final Counter[][][] moreFlags;
  private final Counter[][] moreNodes;
  private final Counter[] moreEven;
  private final Map<String, WeightSet> sets = new HashMap<>();
  private final Map<String, int[]> refinements = new HashMap<>();
  private final int[] expectedPositions;
  private final int[] expectedTimes;
  private final int[] far;
  private final int[] near;

  // The current pixel.
  private int x;
  private int y;
  private int w;
  private int ww;
  private int n;
  private int nw;
  private int nww;
  private int ne;
  private int nee;
  private int nn;
  private int nnw;
  private int nne;
  private final int[] u = new int[7];
  private int activity;
  private int edges;
  private int outerBits;
  private int[][] predictions = {};
  private int[] expectedColor = {};
  private int[][] slopes = {};
  private int hashOfNamed;
  private int hashOfAll;
  private int[] hashes = {};
  private int expected;
  private int times;

  // The match.
  private int matchPlace;
  private int matchLength;
  private int matchExpects;

  ReferenceDecoder(byte[] payload, Palette palette, int width, int height, boolean matches)
      throws PayloadException {
    this.tree = new ReferenceTree(palette);
    this.coder = new ReferenceCoder(payload);
    this.width = width;
    this.height = height;
    this.matches = matches;
    positions = new int[height][width];
    errors = new int[height][width][6];
    int log = 0;
    while (1L << log < (long) width * height) {
      log++;
    }
    lb = clamp(log, 9, 18);
    cb = clamp(log - 2, 8, 15);
    rb = clamp(log - 10, 3, 8);
    mb = clamp(log, 10, 18);
    lines = counters(8, lb);
    flags = new Counter[][][] {counters(7, cb), counters(7, cb)};
    even = counters(1, cb)[0];
    nodes = counters(4, cb + 1);
    numbered = counters(1, 9)[0];
    moreFlags = new Counter[][][] {counters(4, cb + 1), counters(4, cb + 1)};
    moreNodes = counters(4, cb + 1);
    moreEven = counters(1, cb + 1)[0];
    expectedPositions = new int[1 << cb];
    expectedTimes = new int[1 << cb];
    far = new int[1 << mb];
    near = new int[1 << mb];
  }

  private static Counter[][] counters(int tables, int bits) {
    Counter[][] counters = new Counter[tables][1 << bits];
    for (Counter[] table : counters) {
      for (int i = 0; i < table.length; i++) {
        table[i] = new Counter();
      }
    }
    return counters;
  }

  IndexPlane decode() throws PayloadException {
    IndexPlane plane = IndexPlane.allocate(width, height, tree.size());
    for (y = 0; y < height; y++) {
      for (x = 0; x < width; x++) {
        int position = pixel();
        positions[y][x] = position;
        plane.set(x, y, tree.index[position]);
        for (int i = 0; i < 6; i++) {
          for (int channel = 0; channel < 4; channel++) {
            int difference = predictions[i][channel] - tree.color[position][channel];
            errors[y][x][i] += Math.abs(difference);
          }
        }
      }
    }
    coder.end();
    return plane;
  }

  //
  private int p(int column, int row) {
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

  private int pixel() throws PayloadException {
    look();
    if (matches) {
      findMatch();
    }
    int[] named = {ww, n, nw, nww, ne, nee, nn, nnw, nne};
    boolean isEven = true;
    for (int q : named) {
      isEven &= q == w;
    }
    int position;
    if (isEven) { // M-21
      position = evenPlace() == 1 ? w : walk(-1);
    } else { // M-22
      int entry = top(hashOfNamed, cb);
      times = expectedTimes[entry];
      expected = times > 0 ? expectedPositions[entry] : -1;
      position = unevenPlace();
      expectedTimes[entry] = position == expected ? Math.min(times + 1, 30) : 1;
      expectedPositions[entry] = position;
    }
    if (matches) {
      followMatch(position);
    }
    return position;
  }

  // M-4 to M-6, M-8
  private void look() {
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
  private int around(int a, int b) {
    int[] named = {w, ww, n, nw, nww, ne, nee, nn, nnw, nne};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      int q = i < 10 ? named[i] : u[i - 10];
      sum += q >= a && q < b ? WEIGHTS[i] : 0;
    }
    return sum;
  }

  // M-21
  private int evenPlace() throws PayloadException {
    List<Counter> inputs = new ArrayList<>();
    inputs.add(even[place(w, cb)]);
    inputs.add(numbered[128 + outerBits]);
    String second = "outer bits " + outerBits;
    if (matches) { // M-33
      int e = said(w);
      inputs.add(numbered[320 + e]);
      inputs.add(moreEven[top(hash(hashOfAll, e), cb + 1)]);
      second = matchLength > 0 ? "match at even place " + e : second;
    }
    return decide(inputs, "even", second, 3, w);
  }

  // M-23
  private int unevenPlace() throws PayloadException {
    int rival = -1;
    for (int q : new int[] {nw, ne, n}) {
      rival = q != w && tree.size() > 2 ? q : rival;
    }
    if (flag(0, w, rival, hash(w, n)) == 1) {
      return w;
    }
    if (rival >= 0 && flag(1, rival, -1, hash(rival, w)) == 1) {
      return rival;
    }
    return walk(rival);
  }

  // M-24
  private int flag(int f, int p, int q, int key) throws PayloadException {
    int own = around(p, p + 1);
    int other = q >= 0 ? around(q, q + 1) : 0;
    int apart = 0;
    for (int channel = 0; channel < 4; channel++) {
      apart += Math.abs(expectedColor[channel] - 4 * tree.color[p][channel]);
    }
    int relative = relativeClass(Math.multiplyExact(tree.closeness[p], apart) >> 16);
    int isExpected = p == expected ? 1 : 0;
    int weights = 20 * weightClass(own) + weightClass(other);
    List<Counter> inputs = new ArrayList<>();
    inputs.add(flags[f][0][place(16 * edges + activity, cb)]);
    inputs.add(flags[f][1][top(hash(edges, outerBits), cb)]);
    inputs.add(flags[f][2][top(hash(edges & 31, 32 * weights + relative), cb)]);
    inputs.add(flags[f][3][place(16 * relative + activity, cb)]);
    inputs.add(flags[f][4][place(32 * p + relative, cb)]);
    inputs.add(flags[f][5][top(hashes[2], cb)]);
    inputs.add(flags[f][6][top(hash(key, hash(ww, nn)), cb)]);
    inputs.add(numbered[64 * f + 2 * times + isExpected]);
    String second = "flag " + f + ", activity " + activity;
    if (matches) { // M-33
      int e = said(p);
      inputs.add(moreFlags[f][0][top(hashOfAll, cb + 1)]);
      inputs.add(numbered[256 + 32 * f + e]);
      inputs.add(moreFlags[f][1][top(hash(key, 2 * e + isExpected), cb + 1)]);
      inputs.add(moreFlags[f][2][top(hash(hash(eight(), p), w + 65536 * n), cb + 1)]);
      inputs.add(moreFlags[f][3][top(hash(hash(grid(), p), n + 65536 * w), cb + 1)]);
      second = matchLength > 0 ? "match at flag " + f + ", " + e : second;
    }
    return decide(inputs, "flag " + f + ", edges " + (edges & 31), second, f, key);
  }

  // M-25
  private int walk(int rival) throws PayloadException {
    int from = 0;
    int to = tree.size();
    int path = 1;
    int pathOfLine = 0;
    for (int depth = 0; to - from > 1; depth++) {
      int node = (from + to) / 2;
      if (depth % 4 == 0) {
        pathOfLine = path;
      }
      int right;
      if (gone(from, node, rival) == node - from) {
        right = 1;
      } else if (gone(node, to, rival) == to - node) {
        right = 0;
      } else {
        right = node(from, to, path, depth, pathOfLine, rival);
      }
      from = right == 1 ? node : from;
      to = right == 1 ? to : node;
      path = 2 * path + right;
    }
    return from;
  }

  /** How many positions of a half are W or the rival. */
  private int gone(int from, int to, int rival) {
    return (w >= from && w < to ? 1 : 0) + (rival >= from && rival < to ? 1 : 0);
  }

  private static int side(int p, int from, int to) {
    return p < from || p >= to ? 0 : p < (from + to) / 2 ? 1 : 2;
  }

  // M-26, M-27
  private int node(int from, int to, int path, int depth, int pathOfLine, int rival)
      throws PayloadException {
    int node = (from + to) / 2;
    int left = weightClass(around(from, node));
    int right = weightClass(around(node, to));
    int gone = 3 * side(w, from, to) + side(rival, from, to);
    List<Counter> inputs = new ArrayList<>();
    int j = depth % 4;
    for (int i = 0; i < 8; i++) {
      int v = depth < 4 ? hashes[i] : hash(hashes[i], pathOfLine);
      int line = 16 * top(v, lb - 4);
      inputs.add(lines[i][line + (1 << j) + (path & ((1 << j) - 1))]);
    }
    int s0 = stepClass(tree.steps(slopes[0], node));
    int s1 = stepClass(tree.steps(slopes[1], node));
    int s2 = stepClass(tree.steps(slopes[2], node));
    int s = stepClass(tree.steps(expectedColor, node));
    int state = 256 * (8 * gone + (activity >> 1)) + 16 * Math.min(left, 15) + Math.min(right, 15);
    int weights = (12 * gone + Math.min(left, 11)) * 12 + Math.min(right, 11);
    int distance = planeClass(tree.plane(expectedColor, node) >> 10);
    inputs.add(nodes[0][place(256 * s0 + 16 * s1 + s2, cb + 1)]);
    inputs.add(nodes[1][top(hash(s, state), cb + 1)]);
    inputs.add(nodes[2][top(hash(node, weights), cb + 1)]);
    inputs.add(nodes[3][place(64 * node + distance, cb + 1)]);
    String second = "activity " + activity + ", gone " + gone;
    if (matches) { // M-33
      int q = matchExpects == w || matchExpects == rival ? -1 : matchExpects;
      int g = 3 * reached(RUNS, matchLength) + side(q, from, to);
      inputs.add(moreNodes[0][top(hash(hashOfAll, path), cb + 1)]);
      inputs.add(numbered[352 + g]);
      inputs.add(moreNodes[1][top(hash(hash(node, g), w), cb + 1)]);
      inputs.add(moreNodes[2][top(hash(eight(), path), cb + 1)]);
      inputs.add(moreNodes[3][top(hash(hash(grid(), path), hashes[2]), cb + 1)]);
      second = matchLength > 0 ? "match at node " + g : second;
    }
    return decide(inputs, "node " + node % 1024, second, 2, node);
  }

  private int decide(List<Counter> inputs, String first, String second, int kind, int key)
      throws PayloadException {
    String refinement = kind + ", " + (key & ((1 << rb) - 1));
    return coder.decide(
        inputs.toArray(new Counter[0]),
        sets.computeIfAbsent(first, name -> new WeightSet()),
        sets.computeIfAbsent(second, name -> new WeightSet()),
        refinements.computeIfAbsent(refinement, name -> ReferenceCoder.newRefinement()));
  }

  // M-31
  private int farHash() {
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

  // M-32
  private void findMatch() {
    if (matchLength == 0) {
      int farPlace = far[top(farHash(), mb)];
      int nearPlace = near[top(hashOfAll, mb)];
      if (farPlace != 0) {
        matchPlace = farPlace;
        matchLength = 8;
      } else if (nearPlace != 0) {
        matchPlace = nearPlace;
        matchLength = 1;
      }
    }
    int stride = width + 16;
    matchExpects = matchLength > 0 ? p(matchPlace % stride - 8, matchPlace / stride - 8) : -1;
  }

  private void followMatch(int position) {
    matchLength = position == matchExpects ? matchLength + 1 : 0;
    matchPlace += x == width - 1 ? 17 : 1;
    int here = (y + 8) * (width + 16) + x + 8; // M-30
    far[top(farHash(), mb)] = here;
    near[top(hashOfAll, mb)] = here;
  }

  // M-33
  private int eight() {
    return p(x - 8, y) + 65536 * p(x, y - 8);
  }

  private int grid() {
    return (x & 7) + 8 * (y & 7);
  }

  /** What the match says of position p: e of M-33. */
  private int said(int p) {
    return 2 * reached(RUNS, matchLength) + (p == matchExpects ? 1 : 0);
  }
}
