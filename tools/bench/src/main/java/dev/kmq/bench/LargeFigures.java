package dev.kmq.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Encoding of images that are larger than the heap, by whole commands on one thread, and reading a
 * region of 512x512 pixels that touches four tiles through ImageIO in a new JVM. Prints a Markdown
 * row for each size and method.
 */
final class LargeFigures {
  private static final List<String> METHODS = List.of("packed", "rans", "mix");

  /** The corner of four tiles at every default size of tiles lies in the middle of the region. */
  private static final String REGION = "3840 3840 512 512";

  private static final int LEAST_SIDE = 4352;
  private static final long VERY_LARGE = 1_000_000_000;
  private static final int REGION_RUNS = 3;

  private static final Peer ENCODE =
      new Peer(
          "encode",
          "{java} -Xmx{heap} -XX:+UseSerialGC -jar {jar} encode -q -f -j1 -k 64"
              + " --max-pixels {pixels} --method {method} {in} -o {out}");
  private static final Peer READ =
      new Peer(
          "read",
          "{java} -Xmx64m -XX:+UseSerialGC -cp {benchmarks} dev.kmq.bench.RegionRead {in} "
              + REGION);

  private final Path jar;
  private final Path folder;

  /** Measures with a jar of the command; files are written to a folder. */
  LargeFigures(Path jar, Path folder) {
    this.jar = jar;
    this.folder = folder;
  }

  /**
   * Checks sizes.
   *
   * @param sizes as WIDTHxHEIGHT
   * @throws IllegalArgumentException if one is of another form or too small for the region
   */
  static void require(List<String> sizes) {
    for (String size : sizes) {
      if (!size.matches("[1-9]\\d{0,8}x[1-9]\\d{0,8}")
          || Math.min(side(size, 0), side(size, 1)) < LEAST_SIDE) {
        throw new IllegalArgumentException(
            "--large takes WIDTHxHEIGHT, both at least %d, such as 8192x6144, not %s"
                .formatted(LEAST_SIDE, size));
      }
    }
  }

  /**
   * Measures and prints.
   *
   * @param sizes as {@link #require} accepts
   * @param photographs files that the images are made of
   */
  void print(PrintStream out, List<String> sizes, List<Path> photographs)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            out,
            "",
            List.of("heap", "encode, CPU time", "wall time", "bytes", "region, wall time"));
    for (String size : sizes) {
      Path picture = folder.resolve("large.png");
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of(Integer.toString(side(size, 0)), Integer.toString(side(size, 1))));
      arguments.add(picture.toString());
      photographs.forEach(photograph -> arguments.add(photograph.toString()));
      LargePicture.main(arguments.toArray(String[]::new));
      for (String method : METHODS) {
        table.row(size + ", " + method, cells(picture, size, method));
        System.err.println(size + ", " + method);
      }
      Files.delete(picture);
    }
  }

  private List<String> cells(Path picture, String size, String method)
      throws IOException, InterruptedException {
    long pixels = (long) side(size, 0) * side(size, 1);
    String heap = pixels > VERY_LARGE ? "768m" : "512m";
    Path kmq = folder.resolve("large.kmq");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Map<String, String> common =
        Map.of(
            "{java}", java.toString(),
            "{jar}", jar.toString(),
            "{benchmarks}", System.getProperty("java.class.path"),
            "{pixels}", Long.toString(pixels));
    long start = System.nanoTime();
    double processor =
        ENCODE.processorSeconds(
            with(
                common,
                Map.of(
                    "{heap}",
                    heap,
                    "{method}",
                    method,
                    "{in}",
                    picture.toString(),
                    "{out}",
                    kmq.toString())));
    double wall = (System.nanoTime() - start) * 1e-9;
    double region = Double.MAX_VALUE;
    for (int i = 0; i < REGION_RUNS; i++) {
      start = System.nanoTime();
      READ.run(with(common, Map.of("{in}", kmq.toString())));
      region = Math.min(region, (System.nanoTime() - start) * 1e-9);
    }
    long bytes = Files.size(kmq);
    Files.delete(kmq);
    return List.of(
        heap.replace("m", " MB"),
        seconds(processor, 1),
        seconds(wall, 1),
        String.format(Locale.ROOT, "%,d", bytes),
        seconds(region, 2));
  }

  private static Map<String, String> with(Map<String, String> common, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(common);
    all.putAll(more);
    return all;
  }

  private static int side(String size, int number) {
    return Integer.parseInt(size.split("x", -1)[number]);
  }

  private static String seconds(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f s", value);
  }
}
