package dev.kmq.index.mix;

import dev.kmq.index.PayloadException;
import java.util.Arrays;

/**
 * The model of a tile: which decisions lead to an index, and which counters predict each of them
 * (specification, section Mix). It works on positions in the palette tree.
 */
final class TileModel {
  /** Pixels kept to the left and right of a row. */
  private static final int MARGIN = 4;

  private static final int HASHED = 5;
  private static final int LINE = 32;
  private static final int FLAG = 16;
  private static final int NEIGHBORS = 18;
  private static final int[] NEIGHBOR_WEIGHTS = {
    6, 6, 4, 4, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1
  };
  private static final long LANE_ONE = 0x0001_0001_0001_0001L;
  private static final long LANE_BIT = LANE_ONE << 10;
  private static final long LANE_LOW = LANE_ONE * 0x3FF;

  /** Least distance of each class. */
  private static final int[] DISTANCE_CLASSES = {
    1, 2, 3, 4, 6, 8, 13, 19, 28, 43, 64, 97, 147, 223, 338
  };

  private static final byte[] DISTANCE_CLASS = new byte[339];
  private static final byte[] COUNT_CLASS = new byte[64];

  static {
    int q = 0;
    for (int d = 0; d < DISTANCE_CLASS.length; d++) {
      if (q < DISTANCE_CLASSES.length && d == DISTANCE_CLASSES[q]) {
        q++;
      }
      DISTANCE_CLASS[d] = (byte) q;
    }
    for (int n = 0; n < COUNT_CLASS.length; n++) {
      COUNT_CLASS[n] = (byte) (n < 8 ? n : n < 16 ? 8 + (n - 8 >> 1) : 12 + (n - 16 >> 2));
    }
  }

  private final ColorTree tree;
  private final int colors;
  private final Mixer mixer;
  private final int[] slots;
  private final int lineShift;
  private final int lineBits;
  private final int region; // chars per numeric region, log2
  private final int numeric; // first numeric region
  private final int width;
  private final long[] lanes;
  private int[][] rows;
  private final int[] near = new int[NEIGHBORS];
  private final int[] live = new int[NEIGHBORS];
  private final int[] liveWeight = new int[NEIGHBORS];
  private final int[] lines = new int[HASHED];
  private long q0; // predictions in quarters
  private long q1;
  private int activity;
  private int equal;
  private int matchLength;
  private int matchSymbol = -1;
  private final char[] history;
  private final int[] matchTable;
  private int seen;
  private int matchAt;
  private int recent;

  TileModel(ColorTree tree, int width, long pixels, BinaryCoder coder) {
    this.tree = tree;
    this.width = width;
    colors = tree.index.length;
    int slotBits = Integer.getInteger("kmq.slots", 18);
    lineBits = slotBits - 5;
    lineShift = 32 - lineBits;
    region = Integer.getInteger("kmq.region", 17);
    numeric = HASHED << slotBits;
    mixer = new Mixer(coder, numeric + (5 << region), 4 * 1024);
    slots = mixer.slots;
    lanes = tree.lanes;
    rows = new int[4][width + 2 * MARGIN];
    history = new char[1 << 20];
    matchTable = new int[1 << 16];
  }

  /**
   * Codes the next row.
   *
   * @param row positions of the row: read if the coder is an encoder, filled in if a decoder
   */
  void code(int[] row) throws PayloadException {
    int[] current = rows[3];
    rows[3] = rows[2];
    rows[2] = rows[1];
    rows[1] = rows[0];
    rows[0] = current;
    Arrays.fill(current, 0, MARGIN, rows[1][MARGIN]);
    for (int x = 0; x < width; x++) {
      look(x + MARGIN);
      int position = codePixel(row[x]);
      row[x] = position;
      current[x + MARGIN] = position;
      remember(position);
    }
    Arrays.fill(current, width + MARGIN, width + 2 * MARGIN, row[width - 1]);
  }

