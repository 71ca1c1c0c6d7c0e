package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.cli.file.AtomicFile;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.Output;
import dev.kmq.cli.file.StandardStreams;
import dev.kmq.cli.picture.Picture;
import dev.kmq.cli.picture.PictureReader;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Chunk;
import dev.kmq.container.Format;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Pictures to {@code .kmq}. */
@Command(
    name = "encode",
    description =
        "Pictures, folders (-r) and archives (zip, tar, 7z) of pictures to .kmq. An indexed picture"
            + " keeps its palette in its order, with unused and equal entries, and its indices.")
final class EncodeCommand implements Callable<Integer> {
  /** An error of a pixel that is plain to see in an even area. */
  private static final double NOTICED = 20;

  /** Suffixes of files that are no .kmq and that ImageIO may know nothing of. */
  private static final Set<String> OTHER_FORMATS =
      Set.of(
          "7z", "act", "apng", "avif", "bz2", "css", "csv", "dds", "eps", "exr", "gpl", "gz", "hdr",
          "heic", "heif", "hex", "html", "ico", "icns", "jfif", "jp2", "jpe", "json", "jxl", "pal",
          "pbm", "pcx", "pdf", "pgm", "pnm", "ppm", "psd", "qoi", "rar", "raw", "svg", "tga", "txt",
          "webp", "xbm", "xpm", "xz", "zst");

