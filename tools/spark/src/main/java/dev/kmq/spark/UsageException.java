package dev.kmq.spark;

/** Options that contradict each other or the inputs. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
