package dev.kmq;

import dev.kmq.concurrent.Work;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.util.Locale;

/**
 * Finds the number of colours that meets a target, by bisection over K on one histogram. Error and
 * size need not be monotonic in K, so the returned image has itself been measured.
 */
final class TargetSearch {
  private final EncodeOptions options;
  private final PixelSource pixels;
  private final int distinct;
  private final Quantizing quantizing;
  private final Encoding encoding;
  private final Work work;
  private int trials;

  /** Makes an image of at most {@code colors} colours. */
  @FunctionalInterface
  interface Quantizing {
    IndexedImage image(int colors, Work work);
  }

  /** Encodes an image. */
  @FunctionalInterface
  interface Encoding {
    EncodedFile encode(IndexedImage image, Work work);
  }

  /**
   * Prepares a search.
   *
   * @param distinct the number of different colours of the image
   */
  TargetSearch(
      EncodeOptions options,
      PixelSource pixels,
      int distinct,
      Quantizing quantizing,
      Encoding encoding,
      Work work) {
    this.options = options;
    this.pixels = pixels;
    this.distinct = distinct;
    this.quantizing = quantizing;
    this.encoding = encoding;
    this.work = work;
  }

  /** The maximum number of trials for up to {@code colors} colours: halvings, and both ends. */
  static int maxTrials(int colors) {
    return 2 + (32 - Integer.numberOfLeadingZeros(colors));
  }

  Candidate run(Target target) {
    return target instanceof Target.Psnr psnr
        ? new Candidate(reaching(psnr.decibels()), null)
        : within(((Target.Bytes) target).bytes());
  }

  private IndexedImage image(int colors) {
    return quantizing.image(colors, next(0, 0.7));
  }

  private Candidate encoded(int colors) {
    IndexedImage image = image(colors);
    EncodedFile file = encoding.encode(image, next(0.7, 1));
    trials++;
    return new Candidate(image, file);
  }

  /** The part of the work for the current trial. */
  private Work next(double from, double to) {
    double most = maxTrials(mostColors());
    double trial = Math.min(trials, most - 1);
    return work.part((trial + from) / most, (trial + to) / most);
  }

  private int fewestColors() {
    int kept = Math.max(1, options.keepColors().size());
    // A single colour is a transparent entry only if all pixels are transparent.
    int needed =
        options.transparentIndex().isPresent()
            ? Math.max(2, options.transparentIndex().getAsInt() + 1)
            : 1;
    return Math.min(mostColors(), Math.max(kept, needed));
  }

  private int mostColors() {
    int kept = options.keepColors().size();
    return Math.min(options.colors(), distinct + kept);
  }

  /** The smallest K found whose PSNR is at least {@code target}. */
  private IndexedImage reaching(double target) {
    int most = mostColors();
    int high = fewestColors();
    int low = high - 1;
    IndexedImage best = image(high);
    double psnr = psnr(best);
    while (psnr < target) {
      if (high == most) {
        throw new UnreachableTargetException(
            "targetPsnr",
            String.format(
                Locale.ROOT,
                "cannot reach %.2f dB: %s (the limit) %s %.2f dB",
                target,
                colors(most),
                most == 1 ? "gives" : "give",
                psnr),
            target,
            psnr,
            most);
      }
      low = high;
      high = Math.min(most, 2 * high);
      best = image(high);
      psnr = psnr(best);
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      IndexedImage image = image(middle);
      if (psnr(image) >= target) {
        best = image;
        high = middle;
      } else {
        low = middle;
      }
    }
    return best;
  }

  private double psnr(IndexedImage image) {
    trials++;
    return ColorError.of(pixels, image.pixels(), 0).psnr();
  }

  /** The largest K found whose file has at most {@code target} bytes. */
  private Candidate within(long target) {
    int high = mostColors();
    Candidate best = encoded(high);
    if (best.bytes() <= target) {
      return best;
    }
    int low = fewestColors();
    best = encoded(low);
    if (best.bytes() > target) {
      throw new UnreachableTargetException(
          "targetBytes",
          String.format(
              Locale.ROOT,
              "cannot fit into %,d bytes: the smallest file, with %s, has %,d bytes (%s)",
              target,
              colors(best.image().palette().size()),
              best.bytes(),
              best.method().label()),
          target,
          best.bytes(),
          best.image().palette().size());
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      Candidate trial = encoded(middle);
      if (trial.bytes() <= target) {
        best = trial;
        low = middle;
      } else {
        high = middle;
      }
    }
    return best;
  }

  private static String colors(int count) {
    return count == 1 ? "1 colour" : count + " colours";
  }
}
