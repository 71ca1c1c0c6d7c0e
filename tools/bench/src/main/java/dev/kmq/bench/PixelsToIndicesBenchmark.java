package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From pixels in memory to palette and indices: all steps of {@link
 * dev.kmq.quantize.QuantizeBenchmark} together, on one thread and on two.
 *
 * <p>{@code java -jar tools/bench/target/benchmarks.jar PixelsToIndicesBenchmark -p
 * picture=photo.jpg}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
public class PixelsToIndicesBenchmark {
  /** As for {@link Photograph#of}. */
  @Param(Photograph.GENERATED)
  public String picture = Photograph.GENERATED;

  /** K. */
  @Param({"64", "256"})
  public int colors;

  @Param("DEFAULT")
  public Effort effort = Effort.DEFAULT;

  @Param({"1", "2"})
  public int threads;

  private PixelSource pixels = PixelSource.of(1, 1, new int[1]);
  private KmqEncoder encoder = new KmqEncoder(EncodeOptions.builder().build());

  /** Reads or generates the image. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    pixels = Photograph.of(picture);
    encoder =
        new KmqEncoder(
            EncodeOptions.builder().colors(colors).effort(effort).threads(threads).build());
  }

  /** Quantises and maps. */
  @Benchmark
  public IndexedImage quantize() {
    return encoder.quantize(pixels);
  }
}
