package dev.kmq;

/**
 * A target of the options, such as a size, that a picture cannot meet. The message says how near it
 * came.
 */
public final class UnreachableTargetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what cannot be met, and how near it came. */
  public UnreachableTargetException(String message) {
    super(message);
  }
}
