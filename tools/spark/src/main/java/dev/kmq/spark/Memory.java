package dev.kmq.spark;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The memory that the tasks of a process share. An image for which it does not suffice is tried
 * again while no other one is in work, so that a large image fails none of its neighbours, and
 * itself only if it is too large for the whole process.
 */
final class Memory {
  private static final ReadWriteLock USE = new ReentrantReadWriteLock(true);

  private Memory() {}

  /** Work on an image, which can be repeated. */
  @FunctionalInterface
  interface Job<T> {
    /** Does the work from its beginning. */
    T run() throws IOException;
  }

  static <T> T use(Job<T> job) throws IOException {
    USE.readLock().lock();
    try {
      return job.run();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (!Failure.isMemory(e)) {
        throw e;
      }
    } finally {
      USE.readLock().unlock();
    }
    USE.writeLock().lock();
    try {
      return job.run();
    } finally {
      USE.writeLock().unlock();
    }
  }
}