  private void look(int x) {
    int[] m = near;
    int[] r0 = rows[0];
    int[] r1 = rows[1];
    int[] r2 = rows[2];
    int[] r3 = rows[3];
    m[0] = r0[x - 1];
    m[1] = r1[x];
    m[2] = r1[x + 1];
    m[3] = r1[x - 1];
    m[4] = r0[x - 2];
    m[5] = r2[x];
    m[6] = r1[x + 2];
    m[7] = r2[x + 1];
    m[8] = r1[x - 2];
    m[9] = r2[x - 1];
    m[10] = r0[x - 3];
    m[11] = r3[x];
    m[12] = r2[x + 2];
    m[13] = r2[x - 2];
    m[14] = r1[x + 3];
    m[15] = r1[x - 3];
    m[16] = r3[x + 1];
    m[17] = r3[x - 1];
  }

  private int distance(int p, int q) {
    return sumOfDifferences(lanes[p], lanes[q]);
  }

  /** Sum of the absolute differences of four lanes of 16 bits, all below 2^10. */
  private static int sumOfDifferences(long p, long q) {
    long t = (p | LANE_BIT) - q;
    long less = LANE_ONE - (t >>> 10 & LANE_ONE);
    return (int) (((t & LANE_LOW ^ less * 0x3FF) + less) * LANE_ONE >>> 48);
  }

  /** Four times the sum of the lanes of p and q minus those of r, brought into 0 to 255 before. */
  private static long plane(long p, long q, long r) {
    long t = p + q + (LANE_ONE << 9) - r;
    long positive = t >>> 9 & LANE_ONE;
    long above = t >>> 8 & positive;
    return ((t & LANE_ONE * 0xFF | above * 0xFF) & positive * 0xFF) << 2;
  }

  private static int distanceClass(int distance) {
    return DISTANCE_CLASS[Math.min(distance, DISTANCE_CLASS.length - 1)];
  }

  private static int hash(int a, int b) {
    int h = a * 0x9E3779B1 ^ b * 0x85EBCA77;
    h ^= h >>> 15;
    h *= 0x2C1B3C6D;
    return h ^ h >>> 13;
  }

  private static int same(int a, int b, int bit) {
    return a == b ? bit : 0;
  }

  private int codePixel(int target) throws PayloadException {
    int w = near[0];
    int n = near[1];
    int ne = near[2];
    int nw = near[3];
    int ww = near[4];
    int nn = near[5];
    int nee = near[6];
    int nne = near[7];
    int nww = near[8];
    int nnw = near[9];
    predict();
    if ((w ^ n | w ^ ne | w ^ nw | w ^ ww | w ^ nn | w ^ nee | w ^ nne | w ^ nww | w ^ nnw) == 0) {
      if (flat(target, w)) {
        return w;
      }
      activity = 0;
      prepare();
      return descend(target, w, -1);
    }
    int dwn = distance(w, n);
    int dwnw = distance(w, nw);
    int dnne = distance(n, ne);
    int dnnw = distance(n, nw);
    activity = distanceClass(dwn + dwnw + dnne + dnnw + distance(w, ww) + distance(n, nn));
    equal =
        same(w, n, 1)
            | same(w, nw, 2)
            | same(w, ne, 4)
            | same(n, ne, 8)
            | same(n, nw, 16)
            | same(w, ww, 32)
            | same(n, nn, 64)
            | same(ne, nee, 128)
            | same(ne, nne, 256)
            | same(nw, nww, 512)
            | same(nw, nnw, 1024)
            | same(ww, nww, 2048);
    prepare();
    int steps =
        distanceClass(dwn) << 12
            | distanceClass(dwnw) << 8
            | distanceClass(dnne) << 4
            | distanceClass(dnnw);
    int candidate = n != w ? n : ne != w ? ne : nw != w ? nw : -1;
    if (flag(target, w, candidate, steps, 0, hash(w, n) >>> 22)) {
      return w;
    }
    if (candidate >= 0 && flag(target, candidate, -1, steps, 1, hash(candidate, w) >>> 22)) {
      return candidate;
    }
    return descend(target, w, candidate);
  }

