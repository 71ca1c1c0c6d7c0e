package dev.kmq.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks and prints their results as Markdown: what they ran on, a table for each
 * class of JMH benchmarks, and the sections of {@link AllFigures}. Progress is reported on standard
 * error. A section that fails is stated, and the others go on.
 */
public final class AllBenchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private AllBenchmarks() {}

  /**
   * Measures. The exit code is 1 if a section failed, 2 if an argument is wrong.
   *
   * @param args {@code --only REGEX} (of names of sections and of JMH benchmarks), {@code
   *     --iterations 3} of one second each for a JMH benchmark, after two that are not counted,
   *     {@code --large 8192x6144} (sizes of the section {@code large}), and images, by default
   *     generated ones
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      if (!print(args, System.out)) {
        System.exit(1);
      }
    } catch (IllegalArgumentException e) {
      System.err.println("run: " + e.getMessage());
      System.exit(2);
    }
  }

  /** Prints the report; returns whether all sections were measured. */
  static boolean print(String[] args, PrintStream out) throws IOException, InterruptedException {
    Arguments arguments =
        new Arguments(
            args, List.of(Photograph.GENERATED), "--only", "--iterations", AllFigures.LARGE);
    arguments.refusePeers();
    Predicate<String> only = only(arguments);
    try (AllFigures figures = AllFigures.of(arguments)) {
      List<Section> sections = new ArrayList<>(benchmarks(arguments, only));
      figures.sections().stream().filter(s -> only.test(s.name())).forEach(sections::add);
      if (sections.isEmpty()) {
        throw new IllegalArgumentException(
            "--only %s matches no JMH benchmark and none of the sections %s"
                .formatted(
                    arguments.get("--only", ""),
                    String.join(", ", figures.sections().stream().map(Section::name).toList())));
      }
      out.println("# Benchmarks");
      out.println();
      Machine.print(out, figures.versions());
      boolean complete = true;
      for (Section section : sections) {
        complete &= measured(section, out);
      }
      return complete;
    }
  }

  private static Predicate<String> only(Arguments arguments) {
    String only = arguments.get("--only", "");
    try {
      return Pattern.compile(only).asPredicate();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "--only %s is not a regular expression: %s".formatted(only, e.getDescription()), e);
    }
  }

  private static int iterations(Arguments arguments) {
    String iterations = arguments.get("--iterations", "3");
    if (!iterations.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException("--iterations takes a number from 1, not " + iterations);
    }
    return Integer.parseInt(iterations);
  }

  private static boolean measured(Section section, PrintStream out) throws InterruptedException {
    try {
      section.print(out);
      return true;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      out.println();
      out.println("Failed: " + e.getMessage());
      out.println();
      System.err.println(section.title() + " failed: " + e.getMessage());
      return false;
    }
  }

  /** A section for each class of JMH benchmarks with one that matches. */
  private static List<Section> benchmarks(Arguments arguments, Predicate<String> only) {
    int iterations = iterations(arguments);
    Map<String, List<String>> byClass = new LinkedHashMap<>();
    for (BenchmarkListEntry entry :
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT),
                List.of())) {
      String name = entry.getUsername();
      if (only.test(name)) {
        String type = name.substring(0, name.lastIndexOf('.'));
        byClass.computeIfAbsent(type, t -> new ArrayList<>()).add(name);
      }
    }
    List<Section> sections = new ArrayList<>();
    byClass.forEach(
        (type, names) -> {
          String title = type.substring(type.lastIndexOf('.') + 1);
          sections.add(
              new Section(
                  title, title, () -> print(System.out, run(arguments, iterations, names))));
        });
    return sections;
  }

  private static Collection<RunResult> run(Arguments arguments, int iterations, List<String> names)
      throws IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .param("picture", arguments.pictures().toArray(String[]::new));
    names.forEach(name -> options.include("^" + Pattern.quote(name) + "$"));
    try {
      return new Runner(
              options.build(),
              OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
          .run();
    } catch (RunnerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void print(PrintStream out, Collection<RunResult> results) {
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
