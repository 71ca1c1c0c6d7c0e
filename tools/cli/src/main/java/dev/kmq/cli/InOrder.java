package dev.kmq.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The results of tasks in the order of the tasks, which run on several threads. */
final class InOrder<T> implements Iterator<T>, AutoCloseable {
  private final Iterator<Callable<T>> rest;
  private final int ahead;

  /** Null where the caller's thread is enough. */
  private final @Nullable ExecutorService workers;

  /** Few results are computed ahead, so that memory does not fill with them. */
  private final Deque<Future<T>> underWay = new ArrayDeque<>();

  /** Starts tasks, at most {@code jobs} at a time. */
  InOrder(List<Callable<T>> tasks, int jobs) {
    rest = tasks.iterator();
    int threads = Math.min(jobs, tasks.size());
    workers = threads > 1 ? Executors.newFixedThreadPool(threads) : null;
    ahead = 2 * threads;
  }

  @Override
  public boolean hasNext() {
    return rest.hasNext() || !underWay.isEmpty();
  }

  /** Waits for the next result. */
  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      if (workers == null) {
        return rest.next().call();
      }
      while (rest.hasNext() && underWay.size() < ahead) {
        underWay.add(workers.submit(rest.next()));
      }
      return underWay.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
    }
  }
}
