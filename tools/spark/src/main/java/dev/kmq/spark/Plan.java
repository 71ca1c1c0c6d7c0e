package dev.kmq.spark;

import dev.kmq.container.Format;
import dev.kmq.file.FileNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides images into shards and shards among tasks. It depends on the names and sizes of the
 * inputs only, so that any cluster writes the same shards.
 */
final class Plan {
  /** The bounds of the size of a shard, in bytes of its inputs, if no size is asked for. */
  private static final long LEAST_BYTES = 4L << 20;

  private static final long MOST_BYTES = 64L << 20;

  /** Shards of a collection between these bounds: work for as many cores. */
  private static final int WANTED = 64;

  private static final int MOST_PICTURES = 1000;
  private static final int MOST_FAILED = 10_000;

  private final long shardBytes;
  private final List<Share> shares = new ArrayList<>();
  private final List<FailedSource> failed;
  private int shards;
  private final int pictures;

  /**
   * A plan.
   *
   * @param shardBytes of the inputs of a shard, or 0 for the default
   * @param large bytes above which an input is alone in its shard; such shards come first
   */
  private Plan(List<Source> sources, List<FailedSource> failures, long shardBytes, long large) {
    failed = List.copyOf(failures);
    pictures = sources.size();
    long total = sources.stream().mapToLong(Source::length).sum();
    this.shardBytes =
        shardBytes > 0
            ? shardBytes
            : Math.max(LEAST_BYTES, Math.min(MOST_BYTES, (total + WANTED - 1) / WANTED));
    List<Source> alone = new ArrayList<>();
    List<Source> stored = new ArrayList<>();
    Map<String, List<Source>> packed = new TreeMap<>();
    for (Source source : sources) {
      String archive = source.archive();
      if (archive != null) {
        packed.computeIfAbsent(archive, a -> new ArrayList<>()).add(source);
      } else if (source.length() > large) {
        alone.add(source);
      } else {
        stored.add(source);
      }
    }
    alone.sort(Comparator.comparingLong(Source::length).reversed());
    for (Source source : alone) {
      share(List.of(shard(List.of(source))));
    }
    divided(stored).forEach(shard -> share(List.of(shard)));
    packed.values().forEach(entries -> share(divided(entries)));
    for (int i = 0; i < failed.size(); i += MOST_FAILED) {
      shares.add(new Share(List.of(), failed.subList(i, Math.min(failed.size(), i + MOST_FAILED))));
    }
  }

  /**
   * A plan for outputs. Inputs with the same output fail, as it is unclear which one is wanted.
   *
   * @param keepSuffix whether the new suffix follows the old one
   */
  static Plan ofOutputs(Listing.Found found, long shardBytes, long large, boolean keepSuffix) {
    List<FailedSource> failed = new ArrayList<>(found.failed());
    List<Source> named = named(found.sources(), keepSuffix, failed);
    return new Plan(named, failed, shardBytes, large);
  }

  /** A plan for images that are only read. */
  static Plan ofInputs(Listing.Found found, long shardBytes, long large) {
    List<Source> sources = new ArrayList<>(found.sources());
    sources.sort(Comparator.comparing(Source::name));
    return new Plan(sources, found.failed(), shardBytes, large);
  }

  /** The tasks, those of large inputs first. */
  List<Share> shares() {
    return List.copyOf(shares);
  }

  /** Number of shards. */
  int shards() {
    return shards;
  }

  /** Number of images with an output. */
  int pictures() {
    return pictures;
  }

  /** Number of images that cannot be read. */
  int failed() {
    return failed.size();
  }

  private void share(List<Shard> work) {
    shares.add(new Share(work, List.of()));
  }

  private Shard shard(List<Source> sources) {
    return new Shard(shards++, sources);
  }

  private List<Shard> divided(List<Source> sources) {
    List<Shard> parts = new ArrayList<>();
    List<Source> next = new ArrayList<>();
    long bytes = 0;
    for (Source source : sources) {
      boolean full = bytes + source.length() > shardBytes || next.size() == MOST_PICTURES;
      if (full && !next.isEmpty()) {
        parts.add(shard(next));
        next.clear();
        bytes = 0;
      }
      next.add(source);
      bytes += source.length();
    }
    if (!next.isEmpty()) {
      parts.add(shard(next));
    }
    return parts;
  }

  /** The sources with the names of their outputs, in their order; those of the same name fail. */
  private static List<Source> named(
      List<Source> sources, boolean keepSuffix, List<FailedSource> failed) {
    Map<String, List<Source>> rivals = new HashMap<>();
    List<Source> named = new ArrayList<>();
    for (Source source : sources) {
      String template = keepSuffix ? "{name}.{suffix}" : "{name}";
      String path = FileNames.renamed(source.path(), template, Format.SUFFIX);
      if (path.indexOf('\\') >= 0) {
        failed.add(
            new FailedSource(
                source.name(),
                path
                    + " cannot be stored in an archive, because \\ separates folders on other"
                    + " systems; rename the file"));
        continue;
      }
      rivals.computeIfAbsent(path, p -> new ArrayList<>(1)).add(source);
      named.add(source.withPath(path));
    }
    named.removeIf(source -> rivals.getOrDefault(source.path(), List.of()).size() > 1);
    for (Map.Entry<String, List<Source>> one : new TreeMap<>(rivals).entrySet()) {
      if (one.getValue().size() > 1) {
        refuse(one.getKey(), one.getValue(), keepSuffix, failed);
      }
    }
    named.sort(Comparator.comparing(Source::path));
    return named;
  }

  private static void refuse(
      String path, List<Source> rivals, boolean keepSuffix, List<FailedSource> failed) {
    long names = rivals.stream().map(Source::path).distinct().count();
    String advice =
        !keepSuffix && names == rivals.size()
            ? "; use --keep-suffix to give each its own output"
            : "";
    for (int i = 0; i < rivals.size(); i++) {
      failed.add(
          new FailedSource(
              rivals.get(i).name(),
              "its output "
                  + path
                  + " would also be that of "
                  + rivals.get(i == 0 ? 1 : 0).name()
                  + (rivals.size() > 2 ? " and others" : "")
                  + advice));
    }
  }
}
