package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void whatFailsForMemoryIsTriedAlone() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    AtomicBoolean neighbourIsDone = new AtomicBoolean();
    AtomicInteger attempts = new AtomicInteger();
    Thread neighbour =
        new Thread(
            () -> {
              try {
                Memory.use(
                    () -> {
                      both.countDown();
                      await(both);
                      pause();
                      neighbourIsDone.set(true);
                      return 0;
                    });
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    neighbour.start();
    int result =
        Memory.use(
            () -> {
              if (attempts.incrementAndGet() == 1) {
                both.countDown();
                await(both);
                throw new IOException("wrapped by a reader", new OutOfMemoryError());
              }
              assertTrue(neighbourIsDone.get());
              return 5;
            });
    neighbour.join();
    assertEquals(5, result);
    assertEquals(2, attempts.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void otherFailuresAreNotRepeated() {
    AtomicInteger attempts = new AtomicInteger();
    assertThrows(
        IOException.class,
        () ->
            Memory.use(
                () -> {
                  attempts.incrementAndGet();
                  throw new IOException("damaged");
                }));
    assertEquals(1, attempts.get());
    OutOfMemoryError error =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                Memory.use(
                    () -> {
                      throw new OutOfMemoryError();
                    }));
    assertTrue(Failure.message(error).startsWith("too large for the memory of an executor"));
  }
}
