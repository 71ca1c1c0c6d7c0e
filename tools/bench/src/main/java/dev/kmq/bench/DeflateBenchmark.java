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
import java.util.zip.Deflater;
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
 * The deflate method: writing and reading an image in memory, and zlib level 9 on the same bytes.
 * Operations are pixels.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeflateBenchmark {
  private static final int SIDE = 1024;

  @Param({"4", "16", "64", "256", "1000"})
  int colors;

  private IndexedImage image = IndexPlanes.photoLike(1, 1, 2);
  private IndexPlane target = image.plane();
  private byte[] file = {};
  private byte[] bytes = {};
  private final byte[] deflated = new byte[1 << 14];
  private final EncodeOptions encodeOptions =
      EncodeOptions.builder().methods(Method.DEFLATE).threads(1).build();
  private final DecodeOptions decodeOptions = DecodeOptions.builder().threads(1).build();

  /** Makes the image and the file. */
  @Setup(Level.Trial)
  public void prepare() {
    image = IndexPlanes.photoLike(SIDE, SIDE, colors);
    target = IndexPlane.allocate(SIDE, SIDE, colors);
    file = Kmq.encode(image, encodeOptions);
    bytes = deflatedBytes();
  }

  /** The bytes that the method deflates: the inflated payload of the file. */
  private byte[] deflatedBytes() {
    int bits = colors <= 16 ? image.palette().bitsPerIndex() : colors <= 256 ? 8 : 16;
    byte[] all = new byte[SIDE * SIDE / 8 * bits];
    for (int i = 0, bit = 0; i < SIDE * SIDE; i++) {
      int index = image.plane().get(i % SIDE, i / SIDE);
      for (int b = bits - 1; b >= 0; b--, bit++) {
        all[bit >>> 3] |= (byte) ((index >>> b & 1) << (7 - (bit & 7)));
      }
    }
    return all;
  }

  /** Writes the image and discards the bytes. */
  @Benchmark
  @OperationsPerInvocation(SIDE * SIDE)
  public void encode() throws IOException {
    new KmqEncoder(encodeOptions).write(image, OutputStream.nullOutputStream());
  }

  /** Deflates the same bytes with zlib, level 9, for comparison with {@link #encode}. */
  @Benchmark
  @OperationsPerInvocation(SIDE * SIDE)
  public long encodeByZlib() {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      while (!deflater.finished()) {
        deflater.deflate(deflated);
      }
      return deflater.getBytesWritten();
    } finally {
      deflater.end();
    }
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
