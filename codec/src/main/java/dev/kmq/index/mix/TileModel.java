package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;

/**
 * The model of a tile: which decisions lead to a pixel, and which counters predict each of them
 * (specification, section Mix). It works on positions in the palette tree.
 */
final class TileModel {
  private static final int HASHED = Layout.HASHED;

  private final BinaryCoder coder;
  private final ColorTree tree;
  private final int colors;
  private final int width;
  private final Layout layout;
  private final Neighborhood near;
  private final Expectations expected;
  private final Mixer mixer;
  private final int[] inputs;

  /** By context: its hash, and the line of counters that it leads to. */
  private final int[] hashes = new int[HASHED];

  private final int[] lines = new int[HASHED];

  private int w;
  private int n;
  private int ne;
  private int nw;
  private int activity;
  private int steps;
  private int edges;

  /** Colours that the neighbours let expect, in quarters. */
  private long mean;

  private long gradient;
  private long slope;

  TileModel(ColorTree tree, int width, int height, BinaryCoder coder) {
    this.coder = coder;
    this.tree = tree;
    this.width = width;
    colors = tree.index.length;
    layout = Layout.of((long) width * height);
    near = new Neighborhood(width);
    expected = new Expectations(layout);
    mixer = new Mixer(coder, layout);
    inputs = mixer.inputs;
  }

  /**
   * Codes the next row.
   *
   * @param row positions of the row: read if the coder is an encoder, filled in if a decoder
   */
  void code(int[] row) throws PayloadException {
    near.startRow();
    for (int x = 0; x < width; x++) {
      int position = near.isEven() ? codeEven(row[x]) : codeUneven(row[x]);
      row[x] = position;
      near.add(position);
    }
    near.endRow();
  }

  private int codeEven(int target) throws PayloadException {
    w = near.w();
    int outer = near.outer();
    inputs[0] = layout.flag(0, Hash.of(w, 0));
    inputs[1] = layout.numbered(Layout.EVEN + outer);
    coder.begin(Decision.EVEN);
    int isW =
        mixer.code(
            target == w ? 1 : 0,
            2,
            Layout.EVEN_FLAG,
            Layout.EVEN_OUTER + outer,
            layout.refinement(3, w));
    if (isW != 0) {
      return w;
    }
    look();
    expected.skip();
    return descend(target, -1);
  }

  private int codeUneven(int target) throws PayloadException {
    w = near.w();
    look();
    expected.look(near.hash());
    int position = codeFlags(target);
    expected.learn(position);
    return position;
  }

  /** Takes from the neighbours what all decisions on a pixel go by. */
  private void look() {
    n = near.n();
    ne = near.ne();
    nw = near.nw();
    int ww = near.ww();
    int nn = near.nn();
    int wToN = distance(w, n);
    int wToNw = distance(w, nw);
    int nToNe = distance(n, ne);
    int nToNw = distance(n, nw);
    activity = Classes.ofDistance(wToN + wToNw + nToNe + nToNw + distance(w, ww) + distance(n, nn));
    steps =
        Classes.ofDistance(wToN) << 12
            | Classes.ofDistance(wToNw) << 8
            | Classes.ofDistance(nToNe) << 4
            | Classes.ofDistance(nToNw);
    hashes[0] = Hash.of(w, activity);
    hashes[1] = Hash.of(n, activity + 16);
    hashes[2] = Hash.of(w, ww);
    hashes[3] = Hash.of(n, nn);
    hashes[4] = Hash.of(Hash.of(w, n), ne);
    hashes[5] = Hash.of(ne, activity + 32);
    for (int i = 0; i < HASHED; i++) {
      lines[i] = layout.line(i, hashes[i]);
    }
    mixer.touch(lines);
    long[] lanes = tree.lanes;
    mean = lanes[w] + lanes[ne] << 1;
    gradient = Lanes.gradient(lanes[w], lanes[n], lanes[nw]);
    slope = Lanes.gradient(lanes[w], lanes[w], lanes[ww]);
  }

  private int distance(int p, int q) {
    return Lanes.distance(tree.lanes[p], tree.lanes[q]);
  }

  private static int bit(boolean set, int position) {
    return set ? 1 << position : 0;
  }

  private int edges() {
    int ww = near.ww();
    int nww = near.nww();
    return bit(w == n, 0)
        | bit(w == nw, 1)
        | bit(w == ne, 2)
        | bit(n == ne, 3)
        | bit(n == nw, 4)
        | bit(w == ww, 5)
        | bit(n == near.nn(), 6)
        | bit(ne == near.nee(), 7)
        | bit(ne == near.nne(), 8)
        | bit(nw == nww, 9)
        | bit(nw == near.nnw(), 10)
        | bit(ww == nww, 11);
  }

  private int codeFlags(int target) throws PayloadException {
    edges = edges();
    int rival = colors == 2 ? -1 : n != w ? n : ne != w ? ne : nw != w ? nw : -1;
    int weightOfW = near.weightOf(w);
    int weightOfRival = rival < 0 ? 0 : near.weightOf(rival);
    for (int i = 0; i < HASHED; i++) {
      inputs[i] = layout.flag(i, hashes[i]);
    }
    if (codeFlag(target, w, 0, weightOfW, weightOfRival, Hash.of(w, n))) {
      return w;
    }
    if (rival >= 0) {
      System.arraycopy(lines, 0, inputs, 0, HASHED);
      if (codeFlag(target, rival, 1, weightOfRival, 0, Hash.of(rival, w))) {
        return rival;
      }
    }
    return descend(target, rival);
  }

