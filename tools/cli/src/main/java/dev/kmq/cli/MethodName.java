package dev.kmq.cli;

import dev.kmq.container.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --method}.
 *
 * @param name as on the command line
 * @param methods the method of that name, or all for {@code auto}
 */
record MethodName(String name, List<Method> methods) {
  static final String AUTO = "auto";

  /** The default of the command. */
  static final MethodName RANS = of(Method.RANS);

  private static MethodName of(Method method) {
    return new MethodName(method.label(), List.of(method));
  }

  /**
   * The method without another choice: rans, or the smallest of the cheaper ones.
   *
   * @param maxDecodingCost limit on the methods, or null
   */
  static MethodName standard(@Nullable Integer maxDecodingCost) {
    return maxDecodingCost == null || maxDecodingCost >= Method.RANS.decodingCost()
        ? RANS
        : new MethodName(AUTO, List.of(Method.values()));
  }

  static final class Converter implements ITypeConverter<MethodName> {
    @Override
    public MethodName convert(String value) {
      if (value.equalsIgnoreCase(AUTO)) {
        return new MethodName(AUTO, List.of(Method.values()));
      }
      List<String> names = new ArrayList<>();
      for (Method method : Method.values()) {
        if (method.label().equalsIgnoreCase(value)) {
          return of(method);
        }
        names.add(method.label());
      }
      throw new TypeConversionException(
          "'%s' is not one of %s, %s".formatted(value, String.join(", ", names), AUTO));
    }
  }
}
