package dev.kmq.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kmq.UnreachableTargetException;
import dev.kmq.cli.file.FailedInput;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Does inputs on several threads and reports on them in their order. One that fails does not keep
 * the others from being done.
 */
final class Batch {
  /** Does one input; a failure becomes part of the outcome. */
  @FunctionalInterface
  interface Work {
    Outcome run();
  }

  /** Takes the content of an outcome, in the order of the inputs. */
  @FunctionalInterface
  interface Sink {
    void accept(Outcome outcome, byte[] content) throws IOException;
  }

  private static final int BAR_COLUMNS = 79;
  private static final JsonFactory JSON = new JsonFactory();

  private final ReportOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean bar;
  private int failed;
  private int unreachable;

  /** Reports go to standard output, or to standard error if that is taken by the output itself. */
  Batch(ReportOptions options, Terminal terminal, boolean outputTaken) {
    this.options = options;
    this.out = outputTaken ? terminal.err() : terminal.out();
    this.err = terminal.err();
    // Where a person sees the reports go by, a bar would only tear them apart.
    boolean seen = !options.quiet && (outputTaken || terminal.outputIsTerminal());
    this.bar = terminal.errorIsTerminal() && terminal.styled() && !seen;
  }

  /** Runs all, at most {@code jobs} at a time. */
  void run(List<Work> works, int jobs, Sink sink) throws IOException {
    if (!bar || works.size() < 2) {
      run(works, jobs, sink, () -> {});
      return;
    }
    try (ProgressBar progress =
        new ProgressBarBuilder()
            .setTaskName("kmq")
            .setInitialMax(works.size())
            .setConsumer(new ConsoleProgressBarConsumer(err, BAR_COLUMNS))
            .build()) {
      run(works, jobs, sink, progress::step);
    }
  }

  private void run(List<Work> works, int jobs, Sink sink, Runnable step) throws IOException {
    if (jobs == 1 || works.size() < 2) {
      for (Work work : works) {
        finish(work.run(), sink);
        step.run();
      }
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(jobs, works.size()));
    try {
      // Few finished outcomes wait for their turn, so that memory does not fill with them.
      Deque<Future<Outcome>> underWay = new ArrayDeque<>();
      Iterator<Work> rest = works.iterator();
      while (rest.hasNext() || !underWay.isEmpty()) {
        while (rest.hasNext() && underWay.size() < 2 * jobs) {
          underWay.add(workers.submit(rest.next()::run));
        }
        finish(await(underWay.remove()), sink);
        step.run();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static Outcome await(Future<Outcome> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void finish(Outcome outcome, Sink sink) throws IOException {
    byte[] content = outcome.content();
    if (content != null && outcome.failure() == null) {
      try {
        sink.accept(outcome, content);
      } catch (FailedInput | IllegalArgumentException e) {
        outcome.fail(e);
        outcome.put("output", null);
      }
    }
    report(outcome);
  }

  /** Tells of an outcome and counts it. */
  void report(Outcome outcome) throws IOException {
    for (String warning : outcome.warnings()) {
      tell(outcome, "warning: " + warning);
    }
    Throwable failure = outcome.failure();
    if (failure != null) {
      if (failure instanceof UnreachableTargetException) {
        unreachable++;
      } else {
        failed++;
      }
      tell(outcome, Failures.message(failure));
      if (options.verbose) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        trace
            .toString()
            .lines()
            .map(l -> l.replace('\t', ' '))
            .map(Printable::line)
            .forEach(err::println);
      }
    }
    if (options.json) {
      out.println(Printable.json(json(outcome.facts())));
    } else if (!options.quiet) {
      outcome.text().forEach(out::println);
    }
    out.flush();
  }

  private void tell(Outcome outcome, String message) {
    String name = outcome.input() + ": ";
    err.println("kmq: " + Printable.line(message.startsWith(name) ? message : name + message));
  }

  /** 0 if all is done, 1 if an input failed, 3 if only targets were not met. */
  int exitCode() {
    return failed > 0 ? ExitCodes.FAILED : unreachable > 0 ? ExitCodes.UNREACHABLE : ExitCodes.DONE;
  }

  /** A map as one line; numbers that JSON has no form for become null. */
  static String json(Map<String, @Nullable Object> facts) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      writeObject(json, facts);
    }
    return line.toString();
  }

  private static void writeObject(JsonGenerator json, Map<?, ?> facts) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> fact : facts.entrySet()) {
      json.writeFieldName(String.valueOf(fact.getKey()));
      writeValue(json, fact.getValue());
    }
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Double d) {
      if (d.isNaN() || d.isInfinite()) {
        json.writeNull();
      } else {
        json.writeNumber(d);
      }
    } else if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Boolean b) {
      json.writeBoolean(b);
    } else if (value instanceof Map<?, ?> map) {
      writeObject(json, map);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        writeValue(json, item);
      }
      json.writeEndArray();
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }

  /** A sink for commands whose outcomes have no content. */
  static Sink none() {
    return (outcome, content) -> {
      throw new IllegalStateException("content without a place for it");
    };
  }

  /** Writes content to a stream as it comes. */
  static Sink to(PrintStream stream) {
    return (outcome, content) -> {
      stream.write(content, 0, content.length);
      if (stream.checkError()) {
        throw new FailedInput("standard output takes no more; the picture is not whole");
      }
    };
  }
}
