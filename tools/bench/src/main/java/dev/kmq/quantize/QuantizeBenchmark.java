package dev.kmq.quantize;

import dev.kmq.bench.Photograph;
import dev.kmq.concurrent.Work;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import dev.kmq.remap.FloydSteinberg;
import dev.kmq.remap.OrderedDither;
import dev.kmq.remap.Remapper;
import dev.kmq.remap.SpatialDither;
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

/** The steps from pixels to indices one by one, on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class QuantizeBenchmark {
  /** An image and its histogram. */
  @State(Scope.Benchmark)
  public static class Picture {
    /** A file that ImageIO reads, or the generated image. */
    @Param({Photograph.GENERATED})
    String picture = Photograph.GENERATED;

    PixelSource pixels = PixelSource.of(1, 1, new int[1]);
    ColorHistogram histogram = ColorHistogram.of(pixels);

    /** Reads or generates it. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
      pixels = Photograph.of(picture);
      histogram = ColorHistogram.of(pixels);
    }
  }

  /**
   * Clusters a few steps after the start, as moves find them. Up to 1024 centres, neighbours are
   * found by a scan, above by a tree.
   */
  @State(Scope.Benchmark)
  public static class Clusters {
    @Param({"16", "64", "256", "4096"})
    int colors;

    WeightedPoints points =
        WeightedPoints.of(ColorHistogram.of(PixelSource.of(1, 1, new int[1])), RGBA, false, WORK);
    private Lloyd start = Lloyd.ofLabels(points, new double[0], new int[1], 1, WORK);
    Lloyd lloyd = start.copy();
    ColorMap map =
        Quantizer.quantize(
            ColorHistogram.of(PixelSource.of(1, 1, new int[1])),
            PaletteRequest.of(1, Effort.FAST),
            WORK);

    /** Takes a few steps. */
    @Setup(Level.Trial)
    public void prepare(Picture picture) {
      points =
          WeightedPoints.of(picture.histogram, new ColorCoordinates(Metric.RGB, false), true, WORK);
      int[] labels = VarianceCut.labels(points, colors, WORK);
      start = Lloyd.ofLabels(points, new double[0], labels, colors + spare(), WORK);
      start.converge(0, 3, WORK);
      lloyd = start.copy();
      map = Quantizer.quantize(picture.histogram, PaletteRequest.of(colors, Effort.FAST), WORK);
    }

    /** Restores the initial centres. */
    @Setup(Level.Invocation)
    public void reset() {
      lloyd.copyFrom(start);
    }

    int spare() {
      return Math.max(4, colors / 8);
    }
  }

  private static final Work WORK = Work.onThreads(1);
  private static final ColorCoordinates RGBA = new ColorCoordinates(Metric.RGB, true);

  /** Counts all colours. */
  @Benchmark
  public ColorHistogram histogram(Picture picture) {
    return ColorHistogram.of(picture.pixels);
  }

  /** Cuts the colours into K clusters. */
  @Benchmark
  public int[] start(Clusters clusters) {
    return VarianceCut.labels(clusters.points, clusters.colors, WORK);
  }

  /** One of Lloyd's steps on all colours. */
  @Benchmark
  public int[] step(Clusters clusters) {
    clusters.lloyd.assign();
    clusters.lloyd.move();
    return clusters.lloyd.labels;
  }

  /** One split-and-merge move on all colours, including its steps. */
  @Benchmark
  public double moves(Clusters clusters) {
    new SplitMerge(clusters.lloyd, clusters.colors).run(clusters.spare(), 1, 0, WORK);
    return clusters.lloyd.error();
  }

  /** The nearest entry of every pixel, including the table. */
  @Benchmark
  public IndexPlane remap(Picture picture, Clusters clusters) {
    return new Remapper(picture.pixels, clusters.map, WORK).rows(0, picture.pixels.height());
  }

  /** Error diffusion. */
  @Benchmark
  public IndexPlane floydSteinberg(Picture picture, Clusters clusters) {
    return FloydSteinberg.fitted(picture.pixels, clusters.map.palette(), 0, 1, Metric.OKLAB, WORK)
        .rows(0, picture.pixels.height());
  }

  /** Spatial dithering, five fits of the colours included. */
  @Benchmark
  public IndexPlane spatial(Picture picture, Clusters clusters) {
    return SpatialDither.of(picture.pixels, clusters.map.palette(), 0, Metric.OKLAB, WORK)
        .rows(0, picture.pixels.height());
  }

  /** Ordered dithering, including the mask. */
  @Benchmark
  public IndexPlane blueNoise(Picture picture, Clusters clusters) {
    return OrderedDither.blueNoise(
            picture.pixels, clusters.map.palette(), false, Metric.OKLAB, WORK)
        .rows(0, picture.pixels.height());
  }
}
