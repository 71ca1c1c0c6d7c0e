package dev.kmq.spark;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares shards with their manifest. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Read shards and manifest back: names, positions, SHA-256 and headers of all files.",
      "Each difference is a line of standard error."
    },
    footer = "Exit codes: 0 equal, 1 different or failed, 2 wrong usage")
final class VerifyCommand implements Callable<Integer> {
  /** The most differences of a shard, and of all, that are printed. */
  private static final int SHOWN = 100;

  @Parameters(paramLabel = "DIR", description = "Output folder of encode.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  String folder;

  @Option(names = "--decode", description = "Also decode all images, which checks every byte.")
  boolean decode;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse images of more pixels (default: 268435456).")
  long maxPixels = Limits.defaults().maxPixels();

  @Option(
      names = "--max-work",
      paramLabel = "N",
      description = "With --decode, refuse a .kmq estimated to take more than N ns to decode.")
  long maxWork = Limits.defaults().maxWork();

  @Override
  public Integer call() throws IOException {
    InputOptions.atLeastOne("--max-pixels", maxPixels);
    InputOptions.atLeastOne("--max-work", maxWork);
    try (SparkSession spark = Session.open("verify")) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Configuration hadoop = context.hadoopConfiguration();
      Destination destination = Destination.of(folder, hadoop);
      FileSystem store = destination.manifest().getFileSystem(hadoop);
      if (!store.exists(destination.manifest())) {
        throw new FailedInput(
            destination.manifest() + " is missing; encode writes it when all shards are written");
      }
      Dataset<Row> manifest =
          spark.read().schema(Manifest.SCHEMA).parquet(destination.manifest().toString());
      List<String> differences = new ArrayList<>();
      List<String> shards =
          manifest
              .select(Manifest.SHARD)
              .where(Manifest.SHARD + " is not null")
              .distinct()
              .as(Encoders.STRING())
              .collectAsList();
      for (FileStatus one : store.listStatus(Store.path(destination.uri()))) {
        String name = one.getPath().getName();
        if (Shard.isName(name) && !shards.contains(name) && !isEmpty(store, one.getPath())) {
          differences.add(name + ": no image of the manifest is in this shard");
        }
      }
      Broadcast<SerializableConfiguration> shared =
          context.broadcast(new SerializableConfiguration(hadoop));
      VerifyTask task = new VerifyTask(shared, destination.uri(), decode, maxPixels, maxWork);
      List<VerifyTask.Result> results =
          manifest
              .where(Manifest.SHARD + " is not null")
              .repartition(Math.max(1, shards.size()), functions.col(Manifest.SHARD))
              .sortWithinPartitions(Manifest.SHARD, Manifest.OFFSET)
              .javaRDD()
              .mapPartitions(task)
              .collect();
      long files = 0;
      long bytes = 0;
      long different = differences.size();
      for (VerifyTask.Result result : results) {
        files += result.files();
        bytes += result.bytes();
        different += result.differences();
        differences.addAll(result.shown());
      }
      differences.stream().sorted().limit(SHOWN).forEach(KmqSpark::say);
      KmqSpark.say(
          "%s with %s in %s: %s; %s without a file"
              .formatted(
                  KmqSpark.count(files, "file"),
                  KmqSpark.count(bytes, "byte"),
                  KmqSpark.count(shards.size(), "shard"),
                  different == 0 ? "as in the manifest" : KmqSpark.count(different, "difference"),
                  KmqSpark.count(
                      manifest.where(Manifest.ERROR + " is not null").count(), "image")));
      return different == 0 ? KmqSpark.DONE : KmqSpark.FAILED;
    }
  }

  /** Whether a shard has no file, because all its images failed. */
  private static boolean isEmpty(FileSystem store, Path shard) throws IOException {
    try (InputStream in = store.open(shard);
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      return tar.getNextEntry() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
