package dev.kmq.web.jdk;

import java.util.concurrent.ArrayBlockingQueue;

/** {@link java.util.concurrent.SynchronousQueue} where there is one thread: never used. */
public final class SynchronousQueue<E> extends ArrayBlockingQueue<E> {
  private static final long serialVersionUID = 1L;

  public SynchronousQueue() {
    super(1);
  }
}
