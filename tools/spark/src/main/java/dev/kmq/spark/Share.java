package dev.kmq.spark;

import java.io.Serializable;
import java.util.List;

/**
 * The work of one task: shards, and images that cannot be read.
 *
 * @param shards several only if their sources are in one archive that has to be unpacked
 * @param failed without output
 */
record Share(List<Shard> shards, List<FailedSource> failed) implements Serializable {
  /** Copies the lists. */
  Share {
    shards = List.copyOf(shards);
    failed = List.copyOf(failed);
  }
}
