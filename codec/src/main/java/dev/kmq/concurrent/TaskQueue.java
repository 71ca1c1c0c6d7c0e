package dev.kmq.concurrent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that the calling thread prepares one by one while other threads run the earlier ones. It
 * also runs one itself when enough are waiting to keep the others busy meanwhile. Failures are
 * thrown in the order of the tasks. Not thread-safe.
 *
 * @param <E> the exception of the tasks
 */
public final class TaskQueue<E extends Exception> implements AutoCloseable {
  /** Tasks that may wait for each thread, unless they hold more than {@link #MOST_BYTES}. */
  private static final int WAITING = 4;

  private static final long MOST_BYTES = 1 << 22;

  private final Work work;

  /** Tasks not known to have ended, in order. */
  private final Deque<FutureTask<?>> unfinished = new ArrayDeque<>();

  /** Those of them that no thread has started. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private long waitingBytes;
  private int helpers;

  private record Waiting(FutureTask<?> task, long bytes) {}

  /**
   * An empty queue on the threads of an operation.
   *
   * @param work the operation that the tasks belong to
   */
  public TaskQueue(Work work) {
    this.work = work;
  }

  /**
   * Adds a task that may hold much memory: one waits for each thread. If more do, the calling
   * thread runs the first waiting task before this returns.
   *
   * @param body the task; its result is ignored
   * @throws E the exception of an earlier task
   */
  public void add(Callable<?> body) throws E {
    add(body, MOST_BYTES + 1);
  }

  /**
   * As {@link #add(Callable)}, but up to four tasks wait for each thread while they hold at most 4
   * MiB together. Threads then seldom run out of tasks while the calling thread runs a long one.
   *
   * @param body the task; its result is ignored
   * @param bytes memory that the task holds until it has run
   * @throws E the exception of an earlier task
   */
  public void add(Callable<?> body, long bytes) throws E {
    work.check();
    FutureTask<?> task = new FutureTask<>(body);
    unfinished.add(task);
    boolean help;
    synchronized (waiting) {
      waiting.add(new Waiting(task, bytes));
      waitingBytes += bytes;
      help = helpers < work.threads() - 1;
      helpers += help ? 1 : 0;
    }
    if (help) {
      work.start(this::runWaiting);
    }
    while (isFull()) {
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

  private boolean isFull() {
    int threads = work.threads();
    synchronized (waiting) {
      int most = threads == 1 || waitingBytes > MOST_BYTES ? threads : WAITING * threads;
      return waiting.size() >= most;
    }
  }

  private @Nullable FutureTask<?> next() {
    synchronized (waiting) {
      Waiting first = waiting.poll();
      if (first == null) {
        return null;
      }
      waitingBytes -= first.bytes;
      return first.task;
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
        task = next();
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
