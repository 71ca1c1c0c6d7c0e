package dev.kmq.cli;

import dev.kmq.container.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the method of an output. */
final class MethodOption {
  @Option(
      names = "--method",
      paramLabel = "METHOD",
      converter = MethodName.Converter.class,
      description =
          "rans (default), mix (smallest, slow), deflate, packed (fixed size), or auto (smallest"
              + " of all).")
  @Nullable MethodName method;

  @Option(names = "--small", description = "Smallest file of all methods: --method auto.")
  boolean small;

  void check() {
    if (small && method != null) {
      throw new UsageException("--small cannot be combined with --method");
    }
  }

  /** Whether one of the options is given. */
  boolean isChosen() {
    return small || method != null;
  }

  /**
   * The methods of which the smallest file is written.
   *
   * @param maxDecodingCost limit on the methods, or null
   */
  List<Method> methods(@Nullable Integer maxDecodingCost) {
    if (small) {
      return List.of(Method.values());
    }
    return (method == null ? MethodName.standard(maxDecodingCost) : method).methods();
  }

  /** Whether other methods make smaller files. */
  boolean canBeSmaller() {
    return methods(null).size() < Method.values().length;
  }
}
