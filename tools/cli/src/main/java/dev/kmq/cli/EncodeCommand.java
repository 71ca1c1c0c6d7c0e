package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Chunk;
import dev.kmq.container.Format;
import dev.kmq.container.Method;
import dev.kmq.file.AtomicFile;
import dev.kmq.file.Inputs;
import dev.kmq.image.AlphaLoss;
import dev.kmq.image.ColorError;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.metrics.Banding;
import dev.kmq.picture.AlphaWarnings;
import dev.kmq.picture.IndexedPicture;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import dev.kmq.picture.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.io.output.CountingOutputStream;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Encodes images as {@code .kmq} or indexed PNG. */
@Command(
    name = "encode",
    description = {
      "Encode images as .kmq or indexed PNG.",
      "Indexed images keep palette and indices."
    },
    footer = ExitCodes.FOOTER_WITH_TARGET)
final class EncodeCommand implements Callable<Integer> {
  /** More colours look better than dots where there may be more. */
  private static final int HINTED_COLORS = 64;

  /** The share of pixels at edges of bands from which they are easily seen. */
  private static final double BANDS_SHOW = 0.005;

  /** Fractions of the work that are done, roughly. */
  private static final double READ = 0.1;

  private static final double QUANTIZED = 0.7;

  /** Size of an output above which it is compared with its input in a temporary file. */
  private static final int MOST_IN_MEMORY = 1 << 24;

