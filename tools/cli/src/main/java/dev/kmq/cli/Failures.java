package dev.kmq.cli;

import dev.kmq.UnreachableTargetException;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.RefusalReason;
import dev.kmq.file.FailedInput;
import dev.kmq.file.FailedOutput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Turns any failure into one line that gives cause and remedy. */
final class Failures {
  /** Chains of causes may be cyclic. */
  private static final int MOST_CAUSES = 50;

  private Failures() {}

  /** A message that follows the name of a file, and does not repeat it. */
  static String message(Throwable failure, String file) {
    return failure instanceof FailedOutput output ? output.reasonFor(file) : message(failure);
  }

  static String message(Throwable failure) {
    // The JDK's readers wrap it as if the file were damaged.
    if (has(failure, OutOfMemoryError.class)) {
      return "too large for the available memory; KMQ_JAVA_OPTS=-Xmx... gives more";
    }
    String text = text(failure);
    String line = text == null || text.isBlank() ? failure.getClass().getSimpleName() : text;
    return line.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static @Nullable String text(Throwable failure) {
    Throwable cause = failure.getCause();
    if (cause != null
        && (failure instanceof UncheckedIOException
            || failure instanceof ExecutionException
            || failure instanceof CompletionException)) {
      return message(cause);
    }
    if (failure instanceof KmqFormatException e) {
      return e.getMessage() + advice(e.reason());
    }
    if (failure instanceof FailedInput
        || failure instanceof UnreachableTargetException
        || failure instanceof UsageException
        || failure instanceof FileNotFoundException) {
      return failure.getMessage();
    }
    if (failure instanceof FileSystemException e) {
      return text(e);
    }
    if (failure instanceof InvalidPathException e) {
      return "'"
          + e.getInput()
          + "' is not a valid file name on this system ("
          + e.getReason()
          + "); a UTF-8 locale, such as LC_ALL=C.UTF-8, may help";
    }
    if (has(failure, StackOverflowError.class)) {
      return "nested too deeply";
    }
    if (failure instanceof LinkageError) {
      return "a part of this program is missing: " + failure.getMessage();
    }
    if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
      return failure.getMessage();
    }
    return "unexpected failure: " + failure;
  }

  private static @Nullable String text(FileSystemException e) {
    if (e instanceof FileAlreadyExistsException) {
      String advice = e.getReason() == null ? "use --force to replace it" : e.getReason();
      return "output " + e.getFile() + " exists; " + advice;
    }
    if (e instanceof NoSuchFileException) {
      return e.getFile() + ": no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return e.getFile() + ": permission denied";
    }
    return e.getReason() == null ? e.getMessage() : e.getFile() + ": " + e.getReason();
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String advice(RefusalReason reason) {
    return switch (reason) {
      case LIMIT_PIXELS -> "; --max-pixels raises the limit";
      case LIMIT_WORK -> "; --max-work raises the limit";
      case LIMIT_RASTER_BYTES -> "; KMQ_JAVA_OPTS=-Xmx... gives more memory";
      default -> "";
    };
  }
}
