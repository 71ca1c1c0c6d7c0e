package dev.kmq.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of streams of the process: {@code -}, {@code /dev/stdin} and the like, and pipes. Such a
 * stream can be read once.
 */
public final class StandardStreams {
  private static final Pattern DESCRIPTOR =
      Pattern.compile("/dev/(stdin|stdout|stderr|fd/\\d+)|/proc/(self|\\d+)/fd/\\d+");
  private static final Pattern INPUT = Pattern.compile("-|/dev/(stdin|fd/0)|/proc/self/fd/0");
  private static final Pattern OUTPUT = Pattern.compile("-|/dev/(stdout|fd/1)|/proc/self/fd/1");
  private static final Pattern TERMINAL = Pattern.compile("/dev/(tty.*|pts/\\d+|console)");
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private StandardStreams() {}

  /** Whether a name denotes standard input. */
  public static boolean isInput(String name) {
    return INPUT.matcher(name).matches();
  }

  /** Whether a name denotes standard output, or the pipe or device that it is connected to. */
  public static boolean isOutput(String name) {
    if (OUTPUT.matcher(name).matches()) {
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
      return TERMINAL.matcher(Path.of(name).toRealPath().toString()).matches();
    } catch (InvalidPathException | IOException e) {
      return false;
    }
  }

  /** Whether a path denotes a file descriptor. */
  public static boolean isDescriptor(Path path) {
    return DESCRIPTOR.matcher(path.toString()).matches();
  }
}
