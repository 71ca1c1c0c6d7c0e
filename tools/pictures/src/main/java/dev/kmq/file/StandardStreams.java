package dev.kmq.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of streams of the process: {@code -}, {@code /dev/stdin} and the like, and pipes. Such a
 * stream can be read once.
 */
public final class StandardStreams {
  private static final String DESCRIPTOR =
      "/dev/(stdin|stdout|stderr|fd/\\d+)|/proc/(self|\\d+)/fd/\\d+";
  private static final String TERMINAL = "/dev/(tty.*|pts/\\d+|console)";
  private static final Set<String> INPUTS =
      Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");
  private static final Set<String> OUTPUTS =
      Set.of("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private StandardStreams() {}

  /** Whether a name denotes standard input. */
  public static boolean isInput(String name) {
    return INPUTS.contains(name);
  }

  /** Whether a name denotes standard output, or the pipe or device that it is connected to. */
  public static boolean isOutput(String name) {
    if (OUTPUTS.contains(name)) {
      return true;
    }
    try {
      return isPipe(name) && Files.isSameFile(Path.of(name), STANDARD_OUTPUT);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether a name denotes an existing pipe or device. The null device is excluded, because its
   * output appears nowhere.
   */
  public static boolean isPipe(String name) {
    try {
      Path path = Path.of(name);
      return Files.exists(path)
          && !Files.isRegularFile(path)
          && !Files.isDirectory(path)
          && !(Files.exists(NULL_DEVICE) && Files.isSameFile(path, NULL_DEVICE));
    } catch (InvalidPathException | IOException e) {
      return false;
    }
  }

  /** Whether the output of this name, if any, occupies standard output or a pipe. */
  public static boolean isTaken(@Nullable String name) {
    return name != null && (isOutput(name) || isPipe(name));
  }

  /** Whether a name denotes a terminal. */
  public static boolean isTerminal(String name) {
    try {
      return isMatch(Path.of(name).toRealPath(), TERMINAL);
    } catch (InvalidPathException | IOException e) {
      return false;
    }
  }

  /** Whether a path denotes a file descriptor. */
  public static boolean isDescriptor(Path path) {
    return isMatch(path, DESCRIPTOR);
  }

  /** Whether the whole path matches; patterns are slow to compile, and most paths are of files. */
  private static boolean isMatch(Path path, String pattern) {
    String text = path.toString();
    return (text.startsWith("/dev/") || text.startsWith("/proc/")) && text.matches(pattern);
  }
}
