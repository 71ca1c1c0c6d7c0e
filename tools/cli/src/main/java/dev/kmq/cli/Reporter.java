package dev.kmq.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kmq.UnreachableTargetException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports on inputs as text, JSON or CSV, and counts failures. The components of a report are the
 * keys of a JSON object and the columns of a CSV table; {@code input} comes before them, unless the
 * report {@link NamesInputs}, and {@code warnings} and {@code error} after them.
 */
final class Reporter<R extends Record> {
  /** What a command writes in addition to reports. */
  enum Outputs {
    /** Nothing, or nothing of a single input. */
    NONE,
    /** An output, whose name is reported. */
    ONE,
    /** An output of each input, unless the input is skipped, which is reported with the reason. */
    SKIPPABLE
  }

  /** A report whose first components are the names of its inputs. */
  interface NamesInputs {}

  /** A report on an output made of an input. */
  interface Sized {
    /** Size of the input. */
    long inputBytes();

    /** Size of the output. */
    long bytes();
  }

  private record Field(String name, @Nullable Object value) {}

  private final Class<R> kind;
  private final Outputs outputs;
  private final ReportOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private int done;
  private int skipped;
  private long inputBytes;
  private long bytes;
  private int failed;
  private int unreachable;

  /**
   * A reporter on standard output.
   *
   * @param outputTaken whether an output goes to standard output, so that reports go to standard
   *     error
   */
  Reporter(
      Class<R> kind,
      Outputs outputs,
      ReportOptions options,
      Terminal terminal,
      boolean outputTaken) {
    this.kind = kind;
    this.outputs = outputs;
    this.options = options;
    this.out = outputTaken ? terminal.err() : terminal.out();
    this.err = terminal.err();
  }

  /** Reports an input. */
  void report(Outcome<R> outcome) throws IOException {
    report(outcome, fields(outcome));
  }

  /** Reports the failure of something that is not an input. */
  void fail(String name, Throwable failure) throws IOException {
    Outcome<R> outcome = Outcome.failed(name, List.of(), null, failure);
    report(outcome, enclosed(outcome, List.of()));
  }

  private void report(Outcome<R> outcome, List<Field> fields) throws IOException {
    for (String warning : outcome.warnings()) {
      message(outcome, "warning: " + warning);
    }
    Throwable failure = outcome.failure;
    if (failure == null && outcome.skipped != null) {
      skipped++;
    } else if (failure == null) {
      done++;
    }
    if (failure == null && outcome.report instanceof Sized sizes) {
      inputBytes += sizes.inputBytes();
      bytes += sizes.bytes();
    }
    if (failure != null) {
      if (failure instanceof UnreachableTargetException) {
        unreachable++;
      } else {
        failed++;
      }
      message(outcome, Failures.message(failure, outcome.input));
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
      StringWriter line = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
        writeObject(json, fields);
      }
      out.println(Printable.json(line.toString()));
    } else if (!options.quiet) {
      outcome.text.forEach(out::println);
    }
    out.flush();
  }

  /**
   * Prints a line on all inputs together, the last of a report in text; each is an image.
   *
   * @param millis that they took
   */
  void total(ReportLine line, double millis) {
    if (options.json || options.quiet) {
      return;
    }
    List<String> parts = new ArrayList<>();
    if (failed + unreachable > 0) {
      parts.add(failed + unreachable + " failed");
    }
    if (skipped > 0) {
      parts.add(skipped + " skipped");
    }
    parts.add(String.format(Locale.ROOT, "%.1f s", millis / 1000));
    String more = String.join(", ", parts);
    String name = Outcome.count(done, "image");
    out.println(bytes > 0 ? line.of(name, inputBytes, bytes, more) : name + "  " + more);
    out.flush();
  }

  private void message(Outcome<R> outcome, String message) {
    String name = outcome.input + ": ";
    err.println("kmq: " + Printable.line(message.startsWith(name) ? message : name + message));
  }

  /** 0 if everything is done, 1 if an input failed, 3 if only targets were not met. */
  int exitCode() {
    return failed > 0 ? ExitCodes.FAILED : unreachable > 0 ? ExitCodes.UNREACHABLE : ExitCodes.DONE;
  }

  /** Outcomes as a table with a line of column names. */
  String csv(List<Outcome<R>> rows) {
    StringBuilder table = new StringBuilder();
    for (Outcome<R> row : rows) {
      List<Field> fields = fields(row);
      if (table.isEmpty()) {
        table.append(fields.stream().map(Field::name).collect(Collectors.joining(",")));
        table.append("\r\n");
      }
      table.append(fields.stream().map(f -> cell(f.value)).collect(Collectors.joining(",")));
      table.append("\r\n");
    }
    return table.toString();
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text =
        value instanceof List<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining("; "))
            : value.toString();
    return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private List<Field> fields(Outcome<R> outcome) {
    List<Field> fields = new ArrayList<>();
    if (outputs != Outputs.NONE) {
      fields.add(new Field("output", outcome.output));
    }
    if (outputs == Outputs.SKIPPABLE) {
      fields.add(new Field("skipped", outcome.skipped));
    }
    fields.addAll(components(kind, outcome.report));
    return enclosed(outcome, fields);
  }

  private List<Field> enclosed(Outcome<R> outcome, List<Field> report) {
    List<Field> fields = new ArrayList<>();
    if (!NamesInputs.class.isAssignableFrom(kind)) {
      fields.add(new Field("input", outcome.input));
    }
    fields.addAll(report);
    fields.add(new Field("warnings", outcome.warnings()));
    Throwable failure = outcome.failure;
    fields.add(
        new Field("error", failure == null ? null : Failures.message(failure, outcome.input)));
    return fields;
  }

  /** The components of a record in their order, all null if there is no record. */
  private static List<Field> components(Class<?> kind, @Nullable Object record) {
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : kind.getRecordComponents()) {
      try {
        Object value = record == null ? null : component.getAccessor().invoke(record);
        fields.add(new Field(component.getName(), value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return fields;
  }

  private static void writeObject(JsonGenerator json, List<Field> fields) throws IOException {
    json.writeStartObject();
    for (Field field : fields) {
      json.writeFieldName(field.name);
      writeValue(json, field.value);
    }
    json.writeEndObject();
  }

  /** Numbers that JSON has no form for become null. */
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
    } else if (value instanceof Record record) {
      writeObject(json, components(record.getClass(), record));
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
}
