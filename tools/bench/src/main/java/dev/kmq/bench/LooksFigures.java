package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Method;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.KmqImages;
import dev.kmq.metrics.Dssim;
import dev.kmq.metrics.Ssimulacra2;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * How images look with palettes of kmq and of other programs, by SSIMULACRA2 and DSSIM. Prints two
 * Markdown tables over all images. At equal K: the mean SSIMULACRA2, the mean difference to the
 * first peer, the number of images that are ahead of it, the geometric mean of DSSIM, and its ratio
 * to that of the first peer. At equal bytes, for each peer: its palette and indices as a {@code
 * .kmq}, and the best score of kmq in files of no more bytes, by any variant and any K of a sweep;
 * the difference in the mean and of the worst image. Progress is reported on standard error.
 */
public final class LooksFigures {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final Arguments arguments;
  private final int[] colors;
  private final int[] sweep;
  private final int width;
  private final Method method;
  private final List<Variant> variants;
  private final Path folder;

  /** Results at equal K by row of the table, then by index in {@link #colors}, then by image. */
  private final Map<String, List<List<Result>>> equalColors = new LinkedHashMap<>();

  /** The best results of kmq in the bytes of a peer, in the same order. */
  private final Map<String, List<List<Result>>> equalBytes = new LinkedHashMap<>();

  /** An encoded image; bytes are 0 if there is no sweep. */
  private record Result(double ssimulacra2, double dssim, int bytes) {}

  private LooksFigures(Arguments arguments, Path folder) {
    this.arguments = arguments;
    this.folder = folder;
    colors = arguments.numbers("--colors", "16,64,256");
    String sweep = arguments.get("--sweep", "16,24,32,48,64,96,128,192,256,512,1024");
    this.sweep = sweep.isEmpty() ? new int[0] : arguments.numbers("--sweep", sweep);
    width = Integer.parseInt(arguments.get("--width", Integer.toString(Integer.MAX_VALUE)));
    method = Method.valueOf(arguments.get("--method", "mix").toUpperCase(Locale.ROOT));
    variants =
        arguments.list("--kmq", "rgb,oklab,oklab+floyd-steinberg").stream()
            .map(Variant::of)
            .toList();
  }

