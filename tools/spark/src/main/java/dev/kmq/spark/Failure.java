package dev.kmq.spark;

import dev.kmq.UnreachableTargetException;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.RefusalReason;
import dev.kmq.file.FailedInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkException;

/** Turns any failure into one line that gives cause and remedy. */
final class Failure {
  /** Chains of causes may be cyclic. */
  private static final int MOST_CAUSES = 50;

  private Failure() {}

  static String message(Throwable failure) {
    String text = isMemory(failure) ? TOO_LARGE : text(failure);
    String line = text == null || text.isBlank() ? failure.getClass().getSimpleName() : text;
    return line.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static final String TOO_LARGE =
      "too large for the memory of an executor; --executor-memory gives more, or in local mode"
          + " --driver-memory (with tools/spark/run: KMQ_JAVA_OPTS=-Xmx8g)";

  /** Whether the memory did not suffice; readers wrap the error as if the file were damaged. */
  static boolean isMemory(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++, cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  private static String text(Throwable failure) {
    if (failure instanceof KmqFormatException e) {
      return e.getMessage() + advice(e.reason());
    }
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      return "no such file: " + failure.getMessage();
    }
    if (failure instanceof AccessDeniedException || failure instanceof AccessControlException) {
      return "permission denied: " + failure.getMessage();
    }
    if (failure instanceof SparkException e
        && String.valueOf(e.getCondition()).startsWith("FAILED_READ_FILE")) {
      return e.getMessageParameters().get("path") + " cannot be read; the file may be damaged";
    }
    if (failure instanceof SparkException && failure.getCause() != null) {
      return message(failure.getCause());
    }
    if (failure instanceof FailedInput
        || failure instanceof UnreachableTargetException
        || failure instanceof UsageException
        || failure instanceof IOException
        || failure instanceof SparkException
        || failure instanceof IllegalArgumentException) {
      return String.valueOf(failure.getMessage());
    }
    return "unexpected failure: " + failure;
  }

  private static String advice(RefusalReason reason) {
    return switch (reason) {
      case LIMIT_PIXELS -> "; --max-pixels raises the limit";
      case LIMIT_WORK -> "; --max-work raises the limit";
      case LIMIT_RASTER_BYTES -> "; --executor-memory gives more memory";
      default -> "";
    };
  }
}
