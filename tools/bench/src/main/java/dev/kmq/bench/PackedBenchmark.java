package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Method;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The packed method with each number of bits: writing and reading an image in memory. Operations
 * are pixels.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PackedBenchmark {
  private static final int SIDE = 1024;

  @Param({"2", "4", "8", "16", "32", "64", "100", "128", "256", "512", "4096", "65536"})
  int colors;

  private IndexedImage image = IndexPlanes.noise(1, 1, 2);
  private IndexPlane target = image.plane();
  private byte[] file = {};
  private final EncodeOptions encodeOptions =
      EncodeOptions.builder().methods(Method.PACKED).threads(1).build();
  private final DecodeOptions decodeOptions = DecodeOptions.builder().threads(1).build();

  /** Makes the image and the file. */
  @Setup(Level.Trial)
  public void prepare() {
    image = IndexPlanes.noise(SIDE, SIDE, colors);
    target = IndexPlane.allocate(SIDE, SIDE, colors);
    file = Kmq.encode(image, encodeOptions);
  }

  /** Writes the image and discards the bytes. */
  @Benchmark
  @OperationsPerInvocation(SIDE * SIDE)
  public void encode() throws IOException {
    new KmqEncoder(encodeOptions).write(image, OutputStream.nullOutputStream());
  }

  /** Reads the image into an existing plane. */
  @Benchmark
  @OperationsPerInvocation(SIDE * SIDE)
  public IndexPlane decode() throws IOException {
    try (KmqReader reader = KmqReader.open(file, decodeOptions)) {
      reader.readTile(0, target);
    }
    return target;
  }
}
