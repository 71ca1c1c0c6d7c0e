package dev.kmq.web.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.Checksum;
import org.junit.jupiter.api.Test;

/** The substitutes do what the JDK's classes do. */
class JdkTest {
  @Test
  void adlerIsTheJdks() {
    assertSameSums(new java.util.zip.Adler32(), new Adler32());
  }

  private static void assertSameSums(Checksum expected, Checksum actual) {
    Random random = new Random(3);
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length + 5];
      random.nextBytes(bytes);
      int offset = random.nextInt(5);
      expected.update(bytes, offset, length);
      actual.update(bytes, offset, length);
      expected.update(length);
      actual.update(length);
      assertEquals(expected.getValue(), actual.getValue(), "length " + length);
    }
    byte[] highest = new byte[20_000];
    Arrays.fill(highest, (byte) -1);
    expected.update(highest, 0, highest.length);
    actual.update(highest);
    assertEquals(expected.getValue(), actual.getValue(), "highest bytes");
    expected.reset();
    actual.reset();
    assertEquals(expected.getValue(), actual.getValue(), "after a reset");
  }

  @Test
  void tasksRunOnce() throws Exception {
    int[] runs = new int[1];
    FutureTask<Integer> task = new FutureTask<>(() -> ++runs[0]);
    assertFalse(task.isDone());
    task.run();
    task.run();
    assertTrue(task.isDone());
    assertEquals(1, task.get());
    assertFalse(task.cancel(true));
    assertEquals(1, runs[0]);
  }

  @Test
  void tasksKeepTheirFailure() {
    IllegalStateException fault = new IllegalStateException();
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              throw fault;
            },
            "result");
    task.run();
    assertSame(fault, assertThrows(ExecutionException.class, task::get).getCause());
  }

  @Test
  void cancelledTasksDoNotRun() {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              throw new AssertionError();
            },
            "result");
    assertTrue(task.cancel(false));
    task.run();
    assertTrue(task.isDone());
    assertThrows(CancellationException.class, task::get);
  }

  @Test
  void executorsRunTasksAtOnce() {
    List<String> done = new ArrayList<>();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), Thread::new);
    executor.execute(() -> done.add("a"));
    assertEquals(List.of("a"), done);
  }

  @Test
  void arraysCompareReferences() {
    AtomicReferenceArray<String> array = new AtomicReferenceArray<>(2);
    assertNull(array.get(1));
    assertTrue(array.compareAndSet(1, null, "a"));
    assertFalse(array.compareAndSet(1, null, "b"));
    assertEquals("a", array.get(1));
    array.set(0, "c");
    assertEquals("c", array.get(0));
  }
}
