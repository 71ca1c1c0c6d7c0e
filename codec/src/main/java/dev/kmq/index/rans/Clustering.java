package dev.kmq.index.rans;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds tables from counts: groups contexts into clusters so that symbols and tables together take
 * few bits. Seeds are chosen farthest-first (Gonzalez, Theor. Comput. Sci. 38, 1985), a few rounds
 * of k-means follow, then clusters are merged while that saves bits. Finally clusters are assigned
 * to contexts by dynamic programming (Viterbi) that charges for every change of cluster. Used by
 * the encoder only.
 */
final class Clustering {
  private static final int ROUNDS = 2;

  /** Average cost of a change of cluster in the tables, in bits. */
  private static final double CHANGE_COST = 11;

  /** Number of pixels from which a context counts as full. */
  private static final int FULL = 48;

  private static final double SYMBOL_COST = 6;
  private static final double CLUSTER_COST = 12;

  private final long[] @Nullable [] counts;
  private final int alphabet;
  private final int[] occurring;
  private final long[][] histograms;

  /** The full contexts, from which clusters are made; also as numbers for sums of products. */
  private final long[][] full;

  private final double[][] fullCounts;

  private List<long[]> clusters = new ArrayList<>();

  /**
   * Starts with the given counts.
   *
   * @param counts by context, then by symbol: {@link Contexts#COUNT} of them, or {@link
   *     Contexts#ALL} for tables with memory
   */
  Clustering(long[] @Nullable [] counts, int alphabet) {
    this.counts = counts;
    this.alphabet = alphabet;
    List<long[]> found = new ArrayList<>();
    int[] contexts = new int[counts.length];
    for (int context = 0; context < counts.length; context++) {
      long[] histogram = counts[context];
      if (histogram != null) {
        contexts[found.size()] = context;
        found.add(histogram);
      }
    }
    occurring = Arrays.copyOf(contexts, found.size());
    histograms = found.toArray(new long[0][]);
    full = full(histograms);
    fullCounts = new double[full.length][];
    for (int i = 0; i < full.length; i++) {
      fullCounts[i] = doubles(full[i]);
    }
  }

