package dev.kmq.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop in chunks on a given number of threads. Tasks write to places of their own or add
 * integers, so results never depend on the number.
 */
public final class Workers implements AutoCloseable {
  private static final int LEAST_CHUNK = 1 << 12;

  private final int threads;
  private final @Nullable ExecutorService pool;

  /** The body of a loop over the items from {@code from} to {@code to - 1}. */
  @FunctionalInterface
  public interface Range {
    /** Does these items. */
    void run(int from, int to);
  }

  /** Workers on at most {@code threads} threads; one thread is the caller's own. */
  public Workers(int threads) {
    this.threads = threads;
    this.pool = threads > 1 ? Executors.newFixedThreadPool(threads) : null;
  }

  /** Does {@code items} items, and returns when all are done. */
  public void run(int items, Range range) {
    if (pool == null || items < 2 * LEAST_CHUNK) {
      range.run(0, items);
      return;
    }
    int chunk = Math.max(LEAST_CHUNK, items / (4 * threads) + 1);
    List<Future<?>> tasks = new ArrayList<>();
    for (int from = 0; from < items; from += chunk) {
      int start = from;
      int end = Math.min(items, from + chunk);
      tasks.add(pool.submit(() -> range.run(start, end)));
    }
    for (Future<?> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
