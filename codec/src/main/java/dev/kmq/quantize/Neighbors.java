package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * For each centre a list of the nearest others, nearest first. Lists stay valid when centres move:
 * a margin bounds how much the distances may have shrunk, and a list is rebuilt only when its
 * margin is too large.
 */
final class Neighbors {
  private static final float OUT_OF_REACH = 0x1p56f;

  private static final int LISTED = 40;

  /** With more centres than this, lists are built with a k-d tree. */
  static final int SCANNED_UP_TO = 1024;

  /** A list is rebuilt when its distances may have shrunk by this fraction of the nearest one. */
  private static final float STALE = 0.1f;

  private final Lloyd lloyd;
  private @Nullable KdTree tree;
  private @Nullable KdTree opaqueTree;

  /** Scratch: the latest list that visited each centre. */
  private final int[] seen;

  private int made;

  final int listed;
  final int[] list;

  /** Distance of each listed centre when the list was built. */
  final float[] apart;

  final int[] lengths;

  /** Subtracted from {@link #apart} to get a valid bound. */
  final float[] margin;

  /** Lower bound on the distance of the centres not listed. */
  final float[] beyond;

  /** Lower bound on half the distance of the nearest centre. */
  final float[] half;

  Neighbors(Lloyd lloyd) {
    this.lloyd = lloyd;
    this.listed = Math.min(LISTED, lloyd.slots);
    this.seen = new int[lloyd.slots];
    this.list = new int[lloyd.slots * listed];
    this.apart = new float[lloyd.slots * listed];
    this.lengths = new int[lloyd.slots];
    this.margin = new float[lloyd.slots];
    this.beyond = new float[lloyd.slots];
    this.half = new float[lloyd.slots];
  }

  void list() {
    forgetTrees();
    for (int c = 0; c < lloyd.slots; c++) {
      list(c);
    }
  }

  void copyFrom(Neighbors other) {
    System.arraycopy(other.list, 0, list, 0, list.length);
    System.arraycopy(other.apart, 0, apart, 0, apart.length);
    System.arraycopy(other.lengths, 0, lengths, 0, lengths.length);
    System.arraycopy(other.margin, 0, margin, 0, margin.length);
    System.arraycopy(other.beyond, 0, beyond, 0, beyond.length);
    System.arraycopy(other.half, 0, half, 0, half.length);
  }

  /**
   * Updates the bounds after moves of the centres, and returns the largest move around each centre.
   */
  void follow(float[] moved, float[] movedAround, Work work) {
    forgetTrees();
    float most = 0;
    for (float m : moved) {
      most = Math.max(most, m);
    }
    if (most == 0) {
      Arrays.fill(movedAround, 0);
      return;
    }
    float farthest = most;
    if (lloyd.slots > SCANNED_UP_TO) {
      tree();
      work.loop(lloyd.slots, (from, to) -> follow(moved, movedAround, farthest, from, to));
    } else {
      follow(moved, movedAround, farthest, 0, lloyd.slots);
    }
  }

  private void follow(float[] moved, float[] movedAround, float most, int from, int to) {
    for (int c = from; c < to; c++) {
      float around = movedIn(c, moved);
      margin[c] += moved[c] + around;
      beyond[c] -= moved[c] + most;
      if (margin[c] > STALE * apart[c * listed]) {
        list(c);
        around = Math.max(around, movedIn(c, moved));
      } else {
        half[c] = Math.min(apart[c * listed] - margin[c], beyond[c]) / 2 - 0.01f;
      }
      movedAround[c] = around;
    }
  }

  /** The largest move of the centres in a list. */
  private float movedIn(int c, float[] moved) {
    float most = 0;
    for (int n = c * listed, end = n + lengths[c]; n < end; n++) {
      most = Math.max(most, moved[list[n]]);
    }
    return most;
  }

  /**
   * Rebuilds the list of one centre. Starts with the old list, which leaves little to sort and few
   * others to insert.
   */
  void list(int c) {
    if (lloyd.slots > SCANNED_UP_TO) {
      listByTree(c);
      return;
    }
    int base = c * listed;
    int length = 0;
    made++;
    for (int n = base, end = base + lengths[c]; n < end; n++) {
      int o = list[n];
      seen[o] = made;
      float square = apart(c, o);
      if (square < OUT_OF_REACH) {
        insert(base, base + length++, o, square);
      }
    }
    seen[c] = made;
    insertOthers(c, length);
  }

