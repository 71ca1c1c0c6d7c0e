package dev.kmq.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop in parts on a given number of threads; none is started before there is enough to do.
 * Parts write to places of their own or add integers, so results never depend on the number.
 */
public final class Workers implements AutoCloseable {
  /** Below, a part is not worth a thread. */
  private static final int LEAST = 1 << 15;

  private final int threads;
  private @Nullable ExecutorService pool;

  /** The body of a loop over the items from {@code from} to {@code to - 1}. */
  @FunctionalInterface
  public interface Range {
    /** Does these items. */
    void run(int from, int to);
  }

  /** Workers on at most {@code threads} threads; one thread is the caller's own. */
  public Workers(int threads) {
    this.threads = threads;
  }

  /** In how many parts {@link #run} does so many items. */
  int parts(int items) {
    return Math.max(1, Math.min(threads, items / LEAST));
  }

  /** Does {@code items} items, and returns when all are done. */
  public void run(int items, Range range) {
    int parts = parts(items);
    if (parts < 2) {
      range.run(0, items);
      return;
    }
    if (pool == null) {
      pool = Executors.newFixedThreadPool(threads - 1, Workers::daemon);
    }
    List<Future<?>> tasks = new ArrayList<>();
    for (int p = 1; p < parts; p++) {
      int from = (int) ((long) items * p / parts);
      int to = (int) ((long) items * (p + 1) / parts);
      tasks.add(pool.submit(() -> range.run(from, to)));
    }
    range.run(0, items / parts);
    await(tasks);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "kmq-quantize");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for all, also when interrupted: the parts are short, and the caller is told at the end.
   */
  private static void await(List<Future<?>> tasks) {
    boolean interrupted = false;
    Throwable failure = null;
    for (Future<?> task : tasks) {
      while (true) {
        try {
          task.get();
          break;
        } catch (ExecutionException e) {
          failure = e.getCause();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }
}
