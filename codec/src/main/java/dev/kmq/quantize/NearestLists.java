package dev.kmq.quantize;

import java.util.Arrays;

/**
 * The lists of {@link Neighbors}, built without a tree. Few centres move between two builds of a
 * list. So a list has some more entries in reserve, and as long as its centre stays, only the
 * centres that moved are looked at. The visible entries are always those of a complete search that
 * inserts the old visible ones first and then all others by index, each after those equally near.
 */
final class NearestLists {
  /** Entries that take the place of those that move away. */
  private static final int RESERVE = 16;

  private static final float OUT_OF_REACH = Neighbors.OUT_OF_REACH;

  /** A centre whose nearest entry is this much further away than another one has jumped. */
  private static final float JUMP = 4;

  private final Lloyd lloyd;
  private final int listed;

  /** Number of entries of a list with its reserve, at most. */
  final int stride;

  final int[] list;

  /** Squared distance of each entry from the centre of the list. */
  private final float[] squares;

  /** Number of entries of each list, and their limit: all centres nearer than this are entries. */
  private final int[] counts;

  private final float[] limits;

  /** Where the centres were at the latest {@link #follow}, and when each of them moved. */
  private final double[] places;

  private final int[] moves;
  private int now = 1;

  /** The centres, those that moved last first. */
  private int[] latest;

  /** When each list was built; -1 for never. */
  private final int[] built;

  /** Scratch. */
  private int[] spareOrder;

  private final int[] old;
  private final int[] guess;
  private final int[] fresh;
  private final float[] freshSquares;
  private final float[] row;

  NearestLists(Lloyd lloyd, int listed) {
    int slots = lloyd.slots;
    int scanned = slots > Neighbors.SCANNED_UP_TO ? 0 : slots;
    this.lloyd = lloyd;
    this.listed = listed;
    this.stride = scanned == 0 ? listed : Math.min(listed + RESERVE, slots);
    this.list = new int[slots * stride];
    this.squares = new float[scanned * stride];
    this.counts = new int[scanned];
    this.limits = new float[scanned];
    this.places = new double[scanned * lloyd.dims];
    this.moves = new int[scanned];
    this.latest = new int[scanned];
    this.built = new int[scanned];
    this.spareOrder = new int[scanned];
    this.old = new int[stride];
    this.guess = new int[stride];
    this.fresh = new int[scanned];
    this.freshSquares = new float[scanned];
    this.row = new float[scanned];
    Arrays.fill(built, -1);
    for (int c = 0; c < scanned; c++) {
      latest[c] = c;
    }
  }

  void copyFrom(NearestLists other) {
    System.arraycopy(other.list, 0, list, 0, list.length);
    System.arraycopy(other.squares, 0, squares, 0, squares.length);
    System.arraycopy(other.counts, 0, counts, 0, counts.length);
    System.arraycopy(other.limits, 0, limits, 0, limits.length);
    System.arraycopy(other.places, 0, places, 0, places.length);
    System.arraycopy(other.moves, 0, moves, 0, moves.length);
    System.arraycopy(other.latest, 0, latest, 0, latest.length);
    System.arraycopy(other.built, 0, built, 0, built.length);
    now = Math.max(now, other.now);
  }

  /** Finds out which centres have moved. */
  void follow() {
    int dims = lloyd.dims;
    double[] centers = lloyd.centers;
    int[] order = spareOrder;
    int moved = 0;
    now++;
    for (int c = 0, at = 0; c < moves.length; c++, at += dims) {
      if (places[at] != centers[at]
          || places[at + 1] != centers[at + 1]
          || places[at + 2] != centers[at + 2]
          || dims == 4 && places[at + 3] != centers[at + 3]) {
        moves[c] = now;
        order[moved++] = c;
      }
    }
    if (moved == 0) {
      return;
    }
    System.arraycopy(centers, 0, places, 0, places.length);
    for (int c : latest) {
      if (moves[c] != now) {
        order[moved++] = c;
      }
    }
    spareOrder = latest;
    latest = order;
  }

  /**
   * Brings a list up to date.
   *
   * @param visible number of its visible entries so far
   * @return number of its entries, or -1 if it is the same as before
   */
  int build(int c, int visible) {
    int base = c * stride;
    int count = counts[c];
    boolean stayed = moves[c] <= built[c];
    int more = stayed ? movedNear(c) : 0;
    int first = stayed ? firstMoved(c) : base;
    boolean same = stayed && more == 0 && first == base + count;
    if (!same) {
      System.arraycopy(list, base, old, 0, count);
      if (!stayed || !update(c, first, more)) {
        search(c, count, visible);
      }
    }
    built[c] = now;
    return same ? -1 : counts[c];
  }

  /** Lists the centres that have moved and are nearer than a list's limit; returns their number. */
  private int movedNear(int c) {
    int since = built[c];
    float limit = limits[c];
    int dims = lloyd.dims;
    double[] centers = lloyd.centers;
    double cx = centers[c * dims];
    double cy = centers[c * dims + 1];
    double cz = centers[c * dims + 2];
    int count = 0;
    for (int o : latest) {
      if (moves[o] <= since) {
        break;
      }
      int at = o * dims;
      double x = cx - centers[at];
      double y = cy - centers[at + 1];
      double z = cz - centers[at + 2];
      double sum = x * x + y * y + z * z;
      if (dims == 4) {
        double w = centers[c * 4 + 3] - centers[at + 3];
        sum += w * w;
      }
      float square = (float) sum;
      if (square < limit) {
        freshSquares[count] = square;
        fresh[count++] = o;
      }
    }
    return count;
  }

