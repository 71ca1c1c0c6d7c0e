package dev.kmq.web.jdk;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** {@link java.util.concurrent.FutureTask} where there is one thread. */
public class FutureTask<V> implements Runnable {
  private final Callable<V> body;
  private boolean done;
  private boolean cancelled;
  private @Nullable V result;
  private @Nullable Throwable failure;

  public FutureTask(Callable<V> body) {
    this.body = body;
  }

  public FutureTask(Runnable body, V result) {
    this(
        () -> {
          body.run();
          return result;
        });
  }

  @Override
  @SuppressWarnings("IllegalCatch") // thrown by get
  public void run() {
    if (done) {
      return;
    }
    done = true;
    try {
      result = body.call();
    } catch (Throwable e) {
      failure = e;
    }
  }

  public boolean cancel(boolean interrupt) {
    boolean before = !done;
    cancelled |= before;
    done = true;
    return before;
  }

  public boolean isDone() {
    return done;
  }

  public @Nullable V get() throws ExecutionException, InterruptedException {
    if (cancelled) {
      throw new CancellationException();
    }
    if (failure != null) {
      throw new ExecutionException(failure);
    }
    return result;
  }
}
