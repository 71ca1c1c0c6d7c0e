package dev.kmq;

import dev.kmq.container.Method;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorHistogram;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Looks for the number of colours that meets a target, halving the range of K on one histogram.
 * Neither error nor size is bound to move one way with every step of K, so what is returned has
 * itself been measured.
 */
final class TargetSearch {
  private final KmqEncoder encoder;
  private final EncodeOptions options;
  private final PixelSource pixels;
  private final ColorHistogram histogram;

  TargetSearch(
      KmqEncoder encoder, EncodeOptions options, PixelSource pixels, ColorHistogram histogram) {
    this.encoder = encoder;
    this.options = options;
    this.pixels = pixels;
    this.histogram = histogram;
  }

  IndexedImage run() {
    return options.targetPsnr().isPresent()
        ? reaching(options.targetPsnr().getAsDouble())
        : within(options.targetBytes().orElseThrow());
  }

  private IndexedImage image(int colors) {
    return encoder.indexed(pixels, encoder.map(histogram, colors));
  }

  private int fewestColors() {
    int kept = Math.max(1, options.keepColors().size());
    // With a single colour there is no transparent entry but in a picture of nothing else.
    int needed =
        options.transparentIndex().isPresent()
            ? Math.max(2, options.transparentIndex().getAsInt() + 1)
            : 1;
    return Math.min(mostColors(), Math.max(kept, needed));
  }

  private int mostColors() {
    int kept = options.keepColors().size();
    return Math.min(options.colors(), histogram.size() + kept);
  }

  /** The fewest colours found whose PSNR is at least {@code target}. */
  private IndexedImage reaching(double target) {
    int most = mostColors();
    int high = fewestColors();
    int low = high - 1;
    IndexedImage best = image(high);
    double psnr = psnr(best);
    while (psnr < target) {
      if (high == most) {
        throw new UnreachableTargetException(
            String.format(
                Locale.ROOT,
                "a PSNR of %.2f dB is not reached with %d colours, the most allowed, which give"
                    + " %.2f dB",
                target,
                most,
                psnr));
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
    return ColorError.of(pixels, image.pixels(), 0).psnr();
  }

  /** The most colours found whose file has at most {@code target} bytes. */
  private IndexedImage within(long target) {
    int high = mostColors();
    IndexedImage best = image(high);
    if (bytes(best) <= target) {
      return best;
    }
    // One colour fits everywhere and shows nothing, so it is no way to meet a target.
    int low = Math.min(high, Math.max(2, fewestColors()));
    best = image(low);
    if (bytes(best) > target) {
      throw new UnreachableTargetException(
          String.format(
              Locale.ROOT,
              "%d bytes are too few; with K = %d the file has %d by method %s",
              target,
              best.palette().size(),
              bytes(best),
              methods()));
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      IndexedImage image = image(middle);
      if (bytes(image) <= target) {
        best = image;
        low = middle;
      } else {
        high = middle;
      }
    }
    return best;
  }

  private String methods() {
    return options.methods().stream().map(Method::label).collect(Collectors.joining(", "));
  }

  private long bytes(IndexedImage image) {
    Counter counter = new Counter();
    try {
      encoder.write(image, counter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counter.bytes;
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] target, int offset, int length) {
      bytes += length;
    }
  }
}