  private boolean flat(int target, int w) throws PayloadException {
    int outer = 0;
    for (int i = 10; i < NEIGHBORS; i++) {
      outer = outer << 1 | same(near[i], w, 1);
    }
    slots[0] = hash(w, 0) >>> lineShift << 5;
    slots[1] = numeric + (4 << region) + 512 + outer;
    slots[2] = expectation(0, matchSymbol == w ? 1 : 0);
    return mixer.codeByFew(target == w ? 1 : 0, 1100, Mixer.SETS / 2 + 60, 3 << 10 | w & 1023) != 0;
  }

  private void prepare() {
    int w = near[0];
    int n = near[1];
    int ne = near[2];
    lines[0] = hash(w, activity) >>> lineShift << 5;
    lines[1] = (1 << lineBits | hash(n, activity + 16) >>> lineShift) << 5;
    lines[2] = (2 << lineBits | hash(w, near[4]) >>> lineShift) << 5;
    lines[3] = (3 << lineBits | hash(n, near[5]) >>> lineShift) << 5;
    lines[4] = (4 << lineBits | hash(hash(w, n), ne) >>> lineShift) << 5;
    q0 = lanes[w] + lanes[ne] << 1;
    q1 = plane(lanes[w], lanes[n], lanes[near[3]]);
  }

  private boolean flag(int target, int of, int other, int steps, int which, int refinement)
      throws PayloadException {
    for (int i = 0; i < HASHED; i++) {
      slots[i] = lines[i] + which;
    }
    int self = 0;
    int rival = 0;
    for (int i = 0; i < NEIGHBORS; i++) {
      int weight = NEIGHBOR_WEIGHTS[i];
      self += near[i] == of ? weight : 0;
      rival += near[i] == other ? weight : 0;
    }
    int rel0 = relative(q0, of);
    int rel1 = relative(q1, of);
    int at = numeric;
    int half = which << region - 1;
    slots[5] = at + half + (equal << 4 | activity);
    at += 1 << region;
    slots[6] =
        at + half + (hash(equal & 31, (COUNT_CLASS[self] * 20 + COUNT_CLASS[rival]) << 5 | rel0) >>> 33 - region);
    at += 1 << region;
    slots[7] = at + half + steps;
    at += 1 << region;
    slots[8] = at + half + (rel0 << 8 | rel1 << 3 | activity >> 1);
    slots[9] = expectation(which, matchSymbol == of ? 1 : 0);
    int bit =
        mixer.code(
            target == of ? 1 : 0,
            which << 5 | equal & 31,
            Mixer.SETS / 2 + (which << 4 | activity),
            which << 10 | refinement);
    return bit != 0;
  }

  private int relative(long prediction, int p) {
    int z = sumOfDifferences(prediction, lanes[p] << 2) * tree.closeness[p] >> 16;
    return z < 24 ? z : z < 48 ? 24 + (z - 24 >> 2) : Math.min(31, 30 + (z >> 7));
  }

  private int descend(int target, int w, int candidate) throws PayloadException {
    int from = 0;
    int to = colors;
    int heap = 1;
    int depth = 0;
    int count = NEIGHBORS;
    for (int i = 0; i < count; i++) {
      live[i] = near[i];
      liveWeight[i] = NEIGHBOR_WEIGHTS[i];
    }
    while (to - from > 1) {
      int middle = from + to >>> 1;
      int left = middle - from;
      int right = to - middle;
      int gone = 0;
      if (w >= from && w < to) {
        if (w < middle) {
          left--;
          gone = 3;
        } else {
          right--;
          gone = 6;
        }
      }
      if (candidate >= from && candidate < to) {
        if (candidate < middle) {
          left--;
          gone += 1;
        } else {
          right--;
          gone += 2;
        }
      }
      int bit;
      if (left > 0 && right > 0) {
        int l = 0;
        int r = 0;
        for (int i = 0; i < count; i++) {
          if (live[i] < middle) {
            l += liveWeight[i];
          } else {
            r += liveWeight[i];
          }
        }
        bit = node(target >= middle ? 1 : 0, middle, heap, depth, gone, COUNT_CLASS[l], COUNT_CLASS[r]);
      } else {
        bit = left > 0 ? 0 : 1;
      }
      if (bit == 0) {
        to = middle;
      } else {
        from = middle;
      }
      int kept = 0;
      for (int i = 0; i < count; i++) {
        live[kept] = live[i];
        liveWeight[kept] = liveWeight[i];
        kept += live[i] >= from && live[i] < to ? 1 : 0;
      }
      count = kept;
      matching = matchSymbol >= from && matchSymbol < to;
      heap = heap << 1 | bit;
      depth++;
    }
    matching = true;
    return from;
  }