  private boolean codeFlag(int target, int of, int flag, int own, int other, int key)
      throws PayloadException {
    int toMean = relative(mean, of);
    int toGradient = relative(gradient, of);
    int bits = layout.otherBits();
    int weights = 20 * Classes.ofCount(own) + Classes.ofCount(other);
    inputs[HASHED] = layout.flagOther(0, flag) + Hash.place(edges << 4 | activity, bits);
    inputs[HASHED + 1] =
        layout.flagOther(1, flag) + (Hash.of(edges & 31, weights << 5 | toMean) >>> 32 - bits);
    inputs[HASHED + 2] = layout.flagOther(2, flag) + Hash.place(steps, bits);
    inputs[HASHED + 3] =
        layout.flagOther(3, flag) + Hash.place(toMean << 8 | toGradient << 3 | activity >> 1, bits);
    inputs[HASHED + 4] =
        layout.numbered(flag << 6 | expected.times << 1 | bit(expected.position == of, 0));
    coder.begin(Decision.FLAG + flag);
    return mixer.code(
            target == of ? 1 : 0,
            HASHED + 5,
            Layout.FLAG_EDGES + (flag << 5 | edges & 31),
            Layout.FLAG_ACTIVITIES + (flag << 4 | activity),
            layout.refinement(flag, key))
        != 0;
  }

  private int relative(long color, int position) {
    int distance = Lanes.distance(color, tree.lanes[position] << 2);
    return Classes.ofRelative(distance * tree.closeness[position] >> 16);
  }

  /** Goes down the palette tree to the pixel, which is neither W nor the rival. */
  private int descend(int target, int rival) throws PayloadException {
    coder.begin(Decision.NODE);
    int from = 0;
    int to = colors;
    int path = 1;
    int weightBelowFrom = 0;
    int weightBelowTo = Neighborhood.WEIGHT;
    while (to - from > 1) {
      int middle = from + to >>> 1;
      int gone = 3 * side(w, from, middle, to) + side(rival, from, middle, to);
      int goneLeft = bit(gone >= 3 && gone < 6, 0) + bit(gone % 3 == 1, 0);
      int goneRight = bit(gone >= 6, 0) + bit(gone % 3 == 2, 0);
      int weightBelowMiddle = near.weightBelow(middle);
      if (path >= 16 && Integer.numberOfLeadingZeros(path) % 4 == 3) {
        changeLines(path);
      }
      int right;
      if (middle - from == goneLeft) {
        right = 1;
      } else if (to - middle == goneRight) {
        right = 0;
      } else {
        int left = Classes.ofCount(weightBelowMiddle - weightBelowFrom);
        int weights = left << 5 | Classes.ofCount(weightBelowTo - weightBelowMiddle);
        int expectedSide = side(expected.position, from, middle, to);
        right = codeNode(target >= middle ? 1 : 0, middle, path, gone, weights, expectedSide);
      }
      if (right == 0) {
        to = middle;
        weightBelowTo = weightBelowMiddle;
      } else {
        from = middle;
        weightBelowFrom = weightBelowMiddle;
      }
      path = path << 1 | right;
    }
    return from;
  }

  /** 1 if a position lies in the left half of a node, 2 if in the right, 0 if outside. */
  private static int side(int position, int from, int middle, int to) {
    return position < from || position >= to ? 0 : position < middle ? 1 : 2;
  }

  private void changeLines(int path) {
    for (int i = 0; i < HASHED; i++) {
      lines[i] = layout.line(i, Hash.of(hashes[i], path));
    }
  }

  private int codeNode(int right, int node, int path, int gone, int weights, int expectedSide)
      throws PayloadException {
    int depth = 31 - Integer.numberOfLeadingZeros(path) & 3;
    int slot = 1 << depth | path & (1 << depth) - 1;
    for (int i = 0; i < HASHED; i++) {
      inputs[i] = lines[i] + slot;
    }
    int fromMean = tree.distance(mean, node);
    int left12 = Math.min(weights >> 5, 11);
    int right12 = Math.min(weights & 31, 11);
    int weights15 = Math.min(weights >> 5, 15) << 4 | Math.min(weights & 31, 15);
    int bits = layout.otherBits() + 1;
    inputs[HASHED] = layout.nodeOther(0) + byDistance(fromMean, node, bits);
    inputs[HASHED + 1] =
        layout.nodeOther(1)
            + (Hash.of(
                    Classes.ofSteps((fromMean >> 4) * tree.steepness(node) >> 16),
                    (gone << 3 | activity >> 1) << 8 | weights15)
                >>> 32 - bits);
    inputs[HASHED + 2] =
        layout.nodeOther(2) + (Hash.of(node, (gone * 12 + left12) * 12 + right12) >>> 32 - bits);
    inputs[HASHED + 3] =
        layout.nodeOther(3) + byDistance(tree.distance(gradient, node), node, bits);
    inputs[HASHED + 4] = layout.nodeOther(4) + byDistance(tree.distance(slope, node), node, bits);
    inputs[HASHED + 5] =
        layout.numbered(
            expectedSide == 0
                ? Layout.UNEXPECTED
                : 2 << 6 | expected.times << 1 | expectedSide - 1);
    return mixer.code(
        right,
        HASHED + 6,
        node & Layout.NODE_STATES - 1,
        Layout.NODE_STATES + 9 * activity + gone,
        layout.refinement(2, node));
  }

  private static int byDistance(int distance, int node, int bits) {
    return Hash.place(node << 6 | Classes.ofSigned(distance >> 10), bits);
  }
}
