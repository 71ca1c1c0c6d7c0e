package dev.kmq.bench;

import dev.kmq.container.Method;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Bytes of the same palette and indices in {@code .kmq} and in other formats, over all images.
 * Prints two Markdown tables: bytes by K, and bytes of each method over those of each peer. Every
 * {@code .kmq} is read back and compared. Progress is reported on standard error.
 */
public final class SizeFigures {
  private static final String PNG = "PNG8 (ImageIO)";

  private final Arguments arguments;
  private final int[] colors;

  /** Bytes by row of the table, then by index in {@link #colors}. */
  private final Map<String, long[]> bytes = new LinkedHashMap<>();

  private SizeFigures(Arguments arguments) {
    this.arguments = arguments;
    colors = arguments.numbers("--colors", "16,64,256");
  }

  /**
   * Measures.
   *
   * @param args images, and among them {@code --colors 16,64,256} (at most 256), {@code --methods
   *     packed,deflate,rans,mix} and {@code --peer "NAME: COMMAND"} with {@code {in}} (an indexed
   *     PNG), {@code {out}}, {@code {name}} (of the image, without folder and suffix) and {@code
   *     {k}} in the command, any number of times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    SizeFigures figures = new SizeFigures(new Arguments(args, "--colors", "--methods"));
    Path folder = Files.createTempDirectory("sizes");
    try {
      figures.measure(folder);
    } finally {
      delete(folder);
    }
    figures.print(System.out);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private List<String> methods() {
    return arguments.list("--methods", "packed,deflate,rans,mix");
  }

  private void measure(Path folder) throws IOException, InterruptedException {
    for (int i = 0; i < colors.length; i++) {
      for (String file : arguments.pictures()) {
        IndexedPicture picture = new IndexedPicture(file, colors[i]);
        for (String method : methods()) {
          Method its = Method.valueOf(method.toUpperCase(Locale.ROOT));
          add(method, i, picture.kmq(its, 0).length);
        }
        byte[] png = picture.png();
        add(PNG, i, png.length);
        for (Peer peer : arguments.peers()) {
          add(peer.name(), i, size(peer, picture, png, colors[i], folder));
        }
        System.err.println("K = " + colors[i] + ": " + picture.name());
      }
    }
  }

  private void add(String row, int column, long size) {
    bytes.computeIfAbsent(row, r -> new long[colors.length])[column] += size;
  }

  private static long size(Peer peer, IndexedPicture picture, byte[] png, int k, Path folder)
      throws IOException, InterruptedException {
    Path in = folder.resolve(picture.name() + "-" + k + ".png");
    Path out = folder.resolve("out");
    try {
      Files.write(in, png);
      peer.run(
          Map.of(
              "{in}", in.toString(),
              "{out}", out.toString(),
              "{name}", picture.name(),
              "{k}", Integer.toString(k)));
      return Files.size(out);
    } finally {
      Files.deleteIfExists(in);
      Files.deleteIfExists(out);
    }
  }

  private void print(PrintStream out) {
    List<String> columns = new ArrayList<>();
    IntStream.of(colors).forEach(k -> columns.add("K = " + k));
    columns.add("total");
    Table sizes = new Table(out, "bytes", columns);
    bytes.forEach(
        (row, sums) -> {
          List<String> cells = new ArrayList<>();
          for (long sum : sums) {
            cells.add(String.format(Locale.ROOT, "%,d", sum));
          }
          cells.add(String.format(Locale.ROOT, "%,d", total(row)));
          sizes.row(row, cells);
        });
    out.println();
    List<String> peers = new ArrayList<>(bytes.keySet());
    peers.removeAll(methods());
    Table ratios = new Table(out, "ratio of totals to", peers);
    for (String method : methods()) {
      ratios.row(
          method,
          peers.stream()
              .map(p -> String.format(Locale.ROOT, "%.3f", (double) total(method) / total(p)))
              .toList());
    }
  }

  private long total(String row) {
    return LongStream.of(bytes.getOrDefault(row, new long[0])).sum();
  }
}
