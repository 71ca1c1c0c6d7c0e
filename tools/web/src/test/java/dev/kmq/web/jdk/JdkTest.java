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
  void checksumsAreTheJdks() {
    assertSameSums(new java.util.zip.CRC32C(), new CRC32C());
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
  void wordsAreTheCodecs() {
    Random random = new Random(4);
    byte[] bytes = new byte[24];
    byte[] same = new byte[24];
    for (int i = 0; i < 500; i++) {
      random.nextBytes(bytes);
      int at = random.nextInt(17);
      assertEquals(dev.kmq.bytes.Words.bigEndian(bytes, at), Words.bigEndian(bytes, at));
      assertEquals(dev.kmq.bytes.Words.littleEndian(bytes, at), Words.littleEndian(bytes, at));
      System.arraycopy(bytes, 0, same, 0, bytes.length);
      long word = random.nextLong();
      dev.kmq.bytes.Words.setBigEndian(same, at, word);
      Words.setBigEndian(bytes, at, word);
      assertEquals(List.of(), differences(same, bytes));
    }
  }

  private static List<Integer> differences(byte[] a, byte[] b) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      if (a[i] != b[i]) {
        places.add(i);
      }
    }
    return places;
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
