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
final class WorkTest {
  private static final int ITEMS = 300_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void aLoopVisitsEveryItemOnce(int threads) {
    int[] visits = new int[ITEMS];
    Work.onThreads(threads)
        .loop(
            ITEMS,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                visits[i]++;
              }
            });
    assertTrue(Arrays.stream(visits).allMatch(n -> n == 1));
  }

  @Test
  void fewItemsStayOnTheCallingThread() {
    assertEquals(1, Work.onThreads(8).parts(40_000));
    assertEquals(4, Work.onThreads(4).parts(ITEMS));
    Thread caller = Thread.currentThread();
    Work.onThreads(8).loop(40_000, (from, to) -> assertSame(caller, Thread.currentThread()));
    Work.onThreads(1).forEach(100, item -> assertSame(caller, Thread.currentThread()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void atMostThisNumberOfThreadsWork(int threads) throws InterruptedException {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(threads);
    Work.onThreads(threads)
        .<InterruptedException>forEach(
            50,
            item -> {
              most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
              all.countDown();
              assertTrue(all.await(30, TimeUnit.SECONDS), "all of them take part");
              Thread.sleep(1);
              atWork.decrementAndGet();
            });
    assertEquals(threads, most.get());
  }

  @Test
  void failuresAreRethrownUnchanged() {
    for (Throwable failure :
        List.of(
            new OutOfMemoryError("no"), new IllegalStateException("no"), new IOException("no"))) {
      for (int threads : new int[] {1, 2, 8}) {
        Throwable thrown =
            assertThrows(
                Throwable.class,
                () -> Work.onThreads(threads).<Exception>forEach(20, item -> fail(item, failure)));
        assertSame(failure, thrown);
      }
    }
  }

  private static void fail(int item, Throwable failure) throws Exception {
    if (item == 5) {
      Work.rethrow(failure);
    }
  }

  /** The second item fails first in time. */
  @Test
  void theFirstItemThatFailsDecides() {
    CountDownLatch second = new CountDownLatch(1);
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                Work.onThreads(2)
                    .<Exception>forEach(
                        2,
                        item -> {
                          if (item == 1) {
                            second.countDown();
                            throw new IOException("second");
                          }
                          assertTrue(second.await(30, TimeUnit.SECONDS));
                          Thread.sleep(50);
                          throw new IOException("first");
                        }));
    assertEquals("first", thrown.getMessage());
  }

  @Test
  void nothingBeginsAfterAFailure() {
    AtomicInteger begun = new AtomicInteger();
    assertThrows(
        IllegalStateException.class,
        () ->
            Work.onThreads(2)
                .forEach(
                    10_000,
                    item -> {
                      begun.incrementAndGet();
                      throw new IllegalStateException();
                    }));
    assertTrue(begun.get() <= 2, begun + " items");
  }

  @Test
  void noTaskIsLeftRunningAfterAFailure() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    CountDownLatch other = new CountDownLatch(1);
    assertThrows(
        IOException.class,
        () ->
            Work.onThreads(2)
                .<Exception>forEach(
                    2,
                    item -> {
                      if (item == 0) {
                        assertTrue(other.await(30, TimeUnit.SECONDS));
                        throw new IOException();
                      }
                      running.incrementAndGet();
                      other.countDown();
                      Thread.sleep(100);
                      running.decrementAndGet();
                    }));
    assertEquals(0, running.get());
  }

  @Test
  void anExecutorWhoseOnlyThreadIsTheCallersIsEnough() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      AtomicInteger sum = new AtomicInteger();
      single
          .submit(() -> Work.on(single, 4).loop(ITEMS, (from, to) -> sum.addAndGet(to - from)))
          .get(30, TimeUnit.SECONDS);
      assertEquals(ITEMS, sum.get());
    } finally {
      single.shutdownNow();
    }
  }

  @Test
  void runsCoverARangeOnceAndEndBetweenTwoOfThem() {
    Work work = Work.onThreads(1);
    int[] seen = new int[ITEMS];
    work.runs(
        3,
        ITEMS - 5,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            seen[i]++;
          }
        });
    for (int i = 0; i < ITEMS; i++) {
      assertEquals(i < 3 || i >= ITEMS - 5 ? 0 : 1, seen[i]);
    }
    AtomicInteger items = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () ->
            work.runs(
                0,
                ITEMS,
                (from, to) -> {
                  items.addAndGet(to - from);
                  work.cancel();
                }));
    assertTrue(items.get() > 0 && items.get() < ITEMS / 8, items + " items");
  }

  @Test
  void anExecutorThatIsBusyForeverIsEnough() {
    List<Runnable> never = new ArrayList<>();
    Work work = Work.on(never::add, 3);
    AtomicInteger sum = new AtomicInteger();
    work.loop(ITEMS, (from, to) -> sum.addAndGet(to - from));
    work.loop(ITEMS, (from, to) -> sum.addAndGet(to - from));
    assertEquals(2 * ITEMS, sum.get());
    assertEquals(4, never.size());
    never.forEach(Runnable::run); // too late
    assertEquals(2 * ITEMS, sum.get());
  }

  @Test
  void executorsThatRejectOrAreShutDownOrRunTasksAtOnceAreEnough() {
    ExecutorService closed = Executors.newCachedThreadPool();
    closed.shutdown();
    Executor rejecting =
        task -> {
          throw new RejectedExecutionException();
        };
    for (Executor executor : List.of(closed, rejecting, (Executor) Runnable::run)) {
      AtomicInteger sum = new AtomicInteger();
      Work.on(executor, 4).loop(ITEMS, (from, to) -> sum.addAndGet(to - from));
      assertEquals(ITEMS, sum.get());
    }
  }

  /** As if no more threads could be started. */
  @Test
  void noTaskRemainsAfterAnExecutorFails() {
    List<Runnable> accepted = new ArrayList<>();
    Executor failing =
        task -> {
          if (!accepted.isEmpty()) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          accepted.add(task);
        };
    AtomicInteger items = new AtomicInteger();
    assertThrows(
        OutOfMemoryError.class,
        () -> Work.on(failing, 4).forEach(9, item -> items.incrementAndGet()));
    accepted.get(0).run();
    assertEquals(0, items.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void cancelEndsALoop(int threads) {
    Work work = Work.onThreads(threads);
    AtomicInteger begun = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () ->
            work.forEach(
                1000,
                item -> {
                  begun.incrementAndGet();
                  work.cancel();
                }));
    assertTrue(begun.get() <= threads, begun + " items");
    assertThrows(CancellationException.class, () -> work.forEach(1, item -> begun.set(2000)));
    assertThrows(CancellationException.class, work::check);
    assertThrows(CancellationException.class, () -> work.part(0, 0.5).report(1));
    assertTrue(begun.get() <= threads, "nothing begins on cancelled work");
    work.withProgress(done -> {}).check(); // a separate operation
  }

  @Test
  void cancelFromAnotherThreadIsSeenByAllThatWork() throws InterruptedException {
    Work work = Work.onThreads(2);
    CountDownLatch begun = new CountDownLatch(2);
    Thread cancelling =
        new Thread(
            () -> {
              try {
                assertTrue(begun.await(30, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                return;
              }
              work.cancel();
            });
    cancelling.start();
    assertThrows(
        CancellationException.class,
        () ->
            work.forEach(
                2,
                item -> {
                  begun.countDown();
                  awaitCancel(work);
                }));
    cancelling.join();
    assertFalse(Thread.currentThread().isInterrupted());
  }

  /** Even while it only waits for another thread. */
  @Test
  void anInterruptOfTheCallerEndsWhatTheOthersDo() {
    Work work = Work.onThreads(2);
    Thread caller = Thread.currentThread();
    CountDownLatch helping = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    assertThrows(
        CancellationException.class,
        () ->
            work.<InterruptedException>forEach(
                2,
                item -> {
                  if (Thread.currentThread() == caller) {
                    assertTrue(helping.await(30, TimeUnit.SECONDS));
                    finished.set(true);
                    return; // and wait for the other
                  }
                  helping.countDown();
                  while (!finished.get() || caller.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                  }
                  caller.interrupt();
                  try {
                    awaitCancel(work);
                  } finally {
                    ended.set(true);
                  }
                }));
    assertTrue(ended.get());
    assertTrue(Thread.interrupted(), "and stays interrupted");
  }

  @Test
  void anInterruptedThreadBeginsNothing() {
    Thread.currentThread().interrupt();
    AtomicInteger begun = new AtomicInteger();
    Work work = Work.onThreads(2);
    assertThrows(
        CancellationException.class, () -> work.loop(ITEMS, (from, to) -> begun.incrementAndGet()));
    assertTrue(Thread.interrupted());
    assertEquals(0, begun.get());
  }

  @Test
  void progressRisesAndPartsNest() {
    List<Double> reported = new ArrayList<>();
    Work whole = Work.onThreads(1).withProgress(reported::add);
    Work first = whole.part(0, 0.5);
    first.report(0);
    first.report(0.5);
    first.report(0.25); // does not decrease
    first.part(0.5, 1).report(0.5);
    first.report(1);
    first.report(7);
    Work rest = whole.part(0.5, 1);
    rest.report(-1);
    rest.part(0.3, 1).part(0.7, 1).report(1);
    rest.report(1);
    assertEquals(List.of(0.0, 0.25, 0.375, 0.5, 1.0), reported);
  }

  /** Rounding must not keep the last fraction below 1. */
  @Test
  void theEndIsOneHoweverPartsAreCut() {
    for (int n = 1; n < 200; n++) {
      List<Double> reported = new ArrayList<>();
      Work work = Work.onThreads(1).withProgress(reported::add);
      for (int depth = 0; depth < n % 7 + 1; depth++) {
        work = work.part(n / (n + 1.0), 1);
      }
      work.report(1);
      assertEquals(List.of(1.0), reported);
    }
  }

  @Test
  void progressThatThrowsEndsTheOperation() {
    IllegalStateException stop = new IllegalStateException("stop");
    Work work =
        Work.onThreads(2)
            .withProgress(
                done -> {
                  throw stop;
                });
    assertSame(stop, assertThrows(IllegalStateException.class, () -> work.report(0.1)));
  }

  @Test
  void wrongNumbersOfThreadsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Work.onThreads(0));
    assertThrows(IllegalArgumentException.class, () -> Work.on(Runnable::run, -1));
  }

  /** A pool that kept its threads would keep applications from exiting, or class loaders alive. */
  @Test
  void threadsOfTheCodecAreDaemonsWithoutAContext() {
    Thread caller = Thread.currentThread();
    CountDownLatch helping = new CountDownLatch(1);
    AtomicBoolean daemon = new AtomicBoolean();
    AtomicBoolean context = new AtomicBoolean(true);
    Work.onThreads(2)
        .forEach(
            2,
            item -> {
              if (Thread.currentThread() == caller) {
                awaitOrFail(helping);
              } else {
                daemon.set(Thread.currentThread().isDaemon());
                context.set(Thread.currentThread().getContextClassLoader() != null);
                helping.countDown();
              }
            });
    assertTrue(daemon.get());
    assertFalse(context.get());
  }

  /** Throws when the work is cancelled. */
  static void awaitCancel(Work work) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      work.check();
      Thread.onSpinWait();
    }
    throw new AssertionError("the work is not cancelled");
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
