package dev.kmq.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TaskQueueTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void everyTaskRunsOnce(int threads) {
    int[] runs = new int[500];
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(Work.onThreads(threads))) {
      for (int i = 0; i < runs.length; i++) {
        int task = i;
        tasks.add(() -> runs[task]++);
      }
      tasks.await();
    }
    assertTrue(Arrays.stream(runs).allMatch(n -> n == 1));
  }

  @Test
  void oneSlowTaskDoesNotHoldUpTheOthers() {
    Thread caller = Thread.currentThread();
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger others = new AtomicInteger();
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(Work.onThreads(2))) {
      tasks.add(
          () -> {
            assertFalse(Thread.currentThread() == caller);
            taken.countDown();
            return slow.await(30, TimeUnit.SECONDS);
          });
      awaitOrFail(taken);
      for (int i = 0; i < 100; i++) {
        tasks.add(others::incrementAndGet);
      }
      assertTrue(others.get() >= 99, others + " have run");
      slow.countDown();
      tasks.await();
    }
    assertEquals(100, others.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void fewTasksAreHeld(int threads) {
    AtomicInteger ended = new AtomicInteger();
    int most = 0;
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(Work.onThreads(threads))) {
      for (int i = 1; i <= 200; i++) {
        tasks.add(ended::incrementAndGet);
        most = Math.max(most, i - ended.get());
      }
      tasks.await();
    }
    assertEquals(200, ended.get());
    assertTrue(most <= 2 * threads - 2, most + " tasks at a time");
  }

  @Test
  void fourSmallTasksWaitForEachThread() {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger others = new AtomicInteger();
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(Work.onThreads(2))) {
      tasks.add(
          () -> {
            taken.countDown();
            return end.await(30, TimeUnit.SECONDS);
          },
          1000);
      awaitOrFail(taken);
      for (int i = 0; i < 7; i++) {
        tasks.add(others::incrementAndGet, 1000);
      }
      assertEquals(0, others.get());
      tasks.add(others::incrementAndGet, 1000);
      assertEquals(1, others.get());
      end.countDown();
      tasks.await();
    }
    assertEquals(8, others.get());
  }

  @Test
  void tasksThatHoldMuchDoNotWaitInNumbers() {
    AtomicInteger ended = new AtomicInteger();
    int most = 0;
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(Work.onThreads(4))) {
      for (int i = 1; i <= 200; i++) {
        tasks.add(ended::incrementAndGet, 1 << 22);
        most = Math.max(most, i - ended.get());
      }
      tasks.await();
    }
    assertTrue(most <= 6, most + " tasks at a time");
  }

  @Test
  void atMostThisNumberOfThreadsWork() {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(3);
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(Work.onThreads(3))) {
      for (int i = 0; i < 300; i++) {
        tasks.add(
            () -> {
              most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
              all.countDown();
              assertTrue(all.await(30, TimeUnit.SECONDS), "all of them take part");
              Thread.sleep(0, 100_000);
              return atWork.decrementAndGet();
            });
      }
      tasks.await();
    }
    assertEquals(3, most.get());
  }

  @Test
  void failuresAreRethrownUnchanged() {
    for (Throwable failure :
        List.of(
            new OutOfMemoryError("no"), new IllegalStateException("no"), new IOException("no"))) {
      for (int threads : new int[] {1, 2, 8}) {
        assertSame(failure, assertThrows(Throwable.class, () -> run(threads, failure)));
      }
    }
  }

  private static void run(int threads, Throwable failure) throws Exception {
    try (TaskQueue<Exception> tasks = new TaskQueue<>(Work.onThreads(threads))) {
      for (int i = 0; i < 20; i++) {
        int task = i;
        tasks.add(
            () -> {
              if (task == 7) {
                Work.rethrow(failure);
              }
              return task;
            });
      }
      tasks.await();
    }
  }

  /** The second task fails first in time. */
  @Test
  void theFirstTaskThatFailsDecides() {
    CountDownLatch second = new CountDownLatch(1);
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> {
              try (TaskQueue<IOException> tasks = new TaskQueue<>(Work.onThreads(2))) {
                tasks.add(
                    () -> {
                      awaitOrFail(second);
                      throw new IOException("first");
                    });
                tasks.add(
                    () -> {
                      second.countDown();
                      throw new IOException("second");
                    });
                tasks.await();
              }
            });
    assertEquals("first", thrown.getMessage());
  }

  @Test
  void anExecutorWhoseOnlyThreadIsTheCallersIsEnough() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      assertEquals(100, single.submit(() -> hundred(Work.on(single, 4))).get(30, TimeUnit.SECONDS));
    } finally {
      single.shutdownNow();
    }
  }

  @Test
  void executorsThatNeverBeginOrRejectOrRunTasksAtOnceAreEnough() {
    ExecutorService closed = Executors.newCachedThreadPool();
    closed.shutdown();
    Executor rejecting =
        task -> {
          throw new RejectedExecutionException();
        };
    List<Runnable> never = new ArrayList<>();
    for (Executor executor : List.of(never::add, closed, rejecting, (Executor) Runnable::run)) {
      assertEquals(100, hundred(Work.on(executor, 4)));
    }
    assertTrue(never.size() <= 3, "one task for each thread that may help");
    never.forEach(Runnable::run); // too late
  }

  private static int hundred(Work work) {
    AtomicInteger ran = new AtomicInteger();
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(work)) {
      for (int i = 0; i < 100; i++) {
        tasks.add(ran::incrementAndGet);
      }
      tasks.await();
    }
    return ran.get();
  }

  @Test
  void closingDropsWhatHasNotBegunAndWaitsForTheRest() {
    AtomicInteger ran = new AtomicInteger();
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean closing = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(Work.onThreads(2))) {
      tasks.add(
          () -> {
            begun.countDown();
            awaitThatWaits(caller, closing);
            ended.set(true);
            return 0;
          });
      awaitOrFail(begun);
      tasks.add(ran::incrementAndGet);
      closing.set(true);
    }
    assertTrue(ended.get());
    assertEquals(0, ran.get());
  }

  @Test
  void cancelEndsTheOperation() {
    Work work = Work.onThreads(2);
    AtomicInteger ran = new AtomicInteger();
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(work)) {
      work.cancel();
      assertThrows(CancellationException.class, () -> tasks.add(ran::incrementAndGet));
    }
    assertEquals(0, ran.get());
  }

  @Test
  void anInterruptEndsTheWait() {
    Work work = Work.onThreads(2);
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean waiting = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    try (TaskQueue<RuntimeException> tasks = new TaskQueue<>(work)) {
      tasks.add(
          () -> {
            begun.countDown();
            awaitThatWaits(caller, waiting);
            caller.interrupt();
            assertThrows(CancellationException.class, () -> WorkTest.awaitCancel(work));
            Thread.sleep(50);
            ended.set(true);
            return 0;
          });
      awaitOrFail(begun);
      tasks.add(() -> 0);
      waiting.set(true);
      assertThrows(CancellationException.class, tasks::await);
      assertTrue(ended.get(), "no task is left running");
      assertThrows(CancellationException.class, () -> tasks.add(() -> 0));
    }
    assertTrue(Thread.interrupted(), "and stays interrupted");
  }

  /** Returns when a thread has set {@code last} and then waits. */
  private static void awaitThatWaits(Thread thread, AtomicBoolean last) {
    while (!last.get() || thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
