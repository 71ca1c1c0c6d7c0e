package dev.kmq.index.rans;

import dev.kmq.index.PayloadException;
import java.util.Arrays;

/** The reader of shared tables: accepted tables are valid and survive a round trip. */
public final class RansTablesTarget {
  private RansTablesTarget() {}

  /** Reads tables of an alphabet given by the first two bytes. */
  public static void run(byte[] data) {
    if (data.length < 2) {
      return;
    }
    int alphabet = 5 + ((data[0] & 0xFF) << 8 | data[1] & 0xFF) % 40;
    byte[] bytes = Arrays.copyOfRange(data, 2, data.length);
    RansTables tables;
    try {
      tables = RansTables.read(bytes, alphabet);
    } catch (PayloadException e) {
      return;
    }
    for (int cluster = 0; cluster < tables.clusters(); cluster++) {
      int sum = 0;
      for (int symbol = 0; symbol < alphabet; symbol++) {
        int frequency = tables.frequency(cluster, symbol);
        if (frequency < 0) {
          throw new AssertionError("a frequency of " + frequency);
        }
        sum += frequency;
      }
      if (sum != RansTables.SUM) {
        throw new AssertionError("the frequencies of a cluster add up to " + sum);
      }
    }
    for (int context = 0; context < Contexts.COUNT; context++) {
      if (tables.cluster(context) < 0 || tables.cluster(context) >= tables.clusters()) {
        throw new AssertionError("context " + context + " has cluster " + tables.cluster(context));
      }
    }
    requireSame(tables, tables.toBytes(), alphabet);
    new DecodeTable(tables);
  }

  /** Tables have more than one form; reading that of the writer gives the same tables. */
  private static void requireSame(RansTables tables, byte[] written, int alphabet) {
    RansTables again;
    try {
      again = RansTables.read(written, alphabet);
    } catch (PayloadException e) {
      throw new AssertionError("the writer's tables are refused", e);
    }
    for (int cluster = 0; cluster < tables.clusters(); cluster++) {
      for (int symbol = 0; symbol < alphabet; symbol++) {
        if (tables.frequency(cluster, symbol) != again.frequency(cluster, symbol)) {
          throw new AssertionError("cluster " + cluster + ", symbol " + symbol + " changed");
        }
      }
    }
  }
}
