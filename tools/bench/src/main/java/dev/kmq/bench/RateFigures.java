package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Method;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Rates of decoding and encoding in megapixels per second, the best of several runs. Prints a
 * Markdown row for each image, K and method.
 *
 * <ul>
 *   <li>One thread, no tiles: processor time of the thread, so that other work on the machine
 *       matters little. Decoding is that of a file in memory through ImageIO to an indexed image;
 *       encoding starts with palette and indices.
 *   <li>Several threads, tiles: wall time on one thread over wall time on that many, through {@code
 *       Kmq.decode} and {@code KmqEncoder}; both are measured in turn. Requires an idle machine.
 *   <li>Peers: processor time of the process over all its threads, as reported by a POSIX shell. If
 *       the command has {@code {n}}, a number of repetitions, it is the difference between 1 and 1
 *       + {@value #REPETITIONS} of them, which excludes the start of the program; otherwise the
 *       start is included.
 * </ul>
 */
public final class RateFigures {
  private static final int REPETITIONS = 4;
  private static final int PEER_RUNS = 3;
  private static final String THEN = " => ";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int runs;
  private final int threads;
  private final int tile;
  private final Table table;

  private RateFigures(Arguments arguments) {
    String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
    runs = Integer.parseInt(arguments.get("--runs", "12"));
    threads = Integer.parseInt(arguments.get("--threads", processors));
    tile = Integer.parseInt(arguments.get("--tile", "512"));
    table =
        new Table(
            System.out,
            "Mpixel/s",
            List.of(
                "decoding",
                "encoding",
                "decoding, " + threads + " threads, tiles of " + tile,
                "encoding, " + threads + " threads, tiles of " + tile));
  }

  /** An operation to be timed on a number of threads. */
  @FunctionalInterface
  private interface Work {
    void run(int threads) throws IOException;
  }

  /**
   * Measures.
   *
   * @param args images, and among them {@code --colors 64,256}, {@code --methods
   *     packed,deflate,rans,mix}, {@code --runs 12}, {@code --threads N}, {@code --tile 512} and
   *     {@code --peer "NAME: COMMAND"}, a command that decodes {@code {in}}, an indexed PNG, or
   *     {@code "NAME: COMMAND => COMMAND"}, where the first command makes {@code {out}} of it and
   *     the second decodes that; {@code {name}} (of the image, without folder and suffix), {@code
   *     {k}} and {@code {n}} are also replaced
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    ImageIO.setUseCache(false);
    Arguments arguments =
        new Arguments(args, "--colors", "--methods", "--runs", "--threads", "--tile");
    RateFigures figures = new RateFigures(arguments);
    for (String file : arguments.pictures()) {
      for (int k : arguments.numbers("--colors", "64,256")) {
        IndexedPicture picture = new IndexedPicture(file, k);
        String row = picture.name() + ", K = " + k + ", ";
        for (String method : arguments.list("--methods", "packed,deflate,rans,mix")) {
          Method its = Method.valueOf(method.toUpperCase(Locale.ROOT));
          figures.table.row(row + method, figures.rates(picture, its));
        }
        figures.table.row(row + "PNG8 (ImageIO)", figures.pngRates(picture));
        for (Peer peer : arguments.peers()) {
          double seconds = seconds(peer, picture, k);
          figures.table.row(
              row + peer.name(), List.of(format(picture.megapixels() / seconds), "", "", ""));
        }
      }
    }
  }

  private List<String> rates(IndexedPicture picture, Method method) throws IOException {
    byte[] whole = picture.kmq(method, 0);
    byte[] tiled = picture.kmq(method, tile);
    double decoding = processorSeconds(one -> IndexedPicture.readIndexed(whole));
    EncodeOptions untiled = EncodeOptions.builder().methods(method).threads(1).build();
    double encoding = processorSeconds(one -> encode(picture, untiled));
    return List.of(
        format(picture.megapixels() / decoding),
        format(picture.megapixels() / encoding),
        speedUp(t -> Kmq.decode(tiled, DecodeOptions.builder().threads(t).build())),
        speedUp(
            t ->
                encode(
                    picture,
                    EncodeOptions.builder()
                        .methods(method)
                        .tileSize(tile, tile)
                        .threads(t)
                        .build())));
  }

  private List<String> pngRates(IndexedPicture picture) throws IOException {
    byte[] png = picture.png();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    double decoding = processorSeconds(one -> ImageIO.read(new ByteArrayInputStream(png)));
    double encoding =
        processorSeconds(one -> ImageIO.write(image, "png", new ByteArrayOutputStream()));
    return List.of(
        format(picture.megapixels() / decoding), format(picture.megapixels() / encoding), "", "");
  }

  private static void encode(IndexedPicture picture, EncodeOptions options) throws IOException {
    new KmqEncoder(options).write(picture.image(), OutputStream.nullOutputStream());
  }

  private double processorSeconds(Work work) throws IOException {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      work.run(1);
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
    }
    return best * 1e-9;
  }

  private String speedUp(Work work) throws IOException {
    long one = Long.MAX_VALUE;
    long several = Long.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      work.run(1);
      long between = System.nanoTime();
      work.run(threads);
      one = Math.min(one, between - start);
      several = Math.min(several, System.nanoTime() - between);
    }
    return format((double) one / several) + " times";
  }

  private static double seconds(Peer peer, IndexedPicture picture, int k)
      throws IOException, InterruptedException {
    Path in = Files.createTempFile("rates", ".png");
    Path out = Files.createTempFile("rates", "");
    try {
      Files.write(in, picture.png());
      Map<String, String> fill = new HashMap<>();
      fill.put("{in}", in.toString());
      fill.put("{out}", out.toString());
      fill.put("{name}", picture.name());
      fill.put("{k}", Integer.toString(k));
      int arrow = peer.command().indexOf(THEN);
      Peer decoder = peer;
      if (arrow >= 0) {
        new Peer(peer.name(), peer.command().substring(0, arrow)).run(fill);
        decoder = new Peer(peer.name(), peer.command().substring(arrow + THEN.length()));
      }
      double once = seconds(decoder, fill, 1);
      return decoder.command().contains("{n}")
          ? (seconds(decoder, fill, 1 + REPETITIONS) - once) / REPETITIONS
          : once;
    } finally {
      Files.delete(in);
      Files.delete(out);
    }
  }

  private static double seconds(Peer peer, Map<String, String> fill, int n)
      throws IOException, InterruptedException {
    fill.put("{n}", Integer.toString(n));
    double best = Double.MAX_VALUE;
    for (int i = 0; i < PEER_RUNS; i++) {
      best = Math.min(best, peer.processorSeconds(fill));
    }
    return best;
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
