package dev.kmq.index.rans;

import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;

/**
 * The shared tables: the cluster of each context and the frequency of each symbol in each cluster
 * (specification, section Shared tables). Immutable.
 */
public final class RansTables {
  /** The frequencies of a cluster sum to 2^this. */
  static final int SUM_BITS = 12;

  /** Sum of the frequencies of a cluster. */
  static final int SUM = 1 << SUM_BITS;

  /** Maximum number of clusters. */
  static final int MOST_CLUSTERS = 64;

  /** Significant bits of a frequency; one frequency of each cluster is not written. */
  private static final int PRECISION = 3;

  private static final int CLUSTER_BITS = 6;
  private static final int FIRST_LENGTH = 6;

  private final byte[] clusters;
  private final int[][] frequencies;
  private final boolean memory;

  /**
   * Takes the arrays as they are.
   *
   * @param clusters cluster of each context
   * @param frequencies by cluster, then by symbol; each sums up to {@link #SUM}
   * @param memory whether tiles are coded with {@link Memory}
   */
  RansTables(byte[] clusters, int[][] frequencies, boolean memory) {
    this.clusters = clusters;
    this.frequencies = frequencies;
    this.memory = memory;
  }

  /** Whether a tile of this size is coded with {@link Memory}. */
  boolean remembers(int width, int height) {
    return memory && Memory.fits(width, height);
  }

  /** The number of clusters. */
  int clusters() {
    return frequencies.length;
  }

  int cluster(int context) {
    return clusters[context];
  }

  /** The cluster of each context; not to be changed. */
  byte[] clustersByContext() {
    return clusters;
  }

  int frequency(int cluster, int symbol) {
    return frequencies[cluster][symbol];
  }

  /** The number of symbols. */
  int alphabet() {
    return frequencies[0].length;
  }

  static int length(int frequency) {
    return 32 - Integer.numberOfLeadingZeros(frequency);
  }

  private static int mantissaBits(int length) {
    return Math.min(Math.max(length - 1, 0), PRECISION - 1);
  }

  /** The tables as stored in the file. */
  public byte[] toBytes() {
    BitWriter out = new BitWriter();
    out.write(clusters() - 1, CLUSTER_BITS);
    if (clusters() > 1) {
      writeClusters(Contexts.possible(), out);
    }
    for (int[] cluster : frequencies) {
      writeFrequencies(cluster, out);
    }
    if (memory) {
      out.write(1, 1);
      if (clusters() > 1) {
        writeClusters(Contexts.ofMemory(), out);
      }
    }
    return out.toBytes();
  }

  private void writeClusters(int[] contexts, BitWriter out) {
    int last = 0;
    int run = 0;
    for (int context : contexts) {
      if (run > 0 && clusters[context] == last) {
        run++;
        continue;
      }
      if (run > 0) {
        out.writeGamma(run);
      }
      out.writeSigned(clusters[context] - last);
      last = clusters[context];
      run = 1;
    }
    out.writeGamma(run);
  }

  private static void writeFrequencies(int[] cluster, BitWriter out) {
    int alphabet = cluster.length;
    int implied = implied(cluster);
    int used = alphabet;
    while (used > 0 && (cluster[used - 1] == 0 || used - 1 == implied)) {
      used--;
    }
    out.write(implied, length(alphabet - 1));
    out.write(used, length(alphabet));
    int before = FIRST_LENGTH;
    for (int symbol = 0; symbol < used; symbol++) {
      if (symbol == implied) {
        continue;
      }
      int length = length(cluster[symbol]);
      out.writeSigned(length - before);
      int bits = mantissaBits(length);
      int cut = Math.max(0, length - PRECISION);
      out.write(cluster[symbol] >>> cut & (1 << bits) - 1, bits);
      before = length;
    }
  }

