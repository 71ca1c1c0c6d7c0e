package dev.kmq.container;

import java.util.Objects;

/**
 * How a file is read; immutable.
 *
 * @see #defaults()
 */
public final class DecodeOptions {
  private static final DecodeOptions DEFAULTS = builder().build();

  private final Limits limits;
  private final int threads;
  private final boolean keepUnknownChunks;

  private DecodeOptions(Builder builder) {
    this.limits = builder.limits;
    this.threads = builder.threads;
    this.keepUnknownChunks = builder.keepUnknownChunks;
  }

  /** {@link Limits#defaults()}, one thread per processor, unknown chunks skipped. */
  public static DecodeOptions defaults() {
    return DEFAULTS;
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The limits on memory and work. */
  public Limits limits() {
    return limits;
  }

  /**
   * Maximum number of threads that decode the tiles of one image; the result does not depend on it.
   */
  public int threads() {
    return threads;
  }

  /** Whether ancillary chunks unknown to version 1 are kept in {@link KmqReader#chunks()}. */
  public boolean keepUnknownChunks() {
    return keepUnknownChunks;
  }

  /** Collects options. */
  public static final class Builder {
    private Limits limits = Limits.defaults();
    private int threads = Runtime.getRuntime().availableProcessors();
    private boolean keepUnknownChunks;

    private Builder() {}

    /** Sets {@link DecodeOptions#limits()}. */
    public Builder limits(Limits value) {
      limits = Objects.requireNonNull(value, "limits");
      return this;
    }

    /**
     * Sets {@link DecodeOptions#threads()}.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder threads(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("threads is at least 1, not " + value);
      }
      threads = value;
      return this;
    }

    /** Sets {@link DecodeOptions#keepUnknownChunks()}. */
    public Builder keepUnknownChunks(boolean value) {
      keepUnknownChunks = value;
      return this;
    }

    /** The options collected so far. */
    public DecodeOptions build() {
      return new DecodeOptions(this);
    }
  }
}
