package dev.kmq.bench;

import dev.kmq.container.Method;
import dev.kmq.imageio.KmqImageReadParam;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.WritableRaster;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a packed file on disk through ImageIO, from opening it to the image, and the PNG that
 * ImageIO writes of the same palette and indices. PNG is always read as an indexed image.
 *
 * <p>{@code java -jar tools/bench/target/benchmarks.jar ReadBenchmark -p picture=photo.png}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadBenchmark {
  /** As for {@link Photograph#of}. */
  @Param(Photograph.GENERATED)
  public String picture = Photograph.GENERATED;

  /** K. */
  @Param({"16", "64", "256"})
  public int colors;

  private static final int HEAD = 24;
  private static final int CHECKSUM = 4;
  private static final int HEAD_AND_CHECKSUMS = HEAD + 2 * CHECKSUM;
  private static final int PIECE = 1 << 14;

  private BufferedImage whole = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
  private File kmq = new File("");
  private File png = new File("");

  /** Writes both files. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    IndexedPicture indexed = new IndexedPicture(picture, colors);
    kmq = file(indexed.kmq(Method.PACKED, 0), ".kmq");
    png = file(indexed.png(), ".png");
    whole = indexed();
  }

  private static File file(byte[] bytes, String suffix) throws IOException {
    Path path = Files.createTempFile("read", suffix);
    Files.write(path, bytes);
    return path.toFile();
  }

  /** Deletes both files. */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    Files.delete(kmq.toPath());
    Files.delete(png.toPath());
  }

  /** {@code ImageIO.read}, which gives three bytes a pixel. */
  @Benchmark
  public BufferedImage rgb() throws IOException {
    return ImageIO.read(kmq);
  }

  /** The same file as an indexed image. */
  @Benchmark
  public BufferedImage indexed() throws IOException {
    try (ImageInputStream stream = ImageIO.createImageInputStream(kmq)) {
      ImageReader reader = ImageIO.getImageReaders(stream).next();
      KmqImageReadParam param = new KmqImageReadParam();
      param.setIndexed(true);
      reader.setInput(stream, true, true);
      return reader.read(0, param);
    }
  }

  /**
   * The least that Java can do: opens the file, allocates the image and reads the stored indices
   * into its raster, without any check. With K = 64 they are shorter than the raster.
   */
  @Benchmark
  public BufferedImage copy() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(kmq, "r")) {
      WritableRaster raster = whole.getRaster().createCompatibleWritableRaster();
      byte[] bytes = ((DataBufferByte) raster.getDataBuffer()).getData();
      int length = (int) Math.min(bytes.length, kmq.length() - HEAD_AND_CHECKSUMS - 3L * colors);
      file.seek(HEAD + 3L * colors + CHECKSUM);
      for (int n, at = 0; at < length; at += n) {
        n = file.read(bytes, at, Math.min(PIECE, length - at));
      }
      return new BufferedImage(whole.getColorModel(), raster, false, null);
    }
  }

  /** {@code ImageIO.read} of the PNG. */
  @Benchmark
  public BufferedImage png() throws IOException {
    return ImageIO.read(png);
  }
}
