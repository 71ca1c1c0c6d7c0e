package dev.kmq.cli.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Names that stand for streams of the process rather than for files: {@code -}, {@code /dev/stdin}
 * and its like, and pipes. Such a stream gives its bytes once.
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

  /** Whether a name is one of standard input. */
  public static boolean isInput(String name) {
    return INPUT.matcher(name).matches();
  }

  /** Whether a name is one of standard output, or of the pipe or device that it leads to. */
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
   * Whether a name leads to something that is there and is neither a file nor a folder, but a pipe
   * or a device. The null device is left out: nothing comes out of it anywhere.
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

  /** Whether a name leads to a terminal, be it standard output or not. */
  public static boolean isTerminal(String name) {
    try {
      return TERMINAL.matcher(Path.of(name).toRealPath().toString()).matches();
    } catch (InvalidPathException | IOException e) {
      return false;
    }
  }

  /** Whether a path is the number of an open file, whatever is behind it. */
  public static boolean isDescriptor(Path path) {
    return DESCRIPTOR.matcher(path.toString()).matches();
  }
}
