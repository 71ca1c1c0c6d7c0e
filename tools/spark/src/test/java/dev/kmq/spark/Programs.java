package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs this program and the command, and reads what they write. */
final class Programs {
  private Programs() {}

  /** The exit code, standard output and standard error of a run. */
  record Run(int code, String out, String err) {}

  /** Runs this program in local mode. */
  static Run local(int cores, String... arguments) {
    return on("local[" + cores + "]", arguments);
  }

  static Run on(String master, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setProperty("spark.master", master);
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int code = KmqSpark.run(arguments);
      return new Run(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.clearProperty("spark.master");
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Runs this program, which must succeed. */
  static Run done(int cores, String... arguments) {
    Run run = local(cores, arguments);
    assertEquals(KmqSpark.DONE, run.code(), run.err());
    return run;
  }

  /** Runs the command, whatever its exit code. */
  static Run command(String... arguments) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-jar",
                System.getProperty("kmq.command")));
    line.addAll(Arrays.asList(arguments));
    Path err = Files.createTempFile("kmq", ".err");
    Process process = new ProcessBuilder(line).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Run run = new Run(process.waitFor(), out, Files.readString(err));
    Files.delete(err);
    return run;
  }

  /** The files below a folder by their paths with {@code /}. */
  static SortedMap<String, byte[]> files(Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        files.put(name, Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** The shards of a folder by name. */
  static SortedMap<String, byte[]> shards(Path folder) throws IOException {
    SortedMap<String, byte[]> files = files(folder);
    files.keySet().removeIf(name -> !Shard.isName(name));
    return files;
  }

  /** The Parquet files of a table. */
  static List<Path> parts(Path table) throws IOException {
    try (Stream<Path> all = Files.list(table)) {
      return all.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  /** The entries of all shards of a folder. */
  static SortedMap<String, byte[]> entries(Path folder) throws IOException {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    for (byte[] shard : shards(folder).values()) {
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new ByteArrayInputStream(shard), "UTF-8")) {
        for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
          assertEquals(0, e.getLastModifiedTime().toMillis());
          entries.put(e.getName(), tar.readAllBytes());
        }
      }
    }
    return entries;
  }

  static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, bytes) ->
            assertEquals(-1, Arrays.mismatch(bytes, actual.getOrDefault(name, new byte[0])), name));
  }

  /** The rows of a table. */
  static List<Row> rows(Path table) {
    SparkSession spark = SparkSession.builder().master("local[1]").appName("rows").getOrCreate();
    try {
      return spark.read().parquet(table.toString()).collectAsList();
    } finally {
      spark.stop();
    }
  }
}
