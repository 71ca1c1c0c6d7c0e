package dev.kmq.spark;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteHistogram;
import dev.kmq.colors.PaletteFormat;
import dev.kmq.file.FailedInput;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import scala.Tuple2;

/** Computes palettes of images. */
@Command(
    name = "palette",
    mixinStandardHelpOptions = true,
    description = {
      "Make one palette for images, or one for each cluster of similar images.",
      "Each image has the same weight. One palette is that of 'kmq palette'."
    },
    footer = "Exit codes: 0 done, 1 failed, 2 wrong usage")
final class PaletteCommand implements Callable<Integer> {
  /** The most failures that are printed. */
  private static final int SHOWN = 100;

  /** The most images that centres are computed from. */
  private static final int SAMPLE = 100_000;

  private static final int MOST_PALETTES = 10_000;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin ColorOptions colors = new ColorOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR",
      description =
          "Write .gpl, .pal, .act, .kmq, .hex or .txt (default: #RRGGBB[AA] lines on standard"
              + " output); with --palettes the folder of the palettes.")
  @Nullable String output;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the output.")
  boolean force;

  @Option(
      names = "--palettes",
      paramLabel = "N",
      description = "Divide the images into up to N clusters, each with a palette.")
  @Nullable Integer palettes;

  /**
   * Colours of images, and the images that cannot be read.
   *
   * @param histogram of {@link PaletteHistogram#toBytes}
   */
  @SuppressWarnings("ArrayRecordComponent") // only sent, never compared
  record Part(byte[] histogram, List<FailedSource> failed) implements Serializable {
    Part plus(Part other) {
      List<FailedSource> all = new ArrayList<>(failed);
      all.addAll(other.failed);
      return new Part(sum(histogram, other.histogram), all);
    }
  }

  /** The signature of an image, or why there is none. */
  @SuppressWarnings("ArrayRecordComponent") // only sent, never compared
  record Signed(String input, byte @Nullable [] signature, @Nullable String error)
      implements Serializable {}

  private static byte[] sum(byte[] a, byte[] b) {
    return PaletteHistogram.ofBytes(a).plus(PaletteHistogram.ofBytes(b)).toBytes();
  }

  @Override
  public Integer call() throws IOException {
    inputs.check();
    colors.check();
    checkOutput();
    try (SparkSession spark = Session.open("palette")) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Configuration hadoop = context.hadoopConfiguration();
      Path target = output == null ? null : Store.path(Destination.of(output, hadoop).uri());
      if (target != null && target.getFileSystem(hadoop).exists(target) && !force) {
        throw new FailedInput("output " + target + " exists; use --force to replace it");
      }
      Listing.Found found = Listing.of(context, inputs.arguments, inputs.filter());
      Plan plan = Plan.ofInputs(found, inputs.shardBytes, inputs.large);
      if (plan.pictures() + plan.failed() == 0) {
        throw new FailedInput("no images were found");
      }
      ColorReader reader =
          new ColorReader(
              context.broadcast(new SerializableConfiguration(hadoop)),
              inputs.filter(),
              colors.backdrop(),
              inputs.maxPixels,
              inputs.maxWork);
      List<Share> shares = plan.shares();
      JavaRDD<Share> work = context.parallelize(shares, shares.size());
      if (palettes == null) {
        one(work, reader, target, hadoop);
      } else {
        several(spark, work, reader, Objects.requireNonNull(target), palettes);
      }
    }
    return KmqSpark.DONE;
  }

  private void checkOutput() {
    if (palettes == null) {
      if (output != null && PaletteFormat.ofName(output) == null) {
        throw new UsageException(
            "--output " + output + ": palettes are written as " + PaletteFormat.suffixes());
      }
    } else if (palettes < 1 || palettes > MOST_PALETTES) {
      throw new UsageException("--palettes must be from 1 to 10000, not " + palettes);
    } else if (output == null) {
      throw new UsageException("--palettes needs --output DIR");
    }
  }

  /** What {@code kmq palette} computes with. */
  private static KmqEncoder encoder(
      int colors, Effort effort, @Nullable Metric metric, int threads) {
    return new KmqEncoder(
        EncodeOptions.builder()
            .colors(colors)
            .effort(effort)
            .metric(metric == null ? Metric.OKLAB : metric)
            .threads(threads)
            .build());
  }

  private void one(
      JavaRDD<Share> work, ColorReader reader, @Nullable Path target, Configuration hadoop)
      throws IOException {
    Part all =
        work.mapPartitions(shares -> List.of(counted(shares, reader)).iterator())
            .treeReduce(Part::plus);
    say(all.failed());
    PaletteHistogram histogram = PaletteHistogram.ofBytes(all.histogram());
    if (histogram.images() == 0) {
      throw new FailedInput("no palette, because no input could be read");
    }
    int threads = Runtime.getRuntime().availableProcessors();
    Palette palette =
        encoder(colors.colors(), colors.effort, colors.metric, threads).palette(histogram);
    if (target == null || output == null) {
      PaletteFormat.hex(palette).forEach(System.out::println);
    } else {
      PaletteFormat format = Objects.requireNonNull(PaletteFormat.ofName(output));
      Store.write(target, format.bytes(palette), hadoop);
      KmqSpark.say(
          "%s -> %s  K = %d; %s failed"
              .formatted(
                  KmqSpark.count(histogram.images(), "image"),
                  output,
                  palette.size(),
                  KmqSpark.count(all.failed().size())));
    }
  }

  private static Part counted(Iterator<Share> shares, ColorReader reader) throws IOException {
    PaletteHistogram.Builder sum = new PaletteHistogram.Builder();
    List<FailedSource> failed = new ArrayList<>();
    reader.read(
        shares,
        new ColorReader.Sink() {
          @Override
          public void add(Source source, PaletteHistogram picture) {
            sum.add(picture);
          }

          @Override
          public void fail(String name, String error) {
            failed.add(new FailedSource(name, error));
          }
        });
    return new Part(sum.build().toBytes(), failed);
  }

  private static void say(List<FailedSource> failed) {
    failed.stream()
        .sorted(Comparator.comparing(FailedSource::name))
        .limit(SHOWN)
        .forEach(one -> KmqSpark.say(one.name() + ": " + one.error()));
    if (failed.size() > SHOWN) {
      KmqSpark.say("... and " + (failed.size() - SHOWN) + " more");
    }
  }

  private void several(
      SparkSession spark, JavaRDD<Share> work, ColorReader reader, Path folder, int most)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    FileSystem store = folder.getFileSystem(hadoop);
    List<Signed> all = new ArrayList<>(work.mapPartitions(s -> signed(s, reader)).collect());
    all.sort(Comparator.comparing(Signed::input));
    byte[][] centres = Signature.centres(sample(all), most);
    if (centres.length == 0) {
      throw new FailedInput("no palette, because no input could be read");
    }
    int k = colors.colors();
    Effort effort = colors.effort;
    Metric metric = colors.metric;
    Map<Integer, byte[]> computed =
        new HashMap<>(
            work.mapPartitionsToPair(shares -> clustered(shares, reader, centres))
                .reduceByKey(PaletteCommand::sum)
                .mapValues(
                    bytes ->
                        PaletteFormat.KMQ.bytes(
                            encoder(k, effort, metric, 1).palette(PaletteHistogram.ofBytes(bytes))))
                .collectAsMap());
    // Clusters without images have no palette; the others keep their order.
    List<Integer> used = computed.keySet().stream().sorted().toList();
    Clusters.delete(store, folder);
    store.mkdirs(folder);
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int i = 0; i < used.size(); i++) {
      numbers.put(used.get(i), i);
      byte[] bytes = Objects.requireNonNull(computed.get(used.get(i)));
      Store.write(new Path(folder, Clusters.fileName(i)), bytes, hadoop);
    }
    List<Row> rows = new ArrayList<>();
    for (Signed one : all) {
      byte[] signature = one.signature();
      Integer number =
          signature == null ? null : numbers.get(Signature.nearest(centres, signature));
      String error = signature != null && number == null ? "could be read only once" : one.error();
      rows.add(RowFactory.create(one.input(), number, error));
    }
    spark
        .createDataFrame(rows, Clusters.SCHEMA)
        .coalesce(1)
        .write()
        .mode(SaveMode.ErrorIfExists)
        .parquet(new Path(folder, Clusters.TABLE).toString());
    long failed = rows.stream().filter(row -> row.isNullAt(1)).count();
    KmqSpark.say(
        "%s -> %s in %s; %s failed%s"
            .formatted(
                KmqSpark.count(all.size() - failed, "image"),
                KmqSpark.count(used.size(), "palette"),
                output,
                KmqSpark.count(failed),
                failed == 0 ? "" : "; see column 'error' of " + new Path(folder, Clusters.TABLE)));
  }

  private static Iterator<Signed> signed(Iterator<Share> shares, ColorReader reader)
      throws IOException {
    List<Signed> list = new ArrayList<>();
    reader.read(
        shares,
        new ColorReader.Sink() {
          @Override
          public void add(Source source, PaletteHistogram picture) {
            list.add(new Signed(source.name(), Signature.of(picture), null));
          }

          @Override
          public void fail(String name, String error) {
            list.add(new Signed(name, null, error));
          }
        });
    return list.iterator();
  }

  private static Iterator<Tuple2<Integer, byte[]>> clustered(
      Iterator<Share> shares, ColorReader reader, byte[][] centres) throws IOException {
    Map<Integer, PaletteHistogram.Builder> sums = new HashMap<>();
    reader.read(
        shares,
        new ColorReader.Sink() {
          @Override
          public void add(Source source, PaletteHistogram picture) {
            int cluster = Signature.nearest(centres, Signature.of(picture));
            sums.computeIfAbsent(cluster, c -> new PaletteHistogram.Builder()).add(picture);
          }

          @Override
          public void fail(String name, String error) {
            // Its row in the table of images has the reason.
          }
        });
    List<Tuple2<Integer, byte[]>> list = new ArrayList<>();
    sums.forEach((cluster, sum) -> list.add(new Tuple2<>(cluster, sum.build().toBytes())));
    return list.iterator();
  }

  /** Signatures of all images, or of some at even distances, in the order of their names. */
  private static byte[][] sample(List<Signed> all) {
    List<byte[]> known = new ArrayList<>();
    for (Signed one : all) {
      if (one.signature() != null) {
        known.add(one.signature());
      }
    }
    int step = Math.max(1, (known.size() + SAMPLE - 1) / SAMPLE);
    List<byte[]> chosen = new ArrayList<>();
    for (int i = 0; i < known.size(); i += step) {
      chosen.add(known.get(i));
    }
    return chosen.toArray(byte[][]::new);
  }
}
