package dev.kmq.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Failure to write an output, with a one-line message that names it and gives the cause. */
public final class FailedOutput extends IOException {
  private static final long serialVersionUID = 1L;

  private final String output;
  private final String reason;

  private FailedOutput(String output, String reason, IOException cause) {
    super("output " + output + ": " + reason, cause);
    this.output = output;
    this.reason = reason;
  }

  /** A failure of the system to create or write an output. */
  static FailedOutput of(Path output, IOException failure) {
    return new FailedOutput(output.toString(), reason(failure, "write to another disk"), failure);
  }

  /**
   * The message for a reader who knows that it is about a file: without its name, if it is this.
   */
  public String reasonFor(String file) {
    return file.equals(output) ? reason : String.valueOf(getMessage());
  }

  /**
   * Why the system could not write.
   *
   * @param elsewhere what to do if the disk is full and no space can be freed
   */
  static String reason(IOException failure, String elsewhere) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no file can be created in its folder";
    }
    String reason = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
    String known = Objects.requireNonNullElse(reason, failure.getClass().getSimpleName());
    // The messages of Linux and macOS, and of Windows.
    return known.startsWith("No space left on device")
            || known.startsWith("There is not enough space on the disk")
        ? "the disk is full; free some space, or " + elsewhere
        : known;
  }
}