  /**
   * Measures.
   *
   * @param args images, and among them {@code --kmq rgb,oklab,oklab+floyd-steinberg} (variants, see
   *     {@link Variant#of}), {@code --colors 16,64,256} (at most 256), {@code --sweep 16,...,1024}
   *     (the K of equal bytes, empty for no such table), {@code --method mix}, {@code --width 768}
   *     (larger images are reduced by averaging) and {@code --peer "NAME: COMMAND"} with {@code
   *     {in}} (an image), {@code {out}} (a PNG) and {@code {k}} in the command, any number of times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments =
        new Arguments(args, "--kmq", "--colors", "--sweep", "--method", "--width");
    Path folder = Files.createTempDirectory("looks");
    try {
      LooksFigures figures = new LooksFigures(arguments, folder);
      for (String picture : arguments.pictures()) {
        figures.measure(picture);
      }
      figures.print(System.out);
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void measure(String picture) throws IOException, InterruptedException {
    PixelSource pixels = Reduced.to(width, Photograph.of(picture));
    Path in = folder.resolve("in.png");
    ImageIO.write(image(pixels), "png", in.toFile());
    Map<String, Result> known = new LinkedHashMap<>();
    for (Variant variant : variants) {
      for (int i = 0; i < colors.length; i++) {
        add(equalColors, variant.name(), i, kmq(variant, colors[i], pixels, known));
      }
    }
    for (Peer peer : arguments.peers()) {
      for (int i = 0; i < colors.length; i++) {
        Result result = result(pixels, run(peer, in, colors[i]));
        add(equalColors, peer.name(), i, result);
        if (sweep.length > 0) {
          add(equalBytes, peer.name(), i, best(result.bytes, pixels, known));
        }
      }
    }
    System.err.println(new File(picture).getName());
  }

  private void add(Map<String, List<List<Result>>> table, String row, int column, Result result) {
    List<List<Result>> cells = table.computeIfAbsent(row, r -> new ArrayList<>());
    while (cells.size() <= column) {
      cells.add(new ArrayList<>());
    }
    cells.get(column).add(result);
  }

  private Result kmq(Variant variant, int k, PixelSource pixels, Map<String, Result> known)
      throws IOException {
    String key = variant.name() + " " + k;
    Result result = known.get(key);
    if (result == null) {
      result = result(pixels, variant.quantize(pixels, k, method));
      known.put(key, result);
    }
    return result;
  }

  private Result result(PixelSource pixels, IndexedImage image) throws IOException {
    PixelSource shown = image.pixels();
    return new Result(
        Ssimulacra2.of(pixels, shown, THREADS),
        Dssim.of(pixels, shown, THREADS),
        sweep.length == 0
            ? 0
            : Kmq.encode(image, EncodeOptions.builder().methods(method).build()).length);
  }

  /**
   * The best score in no more bytes.
   *
   * @throws IllegalStateException if every file is larger
   */
  private Result best(int bytes, PixelSource pixels, Map<String, Result> known) throws IOException {
    Result best = null;
    for (Variant variant : variants) {
      for (int k : sweep) {
        Result result = kmq(variant, k, pixels, known);
        if (result.bytes <= bytes && (best == null || result.ssimulacra2 > best.ssimulacra2)) {
          best = result;
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException(
          "every K of --sweep takes more than " + bytes + " bytes; add smaller ones");
    }
    return best;
  }

  private IndexedImage run(Peer peer, Path in, int k) throws IOException, InterruptedException {
    Path out = folder.resolve("out.png");
    peer.run(Map.of("{in}", in.toString(), "{out}", out.toString(), "{k}", Integer.toString(k)));
    BufferedImage image = ImageIO.read(out.toFile());
    Files.delete(out);
    Optional<IndexSource> indexed = KmqImages.indexed(image);
    if (indexed.isPresent()) {
      IndexSource source = indexed.get();
      return new IndexedImage(source.palette(), source.rows(0, source.height()));
    }
    // Exact, since the image has no more colours.
    return new KmqEncoder(EncodeOptions.builder().colors(k).build())
        .quantize(KmqImages.pixels(image));
  }

  private static BufferedImage image(PixelSource pixels) {
    int width = pixels.width();
    int height = pixels.height();
    int[] argb = new int[width * height];
    pixels.readRows(0, height, argb);
    int all = -1;
    for (int p : argb) {
      all &= p;
    }
    int type = all >>> 24 == 255 ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    BufferedImage image = new BufferedImage(width, height, type);
    image.setRGB(0, 0, width, height, argb, 0, width);
    return image;
  }

  private void print(PrintStream out) {
    List<Peer> peers = arguments.peers();
    List<String> columns = new ArrayList<>();
    for (int k : colors) {
      columns.add("SSIMULACRA2, K = " + k);
      if (!peers.isEmpty()) {
        columns.add("difference");
        columns.add("ahead");
      }
      columns.add("DSSIM");
      if (!peers.isEmpty()) {
        columns.add("ratio");
      }
    }
    Table table = new Table(out, "", columns);
    equalColors.forEach((row, results) -> table.row(row, equalColors(results)));
    if (!equalBytes.isEmpty()) {
      out.println();
      printEqualBytes(out);
    }
  }

  private List<String> equalColors(List<List<Result>> results) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < colors.length; i++) {
      List<Result> these = results.get(i);
      double dssim = geometricMean(these);
      cells.add(decimals(1, mean(these, Result::ssimulacra2)));
      if (arguments.peers().isEmpty()) {
        cells.add(decimals(5, dssim));
        continue;
      }
      List<Result> first = first(i);
      List<Double> differences = differences(these, first);
      long ahead = differences.stream().filter(d -> d > 0).count();
      cells.add(signed(mean(differences, d -> d)));
      cells.add(ahead + " of " + these.size());
      cells.add(decimals(5, dssim));
      cells.add(decimals(2, dssim / geometricMean(first)));
    }
    return cells;
  }

  /** The results of the first peer. */
  private List<Result> first(int column) {
    return results(equalColors, arguments.peers().get(0).name()).get(column);
  }

  private static List<List<Result>> results(Map<String, List<List<Result>>> table, String row) {
    return table.getOrDefault(row, List.of());
  }

  private void printEqualBytes(PrintStream out) {
    List<String> columns = new ArrayList<>();
    for (int k : colors) {
      columns.add("bytes, K = " + k);
      columns.add("SSIMULACRA2");
      columns.add("kmq, bytes");
      columns.add("SSIMULACRA2");
      columns.add("difference");
      columns.add("least");
    }
    Table table = new Table(out, "no more bytes than", columns);
    equalBytes.forEach(
        (peer, best) -> {
          List<String> cells = new ArrayList<>();
          for (int i = 0; i < colors.length; i++) {
            List<Result> its = results(equalColors, peer).get(i);
            List<Double> differences = differences(best.get(i), its);
            cells.add(String.format(Locale.ROOT, "%,.0f", mean(its, Result::bytes)));
            cells.add(decimals(1, mean(its, Result::ssimulacra2)));
            cells.add(String.format(Locale.ROOT, "%,.0f", mean(best.get(i), Result::bytes)));
            cells.add(decimals(1, mean(best.get(i), Result::ssimulacra2)));
            cells.add(signed(mean(differences, d -> d)));
            cells.add(signed(differences.stream().min(Double::compare).orElseThrow()));
          }
          table.row(peer, cells);
        });
  }

  private static List<Double> differences(List<Result> ours, List<Result> others) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      differences.add(ours.get(i).ssimulacra2 - others.get(i).ssimulacra2);
    }
    return differences;
  }

  private static <T> double mean(List<T> items, ToDoubleFunction<T> value) {
    return items.stream().mapToDouble(value).average().orElseThrow();
  }

  /** Of DSSIM; equal images count as 1e-9. */
  private static double geometricMean(List<Result> results) {
    return Math.exp(mean(results, r -> Math.log(Math.max(1e-9, r.dssim))));
  }

  private static String decimals(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.1f", value);
  }
}
