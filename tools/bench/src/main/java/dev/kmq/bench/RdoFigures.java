package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Savings of rate-distortion optimised indices: bytes at a lambda over those of a sweep over K
 * without it at the same PSNR, with the logarithm of bytes interpolated between the two nearest K.
 * Prints a Markdown row for each image, and the geometric mean of the ratios. At a PSNR above that
 * of the largest K of the sweep, the bytes of that K are used, to the disadvantage of rdo.
 */
public final class RdoFigures {
  private final Method method;
  private final int colors;
  private final double lambda;
  private final int[] sweep;

  private RdoFigures(Arguments arguments) {
    method = Method.valueOf(arguments.get("--method", "rans").toUpperCase(Locale.ROOT));
    colors = Integer.parseInt(arguments.get("--colors", "256"));
    lambda = Double.parseDouble(arguments.get("--lambda", "10"));
    sweep = arguments.numbers("--sweep", "32,40,50,64,80,100,128,160,200,256");
  }

  /** An encoded image: bytes of the file, and PSNR in decibels. */
  private record Point(int bytes, double psnr) {}

  /**
   * Measures.
   *
   * @param args images, and among them {@code --lambda 10}, {@code --method rans}, {@code --colors
   *     256} (K with rdo) and {@code --sweep 32,40,...,256} (K without, ascending)
   */
  public static void main(String[] args) throws IOException {
    Arguments arguments = new Arguments(args, "--lambda", "--method", "--colors", "--sweep");
    arguments.refusePeers();
    new RdoFigures(arguments).print(arguments.pictures());
  }

  private void print(List<String> pictures) throws IOException {
    Table table =
        new Table(
            System.out,
            "%s, K = %d, lambda %s".formatted(method.label(), colors, lambda),
            List.of("bytes", "PSNR", "bytes without, same PSNR", "ratio"));
    double logs = 0;
    for (String picture : pictures) {
      PixelSource pixels = Photograph.of(picture);
      Point with = point(pixels, EncodeOptions.builder().colors(colors).rdo(lambda));
      double without = bytesAt(with.psnr, pixels);
      double ratio = with.bytes / without;
      logs += Math.log(ratio);
      table.row(
          new File(picture).getName(),
          List.of(
              String.format(Locale.ROOT, "%,d", with.bytes),
              String.format(Locale.ROOT, "%.2f", with.psnr),
              String.format(Locale.ROOT, "%,.0f", without),
              String.format(Locale.ROOT, "%.3f", ratio)));
    }
    double mean = Math.exp(logs / pictures.size());
    table.row("geometric mean", List.of("", "", "", String.format(Locale.ROOT, "%.3f", mean)));
  }

  private Point point(PixelSource pixels, EncodeOptions.Builder options) throws IOException {
    KmqEncoder encoder = new KmqEncoder(options.methods(method).build());
    IndexedImage image = encoder.quantize(pixels);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    encoder.write(image, file);
    return new Point(file.size(), ColorError.of(pixels, image.pixels(), 0).psnr());
  }

  private double bytesAt(double psnr, PixelSource pixels) throws IOException {
    Point before = point(pixels, EncodeOptions.builder().colors(sweep[0]));
    if (before.psnr > psnr) {
      throw new IllegalArgumentException(
          "K = %d has %.2f dB, above the %.2f dB of rdo; --sweep must begin below"
              .formatted(sweep[0], before.psnr, psnr));
    }
    for (int i = 1; i < sweep.length; i++) {
      Point after = point(pixels, EncodeOptions.builder().colors(sweep[i]));
      if (after.psnr >= psnr) {
        double share = (psnr - before.psnr) / (after.psnr - before.psnr);
        return before.bytes * Math.pow((double) after.bytes / before.bytes, share);
      }
      before = after;
    }
    return before.bytes;
  }
}
