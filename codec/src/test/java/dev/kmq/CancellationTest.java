package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(900)
final class CancellationTest {
  /** Processor time until an operation ends, which other programs do not change. */
  private static final int MOST_MILLIS = 1000;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** 2.25 megapixels, nearly all of different colours. */
  private static final PixelSource NOISE = noise(1500);

  private static final PixelSource LESS = noise(700);

  private static PixelSource noise(int side) {
    int[] argb = new Random(1).ints((long) side * side).map(c -> c | 0xFF000000).toArray();
    return PixelSource.of(side, side, argb);
  }

  /** An operation of the encoder. */
  private interface Operation {
    void run(Work work) throws IOException;
  }

  @ParameterizedTest
  @CsvSource({"256,DEFAULT,0.02", "256,DEFAULT,0.5", "2000,BEST,0.1"})
  void quantisingEndsSoon(int colors, Effort effort, double at) throws Exception {
    KmqEncoder encoder =
        new KmqEncoder(EncodeOptions.builder().colors(colors).effort(effort).build());
    endsSoon(at, work -> encoder.quantize(NOISE, work));
  }

  /** Between two reports, as when a user cancels; at 0, before the first one. */
  @ParameterizedTest
  @CsvSource({"256,DEFAULT,0", "256,DEFAULT,0.1", "2000,BEST,0.02", "2000,BEST,0.05"})
  void quantisingEndsSoonAtAnyTime(int colors, Effort effort, double at) throws Exception {
    KmqEncoder encoder =
        new KmqEncoder(EncodeOptions.builder().colors(colors).effort(effort).build());
    CountDownLatch reached = new CountDownLatch(at > 0 ? 1 : 0);
    Work work =
        Work.onThreads(2)
            .withProgress(
                done -> {
                  if (done >= at) {
                    reached.countDown();
                  }
                });
    FutureTask<IndexedImage> task = new FutureTask<>(() -> encoder.quantize(NOISE, work));
    new Thread(task).start();
    assertTrue(reached.await(300, TimeUnit.SECONDS));
    Thread.sleep(20);
    long start = PROCESS.getProcessCpuTime();
    work.cancel();
    Throwable thrown = assertThrows(ExecutionException.class, task::get).getCause();
    assertTrue(thrown instanceof CancellationException, String.valueOf(thrown));
    double millis = (PROCESS.getProcessCpuTime() - start) / 1e6;
    assertTrue(millis < MOST_MILLIS, millis + " ms");
  }

  @ParameterizedTest
  @EnumSource(Dither.class)
  void ditheringEndsSoon(Dither dither) throws Exception {
    KmqEncoder encoder =
        new KmqEncoder(EncodeOptions.builder().effort(Effort.FAST).dither(dither).build());
    endsSoon(dither == Dither.NONE ? 0.89 : 0.49, work -> encoder.quantize(LESS, work));
  }

