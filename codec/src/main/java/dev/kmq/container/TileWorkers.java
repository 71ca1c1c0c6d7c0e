package dev.kmq.container;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Threads that code tiles. None is left behind at work when this is closed. */
final class TileWorkers implements AutoCloseable {
  private final ExecutorService pool;

  /** One more task than there are threads, so that none of them waits for the next. */
  private final Semaphore room;

  TileWorkers(int threads) {
    this.pool = Executors.newFixedThreadPool(threads);
    this.room = new Semaphore(threads + 1);
  }

  <T> Future<T> submit(Callable<T> task) {
    return pool.submit(task);
  }

  /** Waits while tasks enough have been handed over by this that have not ended. */
  <T> Future<T> submitWhenFree(Callable<T> task) throws IOException {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return pool.submit(
        () -> {
          try {
            return task.call();
          } finally {
            room.release();
          }
        });
  }

  /** The result of a task, or what it threw. */
  static <T> T await(Future<T> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while tiles were coded");
  }

  /** Drops tasks that have not begun and waits for the others, so that no buffer is in use. */
  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
