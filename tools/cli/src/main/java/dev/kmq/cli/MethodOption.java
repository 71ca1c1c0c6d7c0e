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
   * @param maxDecodingCost replaces the default by cheaper methods if it excludes it
   */
  List<Method> methods(@Nullable Integer maxDecodingCost) {
    if (small) {
      return List.of(Method.values());
    }
    if (method != null) {
      return method.methods();
    }
    List<Method> standard = MethodName.RANS.methods();
    if (maxDecodingCost == null || standard.get(0).decodingCost() <= maxDecodingCost) {
      return standard;
    }
    return List.of(Method.PACKED, Method.DEFLATE);
  }

  /** Whether other methods make smaller files. */
  boolean canBeSmaller() {
    return methods(null).size() < Method.values().length;
  }
}
