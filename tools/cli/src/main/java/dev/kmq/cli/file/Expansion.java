package dev.kmq.cli.file;

/** How far an archive expands, judged as a whole while it is read. */
final class Expansion {
  /** Most bytes that an archive expands to. */
  static final long MAX_BYTES = 1L << 36;

  /** Most times that an archive may grow, once it has grown to {@link #FREE_BYTES}. */
  static final long MAX_RATIO = 250;

  /** Bytes that every archive may expand to. */
  static final long FREE_BYTES = 16L << 20;

  private final long limit;
  private long expanded;

  /**
   * The expansion of an archive.
   *
   * @param bytes of its file
   */
  Expansion(long bytes) {
    long ratio = bytes > MAX_BYTES / MAX_RATIO ? MAX_BYTES : bytes * MAX_RATIO;
    this.limit = Math.max(FREE_BYTES, ratio);
  }

  /** Counts bytes. */
  void add(long bytes) throws FailedInput {
    if (bytes > limit - expanded) {
      throw new FailedInput(
          limit == MAX_BYTES
              ? "expands to more than the limit of %d bytes".formatted(MAX_BYTES)
              : "expands to more than %d times its size, which is the limit".formatted(MAX_RATIO));
    }
    expanded += bytes;
  }
}
