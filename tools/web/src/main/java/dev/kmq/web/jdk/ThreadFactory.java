package dev.kmq.web.jdk;

/** {@link java.util.concurrent.ThreadFactory}. */
public interface ThreadFactory {
  Thread newThread(Runnable task);
}
