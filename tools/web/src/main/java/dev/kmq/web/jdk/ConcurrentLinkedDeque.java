package dev.kmq.web.jdk;

import java.util.ArrayDeque;

/** {@link java.util.concurrent.ConcurrentLinkedDeque} where there is one thread. */
public final class ConcurrentLinkedDeque<E> extends ArrayDeque<E> {
  private static final long serialVersionUID = 1L;
}
