package dev.kmq.container;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The memory that the current thread has allocated. */
final class Memory {
  private Memory() {}

  /** Bytes that this thread has allocated so far. */
  static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