  private static final String[] KEYS = {
    "output",
    "width",
    "height",
    "colors",
    "method",
    "bytes",
    "bitsPerPixel",
    "mse",
    "psnr",
    "reduction",
    "droppedEntries",
    "millis",
    "quantizeMillis"
  };

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin OutputOptions outputs = new OutputOptions();
  @Mixin EncodingOptions encoding = new EncodingOptions();
  @Mixin TargetOptions targets = new TargetOptions();
  @Mixin EntryOptions entries = new EntryOptions();
  @Mixin JobOptions jobs = new JobOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = {"-k", "--colors"},
      paramLabel = "K",
      description =
          "Most colours, 1 to 65536 (default: 256; an indexed picture keeps its palette and"
              + " indices, order and unused entries included, unless fewer are asked for).")
  @Nullable Integer colors;

  @Option(
      names = "--skip-if-larger",
      description = "Write no output that is not smaller than its input.")
  boolean skipIfLarger;

  @Override
  public Integer call() throws IOException {
    encoding.check();
    jobs.check();
    targets.check(colors);
    entries.check(targets, encoding.quantize);
    checkOutputName();
    Palette palette = targets.read(kmq.terminal, inputs);
    Map<String, Palette> alternatives = entries.read(kmq.terminal, inputs);
    EncodeOptions options = options(palette);
    PictureReader reader =
        encoding.reader(inputs.limits(), palette != null || !alternatives.isEmpty());
    try (Inputs found = inputs.find(kmq.terminal, PictureReader.otherSuffixes())) {
      return new Delivery(kmq.terminal, found, outputs, jobs, reports, KEYS)
          .run(
              Format.SUFFIX,
              (input, output, threads, outcome) ->
                  encode(reader, options, alternatives, input, output, threads, outcome));
    }
  }

  private EncodeOptions options(@Nullable Palette palette) {
    PaletteChoice.Computed computed = encoding.quantize.computed(QuantizeOptions.colors(colors));
    Integer index = entries.transparentIndex;
    if (index != null) {
      PaletteChoice.Computed placed = computed.withTransparentIndex(index);
      boolean other = palette != null || colors == null && index >= computed.colors();
      computed = other ? computed : placed; // in another palette, entries change places
    }
    EncodeOptions.Builder builder =
        encoding.builder(jobs.jobs).palette(targets.choice(palette, computed));
    targets.apply(builder);
    return builder.build();
  }

  /** The suffix of another format on a .kmq file would mislead every program that goes by it. */
  private void checkOutputName() {
    String file = outputs.file;
    if (file == null || outputs.toArchive() || StandardStreams.isOutput(file)) {
      return;
    }
    String suffix = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (file.indexOf('.') >= 0
        && (OTHER_FORMATS.contains(suffix) || PictureReader.otherSuffixes().contains(suffix))) {
      throw new UsageException(
          "-o " + file + ": encode writes ." + Format.SUFFIX + ", not ." + suffix);
    }
  }

  private void encode(
      PictureReader reader,
      EncodeOptions options,
      Map<String, Palette> alternatives,
      Input input,
      Output output,
      int threads,
      Outcome outcome)
      throws IOException {
    long start = System.nanoTime();
    Picture picture = reader.read(input);
    outcome.warn(picture.warnings());
    KmqEncoder quantizer =
        new KmqEncoder(
            options.toBuilder().threads(threads).chunks(withoutPalettes(picture)).build());
    Work work = Work.onThreads(threads);
    long quantizeStart = System.nanoTime();
    IndexedImage known = picture.indexed();
    boolean same =
        known != null
            && !targets.asksForAnother()
            && encoding.quantize.keepColors.isEmpty()
            && encoding.rdo == null
            && (colors == null || known.palette().size() <= colors);
    if (!same && withoutPalettes(picture).size() < picture.chunks().size()) {
      outcome.warn(List.of("its further palettes are left out, as it gets other indices"));
    }
    EntryOptions.Result result =
        entries.apply(
            same ? Objects.requireNonNull(known) : quantizer.quantize(picture.pixels(), work),
            same ? picture.chunks() : withoutPalettes(picture),
            alternatives);
    IndexedImage image = result.image();
    KmqEncoder encoder = new KmqEncoder(written(result.chunks(), threads));
    if (entries.dropUnused) {
      outcome.put("droppedEntries", result.dropped());
    }
    double quantizeMillis = millisSince(quantizeStart);
    if (targets.palette != null || !encoding.quantize.keepColors.isEmpty()) {
      outcome.warn(AlphaWarnings.of(picture.pixels(), image.palette()));
    }
    ColorError error = ColorError.of(picture.pixels(), image.pixels(), NOTICED);
    CountingOutput counter = new CountingOutput();
    AtomicFile.Body body =
        out -> {
          counter.target(out);
          outcome.put("method", encoder.write(image, counter, work).method().label());
        };
    if (skipIfLarger) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      body.writeTo(whole);
      if (whole.size() >= input.size()) {
        outcome.text(
            "%s: skipped, its %,d bytes would become %,d"
                .formatted(input.name(), input.size(), whole.size()));
        outcome.put("output", null);
        outcome.put("method", null);
        return;
      }
      body = whole::writeTo;
    }
    outcome.content(outputs.write(input, output, body));
    outcome.put("reduction", picture.reduction());
    report(outcome, image, counter.count(), error, millisSince(start), quantizeMillis);
  }

  /** What the bytes of a picture depend on that is quantised already. */
  private EncodeOptions written(List<Chunk> chunks, int threads) {
    return encoding.builder(threads).chunks(chunks).build();
  }

  private static List<Chunk> withoutPalettes(Picture picture) {
    return picture.chunks().stream().filter(c -> !c.type().equals(Chunk.PALETTE)).toList();
  }

  private void report(
      Outcome outcome,
      IndexedImage image,
      long bytes,
      ColorError error,
      double millis,
      double quantizeMillis) {
    double bitsPerPixel = 8.0 * bytes / ((double) image.width() * image.height());
    outcome.put("width", image.width());
    outcome.put("height", image.height());
    outcome.put("colors", image.palette().size());
    outcome.put("bytes", bytes);
    outcome.put("bitsPerPixel", bitsPerPixel);
    outcome.put("mse", error.mse());
    outcome.put("psnr", error.psnr());
    outcome.put("millis", millis);
    outcome.put("quantizeMillis", quantizeMillis);
    outcome.text(
        String.format(
            Locale.ROOT,
            "%s -> %s  %dx%d  K = %d%s  %s %,d bytes  %.2f bits/pixel  %s  %.0f ms",
            outcome.input(),
            outcome.facts().get("output"),
            image.width(),
            image.height(),
            image.palette().size(),
            outcome.facts().get("droppedEntries") instanceof Integer dropped
                ? " (" + dropped + " unused dropped)"
                : "",
            outcome.facts().get("method"),
            bytes,
            bitsPerPixel,
            quality(error, (String) outcome.facts().get("reduction")),
            millis));
  }

  /** Rare colours are lost in a mean, so the largest error is told beside it. */
  private static String quality(ColorError error, @Nullable String reduction) {
    return error.mse() == 0
        ? reduction == null ? "exact" : "no loss after " + reduction
        : String.format(
            Locale.ROOT,
            "%.2f dB, largest error %.0f, %s%% of pixels above %.0f",
            error.psnr(),
            error.maxError(),
            percent(error.shareBeyond()),
            NOTICED);
  }

  /** Two digits, however small. */
  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.2g" : "%.0f", 100 * share);
  }

  static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }
}
