package dev.kmq.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks and prints their results as Markdown: what they ran on, a table for each
 * class of JMH benchmarks, and the rates of {@link RateFigures}. Progress is reported on standard
 * error.
 */
public final class AllBenchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private AllBenchmarks() {}

  /**
   * Measures.
   *
   * @param args {@code --only REGEX} (of names of JMH benchmarks; without rates), {@code
   *     --iterations 3} of one second each for a benchmark, after two that are not counted, and an
   *     image, by default the generated one
   */
  public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
    Arguments arguments;
    try {
      arguments = new Arguments(args, List.of(Photograph.GENERATED), "--only", "--iterations");
      arguments.refusePeers();
    } catch (IllegalArgumentException e) {
      System.err.println("run: " + e.getMessage());
      System.exit(2);
      return;
    }
    String only = arguments.get("--only", "");
    PrintStream out = System.out;
    out.println("# Benchmarks");
    out.println();
    Machine.print(out, List.of());
    Map<String, List<RunResult>> byClass = new LinkedHashMap<>();
    for (RunResult result : run(arguments, only)) {
      String benchmark = result.getParams().getBenchmark();
      String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
      byClass
          .computeIfAbsent(type.substring(type.lastIndexOf('.') + 1), t -> new ArrayList<>())
          .add(result);
    }
    byClass.forEach((type, results) -> print(out, type, results));
    if (only.isEmpty()) {
      out.println("## Rates");
      out.println();
      RateFigures.main(arguments.pictures().toArray(String[]::new));
    }
  }

  private static Collection<RunResult> run(Arguments arguments, String only)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(Integer.parseInt(arguments.get("--iterations", "3")))
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .param("picture", arguments.pictures().toArray(String[]::new));
    if (!only.isEmpty()) {
      options.include(only);
    }
    return new Runner(
            options.build(),
            OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
        .run();
  }

  private static void print(PrintStream out, String type, List<RunResult> results) {
    out.println("## " + type);
    out.println();
    Table table = new Table(out, "benchmark", List.of("score", "error", "unit", "allocated"));
    for (RunResult result : results) {
      Result<?> score = result.getPrimaryResult();
      Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
      table.row(
          name(result.getParams()),
          List.of(
              number(score.getScore()),
              number(score.getScoreError()),
              score.getScoreUnit(),
              bytes == null ? "" : String.format(Locale.ROOT, "%,.0f B", bytes.getScore())));
    }
    out.println();
  }

  private static String name(BenchmarkParams params) {
    String benchmark = params.getBenchmark();
    StringBuilder name = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
    for (String key : params.getParamsKeys()) {
      name.append(", ").append(key).append(' ').append(params.getParam(key));
    }
    return name.toString();
  }

  /** Four significant digits. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    int digits = value == 0 ? 0 : (int) Math.floor(Math.log10(Math.abs(value)));
    return String.format(Locale.ROOT, "%,." + Math.max(0, 3 - digits) + "f", value);
  }
}
