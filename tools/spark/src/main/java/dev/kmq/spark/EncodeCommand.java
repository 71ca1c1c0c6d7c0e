package dev.kmq.spark;

import dev.kmq.colors.NamedPalette;
import dev.kmq.colors.PaletteFile;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.image.Dither;
import dev.kmq.image.Palette;
import dev.kmq.picture.MetadataPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Encodes images into shards, with a manifest. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = {
      "Encode images as .kmq into tar shards, with a Parquet manifest.",
      "The files are those of 'kmq encode' with the same options."
    },
    footer =
        "Exit codes: 0 done, broken images are rows with their error; 1 failed, or every image"
            + " is broken; 2 wrong usage")
final class EncodeCommand implements Callable<Integer> {
  private static final String AUTO = "auto";

  /** Rows of a file of the manifest, about. */
  private static final int ROWS = 200_000;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin ColorOptions colors = new ColorOptions();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Folder of the shards and the manifest: path or URL.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  String output;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the shards of an earlier run.")
  boolean force;

  @Option(
      names = "--keep-suffix",
      description = "Append the new suffix; do not replace the old one.")
  boolean keepSuffix;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "rans (default), mix, deflate, packed, or auto (smallest of all).")
  @Nullable String method;

  @Option(names = "--small", description = "Smallest file of all methods: --method auto.")
  boolean small;

  @Option(
      names = "--dither",
      paramLabel = "TYPE",
      description = "none (default), floyd-steinberg, spatial, blue-noise, bayer.")
  String dither = Dither.NONE.label();

  @Option(
      names = "--rdo",
      paramLabel = "LAMBDA",
      description = "Trade error for size: 1 is mild, 5 strong; slow.")
  @Nullable Double rdo;

  @Option(
      names = "--palette",
      paramLabel = "FILE|NAME",
      description = "Palette file, image, or name; see 'kmq palette --list-palettes'.")
  @Nullable String palette;

  @Option(
      names = "--palettes",
      paramLabel = "DIR",
      description = "Palettes of clusters: the output of 'palette --palettes' for the same inputs.")
  @Nullable String palettes;

  @Option(
      names = "--metadata",
      paramLabel = "LEVEL",
      description = "none (converts to sRGB), color (default: profile), or all.")
  MetadataPolicy metadata = MetadataPolicy.COLOR;

  @Option(names = "--to-srgb", description = "Convert colours to sRGB.")
  boolean toSrgb;

  @Override
  public Integer call() throws IOException {
    inputs.check();
    colors.check();
    if ((palette != null || palettes != null) && colors.given != null) {
      throw new UsageException(
          (palette != null ? "--palette" : "--palettes")
              + " cannot be combined with --colors: K is the palette's");
    }
    if (palette != null && palettes != null) {
      throw new UsageException("--palette cannot be combined with --palettes");
    }
    List<Method> methods = methods();
    Dither dithering = dithering();
    try (SparkSession spark = Session.open("encode")) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Clusters clusters = palettes == null ? null : Clusters.read(spark, palettes);
      List<Encoding.GivenPalette> given =
          clusters != null
              ? clusters.palettes()
              : palette != null
                  ? List.of(named(palette, context.hadoopConfiguration()))
                  : List.of();
      Encoding encoding = encoding(methods, dithering, given);
      try {
        encoding.check();
      } catch (IllegalArgumentException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
      Destination destination = Destination.of(output, context.hadoopConfiguration());
      Listing.Found found = Listing.of(context, inputs.arguments, inputs.filter());
      if (clusters != null) {
        found = clusters.assign(found);
      }
      Plan plan = Plan.ofOutputs(found, inputs.shardBytes, inputs.large, keepSuffix);
      if (plan.pictures() + plan.failed() == 0) {
        throw new FailedInput("no images were found");
      }
      destination.refuseInputs(found.sources());
      destination.prepare(force);
      return run(spark, context, plan, encoding, destination) ? KmqSpark.DONE : KmqSpark.FAILED;
    }
  }

  /** Returns whether an image was encoded. */
  private boolean run(
      SparkSession spark,
      JavaSparkContext context,
      Plan plan,
      Encoding encoding,
      Destination destination)
      throws IOException {
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    List<Share> shares = plan.shares();
    List<ManifestPart> parts =
        context
            .parallelize(shares, shares.size())
            .mapPartitions(new EncodeTask(hadoop, encoding, inputs.filter(), destination.uri()))
            .collect();
    destination.requireWritten(parts.stream().flatMap(part -> part.shards().stream()).toList());
    long all = (long) plan.pictures() + plan.failed();
    long failed = parts.stream().mapToLong(ManifestPart::failed).sum();
    int files = (int) Math.min(parts.size(), (all + ROWS - 1) / ROWS);
    JavaRDD<Row> rows = context.parallelize(parts, files).flatMap(part -> part.rows().iterator());
    spark
        .createDataFrame(rows, Manifest.SCHEMA)
        .write()
        .mode(SaveMode.ErrorIfExists)
        .parquet(destination.manifest().toString());
    destination.clean(plan.shards());
    KmqSpark.say(
        "%s: %s encoded into %s, %s failed%s"
            .formatted(
                KmqSpark.count(all, "image"),
                KmqSpark.count(all - failed),
                KmqSpark.count(plan.shards(), "shard"),
                KmqSpark.count(failed),
                failed == 0 ? "" : "; see column 'error' of " + destination.manifest()));
    return failed < all;
  }

  private List<Method> methods() {
    if (small && method != null) {
      throw new UsageException("--small cannot be combined with --method");
    }
    if (small || AUTO.equalsIgnoreCase(method)) {
      return List.of(Method.values());
    }
    if (method == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Method one : Method.values()) {
      if (one.label().equalsIgnoreCase(method)) {
        return List.of(one);
      }
      names.add(one.label());
    }
    throw new UsageException(
        "--method: '%s' is not one of %s, %s".formatted(method, String.join(", ", names), AUTO));
  }

  private Dither dithering() {
    for (Dither one : Dither.values()) {
      if (one.label().equalsIgnoreCase(dither)) {
        return one;
      }
    }
    List<String> names = Arrays.stream(Dither.values()).map(Dither::label).toList();
    throw new UsageException(
        "--dither: '%s' is not one of %s".formatted(dither, String.join(", ", names)));
  }

  private Encoding encoding(
      List<Method> methods, Dither dithering, List<Encoding.GivenPalette> given) {
    return new Encoding(
        colors.colors(),
        colors.given == null,
        methods,
        colors.effort,
        colors.metric,
        dithering,
        rdo,
        given,
        metadata,
        toSrgb,
        colors.backdrop(),
        inputs.maxPixels,
        inputs.maxWork);
  }

  private static Encoding.GivenPalette named(String name, Configuration hadoop) throws IOException {
    Palette known = NamedPalette.of(name);
    if (known != null) {
      return Encoding.GivenPalette.of(known);
    }
    try (Store.LocalCopy copy = Store.LocalCopy.of(Destination.of(name, hadoop).uri(), hadoop);
        Input input = Inputs.one(copy.path().toString(), InputStream.nullInputStream())) {
      List<String> warnings = new ArrayList<>();
      Palette read = PaletteFile.read(input, Limits.defaults(), warnings);
      warnings.forEach(warning -> KmqSpark.say(name + ": warning: " + warning));
      return Encoding.GivenPalette.of(read);
    } catch (IOException e) {
      throw new FailedInput("palette " + name + ": " + Failure.message(e), e);
    }
  }
}
