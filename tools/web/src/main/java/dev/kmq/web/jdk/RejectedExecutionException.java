package dev.kmq.web.jdk;

/** {@link java.util.concurrent.RejectedExecutionException}. */
public class RejectedExecutionException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
