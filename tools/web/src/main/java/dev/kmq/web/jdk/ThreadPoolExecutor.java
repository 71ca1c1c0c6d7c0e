package dev.kmq.web.jdk;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * {@link java.util.concurrent.ThreadPoolExecutor} where there is one thread: runs tasks at once.
 */
public final class ThreadPoolExecutor implements Executor {
  public ThreadPoolExecutor(
      int core,
      int most,
      long keep,
      TimeUnit unit,
      BlockingQueue<Runnable> queue,
      ThreadFactory factory) {}

  @Override
  public void execute(Runnable task) {
    task.run();
  }
}
