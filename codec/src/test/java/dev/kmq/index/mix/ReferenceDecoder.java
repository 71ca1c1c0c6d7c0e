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
 * Method mix, section 8.5 of the specification, rule by rule, without sharing code with the codec.
 * {@code -1} is a position that does not exist.
 */
final class ReferenceDecoder {
  private static final int[] RUNS = {1, 2, 3, 4, 8, 12, 16, 24, 32, 64, 128};

  private final ReferenceTree tree;
  private final ReferenceCoder coder;
  private final int width;
  private final int height;
  private final boolean matches;

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
  private final ReferenceNeighborhood at;
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
    this.at = new ReferenceNeighborhood(tree, width, height);
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
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        at.look(x, y);
        int position = pixel();
        at.set(position);
        plane.set(x, y, tree.index[position]);
      }
    }
    coder.end();
    return plane;
  }

  private int pixel() throws PayloadException {
    if (matches) {
      findMatch();
    }
    int position;
    if (at.isEven()) { // M-21
      position = evenPlace() == 1 ? at.w : walk(-1);
    } else { // M-22
      int entry = top(at.hashOfNamed, cb);
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

  // M-21
  private int evenPlace() throws PayloadException {
    List<Counter> inputs = new ArrayList<>();
    inputs.add(even[place(at.w, cb)]);
    inputs.add(numbered[128 + at.outerBits]);
    String second = "outer bits " + at.outerBits;
    if (matches) { // M-33
      int e = predicted(at.w);
      inputs.add(numbered[320 + e]);
      inputs.add(moreEven[top(hash(at.hashOfAll, e), cb + 1)]);
      second = matchLength > 0 ? "match at even place " + e : second;
    }
    return decide(inputs, "even", second, 3, at.w);
  }

  // M-23
  private int unevenPlace() throws PayloadException {
    int rival = -1;
    for (int q : new int[] {at.nw, at.ne, at.n}) {
      rival = q != at.w && tree.size() > 2 ? q : rival;
    }
    if (flag(0, at.w, rival, hash(at.w, at.n)) == 1) {
      return at.w;
    }
    if (rival >= 0 && flag(1, rival, -1, hash(rival, at.w)) == 1) {
      return rival;
    }
    return walk(rival);
  }

  // M-24
  private int flag(int f, int p, int q, int key) throws PayloadException {
    int own = at.around(p, p + 1);
    int other = q >= 0 ? at.around(q, q + 1) : 0;
    int apart = 0;
    for (int channel = 0; channel < 4; channel++) {
      apart += Math.abs(at.expectedColor[channel] - 4 * tree.color[p][channel]);
    }
    int relative = relativeClass(Math.multiplyExact(tree.closeness[p], apart) >> 16);
    int isExpected = p == expected ? 1 : 0;
    int weights = 20 * weightClass(own) + weightClass(other);
    List<Counter> inputs = new ArrayList<>();
    inputs.add(flags[f][0][place(16 * at.edges + at.activity, cb)]);
    inputs.add(flags[f][1][top(hash(at.edges, at.outerBits), cb)]);
    inputs.add(flags[f][2][top(hash(at.edges & 31, 32 * weights + relative), cb)]);
    inputs.add(flags[f][3][place(16 * relative + at.activity, cb)]);
    inputs.add(flags[f][4][place(32 * p + relative, cb)]);
    inputs.add(flags[f][5][top(at.hashes[2], cb)]);
    inputs.add(flags[f][6][top(hash(key, hash(at.ww, at.nn)), cb)]);
    inputs.add(numbered[64 * f + 2 * times + isExpected]);
    String second = "flag " + f + ", activity " + at.activity;
    if (matches) { // M-33
      int e = predicted(p);
      inputs.add(moreFlags[f][0][top(at.hashOfAll, cb + 1)]);
      inputs.add(numbered[256 + 32 * f + e]);
      inputs.add(moreFlags[f][1][top(hash(key, 2 * e + isExpected), cb + 1)]);
      inputs.add(moreFlags[f][2][top(hash(hash(at.eight(), p), at.w + 65536 * at.n), cb + 1)]);
      inputs.add(moreFlags[f][3][top(hash(hash(at.grid(), p), at.n + 65536 * at.w), cb + 1)]);
      second = matchLength > 0 ? "match at flag " + f + ", " + e : second;
    }
    return decide(inputs, "flag " + f + ", edges " + (at.edges & 31), second, f, key);
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
    return (at.w >= from && at.w < to ? 1 : 0) + (rival >= from && rival < to ? 1 : 0);
  }

  private static int side(int p, int from, int to) {
    return p < from || p >= to ? 0 : p < (from + to) / 2 ? 1 : 2;
  }

  // M-26, M-27
  private int node(int from, int to, int path, int depth, int pathOfLine, int rival)
      throws PayloadException {
    int node = (from + to) / 2;
    int left = weightClass(at.around(from, node));
    int right = weightClass(at.around(node, to));
    int gone = 3 * side(at.w, from, to) + side(rival, from, to);
    List<Counter> inputs = new ArrayList<>();
    int j = depth % 4;
    for (int i = 0; i < 8; i++) {
      int v = depth < 4 ? at.hashes[i] : hash(at.hashes[i], pathOfLine);
      int line = 16 * top(v, lb - 4);
      inputs.add(lines[i][line + (1 << j) + (path & ((1 << j) - 1))]);
    }
    int s0 = stepClass(tree.steps(at.slopes[0], node));
    int s1 = stepClass(tree.steps(at.slopes[1], node));
    int s2 = stepClass(tree.steps(at.slopes[2], node));
    int s = stepClass(tree.steps(at.expectedColor, node));
    int state =
        256 * (8 * gone + (at.activity >> 1)) + 16 * Math.min(left, 15) + Math.min(right, 15);
    int weights = (12 * gone + Math.min(left, 11)) * 12 + Math.min(right, 11);
    int distance = planeClass(tree.plane(at.expectedColor, node) >> 10);
    inputs.add(nodes[0][place(256 * s0 + 16 * s1 + s2, cb + 1)]);
    inputs.add(nodes[1][top(hash(s, state), cb + 1)]);
    inputs.add(nodes[2][top(hash(node, weights), cb + 1)]);
    inputs.add(nodes[3][place(64 * node + distance, cb + 1)]);
    String second = "activity " + at.activity + ", gone " + gone;
    if (matches) { // M-33
      int q = matchExpects == at.w || matchExpects == rival ? -1 : matchExpects;
      int g = 3 * reached(RUNS, matchLength) + side(q, from, to);
      inputs.add(moreNodes[0][top(hash(at.hashOfAll, path), cb + 1)]);
      inputs.add(numbered[352 + g]);
      inputs.add(moreNodes[1][top(hash(hash(node, g), at.w), cb + 1)]);
      inputs.add(moreNodes[2][top(hash(at.eight(), path), cb + 1)]);
      inputs.add(moreNodes[3][top(hash(hash(at.grid(), path), at.hashes[2]), cb + 1)]);
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

  // M-32
  private void findMatch() {
    if (matchLength == 0) {
      int farPlace = far[top(at.farHash(), mb)];
      int nearPlace = near[top(at.hashOfAll, mb)];
      if (farPlace != 0) {
        matchPlace = farPlace;
        matchLength = 8;
      } else if (nearPlace != 0) {
        matchPlace = nearPlace;
        matchLength = 1;
      }
    }
    int stride = width + 16;
    matchExpects = matchLength > 0 ? at.p(matchPlace % stride - 8, matchPlace / stride - 8) : -1;
  }

  private void followMatch(int position) {
    matchLength = position == matchExpects ? matchLength + 1 : 0;
    matchPlace += at.x == width - 1 ? 17 : 1;
    int here = (at.y + 8) * (width + 16) + at.x + 8; // M-30
    far[top(at.farHash(), mb)] = here;
    near[top(at.hashOfAll, mb)] = here;
  }

  /** The prediction of the match for position p: e of M-33. */
  private int predicted(int p) {
    return 2 * reached(RUNS, matchLength) + (p == matchExpects ? 1 : 0);
  }
}