  private static final String PNG = "png";
  private static final Set<String> FORMATS = Set.of(Format.SUFFIX, PNG);

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin OutputOptions outputs = new OutputOptions();
  @Mixin MethodOption methods = new MethodOption();
  @Mixin EncodingOptions encoding = new EncodingOptions();
  @Mixin TargetOptions targets = new TargetOptions();
  @Mixin EntryOptions entries = new EntryOptions();
  @Mixin FrameOptions frames = new FrameOptions();
  @Mixin JobOptions jobs = new JobOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = {"-k", "--colors"},
      paramLabel = "K",
      description = "Maximum number of colours (default: 256).")
  @Nullable Integer colors;

  @Option(
      names = "--format",
      paramLabel = "SUFFIX",
      description = "kmq (default), or png: indexed, as -o x.png.")
  @Nullable String format;

  @Option(
      names = "--skip-if-larger",
      description = "Write no output that is not smaller than its input.")
  boolean skipIfLarger;

  @Override
  public Integer call() throws IOException {
    methods.check();
    encoding.check();
    jobs.check();
    targets.check(colors);
    entries.check(encoding.quantize);
    if (outputs.file == null) {
      inputs.refuseOutput(FORMATS);
    }
    frames.check(targets, skipIfLarger);
    String suffix = suffix();
    boolean png = suffix.equals(PNG);
    if (png) {
      checkPng();
    }
    Palette palette = targets.read(kmq.terminal, inputs);
    Map<String, Palette> alternatives = entries.read(kmq.terminal, inputs);
    EncodeOptions options = options(palette, alternatives);
    if (png && palette != null && palette.size() > PictureWriter.PNG_COLORS) {
      throw new UsageException(
          "--palette has %d colours; an indexed PNG holds up to %d"
              .formatted(palette.size(), PictureWriter.PNG_COLORS));
    }
    PictureReader reader =
        encoding.reader(inputs.limits(), palette != null || !alternatives.isEmpty());
    try (Inputs found = inputs.find(kmq.terminal, PictureReader.otherSuffixes())) {
      if (frames.all) {
        found.divide(input -> frames.divide(input, reader));
      }
      Delivery<EncodeReport> delivery =
          new Delivery<>(EncodeReport.class, kmq.terminal, outputs, jobs, reports);
      ReportLine line = delivery.line(found);
      return delivery.run(
          found, suffix, job -> encode(job, found, reader, options, alternatives, png, line));
    }
  }

  private EncodeOptions options(@Nullable Palette palette, Map<String, Palette> alternatives) {
    PaletteChoice.Computed computed = encoding.quantize.computed(QuantizeOptions.colors(colors));
    Integer index = entries.transparentIndex;
    if (index != null) {
      PaletteChoice.Computed placed = computed.withTransparentIndex(index);
      boolean other = palette != null || colors == null && index >= computed.colors();
      computed = other ? computed : placed; // in another palette, entries change places
    }
    EncodeOptions.Builder builder =
        encoding
            .builder(jobs.jobs, methods.methods(encoding.maxDecodingCost))
            .metric(encoding.quantize.metric(targets.areInRgb()))
            .palette(targets.choice(palette, computed))
            .chunks(EntryOptions.chunks(alternatives));
    targets.apply(builder);
    return builder.build();
  }

  /** Whether the method of a {@code .kmq} is not kept; that of a packed file has no small sizes. */
  private boolean choosesMethod() {
    return methods.isChosen() || targets.targetBytes != null;
  }

  /**
   * The suffix of the outputs: that of {@code --format} or of the output's name.
   *
   * @throws UsageException if it is that of another format, which would mislead programs
   */
  private String suffix() {
    String wanted = format == null ? null : format.toLowerCase(Locale.ROOT);
    if (wanted != null && !FORMATS.contains(wanted)) {
      throw new UsageException("--format must be kmq or png, not '" + format + "'");
    }
    if (!outputs.namesFormat()) {
      return wanted == null ? Format.SUFFIX : wanted;
    }
    String file = String.valueOf(outputs.file);
    String named = OutputOptions.suffix(file);
    if (!FORMATS.contains(named)) {
      throw new UsageException("--output " + file + ": encode writes .kmq and .png, not ." + named);
    }
    if (wanted != null && !wanted.equals(named)) {
      throw new UsageException("--format " + format + " contradicts --output " + file);
    }
    return named;
  }

  /** Refuses options that have no meaning for an indexed PNG. */
  private void checkPng() {
    refuseForPng("--method", methods.method != null);
    refuseForPng("--small", methods.small);
    refuseForPng("--max-decoding-cost", encoding.maxDecodingCost != null);
    refuseForPng("--rdo", encoding.rdo != null);
    refuseForPng("--tile", encoding.tile != null);
    refuseForPng("--target-bytes", targets.targetBytes != null);
    refuseForPng("--alt-palette", !entries.alternatives.isEmpty());
    if (QuantizeOptions.colors(colors) > PictureWriter.PNG_COLORS) {
      throw new UsageException(
          "--colors %d: an indexed PNG holds up to %d".formatted(colors, PictureWriter.PNG_COLORS));
    }
  }

  private static void refuseForPng(String option, boolean given) {
    if (given) {
      throw new UsageException(option + " is for .kmq; a PNG has no such choice");
    }
  }

  private Metric metric(Picture picture) {
    return encoding.quantize.metric(targets.areInRgb() || picture.hasProfile());
  }

  private Outcome<EncodeReport> encode(
      Job job,
      Inputs all,
      PictureReader reader,
      EncodeOptions common,
      Map<String, Palette> alternatives,
      boolean png,
      ReportLine line)
      throws IOException {
    Outcome<EncodeReport> settled = outputs.settled(job, all);
    if (settled != null) {
      return settled;
    }
    long start = System.nanoTime();
    Picture picture = frames.read(job.input(), reader);
    job.warnings().addAll(picture.warnings());
    long inputBytes = job.input().share();
    job.input().release();
    job.progress().image(picture.width(), picture.height());
    Work work = Work.onThreads(job.threads()).withProgress(job.progress()::at);
    long quantizeStart = System.nanoTime();
    EncodeOptions options = frames.shared(job.input(), common, rules(common, png));
    try (IndexedPicture indexed = indexed(job, picture, options, png, work.part(READ, QUANTIZED))) {
      double quantizeMillis = millisSince(quantizeStart);
      Encoded encoded = new Encoded(job, picture, indexed, inputBytes, start, quantizeMillis);
      return write(encoded, alternatives, png, line, work.part(QUANTIZED, 1));
    }
  }

  /**
   * An image that is ready to be written.
   *
   * @param start of the job
   */
  private record Encoded(
      Job job,
      Picture picture,
      IndexedPicture indexed,
      long inputBytes,
      long start,
      double quantizeMillis) {}

  private Outcome<EncodeReport> write(
      Encoded encoded, Map<String, Palette> alternatives, boolean png, ReportLine line, Work work)
      throws IOException {
    Job job = encoded.job;
    Picture picture = encoded.picture;
    IndexedPicture indexed = encoded.indexed;
    long inputBytes = encoded.inputBytes;
    boolean kept = indexed.kept();
    EntryOptions.Result result = entries.apply(indexed.image(), indexed.chunks(), alternatives);
    IndexSource image = result.image();
    if (png && result.chunks().stream().anyMatch(c -> c.type().equals(Chunk.PALETTE))) {
      job.warnings().add("its alternative palettes are dropped, because a PNG has none");
    }
    if (targets.palette != null || !encoding.quantize.keepColors.isEmpty()) {
      job.warnings().addAll(AlphaWarnings.of(AlphaLoss.of(picture.pixels(), image.palette())));
    }
    ColorError error = indexed.error();
    EncodeOptions.Builder storing =
        encoding
            .builder(job.threads(), methods.methods(encoding.maxDecodingCost))
            .chunks(result.chunks());
    encoding.keep(storing, picture.header(), choosesMethod());
    KmqEncoder encoder = new KmqEncoder(storing.build());
    String[] method = {""};
    long[] bytes = {0};
    AtomicFile.Body body =
        out -> {
          CountingOutputStream counted = new CountingOutputStream(out);
          if (png) {
            PictureWriter.write(image, result.chunks(), PNG, counted);
            method[0] = PNG;
          } else {
            method[0] = encoder.write(image, counted, work).method().label();
          }
          bytes[0] = counted.getByteCount();
        };
    byte[] content;
    if (skipIfLarger) {
      DeferredFileOutputStream whole =
          DeferredFileOutputStream.builder()
              .setThreshold(MOST_IN_MEMORY)
              .setPrefix("kmq")
              .setSuffix(".spool")
              .get();
      try {
        body.writeTo(whole);
        whole.close();
        if (bytes[0] >= inputBytes) {
          return Outcome.skipped(
              job,
              String.format(Locale.ROOT, "its %,d bytes would become %,d", inputBytes, bytes[0]));
        }
        content = outputs.write(job, whole::writeTo);
      } finally {
        whole.close();
        if (whole.getPath() != null) {
          Files.deleteIfExists(whole.getPath());
        }
      }
    } else {
      content = outputs.write(job, body);
    }
    EncodeReport report =
        new EncodeReport(
            inputBytes,
            image.width(),
            image.height(),
            image.palette().size(),
            kept ? null : metric(picture).label(),
            method[0],
            bytes[0],
            8.0 * bytes[0] / ((double) image.width() * image.height()),
            error.mse(),
            error.psnr(),
            error.maxError(),
            error.shareBeyond(),
            picture.reduction(),
            entries.dropUnused ? result.dropped() : null,
            millisSince(encoded.start),
            encoded.quantizeMillis);
    List<String> lines = new ArrayList<>();
    boolean byDefault = encoding.quantize.metric == null;
    lines.add(
        line.of(
            job.input().name(), inputBytes, bytes[0], report.summary(byDefault, isDithered(kept))));
    if (reports.verbose) {
      lines.add("  -> " + job.target().name());
      lines.add("  " + report.details());
    }
    OutputSizes sizes = frames.sizes(job.input());
    sizes.add(inputBytes, bytes[0], result.chunks());
    if (!kept && (png || report.method().equals(Method.PACKED.label()))) {
      lines.addAll(hint(picture, image));
    }
    Outcome<EncodeReport> outcome =
        Outcome.done(job.input().name(), job.warnings(), report, lines).to(job.target(), content);
    return frames.isLast(job.input())
        ? outcome.warnLater(() -> sizes.larger(smaller(png)))
        : outcome;
  }

  /** What makes outputs smaller. */
  private String smaller(boolean png) {
    return (png ? ".kmq or " : methods.canBeSmaller() ? "--small or " : "") + "a smaller -k";
  }

  private boolean isDithered(boolean kept) {
    return targets.dither != Dither.NONE && !kept;
  }

  /** Names the dithering that hides bands, if K is the limit and bands show. */
  private List<String> hint(Picture picture, IndexSource image) {
    boolean printed = !reports.json && !reports.quiet;
    boolean undithered =
        targets.dither == Dither.NONE && targets.maxError == null && encoding.rdo == null;
    // Another pass over a large image would take as long as the first.
    if (!printed || !undithered || picture.isLarge() || image.palette().size() > HINTED_COLORS) {
      return List.of();
    }
    double share = Banding.share(picture.pixels(), image.pixels());
    return share < BANDS_SHOW
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "  bands show in smooth areas (%.1f%% of pixels); --dither spatial hides them",
                100 * share));
  }

  private SharedPalette.Rules rules(EncodeOptions options, boolean png) {
    return new SharedPalette.Rules() {
      @Override
      public boolean keepsIndices(Picture picture) {
        return IndexedPicture.isKept(picture, options, mostKept(png));
      }

      @Override
      public Metric metric(Picture picture) {
        return EncodeCommand.this.metric(picture);
      }
    };
  }

  /** The most colours of a palette that is kept. */
  private int mostKept(boolean png) {
    return png || colors != null ? QuantizeOptions.colors(colors) : Integer.MAX_VALUE;
  }

  /** Palette and indices of an image: its own unless options ask for others. */
  private IndexedPicture indexed(
      Job job, Picture picture, EncodeOptions options, boolean png, Work work) throws IOException {
    EncodeOptions.Builder quantizing =
        options.toBuilder().threads(job.threads()).metric(metric(picture));
    encoding.keep(quantizing, picture.header(), choosesMethod());
    IndexedPicture indexed =
        IndexedPicture.of(picture, quantizing.build(), mostKept(png), EncodeReport.NOTICED, work);
    if (indexed.chunks().size() < picture.chunks().size()) {
      job.warnings().add("its alternative palettes are dropped, because its indices change");
    }
    return indexed;
  }

  static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }
}
