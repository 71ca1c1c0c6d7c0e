package dev.kmq.concurrent;

import dev.kmq.platform.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The executor, the number of threads, the progress and the cancellation of one operation.
 *
 * <p>The calling thread always takes part. It also runs every task that no other thread has
 * started, so an operation ends even on an executor whose threads are all busy. Results never
 * depend on the executor or on the number of threads.
 *
 * <p>An operation ends with a {@link CancellationException} soon after {@link #cancel} or an
 * interrupt of its calling thread, whose interrupt status stays set. An interrupt of a thread of
 * the executor also ends it. In all cases no task is left running.
 *
 * <p>Any thread may call {@code cancel}; everything else is for the thread of the operation. A
 * cancelled instance stays cancelled, so each operation that can be cancelled needs its own.
 */
public final class Work {
  /** The minimum number of items for another thread. */
  private static final int LEAST = 1 << 15;

  /** The number of items between two checks for cancellation. */
  private static final int RUN = 1 << 11;

  private final Executor executor;
  private final int threads;
  private final State state;
  private final double from;
  private final double to;

  /** State that all parts of an operation share. */
  private static final class State {
    private final @Nullable DoubleConsumer progress;
    private volatile boolean cancelled;
    private double reported = -1;

    State(@Nullable DoubleConsumer progress) {
      this.progress = progress;
    }
  }

  /** The codec's threads. The pool is made for the first task: most small images need none. */
  private enum Shared implements Executor {
    INSTANCE;

    @Override
    public void execute(Runnable task) {
      Pool.THREADS.execute(task);
    }

    private static final class Pool {
      static final Executor THREADS =
          new ThreadPoolExecutor(
              0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), Pool::thread);

      private static Thread thread(Runnable task) {
        return Threads.daemon(task, "kmq");
      }
    }
  }

  /** The body of a loop over the items {@code from} to {@code to - 1}. */
  @FunctionalInterface
  public interface Range {
    /**
     * Processes these items.
     *
     * @param from the first item
     * @param to the end of the items, exclusive
     */
    void run(int from, int to);
  }

  /**
   * The body of a loop over single items.
   *
   * @param <E> the exception that it throws
   */
  @FunctionalInterface
  public interface Body<E extends Exception> {
    /**
     * Processes one item.
     *
     * @param item the number of the item
     * @throws E if the item fails; the loop then ends with the exception of the first such item
     */
    void run(int item) throws E;
  }

  private Work(Executor executor, int threads, State state, double from, double to) {
    this.executor = executor;
    this.threads = threads;
    this.state = state;
    this.from = from;
    this.to = to;
  }

  /**
   * {@return work on the codec's shared threads: daemons that end after a second without a task}
   *
   * @param threads the maximum number of threads, the calling one included; at least 1
   */
  public static Work onThreads(int threads) {
    return on(Shared.INSTANCE, threads);
  }

  /**
   * {@return work on an executor} The calling thread runs each task that the executor rejects.
   *
   * @param executor is not shut down
   * @param threads the maximum number of threads, the calling one included; at least 1
   */
  public static Work on(Executor executor, int threads) {
    Objects.requireNonNull(executor, "executor");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    return new Work(executor, threads, new State(null), 0, 1);
  }

  /**
   * {@return new work on the same executor that reports progress and is cancelled separately} It is
   * for a single operation: fractions never decrease, so a second one would report nothing.
   *
   * @param progress is called by the thread that calls the operation, with increasing fractions
   *     from 0 to 1, finally 1 unless the operation fails; may throw to end the operation. A Swing
   *     application passes them on with {@code SwingUtilities.invokeLater}
   */
  public Work withProgress(DoubleConsumer progress) {
    return new Work(executor, threads, new State(progress), 0, 1);
  }

  /** {@return the maximum number of threads, the calling one included} */
  public int threads() {
    return threads;
  }

  /** Cancels the operation. */
  public void cancel() {
    state.cancelled = true;
  }

  /**
   * Ends the operation if it is cancelled or the current thread is interrupted.
   *
   * @throws CancellationException if so
   */
  public void check() {
    if (Thread.currentThread().isInterrupted()) {
      state.cancelled = true;
      throw new CancellationException("the thread was interrupted");
    }
    if (state.cancelled) {
      throw new CancellationException("the operation was cancelled");
    }
  }

  /**
   * Reports how much of this work is done, and ends the operation if it is cancelled.
   *
   * @param done a fraction from 0 to 1
   * @throws CancellationException as {@link #check} does
   */
  public void report(double done) {
    check();
    double whole = at(done);
    if (whole > state.reported) {
      state.reported = whole;
      if (state.progress != null) {
        state.progress.accept(whole);
      }
    }
  }

  /**
   * {@return a part of this work: its progress covers a range of this work's progress}
   *
   * @param start where its progress starts, 0 to 1
   * @param end where its progress ends, {@code start} to 1
   */
  public Work part(double start, double end) {
    return new Work(executor, threads, state, at(start), at(end));
  }

  /**
   * {@return consecutive parts of this work}
   *
   * @param shares relative durations; none is negative, at least one is above 0
   */
  public List<Work> split(double... shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    List<Work> parts = new ArrayList<>();
    double start = 0;
    for (double share : shares) {
      double end = parts.size() == shares.length - 1 ? sum : start + share;
      parts.add(part(start / sum, end / sum));
      start = end;
    }
    return parts;
  }

  /** Converts a fraction of this work to one of the whole operation; the end is exact. */
  private double at(double done) {
    return done >= 1 ? to : from + (to - from) * Math.max(0, done);
  }

  /**
   * {@return the number of ranges into which {@link #loop} divides {@code items} items}
   *
   * @param items the number of items, 0 or more
   */
  public int parts(int items) {
    return Math.max(1, Math.min(threads, items / LEAST));
  }

  /**
   * Processes the items 0 to {@code items - 1} in ranges and returns after all are done. Ranges
   * write to disjoint elements or add integers, so that results do not depend on their number.
   *
   * @param items the number of items, 0 or more
   * @param range processes some of the items
   */
  public void loop(int items, Range range) {
    int parts = parts(items);
    if (parts < 2) {
      check();
      range.run(0, items);
      return;
    }
    forEach(
        parts,
        part ->
            range.run(
                (int) ((long) items * part / parts), (int) ((long) items * (part + 1) / parts)));
  }

  /**
   * Processes a range in short runs, and checks for cancellation before each. JIT-compiled code
   * also takes over at the next run, not only after a long loop ends.
   *
   * @param from the first item
   * @param to the end of the items, exclusive
   * @param range processes some of the items
   */
  public void runs(int from, int to, Range range) {
    for (int i = from; i < to; i += RUN) {
      check();
      range.run(i, Math.min(to, i + RUN));
    }
  }

  /**
   * Processes the items 0 to {@code items - 1}, each by one thread, and returns after all are done.
   *
   * @param <E> the exception of the body
   * @param items the number of items, 0 or more
   * @param body processes one item
   * @throws E the exception of the first item that failed
   */
  public <E extends Exception> void forEach(int items, Body<E> body) throws E {
    check();
    Loop loop = new Loop(items, body);
    List<FutureTask<?>> helpers = new ArrayList<>();
    try {
      for (int i = 1; i < Math.min(threads, items); i++) {
        FutureTask<?> helper = new FutureTask<>(loop, null);
        helpers.add(helper);
        start(helper);
      }
      loop.run();
    } finally {
      loop.next.set(items);
      for (FutureTask<?> helper : helpers) {
        helper.run(); // does nothing, so that no thread starts it later
        awaitEnd(helper);
      }
    }
    Throwable failure = loop.failure;
    if (failure != null) {
      Work.<E>rethrow(failure);
    }
    check();
  }

  private final class Loop implements Runnable {
    private final int items;
    private final Body<?> body;
    private final AtomicInteger next = new AtomicInteger();
    private int failed = Integer.MAX_VALUE;
    private volatile @Nullable Throwable failure;

    Loop(int items, Body<?> body) {
      this.items = items;
      this.body = body;
    }

    @Override
    @SuppressWarnings("IllegalCatch") // rethrown by the calling thread
    public void run() {
      while (failure == null && !state.cancelled) {
        int item = next.getAndIncrement();
        if (item >= items) {
          return;
        }
        try {
          body.run(item);
        } catch (Throwable e) {
          fail(item, e);
        }
      }
    }

    /** Items start in order, so the first one to fail has started before any other fails. */
    private synchronized void fail(int item, Throwable e) {
      if (item < failed) {
        failed = item;
        failure = e;
      }
    }
  }

  /** Submits a task to the executor; a rejected one is left to the calling thread. */
  void start(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // the calling thread runs what no other has started
    }
  }

  /** Waits for the end of a started task, even if interrupted, because it uses the data. */
  void awaitEnd(FutureTask<?> task) {
    boolean interrupted = false;
    while (!task.isDone()) {
      try {
        task.get();
      } catch (InterruptedException e) {
        interrupted = true;
        state.cancelled = true; // so that the task ends soon
      } catch (ExecutionException e) {
        break; // reported when the result is requested
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Rethrows the exception of a body, unwrapped. */
  @SuppressWarnings("unchecked")
  static <E extends Exception> void rethrow(Throwable failure) throws E {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    throw (E) failure;
  }
}