  /** The symbol whose frequency is not written: it gets the remainder. */
  private static int implied(int[] cluster) {
    int largest = 0;
    for (int symbol = 0; symbol < cluster.length; symbol++) {
      if (cut(cluster[symbol]) != cluster[symbol]) {
        return symbol;
      }
      largest = cluster[symbol] > cluster[largest] ? symbol : largest;
    }
    return largest;
  }

  /** A frequency reduced to the bits that the tables hold. */
  static int cut(int frequency) {
    int cut = Math.max(0, length(frequency) - PRECISION);
    return frequency >>> cut << cut;
  }

  /**
   * Reads tables.
   *
   * @throws PayloadException if they break a rule
   */
  static RansTables read(byte[] bytes, int alphabet) throws PayloadException {
    BitReader in = new BitReader(bytes);
    byte[] clusters = new byte[Contexts.ALL];
    int count = readClusters(in, clusters);
    int[][] frequencies = new int[count][];
    for (int cluster = 0; cluster < count; cluster++) {
      frequencies[cluster] = readFrequencies(in, alphabet);
    }
    boolean memory = in.hasMore() && in.read(1) != 0;
    if (memory && count > 1) {
      readClusters(in, count, Contexts.ofMemory(), clusters);
    }
    in.end();
    return new RansTables(clusters, frequencies, memory);
  }

  /**
   * Bits that tables spend on the clusters of contexts, memory included, and on the padding to a
   * whole byte; all other bits are frequencies.
   *
   * @throws PayloadException if these bits break a rule
   */
  static int clusterBits(byte[] bytes, int alphabet) throws PayloadException {
    BitReader in = new BitReader(bytes);
    int count = readClusters(in, new byte[Contexts.ALL]);
    int bits = in.position();
    for (int cluster = 0; cluster < count; cluster++) {
      readFrequencies(in, alphabet);
    }
    return bits + 8 * bytes.length - in.position();
  }

  /** Fills in the cluster of each context; returns the number of clusters. */
  private static int readClusters(BitReader in, byte[] clusters) throws PayloadException {
    int count = in.read(CLUSTER_BITS) + 1;
    if (count > 1) {
      readClusters(in, count, Contexts.possible(), clusters);
    }
    return count;
  }

  private static void readClusters(BitReader in, int count, int[] contexts, byte[] clusters)
      throws PayloadException {
    int cluster = 0;
    int run = 0;
    for (int context : contexts) {
      if (run == 0) {
        cluster += in.readSigned();
        if (cluster < 0 || cluster >= count) {
          throw corrupt("a context has cluster " + cluster + " of " + count);
        }
        run = in.readGamma();
      }
      clusters[context] = (byte) cluster;
      run--;
    }
    if (run > 0) {
      throw corrupt("the clusters go on after the last context");
    }
  }

  private static int[] readFrequencies(BitReader in, int alphabet) throws PayloadException {
    int[] cluster = new int[alphabet];
    int implied = in.read(length(alphabet - 1));
    int used = in.read(length(alphabet));
    if (implied >= alphabet || used > alphabet) {
      throw corrupt("symbol " + Math.max(implied, used - 1) + " >= " + alphabet);
    }
    int before = FIRST_LENGTH;
    int left = SUM;
    for (int symbol = 0; symbol < used; symbol++) {
      if (symbol == implied) {
        continue;
      }
      int length = before + in.readSigned();
      if (length < 0 || length > SUM_BITS) {
        throw corrupt("a frequency of " + length + " bits");
      }
      int bits = mantissaBits(length);
      if (length > 0) {
        cluster[symbol] = (1 << bits | in.read(bits)) << Math.max(0, length - PRECISION);
      }
      left -= cluster[symbol];
      before = length;
    }
    if (left < 1) {
      throw corrupt("the frequencies of a cluster add up to more than " + SUM);
    }
    cluster[implied] = left;
    return cluster;
  }

  private static PayloadException corrupt(String what) {
    return new PayloadException(Fault.CORRUPT, "shared tables: " + what);
  }
}
