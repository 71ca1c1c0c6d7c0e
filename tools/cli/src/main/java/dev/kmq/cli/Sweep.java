package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.cli.report.Measures;
import dev.kmq.cli.report.SweepPage;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Header;
import dev.kmq.image.AlphaLoss;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.picture.AlphaWarnings;
import dev.kmq.picture.IndexedPicture;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.commons.io.output.CountingOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes the files that {@code encode} would write of one image, and measures them. */
final class Sweep {
  /** The options of all images. */
  record Settings(EncodingOptions encoding, Dither dither, int threads) {
    EncodeOptions.Builder options(int k, MethodName method, Metric metric) {
      return encoding
          .builder(threads, method.methods())
          .palette(encoding.quantize.computed(k))
          .metric(metric)
          .dither(dither);
    }
  }

  /**
   * The image at one K.
   *
   * @param metric of the palette, or null if it is that of the input
   */
  record Indexed(
      IndexedPicture picture,
      int k,
      @Nullable Metric metric,
      Measures measures,
      long pngBytes,
      double quantizeMillis)
      implements Closeable {
    /** Palette and indices. */
    IndexSource image() {
      return picture.image();
    }

    @Override
    public void close() throws IOException {
      picture.close();
    }

    /**
     * As an image of a page.
     *
     * @param method named beside K, or null
     */
    SweepPage.Indexed forPage(@Nullable MethodName method) {
      String name = "K = " + k + (method == null ? "" : ", " + method.name());
      return new SweepPage.Indexed(
          name, k, pngBytes, measures, (IndexedImage) image()); // large ones have no page
    }
  }

  private final Settings settings;
  private final Picture picture;
  private final long inputBytes;

  Sweep(Settings settings, Picture picture, long inputBytes) {
    this.settings = settings;
    this.picture = picture;
    this.inputBytes = inputBytes;
  }

  /**
   * Computes palette and indices, or keeps those of an indexed image that has no more colours.
   *
   * @param method that {@code --rdo} optimises for; otherwise without effect
   */
  Indexed indexed(int k, MethodName method) throws IOException {
    Metric metric = settings.encoding.quantize.metric(picture.hasProfile());
    EncodeOptions options = settings.options(k, method, metric).build();
    long start = System.nanoTime();
    IndexedPicture indexed =
        IndexedPicture.of(picture, options, k, 0, Work.onThreads(settings.threads));
    IndexSource image = indexed.image();
    double millis = EncodeCommand.millisSince(start);
    return new Indexed(
        indexed,
        k,
        indexed.kept() ? null : metric,
        picture.isLarge()
            ? Measures.ofError(indexed.error())
            : Measures.of(picture.pixels(), image.pixels(), indexed.error(), settings.threads),
        PictureWriter.pngBytes(image),
        millis);
  }

  /** Warnings of a palette that cannot represent the alpha of the image. */
  List<String> warnings(Indexed indexed) {
    return settings.encoding.quantize.keepColors.isEmpty()
        ? List.of()
        : AlphaWarnings.of(AlphaLoss.of(picture.pixels(), indexed.image().palette()));
  }

  /** Encodes by a method; the file is not kept. */
  SweepRow encode(Indexed indexed, MethodName method) throws IOException {
    IndexSource image = indexed.image();
    EncodeOptions.Builder options =
        settings
            .encoding
            .builder(settings.threads, method.methods())
            .chunks(indexed.picture.chunks());
    settings.encoding.keep(options, picture.header(), true);
    CountingOutputStream counter = new CountingOutputStream(OutputStream.nullOutputStream());
    Header header = new KmqEncoder(options.build()).write(image, counter);
    long bytes = counter.getByteCount();
    Measures measures = indexed.measures;
    return new SweepRow(
        inputBytes,
        image.width(),
        image.height(),
        indexed.k,
        image.palette().size(),
        indexed.metric == null ? null : indexed.metric.label(),
        header.method().label(),
        bytes,
        8.0 * bytes / ((double) image.width() * image.height()),
        indexed.pngBytes,
        measures.error().mse(),
        measures.error().psnr(),
        measures.ssim(),
        measures.ssimulacra2(),
        measures.error().maxError(),
        indexed.quantizeMillis);
  }
}
