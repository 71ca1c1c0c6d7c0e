package dev.kmq.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failure that users can understand: a message in complete sentences, and what kind it is. */
public final class EngineException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What failed. */
  public enum Kind {
    /** The file violates its format. */
    DAMAGED("damaged"),
    /** The file may be valid, but cannot be read. */
    UNSUPPORTED("unsupported"),
    /** The image exceeds a limit. */
    TOO_LARGE("too large"),
    /** An option is out of range or contradicts another one. */
    OPTION("option");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name for JavaScript. */
    public String label() {
      return label;
    }
  }

  private final Kind kind;
  private final @Nullable String what;

  /** A failure with a message in complete sentences. */
  public EngineException(Kind kind, String message) {
    this(kind, message, null);
  }

  private EngineException(Kind kind, String message, @Nullable String what) {
    super(message);
    this.kind = kind;
    this.what = what;
  }

  /** A damaged PNG file; {@code what} ends the sentence. */
  public static EngineException damagedPng(String what) {
    return new EngineException(Kind.DAMAGED, "The PNG file is damaged: " + what + ".", what);
  }

  /** What failed. */
  public Kind kind() {
    return kind;
  }

  /** What is wrong with a file, as part of a sentence that names it; null if not a file. */
  public @Nullable String what() {
    return what;
  }
}
