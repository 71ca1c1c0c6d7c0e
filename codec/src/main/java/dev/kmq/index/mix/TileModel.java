package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.BinaryCoder;
import org.jspecify.annotations.Nullable;

/**
 * The model of a tile: which decisions lead to a pixel, and which counters predict each of them
 * (specification, section Mix). It works on positions in the palette tree.
 */
final class TileModel {
  private static final int LINES = TableLayout.LINES;
  private static final int FLAG_INPUTS = TableLayout.FLAG_CONTEXTS + 1;
  private static final int NODE_INPUTS = LINES + TableLayout.NODE_CONTEXTS;

  private final PaletteTree tree;
  private final int colors;
  private final int width;
  private final BinaryCoder coder;
  private final TableLayout layout;
  private final Neighborhood near;
  private final RunMap runMap;
  private final WeightedPredictor predictor;
  private final PlaneDistances planes;
  private final Mixer mixer;
  private final int[] inputs;
  private final @Nullable Matches matches;

  /** By context of nodes: its hash, and the line of counters that it leads to. */
  private final int[] hashes = new int[LINES];

  private final int[] lines = new int[LINES];

  /**
   * Which values are up to date for the next pixel: whether its place is even, and W; all
   * neighbours and the values derived from them; the contexts of a walk down the tree.
   */
  private boolean knowsPlace;

  private boolean knowsNeighbors;
  private boolean knowsWalk;

  private boolean even;
  private int w;
  private int n;
  private int ne;
  private int nw;
  private int ww;
  private int nn;
  private int activity;
  private int edges;

  /** Hashes of W and N in any order, and of all neighbours. */
  private int pair;

  private int all;

  /** The predicted colour, in quarters. */
  private long color;

  private int x;
  private int y = -1;

  TileModel(PaletteTree tree, int width, int height, boolean matches, BinaryCoder coder) {
    this.tree = tree;
    this.width = width;
    this.coder = coder;
    colors = tree.index.length;
    layout = TableLayout.of((long) width * height, colors, matches);
    near = new Neighborhood(width);
    runMap = new RunMap(layout);
    predictor = new WeightedPredictor(width);
    planes = new PlaneDistances(tree);
    mixer = new Mixer(coder, layout);
    inputs = mixer.inputs;
    this.matches = matches ? new Matches(width, height) : null;
  }

  /** Approximate memory of a model for a tile in bytes. */
  static long bytes(int width, int height, boolean matches) {
    return TableLayout.of((long) width * height, 0, matches).bytes()
        + (matches ? Matches.bytes(width, height) : 0)
        + Neighborhood.bytes(width)
        + WeightedPredictor.bytes(width);
  }

  /**
   * Codes the next row.
   *
   * @param row positions of the row; an encoder reads them, a decoder fills them in
   */
  void code(int[] row) throws PayloadException {
    startRow();
    for (int x = 0; x < width; x++) {
      row[x] = codeNext(row[x]);
    }
    endRow();
  }

  void endRow() {
    near.endRow();
    if (matches != null) {
      matches.endRow();
    }
  }

  void startRow() {
    near.startRow();
    predictor.startRow();
    x = 0;
    if (matches != null) {
      y++;
      matches.startRow();
    }
  }

  /** Codes the next pixel of the current row; takes and returns its position. */
  int codeNext(int target) throws PayloadException {
    int position = decide(target);
    if (!even) {
      runMap.learn(position);
    }
    near.add(position);
    if (matches != null) {
      matches.add(position);
      x++;
    }
    if (even && position == w) {
      predictor.addExact();
    } else {
      predictor.add(tree.colors[position]);
    }
    knowsPlace = false;
    return position;
  }

  /** Codes the decisions that would lead to a position, without changing the model. */
  void tryNext(int target) throws PayloadException {
    mixer.learning = false;
    decide(target);
    mixer.learning = true;
  }

  Neighborhood near() {
    return near;
  }

  private int decide(int target) throws PayloadException {
    if (!knowsPlace) {
      look();
    }
    if (!even) {
      return codeFlags(target);
    }
    if (codeEven(target)) {
      return w;
    }
    if (!knowsNeighbors) {
      lookAround(near.hashOfNamed());
    }
    return descend(target, -1);
  }

  private boolean codeEven(int target) throws PayloadException {
    int isW = target == w ? 1 : 0;
    int known = coder.begin(DecisionKind.EVEN);
    if (known != 0) {
      return coder.code(isW, known) != 0;
    }
    int outer = near.outer();
    inputs[0] = layout.even(w);
    inputs[1] = layout.numbered(TableLayout.EVEN + outer);
    int count = 2;
    int set = TableLayout.EVEN_OUTER + outer;
    if (matches != null) {
      int matchClass = matches.lengthClass << 1 | bit(matches.position == w, 0);
      inputs[2] = layout.numbered(TableLayout.MATCH_EVEN + matchClass);
      inputs[3] =
          layout.more(2 * TableLayout.MORE_FLAG + TableLayout.MORE_NODE)
              + Hash.top(Hash.of(all, matchClass), layout.contextBits() + 1);
      count = 4;
      set = matches.lengthClass > 0 ? TableLayout.MATCH_SETS + matchClass : set;
    }
    return mixer.code(isW, count, TableLayout.EVEN_FLAG, set, layout.apm(3, w)) != 0;
  }

