package dev.kmq.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** What figures were measured on, and with what: a list in Markdown. */
final class Machine {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Machine() {}

  /**
   * Prints the list.
   *
   * @param more further lines, such as versions of other programs
   */
  static void print(PrintStream out, List<String> more) {
    line(out, "Time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    line(out, "kmq", System.getProperty("kmq.commit", "unknown commit"));
    line(out, "Processor", "%s, %d used".formatted(processor(), SYSTEM.getAvailableProcessors()));
    double gibibytes = SYSTEM.getTotalMemorySize() / (double) (1 << 30);
    line(out, "Memory", String.format(Locale.ROOT, "%.1f GiB", gibibytes));
    line(out, "System", property("os.name") + " " + property("os.version"));
    line(out, "Java", property("java.vm.name") + " " + property("java.runtime.version"));
    // Others' work makes timings slower and less even.
    line(out, "Load before", String.format(Locale.ROOT, "%.1f", SYSTEM.getSystemLoadAverage()));
    more.forEach(out::println);
    out.println();
  }

  private static void line(PrintStream out, String name, String value) {
    out.println("- " + name + ": " + value);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** The name that Linux reports, or the architecture. */
  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (var lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(property("os.arch"));
      } catch (IOException e) {
        return property("os.arch");
      }
    }
    return property("os.arch");
  }
}
