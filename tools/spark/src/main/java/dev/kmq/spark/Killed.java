package dev.kmq.spark;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/** Ends tasks that Spark kills, such as the slower one of two attempts. */
final class Killed {
  private Killed() {}

  /** A killed task must not take its interruption for a failure of an image. */
  static void check() {
    if (TaskContext.get().isInterrupted() || Thread.currentThread().isInterrupted()) {
      throw new TaskKilledException("killed");
    }
  }
}
