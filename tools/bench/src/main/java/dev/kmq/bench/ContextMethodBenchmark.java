package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Method;
import dev.kmq.image.IndexedImage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Methods rans and mix, from indices to bytes and back, including the structures built from the
 * palette.
 *
 * <p>{@code java -jar tools/bench/target/benchmarks.jar ContextMethodBenchmark -p
 * picture=photo.png}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ContextMethodBenchmark {
  /** A file that ImageIO reads, or the generated image. */
  @Param(Photograph.GENERATED)
  public String picture = Photograph.GENERATED;

  /** A method that codes by context. */
  @Param({"RANS", "MIX"})
  public Method method = Method.RANS;

  /** K. */
  @Param({"16", "64", "256"})
  public int colors;

  /** Side of the tiles in pixels, 0 for a single tile. */
  @Param({"0", "512"})
  public int tile;

  /** Threads in both directions. */
  @Param("1")
  public int threads;

  private IndexedImage image = IndexPlanes.photoLike(1, 1, 2);
  private byte[] file = {};
  private EncodeOptions encode = EncodeOptions.builder().build();
  private DecodeOptions decode = DecodeOptions.builder().build();

  /** Quantises the image. */
  @Setup
  public void prepare() throws IOException {
    encode =
        EncodeOptions.builder()
            .colors(colors)
            .methods(method)
            .tileSize(tile, tile)
            .threads(threads)
            .build();
    decode = DecodeOptions.builder().threads(threads).build();
    image = new KmqEncoder(encode).quantize(Photograph.of(picture));
    file = Kmq.encode(image, encode);
  }

  /** Indices to bytes. */
  @Benchmark
  public byte[] encode() {
    return Kmq.encode(image, encode);
  }

  /** Bytes to indices. */
  @Benchmark
  public IndexedImage decode() throws IOException {
    return Kmq.decode(file, decode);
  }
}
