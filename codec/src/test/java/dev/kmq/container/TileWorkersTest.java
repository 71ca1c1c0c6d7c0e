package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TileWorkersTest {
  @Test
  void oneSlowTaskDoesNotHoldUpTheOthers() throws IOException {
    CountDownLatch slow = new CountDownLatch(1);
    try (TileWorkers workers = new TileWorkers(2)) {
      Future<Boolean> first =
          workers.submitWhenFree(
              () -> {
                slow.await();
                return true;
              });
      List<Future<Integer>> others = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        others.add(workers.submitWhenFree(() -> number));
      }
      for (int i = 0; i < others.size(); i++) {
        assertEquals(i, TileWorkers.await(others.get(i)));
      }
      assertFalse(first.isDone());
      slow.countDown();
      assertTrue(TileWorkers.await(first));
    }
  }

  @Test
  void holdsFewTasks() throws IOException {
    AtomicInteger ended = new AtomicInteger();
    int most = 0;
    List<Future<Integer>> tasks = new ArrayList<>();
    try (TileWorkers workers = new TileWorkers(2)) {
      for (int i = 0; i < 200; i++) {
        tasks.add(workers.submitWhenFree(ended::incrementAndGet));
        most = Math.max(most, tasks.size() - ended.get());
      }
      for (Future<Integer> task : tasks) {
        TileWorkers.await(task);
      }
    }
    assertEquals(200, ended.get());
    assertTrue(most <= 3, most + " tasks at a time");
  }

  @Test
  void aFailedTaskMakesRoomAndGivesItsException() throws IOException {
    try (TileWorkers workers = new TileWorkers(1)) {
      for (int i = 0; i < 10; i++) {
        Future<Object> task =
            workers.submitWhenFree(
                () -> {
                  throw new IOException("broken");
                });
        IOException e = assertThrows(IOException.class, () -> TileWorkers.await(task));
        assertEquals("broken", e.getMessage());
      }
    }
  }

  @Test
  void anInterruptEndsTheWaitForRoom() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    List<Future<Boolean>> tasks = new ArrayList<>();
    try (TileWorkers workers = new TileWorkers(1)) {
      for (int i = 0; i < 2; i++) {
        tasks.add(
            workers.submitWhenFree(
                () -> {
                  end.await();
                  return true;
                }));
      }
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, () -> workers.submitWhenFree(() -> true));
      assertTrue(Thread.interrupted());
      end.countDown();
      assertTrue(TileWorkers.await(tasks.get(1)));
    }
  }
}