  private boolean matching = true;

  private int node(int bit, int node, int heap, int depth, int gone, int l, int r)
      throws PayloadException {
    int slot = heap < 8 ? heap + 1 : 9 + ((hash(heap, 12345) >>> 16) * (LINE - 9) >>> 16);
    for (int i = 0; i < HASHED; i++) {
      slots[i] = lines[i] + slot;
    }
    int d0 = distanceFromPlane(q0, node);
    int d1 = distanceFromPlane(q1, node);
    int at = numeric + TREE_BASE;
    slots[5] = at + place(node << 6 | fine(d0 >> 10), region);
    at += 1 << region;
    slots[6] =
        at
            + (hash(coarse((d0 >> 4) * tree.planes[ColorTree.PLANE * node + ColorTree.STEEPNESS] >> 16), (gone << 3 | activity >> 1) << 8 | Math.min(l, 15) << 4 | Math.min(r, 15))
                >>> 32 - region);
    at += 1 << region;
    slots[7] = at + (hash(node, (gone * 12 + Math.min(l, 11)) * 12 + Math.min(r, 11)) >>> 32 - region);
    at += 1 << region;
    slots[8] = at + place(node << 6 | fine(d1 >> 10), region);
    slots[9] = expectation(2, matching && matchSymbol >= node ? 1 : 0);
    return mixer.code(
        bit, 64 + (node & 1023), Mixer.SETS / 2 + 32 + Math.min(depth, 15), 2 << 10 | node & 1023);
  }

  private static final int TREE_BASE = 0;

  private int distanceFromPlane(long q, int node) {
    int[] planes = tree.planes;
    int at = ColorTree.PLANE * node;
    return (int) (q & 0x3FF) * planes[at]
        + (int) (q >>> 16 & 0x3FF) * planes[at + 1]
        + (int) (q >>> 32 & 0x3FF) * planes[at + 2]
        + (int) (q >>> 48) * planes[at + 3]
        - planes[at + ColorTree.OFFSET];
  }

  private static int place(int key, int bits) {
    return key < 1 << bits ? key : hash(key, 0) >>> 32 - bits;
  }

  private static int fine(int d) {
    int a = Math.abs(d);
    int r = a < 16 ? a : a < 48 ? 16 + (a - 16 >> 2) : Math.min(31, 24 + (a - 48 >> 3));
    return d < 0 ? 31 - r : 32 + r;
  }

  private static int coarse(int r) {
    int a = r < 0 ? ~r : r;
    int c = a < 16 ? a : a < 32 ? 16 + (a - 16 >> 1) : a < 64 ? 24 + (a - 32 >> 3) : Math.min(31, 28 + (a - 64 >> 5));
    return (r < 0 ? 31 - c : 32 + c) >> 2;
  }

  private int expectation(int which, int expected) {
    int at = numeric + (4 << region) + (which << 6);
    if (matchSymbol < 0 || !matching) {
      return at;
    }
    return at + 2 + (Math.min(matchLength, 30) << 1 | expected);
  }

  private void predict() {
    matchSymbol = matchLength > 0 ? history[matchAt & history.length - 1] : -1;
  }

  private void remember(int position) {
    if (matchLength > 0 && matchSymbol == position) {
      matchLength = Math.min(matchLength + 1, 65535);
      matchAt++;
    } else {
      matchLength = 0;
    }
    history[seen & history.length - 1] = (char) position;
    seen++;
    recent = (recent + position + 1) * (0x2F0B4C47 << 6); // six positions reach the top bits
    int slot = recent * 0x9E3779B1 >>> 16;
    if (matchLength == 0) {
      matchAt = matchTable[slot];
      if (matchAt > 0 && seen - matchAt < history.length) {
        matchLength = 1;
      }
    }
    matchTable[slot] = seen;
  }
}
