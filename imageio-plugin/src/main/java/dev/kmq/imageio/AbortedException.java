package dev.kmq.imageio;

/**
 * Leaves the codec when a listener or another thread asks to abort reading; never thrown to the
 * caller.
 */
final class AbortedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AbortedException() {
    super("aborted", null, false, false);
  }
}
