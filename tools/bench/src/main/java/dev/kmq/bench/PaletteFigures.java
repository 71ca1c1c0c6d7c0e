package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.image.ColorError;
import dev.kmq.image.Effort;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Error and time of palettes over images: the three efforts, from pixels in memory to indices on
 * one thread, and other programs as whole commands. Prints a Markdown row for each, with the
 * geometric mean of the MSE and the mean time per image for every K.
 */
public final class PaletteFigures {
  private static final int[] COLORS = {16, 64, 256};
  private static final int WARM_UP = 2;

  private final List<String> files;
  private final Table table;

  private PaletteFigures(List<String> files, PrintStream out) {
    this.files = files;
    this.table = new Table(out, "", columns());
  }

  /** The error and the time of one image. */
  private record Result(double mse, double millis) {}

  /** Processes one image. */
  @FunctionalInterface
  private interface Quantizing {
    Result run(String file) throws IOException, InterruptedException;
  }

  /**
   * Measures.
   *
   * @param args images, and among them {@code --peer "NAME: COMMAND"} with {@code {in}}, {@code
   *     {out}} (a PNG) and {@code {k}} in the command, any number of times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments = new Arguments(args);
    PaletteFigures figures = new PaletteFigures(arguments.pictures(), System.out);
    for (Effort effort : Effort.values()) {
      figures.line(
          "kmq `" + effort.name().toLowerCase(Locale.ROOT) + "`",
          WARM_UP,
          k -> file -> kmq(file, effort, k));
    }
    for (Peer peer : arguments.peers()) {
      figures.line(peer.name(), 0, k -> file -> peer(file, peer, k));
    }
  }

  private static List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (int k : COLORS) {
      columns.add("mse, K = " + k);
      columns.add("ms");
    }
    return columns;
  }

  private void line(String name, int warmUp, IntFunction<Quantizing> way)
      throws IOException, InterruptedException {
    List<String> cells = new ArrayList<>();
    for (int k : COLORS) {
      double logs = 0;
      double millis = 0;
      for (int round = 0; round <= warmUp; round++) {
        logs = 0;
        millis = 0;
        for (String file : files) {
          Result result = way.apply(k).run(file);
          logs += Math.log(Math.max(1e-9, result.mse));
          millis += result.millis;
        }
      }
      cells.add(String.format(Locale.ROOT, "%.2f", Math.exp(logs / files.size())));
      cells.add(String.format(Locale.ROOT, "%.0f", millis / files.size()));
    }
    table.row(name, cells);
  }

  private static Result kmq(String file, Effort effort, int k) throws IOException {
    PixelSource pixels = Photograph.of(file);
    EncodeOptions options = EncodeOptions.builder().colors(k).effort(effort).threads(1).build();
    long start = System.nanoTime();
    PixelSource result = new KmqEncoder(options).quantize(pixels).pixels();
    double millis = millisSince(start);
    return new Result(ColorError.of(pixels, result, 0).mse(), millis);
  }

  private static Result peer(String file, Peer peer, int k)
      throws IOException, InterruptedException {
    Path target = Files.createTempFile("peer", ".png");
    try {
      long start = System.nanoTime();
      peer.run(Map.of("{in}", file, "{out}", target.toString(), "{k}", Integer.toString(k)));
      double millis = millisSince(start);
      PixelSource result = Photograph.of(target.toString());
      return new Result(ColorError.of(Photograph.of(file), result, 0).mse(), millis);
    } finally {
      Files.delete(target);
    }
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
