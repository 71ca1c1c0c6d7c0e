package dev.kmq.file;

/** Limits the total expansion of an archive while it is read. */
final class Expansion {
  /** Maximum expanded size. */
  static final long MAX_BYTES = 1L << 36;

  /** Maximum expansion ratio above {@link #FREE_BYTES}. */
  static final long MAX_RATIO = 250;

  /** Expanded size up to which the ratio is not limited. */
  static final long FREE_BYTES = 16L << 20;

  private final long limit;
  private long expanded;

  /**
   * The expansion of an archive.
   *
   * @param bytes size of the archive
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
              : "expands to more than the limit of %d times its size".formatted(MAX_RATIO));
    }
    expanded += bytes;
  }
}
