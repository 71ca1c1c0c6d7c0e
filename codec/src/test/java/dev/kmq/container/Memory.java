package dev.kmq.container;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the running thread has taken. */
final class Memory {
  private Memory() {}

  /** Bytes that this thread has ever allocated. */
  static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
