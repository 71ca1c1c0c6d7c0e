package dev.kmq.web;

import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.web.EngineException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options by their names on the command line. */
final class Options {
  /** All methods, of which the smallest file is kept. */
  private static final String AUTO = "auto";

  private Options() {}

  /** The metric of a name, or null for the default. */
  static @Nullable Metric metric(@Nullable String name) throws EngineException {
    if (name == null) {
      return null;
    }
    for (Metric metric : Metric.values()) {
      if (metric.label().equals(name)) {
        return metric;
      }
    }
    throw unknown("metric", name);
  }

  static Dither dither(@Nullable String name) throws EngineException {
    for (Dither dither : Dither.values()) {
      if (name == null || dither.label().equals(name)) {
        return dither;
      }
    }
    throw unknown("dithering", String.valueOf(name));
  }

  static Effort effort(@Nullable String name) throws EngineException {
    if (name == null) {
      return Effort.DEFAULT;
    }
    for (Effort effort : Effort.values()) {
      if (effort.label().equals(name)) {
        return effort;
      }
    }
    throw unknown("effort", name);
  }

  /** The method of a name, or all of them. */
  static List<Method> methods(String name) throws EngineException {
    if (name.equals(AUTO)) {
      return List.of(Method.values());
    }
    for (Method method : Method.values()) {
      if (method.label().equals(name)) {
        return List.of(method);
      }
    }
    throw unknown("method", name);
  }

  private static EngineException unknown(String option, String name) {
    return new EngineException(Kind.OPTION, "There is no " + option + " '" + name + "'.");
  }

  /** All values with the command's defaults. */
  static void list(Json json) {
    json.open('{').name("metrics").open('[');
    value(json, Metric.OKLAB.label(), true);
    value(json, Metric.RGB.label(), false);
    json.close(']').name("dithers").open('[');
    for (Dither dither : Dither.values()) {
      value(json, dither.label(), dither == Dither.NONE);
    }
    json.close(']').name("efforts").open('[');
    for (Effort effort : Effort.values()) {
      value(json, effort.label(), effort == Effort.DEFAULT);
    }
    json.close(']').name("methods").open('[');
    for (Method method : Method.values()) {
      value(json, method.label(), method == Method.RANS);
    }
    value(json, AUTO, false);
    json.close(']').close('}');
  }

  private static void value(Json json, String value, boolean standard) {
    json.open('{').member("value", value).member("default", standard).close('}');
  }
}