  private void look() {
    knowsPlace = true;
    knowsNeighbors = false;
    knowsWalk = false;
    w = near.w();
    even = near.isEven();
    if (!even) {
      int named = near.hashOfNamed();
      lookAround(named);
      runMap.lookUp(named);
    } else if (matches != null) {
      lookAround(near.hashOfNamed());
    }
    if (matches != null) {
      matches.look(all);
    }
  }

  /**
   * Computes from the neighbours what all decisions on a pixel depend on.
   *
   * @param named the hash of the named neighbours
   */
  private void lookAround(int named) {
    knowsNeighbors = true;
    n = near.n();
    ne = near.ne();
    nw = near.nw();
    ww = near.ww();
    nn = near.nn();
    all = near.hashOfAll(named);
    activity =
        ContextQuantizer.distance(
            distance(w, n)
                + distance(w, nw)
                + distance(n, ne)
                + distance(n, nw)
                + distance(w, ww)
                + distance(n, nn));
    pair = Hash.of(Math.min(w, n), Math.max(w, n));
    long[] packed = tree.colors;
    predictor.predict(
        packed[w], packed[n], packed[ne], packed[nw], packed[ww], packed[nn], packed[near.nne()]);
    color = predictor.quarters();
  }

  private int distance(int p, int q) {
    return PackedColors.distance(tree.colors[p], tree.colors[q]);
  }

  private static int bit(boolean set, int position) {
    return set ? 1 << position : 0;
  }

  private int edges() {
    int nww = near.nww();
    return bit(w == n, 0)
        | bit(w == nw, 1)
        | bit(w == ne, 2)
        | bit(n == ne, 3)
        | bit(n == nw, 4)
        | bit(w == ww, 5)
        | bit(n == nn, 6)
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
    if (codeFlag(target, w, 0, weightOfW, weightOfRival, Hash.of(w, n))) {
      return w;
    }
    if (rival >= 0 && codeFlag(target, rival, 1, weightOfRival, 0, Hash.of(rival, w))) {
      return rival;
    }
    return descend(target, rival);
  }

  private boolean codeFlag(int target, int of, int flag, int own, int other, int key)
      throws PayloadException {
    int known = coder.begin(DecisionKind.FLAG + flag);
    if (known != 0) {
      return coder.code(target == of ? 1 : 0, known) != 0;
    }
    int toColor = ContextQuantizer.relative(tree.relative(color, of));
    int bits = layout.contextBits();
    int weights = 20 * ContextQuantizer.weight(own) + ContextQuantizer.weight(other);
    inputs[0] = layout.flag(0, flag) + Hash.place(edges << 4 | activity, bits);
    inputs[1] = layout.flag(1, flag) + Hash.top(Hash.of(edges, near.outer()), bits);
    inputs[2] = layout.flag(2, flag) + Hash.top(Hash.of(edges & 31, weights << 5 | toColor), bits);
    inputs[3] = layout.flag(3, flag) + Hash.place(toColor << 4 | activity, bits);
    inputs[4] = layout.flag(4, flag) + Hash.place(of << 5 | toColor, bits);
    inputs[5] = layout.flag(5, flag) + Hash.top(pair, bits);
    inputs[6] = layout.flag(6, flag) + Hash.top(Hash.of(key, Hash.of(ww, nn)), bits);
    inputs[7] = layout.numbered(flag << 6 | runMap.runLength << 1 | bit(runMap.position == of, 0));
    int count = FLAG_INPUTS;
    int set = TableLayout.FLAG_ACTIVITIES + (flag << 4 | activity);
    if (matches != null) {
      int matchClass = matches.lengthClass << 1 | bit(matches.position == of, 0);
      int more = bits + 1;
      int context = flag * TableLayout.MORE_FLAG;
      inputs[8] = layout.more(context) + Hash.top(all, more);
      inputs[9] = layout.numbered(TableLayout.MATCH_FLAG + (flag << 5) + matchClass);
      inputs[10] =
          layout.more(context + 1)
              + Hash.top(Hash.of(key, matchClass << 1 | bit(runMap.position == of, 0)), more);
      inputs[11] =
          layout.more(context + 2)
              + Hash.top(
                  Hash.of(Hash.of(matches.left8() | matches.above8() << 16, of), w | n << 16),
                  more);
      inputs[12] =
          layout.more(context + 3)
              + Hash.top(Hash.of(Hash.of(x & 7 | (y & 7) << 3, of), n | w << 16), more);
      count = 13;
      set = matches.lengthClass > 0 ? TableLayout.MATCH_SETS + 32 + (flag << 5) + matchClass : set;
    }
    return mixer.code(
            target == of ? 1 : 0,
            count,
            TableLayout.FLAG_EDGES + (flag << 5 | edges & 31),
            set,
            layout.apm(flag, key))
        != 0;
  }

