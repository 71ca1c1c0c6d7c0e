package dev.kmq.container;

import java.util.Objects;

/**
 * Options for reading a file. Immutable.
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

  /**
   * {@link Limits#defaults()}, as many threads as processors, unknown chunks skipped.
   *
   * @return the default options
   */
  public static DecodeOptions defaults() {
    return DEFAULTS;
  }

  /** {@return a builder that starts from the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the limits that the reader enforces} */
  public Limits limits() {
    return limits;
  }

  /**
   * {@return the maximum number of threads that decode the tiles of an image; the result never
   * depends on it}
   */
  public int threads() {
    return threads;
  }

  /**
   * {@return whether ancillary chunks unknown to version 1 are kept in {@link KmqReader#chunks()}}
   */
  public boolean keepUnknownChunks() {
    return keepUnknownChunks;
  }

  /** Collects options. */
  public static final class Builder {
    private Limits limits = Limits.defaults();
    private int threads = Runtime.getRuntime().availableProcessors();
    private boolean keepUnknownChunks;

    private Builder() {}

    /**
     * Sets {@link DecodeOptions#limits()}.
     *
     * @param value {@link Limits#defaults()} by default
     * @return this builder
     */
    public Builder limits(Limits value) {
      limits = Objects.requireNonNull(value, "limits");
      return this;
    }

    /**
     * Sets {@link DecodeOptions#threads()}.
     *
     * @param value at least 1
     * @return this builder
     * @throws IllegalArgumentException if below 1
     */
    public Builder threads(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("threads must be at least 1, not " + value);
      }
      threads = value;
      return this;
    }

    /**
     * Sets {@link DecodeOptions#keepUnknownChunks()}.
     *
     * @param value false by default
     * @return this builder
     */
    public Builder keepUnknownChunks(boolean value) {
      keepUnknownChunks = value;
      return this;
    }

    /** {@return the options collected so far} */
    public DecodeOptions build() {
      return new DecodeOptions(this);
    }
  }
}
