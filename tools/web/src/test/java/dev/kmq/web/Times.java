package dev.kmq.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The times of {@code bench.mjs} on the JVM: {@code Times IMAGE.png K}. Each is the least of ten,
 * on one thread.
 */
public final class Times {
  private static final int RUNS = 10;

  private interface Call {
    void run() throws IOException;
  }

  private Times() {}

  /** Prints the times. */
  public static void main(String... args) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(args[0]));
    int colors = Integer.parseInt(args[1]);
    Session session = new Session();
    row("open PNG", () -> session.openFile(bytes));
    for (String dither : List.of("none", "spatial", "floyd-steinberg", "blue-noise", "bayer")) {
      Session.Request request = request(colors, dither, false);
      row("quantize " + dither, () -> session.quantize(request, done -> {}));
    }
    session.quantize(request(colors, "none", false), done -> {});
    for (String method : List.of("packed", "deflate", "rans", "mix")) {
      row("encode " + method, () -> session.encodeKmq(method, done -> {}));
    }
    row("encode PNG8", session::encodePng);
    for (String method : List.of("rans", "mix")) {
      byte[] kmq = session.encodeKmq(method, done -> {});
      row("open " + method, () -> new Session().openFile(kmq));
    }
    Session.Request request = request(colors, "none", true);
    row("quantize none, scored", () -> session.quantize(request, done -> {}));
  }

  private static Session.Request request(int colors, String dither, boolean scored) {
    return new Session.Request(colors, null, dither, null, List.of(), null, scored);
  }

  @SuppressWarnings("SystemOut")
  private static void row(String name, Call call) throws IOException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      call.run();
      least = Math.min(least, System.nanoTime() - start);
    }
    System.out.println(String.format(Locale.ROOT, "%s\t%d", name, Math.round(least / 1e6)));
  }
}