  private static long[][] full(long[][] histograms) {
    long[] sums = new long[histograms.length];
    long least = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = BitCosts.sum(histograms[i]);
      least = Math.min(FULL, Math.max(least, sums[i]));
    }
    List<long[]> full = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] >= least) {
        full.add(histograms[i]);
      }
    }
    return full.toArray(new long[0][]);
  }

  RansTables tables() {
    seed();
    for (int round = 0; round < ROUNDS; round++) {
      move(nearest());
    }
    merge();
    sort();
    byte[] map = assign();
    List<long[]> assigned = clusters;
    byte[] renumbered = new byte[assigned.size()];
    List<int[]> frequencies = new ArrayList<>();
    for (int i = 0; i < assigned.size(); i++) {
      renumbered[i] = (byte) frequencies.size();
      if (BitCosts.sum(assigned.get(i)) > 0) {
        frequencies.add(Frequencies.of(assigned.get(i)));
      }
    }
    for (int context = 0; context < map.length; context++) {
      map[context] = renumbered[map[context]];
    }
    boolean memory = counts.length == Contexts.ALL;
    return new RansTables(map, frequencies.toArray(new int[0][]), memory);
  }

  /** Puts clusters with a large share of symbol 0 first; those with equal shares stay in order. */
  private void sort() {
    double[] shares = new double[clusters.size()];
    for (int i = 0; i < shares.length; i++) {
      long[] cluster = clusters.get(i);
      double share = (double) cluster[0] / BitCosts.sum(cluster);
      int to = i;
      for (; to > 0 && shares[to - 1] < share; to--) {
        shares[to] = shares[to - 1];
        clusters.set(to, clusters.get(to - 1));
      }
      shares[to] = share;
      clusters.set(to, cluster);
    }
  }

  /** Farthest-first seeding: the fullest context, then repeatedly the one with the largest loss. */
  private void seed() {
    int n = full.length;
    double[] own = new double[n];
    double[] loss = new double[n];
    Arrays.fill(loss, Double.MAX_VALUE);
    int next = 0;
    for (int i = 0; i < n; i++) {
      own[i] = BitCosts.entropy(full[i]);
      next = BitCosts.sum(full[i]) > BitCosts.sum(full[next]) ? i : next;
    }
    double[][] bySymbol = BitCosts.transposed(fullCounts);
    double[] totals = new double[n];
    while (clusters.size() < RansTables.MOST_CLUSTERS) {
      clusters.add(full[next].clone());
      BitCosts.totals(BitCosts.symbolCosts(full[next]), bySymbol, totals);
      int worst = 0;
      for (int i = 0; i < n; i++) {
        loss[i] = Math.min(loss[i], totals[i] - own[i]);
        worst = loss[i] > loss[worst] ? i : worst;
      }
      if (loss[worst] < SYMBOL_COST) {
        break;
      }
      next = worst;
    }
  }

  private int[] nearest() {
    double[][] symbolCosts = symbolCosts();
    double[] totals = new double[clusters.size()];
    int[] nearest = new int[full.length];
    for (int i = 0; i < full.length; i++) {
      BitCosts.totals(fullCounts[i], symbolCosts, totals);
      for (int cluster = 1; cluster < totals.length; cluster++) {
        nearest[i] = totals[cluster] < totals[nearest[i]] ? cluster : nearest[i];
      }
    }
    return nearest;
  }

  /** By symbol, then by cluster. */
  private double[][] symbolCosts() {
    double[][] costs = new double[clusters.size()][];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = BitCosts.symbolCosts(clusters.get(i));
    }
    return BitCosts.transposed(costs);
  }

  private static double[] doubles(long[] histogram) {
    double[] doubles = new double[histogram.length];
    for (int symbol = 0; symbol < doubles.length; symbol++) {
      doubles[symbol] = histogram[symbol];
    }
    return doubles;
  }

  private void move(int[] assigned) {
    long[][] sums = sums(full, assigned);
    clusters = new ArrayList<>();
    for (long[] cluster : sums) {
      if (BitCosts.sum(cluster) > 0) {
        clusters.add(cluster);
      }
    }
  }

  private long[][] sums(long[][] of, int[] assigned) {
    long[][] sums = new long[clusters.size()][alphabet];
    for (int i = 0; i < of.length; i++) {
      for (int symbol = 0; symbol < alphabet; symbol++) {
        sums[assigned[i]][symbol] += of[i][symbol];
      }
    }
    return sums;
  }

  /** Merges the pair of clusters that saves most, while any merge saves bits. */
  private void merge() {
    int n = clusters.size();
    double[] own = new double[n];
    for (int i = 0; i < n; i++) {
      own[i] = BitCosts.entropy(clusters.get(i)) + tableCost(clusters.get(i), new long[alphabet]);
    }
    double[][] gain = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        gain[i][j] = gain(own, i, j);
      }
    }
    boolean[] gone = new boolean[n];
    while (true) {
      double most = 0;
      int a = -1;
      int b = -1;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i && !gone[i]; j++) {
          if (!gone[j] && gain[i][j] > most) {
            most = gain[i][j];
            a = j;
            b = i;
          }
        }
      }
      if (a < 0) {
        break;
      }
      gone[b] = true;
      long[] joined = clusters.get(a);
      for (int symbol = 0; symbol < alphabet; symbol++) {
        joined[symbol] += clusters.get(b)[symbol];
      }
      own[a] += own[b] - most;
      for (int i = 0; i < n; i++) {
        if (i != a && !gone[i]) {
          gain[Math.max(i, a)][Math.min(i, a)] = gain(own, Math.max(i, a), Math.min(i, a));
        }
      }
    }
    List<long[]> left = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (!gone[i]) {
        left.add(clusters.get(i));
      }
    }
    clusters = left;
  }

  private double gain(double[] own, int i, int j) {
    long[] a = clusters.get(i);
    long[] b = clusters.get(j);
    return own[i] + own[j] - BitCosts.entropy(a, b) - tableCost(a, b);
  }

  private static double tableCost(long[] a, long[] b) {
    double cost = CLUSTER_COST;
    for (int symbol = 0; symbol < a.length; symbol++) {
      cost += a[symbol] + b[symbol] > 0 ? SYMBOL_COST : 1;
    }
    return cost;
  }

  /**
   * The cheapest sequence of clusters over all contexts in their order (Viterbi); then recomputes
   * the clusters.
   */
  private byte[] assign() {
    double[][] symbolCosts = symbolCosts();
    int n = clusters.size();
    double[] pathCost = new double[n];
    double[] totals = new double[n];
    byte[][] from = new byte[occurring.length][n];
    for (int i = 0; i < occurring.length; i++) {
      int cheapest = 0;
      for (int cluster = 1; cluster < n; cluster++) {
        cheapest = pathCost[cluster] < pathCost[cheapest] ? cluster : cheapest;
      }
      double change = pathCost[cheapest] + CHANGE_COST;
      BitCosts.totals(doubles(histograms[i]), symbolCosts, totals);
      for (int cluster = 0; cluster < n; cluster++) {
        boolean stay = pathCost[cluster] <= change;
        from[i][cluster] = (byte) (stay ? cluster : cheapest);
        pathCost[cluster] = (stay ? pathCost[cluster] : change) + totals[cluster];
      }
    }
    int last = 0;
    for (int cluster = 1; cluster < n; cluster++) {
      last = pathCost[cluster] < pathCost[last] ? cluster : last;
    }
    int[] assigned = new int[occurring.length];
    for (int i = occurring.length - 1; i >= 0; i--) {
      assigned[i] = last;
      last = from[i][last];
    }
    clusters = new ArrayList<>(Arrays.asList(sums(histograms, assigned)));
    return fill(assigned);
  }

  /** Contexts that never occur get the cluster of the one before. */
  private byte[] fill(int[] assigned) {
    byte[] map = new byte[Contexts.ALL];
    int next = 0;
    for (int context = 0; context < map.length; context++) {
      if (context < counts.length && counts[context] != null) {
        map[context] = (byte) assigned[next++];
      } else {
        map[context] = context == 0 ? (byte) assigned[0] : map[context - 1];
      }
    }
    return map;
  }
}