  /** The place of the first entry that has moved; the end of the list if none has. */
  private int firstMoved(int c) {
    int since = built[c];
    int n = c * stride;
    int end = n + counts[c];
    while (n < end && moves[list[n]] <= since) {
      n++;
    }
    return n;
  }

  /**
   * Updates a list whose centre has not moved: removes the entries that have, then inserts {@code
   * more} fresh ones. Returns false if that cannot tell the order of equally near entries, or too
   * few of them are left.
   */
  private boolean update(int c, int first, int more) {
    int since = built[c];
    float limit = limits[c];
    int base = c * stride;
    int end = base + counts[c];
    int to = first;
    for (int n = first; n < end; n++) {
      if (moves[list[n]] <= since) {
        list[to] = list[n];
        squares[to++] = squares[n];
      }
    }
    while (to > base && squares[to - 1] >= limit) {
      to--;
    }
    for (int i = 0; i < more; i++) {
      float square = freshSquares[i];
      if (square >= limit) {
        continue;
      }
      if (to == base + stride) {
        limit = Math.max(square, squares[to - 1]);
        if (square == limit) {
          continue;
        }
        to--;
      }
      int n = insert(base, to++, fresh[i], square);
      if (n > base && squares[n - 1] == square) {
        return false;
      }
    }
    limits[c] = limit;
    if (to - base < listed && limit < OUT_OF_REACH) {
      return false;
    }
    reserve(c, to - base);
    return true;
  }

  /** Searches all centres. */
  private void search(int c, int count, int visible) {
    int nearest = measure(c);
    int guessed = count;
    if (counts[nearest] > 0 && (count == 0 || row[old[0]] > JUMP * row[nearest])) {
      guessed = counts[nearest];
      System.arraycopy(list, nearest * stride, guess, 0, guessed);
    } else {
      System.arraycopy(old, 0, guess, 0, count);
    }
    int length = fill(c, guess, guessed);
    if (hasEqual(c * stride, length)) {
      measure(c);
      length = fill(c, old, visible);
    }
    limits[c] = length < stride ? OUT_OF_REACH : squares[c * stride + length - 1];
    reserve(c, length);
  }

  private boolean hasEqual(int base, int length) {
    for (int n = base + 1; n < base + length; n++) {
      if (squares[n] == squares[n - 1]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Fills a list from the measured distances. Inserts some entries first, which leaves little to
   * sort and few others to insert if they are near.
   */
  private int fill(int c, int[] entries, int count) {
    float[] row = this.row;
    int base = c * stride;
    int length = 0;
    for (int n = 0; n < count; n++) {
      int o = entries[n];
      float square = row[o];
      row[o] = OUT_OF_REACH;
      if (square < OUT_OF_REACH) {
        insert(base, base + length++, o, square);
      }
    }
    float limit = length < stride ? OUT_OF_REACH : squares[base + length - 1];
    for (int o = 0; o < row.length; o++) {
      float square = row[o];
      if (square < limit) {
        length = Math.min(length + 1, stride);
        insert(base, base + length - 1, o, square);
        limit = length < stride ? OUT_OF_REACH : squares[base + length - 1];
      }
    }
    return length;
  }

  /**
   * Computes the squared distances of all others, as {@link Neighbors#apart(int, int)} does, and
   * returns the nearest.
   */
  private int measure(int c) {
    double[] centers = lloyd.centers;
    float[] row = this.row;
    int dims = lloyd.dims;
    double cx = centers[c * dims];
    double cy = centers[c * dims + 1];
    double cz = centers[c * dims + 2];
    float least = Float.MAX_VALUE;
    int nearest = 0;
    for (int o = 0, at = 0; o < row.length; o++, at += dims) {
      double x = cx - centers[at];
      double y = cy - centers[at + 1];
      double z = cz - centers[at + 2];
      double sum = x * x + y * y + z * z;
      if (dims == 4) {
        double w = centers[c * 4 + 3] - centers[at + 3];
        sum += w * w;
      }
      float square = (float) sum;
      row[o] = square;
      if (square < least && o != c) {
        least = square;
        nearest = o;
      }
    }
    row[c] = OUT_OF_REACH;
    return nearest;
  }

  /** Shifts what is further away towards {@code last}, whose entry is lost; returns the place. */
  private int insert(int base, int last, int o, float square) {
    int[] list = this.list;
    float[] squares = this.squares;
    int n = last;
    for (; n > base && squares[n - 1] > square; n--) {
      squares[n] = squares[n - 1];
      list[n] = list[n - 1];
    }
    squares[n] = square;
    list[n] = o;
    return n;
  }

  /**
   * Ends a list before the first of its reserve that is equally near as another centre; that is its
   * limit then.
   */
  private void reserve(int c, int length) {
    int base = c * stride;
    int count = length;
    for (int n = base + listed; n < base + length; n++) {
      boolean equal = squares[n] == squares[n - 1];
      if (equal || squares[n] == limits[c]) {
        limits[c] = squares[n];
        count = Math.max(listed, equal ? n - 1 - base : n - base);
        break;
      }
    }
    counts[c] = count;
  }

  /** The squared distance of a list's entry when the list was built. */
  float square(int n) {
    return squares[n];
  }
}