  /** Walks down the palette tree to the pixel, which is neither W nor the rival. */
  private int descend(int target, int rival) throws PayloadException {
    if (!knowsWalk) {
      prepareWalk();
    }
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
      if (Integer.numberOfLeadingZeros(path) % 4 == 3) {
        changeLines(path);
      }
      int right;
      if (middle - from == goneLeft) {
        right = 1;
      } else if (to - middle == goneRight) {
        right = 0;
      } else {
        int left = ContextQuantizer.weight(weightBelowMiddle - weightBelowFrom);
        int weights = left << 5 | ContextQuantizer.weight(weightBelowTo - weightBelowMiddle);
        int matchClass = 0;
        if (matches != null) {
          int match = matches.position;
          int half = match == w || match == rival ? 0 : side(match, from, middle, to);
          matchClass = 3 * matches.lengthClass + half;
        }
        right = codeNode(target >= middle ? 1 : 0, middle, path, gone, weights, matchClass);
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

  private void prepareWalk() {
    knowsWalk = true;
    long slopeOfNe =
        PackedColors.gradient(tree.colors[ne], tree.colors[ne], tree.colors[near.nne()]);
    planes.look(color, predictor.slopeOfW() << 2, predictor.slopeOfN() << 2, slopeOfNe << 2);
    hashes[0] = Hash.of(w, 0);
    hashes[1] = Hash.of(n, 0);
    hashes[2] = pair;
    hashes[3] = Hash.of(w, ww);
    hashes[4] = Hash.of(n, nn);
    hashes[5] = Hash.of(Hash.of(w, n), ne);
    hashes[6] = Hash.of(ne, activity);
    hashes[7] = Hash.of(tree.leafOf(color), 0);
  }

  private void changeLines(int path) {
    for (int i = 0; i < LINES; i++) {
      lines[i] = layout.line(i, path == 1 ? hashes[i] : Hash.of(hashes[i], path));
    }
  }

  private int codeNode(int right, int node, int path, int gone, int weights, int matchClass)
      throws PayloadException {
    int known = coder.begin(DecisionKind.NODE + node);
    if (known != 0) {
      return coder.code(right, known);
    }
    planes.measure(node);
    int depth = 31 - Integer.numberOfLeadingZeros(path) & 3;
    int slot = 1 << depth | path & (1 << depth) - 1;
    for (int i = 0; i < LINES; i++) {
      inputs[i] = lines[i] + slot;
    }
    int left12 = Math.min(weights >> 5, 11);
    int right12 = Math.min(weights & 31, 11);
    int weights15 = Math.min(weights >> 5, 15) << 4 | Math.min(weights & 31, 15);
    int view = (gone << 3 | activity >> 1) << 8 | weights15;
    int bits = layout.contextBits() + 1;
    inputs[LINES] = layout.node(0) + Hash.place(planes.stepsOfSlopes(), bits);
    inputs[LINES + 1] = layout.node(1) + Hash.top(Hash.of(planes.stepsOfPredicted(), view), bits);
    inputs[LINES + 2] =
        layout.node(2) + Hash.top(Hash.of(node, (gone * 12 + left12) * 12 + right12), bits);
    inputs[LINES + 3] =
        layout.node(3)
            + Hash.place(node << 6 | ContextQuantizer.plane(planes.predicted() >> 10), bits);
    int count = NODE_INPUTS;
    int set = TableLayout.NODE_STATES + 9 * activity + gone;
    if (matches != null) {
      int context = 2 * TableLayout.MORE_FLAG;
      inputs[12] = layout.more(context) + Hash.top(Hash.of(all, path), bits);
      inputs[13] = layout.numbered(TableLayout.MATCH_NODE + matchClass);
      inputs[14] = layout.more(context + 1) + Hash.top(Hash.of(Hash.of(node, matchClass), w), bits);
      inputs[15] =
          layout.more(context + 2)
              + Hash.top(Hash.of(matches.left8() | matches.above8() << 16, path), bits);
      inputs[16] =
          layout.more(context + 3)
              + Hash.top(Hash.of(Hash.of(x & 7 | (y & 7) << 3, path), pair), bits);
      count = 17;
      set = matches.lengthClass > 0 ? TableLayout.MATCH_SETS + 32 + 2 * 32 + matchClass : set;
    }
    return mixer.code(right, count, layout.nodeSet(node), set, layout.apm(2, node));
  }
}
