package dev.kmq.cli;

import dev.kmq.UnreachableTargetException;
import dev.kmq.cli.file.FailedInput;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Exceptions as one line that says what is wrong and what to do. */
final class Failures {
  private Failures() {}

  static String message(Throwable failure) {
    String text;
    if (failure instanceof KmqFormatException e) {
      text = e.getMessage() + advice(e.reason());
    } else if (failure instanceof FailedInput || failure instanceof UnreachableTargetException) {
      text = failure.getMessage();
    } else if (failure instanceof FileAlreadyExistsException e) {
      text = "output " + e.getFile() + " exists; --force replaces it, --skip-existing leaves it";
    } else if (failure instanceof NoSuchFileException e) {
      text = e.getFile() + ": no such file or folder";
    } else if (failure instanceof AccessDeniedException e) {
      text = e.getFile() + ": permission denied";
    } else if (failure instanceof FileSystemException e && e.getReason() != null) {
      text = e.getFile() + ": " + e.getReason();
    } else if (failure instanceof FileNotFoundException) {
      text = failure.getMessage();
    } else if (failure instanceof OutOfMemoryError) {
      text = "too large for the memory at hand; KMQ_JAVA_OPTS=-Xmx... gives more";
    } else if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
      text = failure.getMessage();
    } else {
      text = "unexpected failure: " + failure;
    }
    String line = text == null || text.isBlank() ? failure.getClass().getSimpleName() : text;
    return line.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case LIMIT_PIXELS -> "; --max-pixels raises the limit";
      case LIMIT_WORK -> "; --max-work raises the limit";
      case LIMIT_RASTER_BYTES -> "; KMQ_JAVA_OPTS=-Xmx... gives more memory";
      default -> "";
    };
  }
}
