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
  /** A squared distance that no two centres have. */
  static final float OUT_OF_REACH = 0x1p56f;

  private static final int LISTED = 40;

  /**
   * The bounds of points fall by the largest move among this number of nearest centres. Among more,
   * one nearly always moves far; with fewer, the others are too near.
   */
  private static final int NEAR = 12;

  /** With more centres than this, lists are built with a k-d tree. */
  static final int SCANNED_UP_TO = 1024;

  /** A list is rebuilt when its distances may have shrunk by this fraction of the nearest one. */
  private static final float STALE = 0.1f;

  private final Lloyd lloyd;
  private @Nullable KdTree tree;
  private @Nullable KdTree opaqueTree;

  private final NearestLists lists;
  private final int listed;

  /** The lists, {@link #lengths} entries from every {@code stride}th place on. */
  final int[] list;

  final int stride;

  /** Distance of each listed centre when the list was built. */
  final float[] apart;

  final int[] lengths;

  /** Subtracted from {@link #apart} to get a valid bound. */
  final float[] margin;

  /** Lower bound on the distance of the centres not listed. */
  final float[] beyond;

  /** Lower bound on the distance of the centres other than the first {@link #NEAR} of the list. */
  final float[] beyondNear;

  /** Lower bound on half the distance of the nearest centre. */
  final float[] half;

  Neighbors(Lloyd lloyd) {
    this.lloyd = lloyd;
    this.listed = Math.min(LISTED, lloyd.slots);
    this.lists = new NearestLists(lloyd, listed);
    this.list = lists.list;
    this.stride = lists.stride;
    this.apart = new float[lloyd.slots * stride];
    this.lengths = new int[lloyd.slots];
    this.margin = new float[lloyd.slots];
    this.beyond = new float[lloyd.slots];
    this.beyondNear = new float[lloyd.slots];
    this.half = new float[lloyd.slots];
  }

  void list() {
    forgetTrees();
    lists.follow();
    for (int c = 0; c < lloyd.slots; c++) {
      list(c);
    }
  }

  void copyFrom(Neighbors other) {
    lists.copyFrom(other.lists);
    System.arraycopy(other.apart, 0, apart, 0, apart.length);
    System.arraycopy(other.lengths, 0, lengths, 0, lengths.length);
    System.arraycopy(other.margin, 0, margin, 0, margin.length);
    System.arraycopy(other.beyond, 0, beyond, 0, beyond.length);
    System.arraycopy(other.beyondNear, 0, beyondNear, 0, beyondNear.length);
    System.arraycopy(other.half, 0, half, 0, half.length);
  }

  /**
   * Updates the bounds after moves of the centres, and returns the largest move of the first {@link
   * #NEAR} of each list.
   */
  void follow(float[] moved, float[] movedNear, Work work) {
    forgetTrees();
    float most = 0;
    for (float m : moved) {
      most = m > most ? m : most;
    }
    if (most == 0) {
      Arrays.fill(movedNear, 0);
      return;
    }
    float farthest = most;
    if (lloyd.slots > SCANNED_UP_TO) {
      tree();
      work.loop(lloyd.slots, (from, to) -> follow(moved, movedNear, farthest, from, to));
    } else {
      lists.follow();
      follow(moved, movedNear, farthest, 0, lloyd.slots);
    }
  }

  private void follow(float[] moved, float[] movedNear, float most, int from, int to) {
    for (int c = from; c < to; c++) {
      margin[c] += moved[c] + movedIn(c, lengths[c], moved);
      beyond[c] -= moved[c] + most;
      if (margin[c] > STALE * apart[c * stride]) {
        list(c);
      } else {
        half[c] = Math.min(apart[c * stride] - margin[c], beyond[c]) / 2 - 0.01f;
        boundNear(c);
      }
      movedNear[c] = movedIn(c, Math.min(NEAR, lengths[c]), moved);
    }
  }

  /** The largest move of the first centres in a list. */
  private float movedIn(int c, int length, float[] moved) {
    float most = 0;
    for (int n = c * stride, end = n + length; n < end; n++) {
      float m = moved[list[n]];
      most = m > most ? m : most;
    }
    return most;
  }

  private void boundNear(int c) {
    float bound = beyond[c];
    if (lengths[c] > NEAR) {
      bound = Math.min(bound, apart[c * stride + NEAR] - margin[c]);
    }
    beyondNear[c] = bound;
  }

  private void list(int c) {
    if (lloyd.slots > SCANNED_UP_TO) {
      listByTree(c);
      return;
    }
    int count = lists.build(c, lengths[c]);
    if (count < 0) {
      settle(c, lengths[c]);
      return;
    }
    int length = Math.min(count, listed);
    for (int n = c * stride, end = n + length; n < end; n++) {
      apart[n] = apart(lists.square(n));
    }
    settle(c, length);
  }

  private void listByTree(int c) {
    KdTree.Found found = new KdTree.Found(listed + 1);
    for (int d = 0; d < lloyd.dims; d++) {
      found.query[d] = lloyd.centers[c * lloyd.dims + d];
    }
    tree().search(found);
    int base = c * stride;
    int length = 0;
    for (int n = 0; n < found.size && length < listed; n++) {
      if (found.centers[n] != c && found.squares[n] < OUT_OF_REACH) {
        list[base + length] = found.centers[n];
        apart[base + length++] = apart((float) found.squares[n]);
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

  private static float apart(float square) {
    return (float) Math.sqrt(square) - 0.01f;
  }

  private void settle(int c, int length) {
    int base = c * stride;
    lengths[c] = length;
    margin[c] = 0;
    beyond[c] = length < listed ? Float.MAX_VALUE : apart[base + length - 1];
    half[c] = length == 0 ? Float.MAX_VALUE : apart[base] / 2 - 0.01f;
    boundNear(c);
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
