package dev.kmq.cli;

/** The command was called in a way that it cannot be: exit code 2. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