  /**
   * Inserts the centres that are not in a list yet, and settles it. The distance is {@link #apart},
   * written out: most of the time for few points is spent in this loop.
   */
  private void insertOthers(int c, int length) {
    double[] centers = lloyd.centers;
    int dims = lloyd.dims;
    int base = c * listed;
    double cx = centers[c * dims];
    double cy = centers[c * dims + 1];
    double cz = centers[c * dims + 2];
    float limit = length < listed ? OUT_OF_REACH : apart[base + length - 1];
    for (int o = 0, at = 0; o < seen.length; o++, at += dims) {
      double x = cx - centers[at];
      double y = cy - centers[at + 1];
      double z = cz - centers[at + 2];
      double sum = x * x + y * y + z * z;
      if (dims == 4) {
        double w = centers[c * dims + 3] - centers[at + 3];
        sum += w * w;
      }
      float square = (float) sum;
      if (square < limit && seen[o] != made) {
        length = Math.min(length + 1, listed);
        insert(base, base + length - 1, o, square);
        limit = length < listed ? OUT_OF_REACH : apart[base + length - 1];
      }
    }
    settle(c, length);
  }

  private void listByTree(int c) {
    KdTree.Found found = new KdTree.Found(listed + 1);
    for (int d = 0; d < lloyd.dims; d++) {
      found.query[d] = lloyd.centers[c * lloyd.dims + d];
    }
    tree().search(found);
    int base = c * listed;
    int length = 0;
    for (int n = 0; n < found.size && length < listed; n++) {
      if (found.centers[n] != c && found.squares[n] < OUT_OF_REACH) {
        list[base + length] = found.centers[n];
        apart[base + length++] = (float) found.squares[n];
      }
    }
    settle(c, length);
  }

  /** The tree of the centres at their current places. */
  KdTree tree() {
    if (tree == null) {
      tree = new KdTree(lloyd.centers, lloyd.dims);
    }
    return tree;
  }

  /** The tree of the opaque centres at their current places. */
  KdTree opaqueTree() {
    if (opaqueTree == null) {
      int[] opaque = IntStream.range(0, lloyd.slots).filter(lloyd::opaque).toArray();
      opaqueTree = new KdTree(lloyd.centers, lloyd.dims, opaque);
    }
    return opaqueTree;
  }

  /** Builds the trees that are needed, before several threads search. */
  void trees() {
    tree();
    if (lloyd.points.opaque > 0) {
      opaqueTree();
    }
  }

  private void forgetTrees() {
    tree = null;
    opaqueTree = null;
  }

  private void settle(int c, int length) {
    int base = c * listed;
    for (int n = base; n < base + length; n++) {
      apart[n] = (float) Math.sqrt(apart[n]) - 0.01f;
    }
    lengths[c] = length;
    margin[c] = 0;
    beyond[c] = length < listed ? Float.MAX_VALUE : apart[base + length - 1];
    half[c] = length == 0 ? Float.MAX_VALUE : apart[base] / 2 - 0.01f;
  }

  /** Shifts what is further away towards {@code last}, whose entry is lost. */
  private void insert(int base, int last, int o, float square) {
    int n = last;
    for (; n > base && apart[n - 1] > square; n--) {
      apart[n] = apart[n - 1];
      list[n] = list[n - 1];
    }
    apart[n] = square;
    list[n] = o;
  }

  /** The squared distance of two centres. */
  float apart(int a, int b) {
    double[] centers = lloyd.centers;
    int dims = lloyd.dims;
    double x = centers[a * dims] - centers[b * dims];
    double y = centers[a * dims + 1] - centers[b * dims + 1];
    double z = centers[a * dims + 2] - centers[b * dims + 2];
    double sum = x * x + y * y + z * z;
    if (dims == 4) {
      double w = centers[a * dims + 3] - centers[b * dims + 3];
      sum += w * w;
    }
    return (float) sum;
  }
}
