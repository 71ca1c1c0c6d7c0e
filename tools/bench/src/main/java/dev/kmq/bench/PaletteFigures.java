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
import java.util.function.IntFunction;

/**
 * Error and time of palettes over pictures: the three efforts, from pixels in memory to indices on
 * one thread, and other programs as whole commands. A line for each, in Markdown: geometric mean of
 * the mse and mean time a picture for every K.
 */
public final class PaletteFigures {
  private static final int[] COLORS = {16, 64, 256};
  private static final int WARM_UP = 2;

  private final List<String> files;
  private final PrintStream out;

  private PaletteFigures(List<String> files, PrintStream out) {
    this.files = files;
    this.out = out;
  }

  /** A picture done: its error, and how long it took. */
  private record Result(double mse, double millis) {}

  /** Does one picture; may throw. */
  @FunctionalInterface
  private interface Quantizing {
    Result run(String file) throws IOException, InterruptedException;
  }

  /**
   * Measures.
   *
   * @param args pictures, and among them {@code --peer "NAME: COMMAND"} with {@code {in}}, {@code
   *     {out}} (a PNG) and {@code {k}} in the words of the command, any number of times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> files = new ArrayList<>();
    List<String> peers = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--peer") && i + 1 < args.length) {
        peers.add(args[++i]);
      } else {
        files.add(args[i]);
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("pictures are the arguments, there are none");
    }
    PaletteFigures figures = new PaletteFigures(files, System.out);
    figures.head();
    for (Effort effort : Effort.values()) {
      figures.line(
          "kmq `" + effort.name().toLowerCase(Locale.ROOT) + "`",
          WARM_UP,
          k -> file -> kmq(file, effort, k));
    }
    for (String peer : peers) {
      int colon = peer.indexOf(':');
      String command = peer.substring(colon + 1).trim();
      figures.line(peer.substring(0, Math.max(0, colon)), 0, k -> file -> peer(file, command, k));
    }
  }

  private void head() {
    StringBuilder head = new StringBuilder("| |");
    StringBuilder rule = new StringBuilder("|---|");
    for (int k : COLORS) {
      head.append(" mse, K = ").append(k).append(" | ms |");
      rule.append("---:|---:|");
    }
    out.println(head);
    out.println(rule);
  }

  private void line(String name, int warmUp, IntFunction<Quantizing> way)
      throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder("| " + name + " |");
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
      line.append(
          String.format(
              Locale.ROOT, " %.2f | %.0f |", Math.exp(logs / files.size()), millis / files.size()));
    }
    out.println(line);
  }

  private static Result kmq(String file, Effort effort, int k) throws IOException {
    PixelSource pixels = Photograph.of(file);
    EncodeOptions options = EncodeOptions.builder().colors(k).effort(effort).threads(1).build();
    long start = System.nanoTime();
    PixelSource result = new KmqEncoder(options).quantize(pixels).pixels();
    double millis = millisSince(start);
    return new Result(ColorError.of(pixels, result, 0).mse(), millis);
  }

  private static Result peer(String file, String command, int k)
      throws IOException, InterruptedException {
    Path target = Files.createTempFile("peer", ".png");
    try {
      List<String> words = new ArrayList<>();
      for (String word : command.split(" +", -1)) {
        words.add(
            word.replace("{in}", file)
                .replace("{out}", target.toString())
                .replace("{k}", Integer.toString(k)));
      }
      long start = System.nanoTime();
      int status = new ProcessBuilder(words).inheritIO().start().waitFor();
      double millis = millisSince(start);
      if (status != 0) {
        throw new IOException("ended with " + status + ": " + String.join(" ", words));
      }
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