  @Test
  void rateDistortionEndsSoon() throws Exception {
    KmqEncoder encoder =
        new KmqEncoder(
            EncodeOptions.builder().effort(Effort.FAST).methods(Method.MIX).rdo(20).build());
    endsSoon(0.05, work -> encoder.quantize(LESS, work));
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void encodingEndsSoon(Method method) throws Exception {
    KmqEncoder encoder =
        new KmqEncoder(EncodeOptions.builder().methods(method).tileSize(64, 64).build());
    endsSoon(0.1, work -> encoder.encode(LESS, OutputStream.nullOutputStream(), work));
  }

  @ParameterizedTest
  @EnumSource(value = Method.class, names = "PACKED", mode = EnumSource.Mode.EXCLUDE)
  void writingEndsSoon(Method method) throws Exception {
    IndexedImage image = SampleFiles.image(700, 700, 200, false, 1);
    KmqEncoder encoder =
        new KmqEncoder(EncodeOptions.builder().methods(method).tileSize(64, 64).build());
    endsSoon(0.1, work -> encoder.write(image, OutputStream.nullOutputStream(), work));
  }

  @Test
  void searchesForATargetEndSoon() throws Exception {
    KmqEncoder encoder =
        new KmqEncoder(
            EncodeOptions.builder()
                .methods(Method.RANS)
                .palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(100_000)))
                .build());
    endsSoon(0.02, work -> encoder.quantize(LESS, work));
  }

  private static void endsSoon(double at, Operation operation) throws Exception {
    double interrupted = millisToEnd(at, /* interrupt= */ true, 2, operation);
    assertTrue(interrupted < MOST_MILLIS, interrupted + " ms after an interrupt");
    double cancelled = millisToEnd(at, /* interrupt= */ false, 1, operation);
    assertTrue(cancelled < MOST_MILLIS, cancelled + " ms after cancel");
  }

  /** Runs an operation, cancels it at progress {@code at}, and returns how long it takes to end. */
  private static double millisToEnd(double at, boolean interrupt, int threads, Operation operation)
      throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Work work =
        Work.onThreads(threads)
            .withProgress(
                done -> {
                  if (done >= at) {
                    reached.countDown();
                    awaitUninterruptibly(asked);
                  }
                });
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              operation.run(work);
              return true;
            });
    FutureTask<Boolean> interrupted =
        new FutureTask<>(
            () -> {
              task.run();
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(interrupted);
    thread.start();
    assertTrue(reached.await(300, TimeUnit.SECONDS));
    long start = PROCESS.getProcessCpuTime();
    if (interrupt) {
      thread.interrupt();
    } else {
      work.cancel();
    }
    asked.countDown();
    assertEquals(interrupt, interrupted.get(), "the interrupt status stays");
    double millis = (PROCESS.getProcessCpuTime() - start) / 1e6;
    Throwable thrown = assertThrows(ExecutionException.class, task::get).getCause();
    assertTrue(thrown instanceof CancellationException, String.valueOf(thrown));
    return millis;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** At whatever moment it is cancelled, no thread reads pixels after the operation has ended. */
  @Test
  void nothingIsReadAfterTheEnd() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    PixelSource small = noise(300);
    PixelSource counted =
        new PixelSource() {
          @Override
          public int width() {
            return small.width();
          }

          @Override
          public int height() {
            return small.height();
          }

          @Override
          public void readRows(int y, int rows, int[] target) {
            reads.incrementAndGet();
            small.readRows(y, rows, target);
          }
        };
    KmqEncoder encoder = new KmqEncoder(EncodeOptions.builder().tileSize(16, 16).build());
    for (double at : new double[] {0, 0.3, 0.9}) {
      Operation operation = work -> encoder.encode(counted, OutputStream.nullOutputStream(), work);
      millisToEnd(at, /* interrupt= */ false, 2, operation);
      int ended = reads.get();
      Thread.sleep(20);
      assertEquals(ended, reads.get());
    }
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void progressOfQuantisingIsSpreadOverTheSteps(Effort effort) {
    List<Double> reported = new ArrayList<>();
    KmqEncoder encoder = new KmqEncoder(EncodeOptions.builder().colors(64).effort(effort).build());
    encoder.quantize(noise(300), Work.onThreads(2).withProgress(reported::add));
    assertEquals(reported.stream().sorted().distinct().toList(), reported);
    assertEquals(1, reported.get(reported.size() - 1));
    double last = 0;
    for (double done : reported) {
      assertTrue(done - last < 0.3, "from " + last + " to " + done);
      last = done;
    }
  }

  @Test
  void resultsAreTheSameOnAnyWork() throws Exception {
    EncodeOptions options = EncodeOptions.builder().colors(40).methods(Method.RANS).build();
    KmqEncoder encoder = new KmqEncoder(options);
    PixelSource pixels = noise(300);
    byte[] expected = Kmq.encode(pixels, options);
    List<Runnable> never = new ArrayList<>();
    for (Work work :
        List.of(
            Work.onThreads(1),
            Work.onThreads(2),
            Work.onThreads(8),
            Work.on(never::add, 8),
            Work.on(Runnable::run, 3))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      encoder.encode(pixels, out, work);
      assertArrayEquals(expected, out.toByteArray());
    }
  }
}
