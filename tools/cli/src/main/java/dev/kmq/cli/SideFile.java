package dev.kmq.cli;

import dev.kmq.file.AtomicFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A file that a command writes in addition to its report, such as a page. */
record SideFile(Path path) {
  /**
   * The file that an option names, or null without the option.
   *
   * @param suffixes of the only format, the usual one first
   * @throws UsageException if the name has another suffix
   */
  static @Nullable SideFile of(String option, @Nullable String name, String... suffixes) {
    if (name == null) {
      return null;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (List.of(suffixes).stream().noneMatch(lower::endsWith)) {
      throw new UsageException(
          "%s %s: the file must end in %s".formatted(option, name, String.join(" or ", suffixes)));
    }
    try {
      return new SideFile(Path.of(name));
    } catch (InvalidPathException e) {
      throw new UsageException(option + " " + name + ": is not a valid file name");
    }
  }

  /** A canonical name, equal for all paths to the file. */
  Path identity() throws IOException {
    return AtomicFile.identity(path);
  }

  /** Writes the file; a failure is reported, and nothing is left then. */
  void write(boolean replace, Reporter<?> reporter, AtomicFile.Body body) throws IOException {
    try {
      AtomicFile.write(path, replace, null, body);
    } catch (IOException e) {
      reporter.fail(path.toString(), e);
    }
  }
}
