package dev.kmq.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Spark adds to the command: {@code kmq encode -r} and kmq on Spark in local mode over the
 * same collections, as whole commands. Prints a Markdown row for each collection.
 */
final class SparkFigures {
  private static final Peer COMMAND =
      new Peer("kmq", "kmq encode -q -f -r -j {threads} -k 64 {in} --out-dir {out}-files");
  private static final Peer SPARK = new Peer("Spark", "{run} encode -f -k 64 {in} -o {out}-shards");

  private final Path run;
  private final Path folder;

  /** Measures with {@code tools/spark/run}; files are written to a folder. */
  SparkFigures(Path run, Path folder) {
    this.run = run;
    this.folder = folder;
  }

  /** Wall time and CPU time in seconds. */
  private record Times(double wall, double processor) {
    String text() {
      return String.format(Locale.ROOT, "%.1f / %.1f s", wall, processor);
    }
  }

  /** Makes collections of the PNG files of a folder, measures and prints. */
  void print(PrintStream out, Path photographs) throws IOException, InterruptedException {
    CollectionPictures.main(new String[] {photographs.toString(), folder.toString()});
    Path one = Files.createDirectories(folder.resolve("one"));
    Files.copy(folder.resolve("icons/icon-0000.png"), one.resolve("icon.png"));
    COMMAND.run(fill("one")); // so that archives are made and files are cached
    SPARK.run(fill("one"));
    Table table =
        new Table(
            out,
            "wall / CPU time",
            List.of("`kmq encode -r`", "on Spark", "difference", "ratio of CPU times"));
    row(table, "1 icon of 64x64", "one");
    row(table, count("icons") + " icons of 64x64", "icons");
    row(table, count("photos") + " photographs", "photos");
  }

  private void row(Table table, String name, String collection)
      throws IOException, InterruptedException {
    Times command = times(COMMAND, collection);
    Times spark = times(SPARK, collection);
    Times difference = new Times(spark.wall - command.wall, spark.processor - command.processor);
    table.row(
        name,
        List.of(
            command.text(),
            spark.text(),
            difference.text(),
            String.format(Locale.ROOT, "%.2f", spark.processor / command.processor)));
    System.err.println(name);
  }

  private Times times(Peer peer, String collection) throws IOException, InterruptedException {
    long start = System.nanoTime();
    double processor = peer.processorSeconds(fill(collection));
    return new Times((System.nanoTime() - start) * 1e-9, processor);
  }

  private Map<String, String> fill(String collection) {
    return Map.of(
        "{run}", run.toString(),
        "{threads}", Integer.toString(Runtime.getRuntime().availableProcessors()),
        "{in}", folder.resolve(collection).toString(),
        "{out}", folder.resolve("out").toString());
  }

  private int count(String collection) throws IOException {
    try (var files = Files.list(folder.resolve(collection))) {
      return Math.toIntExact(files.count());
    }
  }
}
