package dev.kmq.imageio;

/** Leaves the codec when a listener or another thread has asked to abort; never seen outside. */
final class AbortedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AbortedException() {
    super("aborted", null, false, false);
  }
}
