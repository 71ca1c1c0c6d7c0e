package dev.kmq.imageio;

import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of all readers and writers, from system properties. A value that cannot be understood is
 * refused with an {@link IllegalArgumentException}: otherwise it would be ignored silently.
 */
final class Settings {
  private static final String METHOD = "dev.kmq.method";
  private static final String AUTO = "auto";

  private Settings() {}

  static long maxPixels() {
    return number("dev.kmq.maxPixels", Limits.defaults().maxPixels());
  }

  static long maxRasterBytes() {
    return number("dev.kmq.maxRasterBytes", Limits.defaults().maxRasterBytes());
  }

  static long maxWork() {
    return number("dev.kmq.maxWork", Limits.defaults().maxWork());
  }

  static int threads() {
    long threads = number("dev.kmq.threads", Runtime.getRuntime().availableProcessors());
    return (int) Math.max(1, Math.min(threads, Integer.MAX_VALUE));
  }

  /** The method of files that are written without another choice; null for the smallest file. */
  static @Nullable Method method() {
    String value = System.getProperty(METHOD, Method.PACKED.label());
    List<String> labels = new ArrayList<>();
    for (Method method : Method.values()) {
      if (value.equalsIgnoreCase(method.label())) {
        return method;
      }
      labels.add(method.label());
    }
    if (value.equalsIgnoreCase(AUTO)) {
      return null;
    }
    throw new IllegalArgumentException(
        "system property %s is '%s'; it must be one of %s, %s"
            .formatted(METHOD, value, String.join(", ", labels), AUTO));
  }

  private static long number(String property, long standard) {
    String value = System.getProperty(property);
    if (value == null) {
      return standard;
    }
    try {
      return Math.max(0, Long.decode(value.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "system property %s is '%s'; it must be a whole number".formatted(property, value), e);
    }
  }
}
