package dev.kmq.concurrent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that the calling thread prepares one by one while other threads run the earlier ones. The
 * queue is short. Failures are thrown in the order of the tasks. Not thread-safe.
 *
 * @param <E> the exception of the tasks
 */
public final class TaskQueue<E extends Exception> implements AutoCloseable {
  private final Work work;

  /** Tasks not known to have ended, in order. */
  private final Deque<FutureTask<?>> unfinished = new ArrayDeque<>();

  /** Those of them that no thread has started. */
  private final Deque<FutureTask<?>> waiting = new ArrayDeque<>();

  private int helpers;

  /** An empty queue on the threads of an operation. */
  public TaskQueue(Work work) {
    this.work = work;
  }

  /**
   * Adds a task. If the queue is full, the calling thread runs the first waiting task before.
   *
   * @throws E the exception of an earlier task
   */
  public void add(Callable<?> body) throws E {
    work.check();
    FutureTask<?> task = new FutureTask<>(body);
    unfinished.add(task);
    boolean help;
    synchronized (waiting) {
      waiting.add(task);
      help = helpers < work.threads() - 1;
      helpers += help ? 1 : 0;
    }
    if (help) {
      work.start(this::runWaiting);
    }
    while (waiting() >= work.threads()) {
      runFirst();
    }
    while (!unfinished.isEmpty() && unfinished.element().isDone()) {
      result(unfinished.remove());
    }
  }

  /**
   * Runs or waits for all tasks.
   *
   * @throws E the exception of the first task that failed
   */
  public void await() throws E {
    while (!unfinished.isEmpty()) {
      work.check();
      FutureTask<?> task = unfinished.element();
      if (!task.isDone() && !runFirst()) {
        work.awaitEnd(task);
      }
      if (task.isDone()) {
        result(unfinished.remove());
      }
    }
  }

  private int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  private @Nullable FutureTask<?> next() {
    synchronized (waiting) {
      return waiting.poll();
    }
  }

  private boolean runFirst() {
    FutureTask<?> task = next();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  private void runWaiting() {
    while (true) {
      FutureTask<?> task;
      synchronized (waiting) {
        task = waiting.poll();
        if (task == null) {
          helpers--;
          return;
        }
      }
      task.run();
    }
  }

  private void result(FutureTask<?> task) throws E {
    try {
      task.get();
    } catch (ExecutionException e) {
      Work.<E>rethrow(Objects.requireNonNull(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      work.check();
    }
  }

  /** Drops tasks that have not started and waits for the others, so that no buffer is in use. */
  @Override
  public void close() {
    FutureTask<?> task = next();
    while (task != null) {
      task.cancel(false);
      task = next();
    }
    unfinished.forEach(work::awaitEnd);
    unfinished.clear();
  }
}
