package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster on loopback: a master, a worker, and two executors, one of them killed. */
class ClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @Test
  void aKilledExecutorChangesNothing() throws Exception {
    Path in = Collection.write(folder.resolve("in"));
    for (int i = 0; i < 40; i++) {
      Files.write(in.resolve(i + ".png"), Collection.png(i, 500, 400));
    }
    String bytes = "" + 3 * Files.size(in.resolve("0.png")) * 11 / 10;
    String[] options = {"encode", in.toString(), "-k", "60", "--shard-bytes", bytes};
    Programs.done(2, with(options, "-o", folder.resolve("local").toString()));
    Map<String, byte[]> expected = Programs.shards(folder.resolve("local"));
    assertTrue(expected.size() > 10);
    Path home = sparkHome();
    ExecutorService driver = Executors.newSingleThreadExecutor();
    try {
      Process own = start(home, "master.Master", "--port", "0", "--webui-port", "0");
      String master = address(own);
      Process worker =
          start(
              home,
              "worker.Worker",
              "--cores",
              "2",
              "--memory",
              "2g",
              "--webui-port",
              "0",
              "-d",
              folder.resolve("work").toString(),
              master);
      System.setProperty("spark.jars", System.getProperty("kmq.spark.jar"));
      System.setProperty("spark.executor.cores", "1");
      System.setProperty("spark.executor.memory", "700m");
      System.setProperty("spark.speculation", "true");
      Path out = folder.resolve("out");
      Future<Programs.Run> run =
          driver.submit(() -> Programs.on(master, with(options, "-o", out.toString())));
      waitFor(run, () -> Files.isDirectory(out) && written(out) > 2);
      ProcessHandle executor =
          worker.descendants().filter(ClusterTest::isExecutor).findFirst().orElseThrow();
      assertTrue(executor.destroyForcibly());
      assertTrue(written(out) < expected.size(), "killed too late");
      Programs.Run done = run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertEquals(0, done.code(), done.err());
      assertTrue(done.err().contains("64 images: 62 encoded"), done.err());
      Programs.assertSame(expected, Programs.shards(out));
      clear();
      Programs.done(2, "verify", out.toString(), "--decode");
    } finally {
      clear();
      driver.shutdownNow();
      started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
      started.forEach(Process::destroyForcibly);
      for (Process process : started) {
        process.waitFor();
      }
    }
  }

  private static void clear() {
    for (String name : List.of("jars", "executor.cores", "executor.memory", "speculation")) {
      System.clearProperty("spark." + name);
    }
  }

  private static String[] with(String[] first, String... last) {
    String[] all = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, all, first.length, last.length);
    return all;
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(EXECUTOR);
  }

  /** Tests a condition on files. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void waitFor(Future<Programs.Run> run, Condition condition)
      throws IOException, InterruptedException, ExecutionException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertTrue(!run.isDone(), () -> "ended early: " + result(run));
      assertTrue(System.nanoTime() < end, "nothing happens");
      Thread.sleep(20);
    }
  }

  private static String result(Future<Programs.Run> run) {
    try {
      return run.get().toString();
    } catch (InterruptedException | ExecutionException e) {
      return e.toString();
    }
  }

  /** The number of shards; other files come and go. */
  private static long written(Path out) throws IOException {
    try (Stream<Path> all = Files.list(out)) {
      return all.filter(file -> Shard.isName(file.getFileName().toString())).count();
    }
  }

  /** The address of a master, which has chosen a port that is free. */
  private String address(Process master) throws IOException, InterruptedException {
    Pattern address = Pattern.compile("Starting Spark master at (spark://[\\d.]+:\\d+)");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String log = Files.readString(folder.resolve("master.Master.log"));
      Matcher found = address.matcher(log);
      if (found.find()) {
        return found.group(1);
      }
      assertTrue(master.isAlive() && System.nanoTime() < end, log);
      Thread.sleep(20);
    }
  }

  /** Spark's jars without this project's: executors get its jar from the driver. */
  private Path sparkHome() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("spark/jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      boolean own = entry.contains(File.separator + "target" + File.separator);
      if (!own && entry.endsWith(".jar")) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    return folder.resolve("spark");
  }

  private Process start(Path home, String main, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    line.addAll(List.of("-cp", home.resolve("jars") + "/*"));
    line.addAll(List.of("org.apache.spark.deploy." + main, "--host", "127.0.0.1"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(main + ".log").toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }
}
