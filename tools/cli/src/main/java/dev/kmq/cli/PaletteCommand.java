package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.UnreachableTargetException;
import dev.kmq.colors.NamedPalette;
import dev.kmq.colors.PaletteFile;
import dev.kmq.colors.PaletteFormat;
import dev.kmq.file.AtomicFile;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.StandardStreams;
import dev.kmq.image.AlphaLoss;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.image.Reindexing;
import dev.kmq.picture.AlphaWarnings;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes palettes of images, and converts palette files. */
@Command(
    name = "palette",
    description = {
      "Make one palette for images, or show, sort or convert one.",
      "Each image has the same weight. Files: kmq, gpl, pal, act, hex, txt."
    },
    footer = ExitCodes.FOOTER_WITH_TARGET)
final class PaletteCommand implements Callable<Integer> {
  /**
   * The report on a palette.
   *
   * @param inputs number of inputs that were read, or null if it is not known
   * @param colors number of entries, or null if there is no palette
   * @param palette the colours as {@code #rrggbb} or {@code #rrggbbaa}, or null
   */
  record Report(
      @Nullable Integer inputs, @Nullable Integer colors, @Nullable List<String> palette) {}

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin QuantizeOptions quantize = new QuantizeOptions();
  @Mixin TransparencyOptions transparency = new TransparencyOptions();
  @Mixin JobOptions jobs = new JobOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = {"-k", "--colors"},
      paramLabel = "K",
      description = "Maximum number of colours (default: 256).")
  @Nullable Integer colors;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write .gpl, .pal, .act, .kmq, .hex or .txt (default: #RRGGBB[AA] lines "
              + "on standard output).")
  @Nullable String file;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description = "Order: none (default), lightness or hue.")
  PaletteSort sort = PaletteSort.NONE;

  @Option(
      names = "--transparent-index",
      paramLabel = "N",
      description = "Index of the fully transparent colour, often 0.")
  @Nullable Integer transparentIndex;

  @Option(names = "--list-palettes", help = true, description = "List the named palettes and exit.")
  boolean list;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the output.")
  boolean force;

  /** Whether the palette was computed, not read from a file. */
  private boolean made;

  /** Number of inputs of the palette. */
  private @Nullable Integer used;

  @Override
  public Integer call() throws IOException {
    if (list) {
      NamedPalette.lines().forEach(kmq.terminal.out()::println);
      return ExitCodes.DONE;
    }
    check();
    Reporter<Report> reporter =
        new Reporter<>(
            Report.class,
            Reporter.Outputs.ONE,
            reports,
            kmq.terminal,
            StandardStreams.isTaken(file));
    try (Inputs found = inputs.find(kmq.terminal, PictureReader.otherSuffixes())) {
      if (file != null && writesFile()) {
        Path output = Path.of(file);
        List<Inputs.Found> all = found.found();
        found.refuseIfRead(output, all.size() == 1 ? all.get(0).input() : null);
        AtomicFile.check(output, force);
      }
      if (!found.found().isEmpty()) {
        reporter.report(outcome(found.found(), reporter));
      }
    }
    return reporter.exitCode();
  }

  private Outcome<Report> outcome(List<Inputs.Found> found, Reporter<Report> reporter) {
    String name = found.size() == 1 ? found.get(0).name() : found.size() + " inputs";
    List<String> warnings = new ArrayList<>();
    try {
      Palette palette = palette(found, reporter, warnings);
      return deliver(placed(sort.of(palette, quantize.keepColors.size())), name, warnings);
    } catch (UsageException e) {
      throw e;
    } catch (Throwable e) {
      return Outcome.failed(name, warnings, new Report(used, null, null), e);
    }
  }

  private Palette placed(Palette palette) {
    if (transparentIndex == null) {
      return palette;
    }
    try {
      Reindexing change =
          made
              ? Reindexing.transparentMoved(palette, transparentIndex)
              : Reindexing.transparentSwapped(palette, transparentIndex);
      return change.apply(palette);
    } catch (IllegalArgumentException e) {
      throw new UnreachableTargetException("transparentIndex", String.valueOf(e.getMessage()));
    }
  }

  private void check() {
    transparency.check();
    if (transparentIndex != null) {
      PaletteChoice.computed(1).withTransparentIndex(transparentIndex);
    }
    if (file != null && !StandardStreams.isTaken(file) && PaletteFormat.ofName(file) == null) {
      throw new UsageException(
          "--output " + file + ": palettes are written as " + PaletteFormat.suffixes());
    }
    jobs.check();
    EncodeOptions.Builder checked = options().toBuilder();
    if (transparentIndex != null && colors != null) {
      checked.palette(quantize.computed(colors).withTransparentIndex(transparentIndex)).build();
    }
  }

  private EncodeOptions options() {
    return EncodeOptions.builder()
        .palette(quantize.computed(QuantizeOptions.colors(colors)))
        .effort(quantize.effort)
        .metric(quantize.metric(false))
        .threads(jobs.jobs)
        .build();
  }

  private boolean writesFile() {
    return file != null && !toStandard();
  }

  private boolean toStandard() {
    return file != null && StandardStreams.isOutput(file);
  }

  private Palette palette(
      List<Inputs.Found> found, Reporter<Report> reporter, List<String> warnings) throws Throwable {
    Input only = found.size() == 1 ? found.get(0).input() : null;
    boolean asked =
        colors != null || quantize.isSet() || transparency.alpha == TransparencyOptions.Alpha.DROP;
    if (only != null && PaletteFile.isPalette(only) && (!asked || !PaletteFile.isKmq(only))) {
      if (asked) {
        throw new UsageException(
            "--colors, --keep-color, --effort, --metric and --alpha are for images, but "
                + only.name()
                + " is a palette");
      }
      used = 1;
      return PaletteFile.read(only, inputs.limits(), warnings);
    }
    made = true;
    KmqEncoder encoder = new KmqEncoder(options());
    Set<Inputs.Found> failed = new HashSet<>();
    while (failed.size() < found.size()) {
      List<Inputs.Found> rest = new ArrayList<>(found);
      rest.removeAll(failed);
      try {
        used = rest.size();
        Pictures pictures = new Pictures(rest);
        Palette palette = encoder.palette(pictures);
        warnings.addAll(pictures.warnings());
        if (!quantize.keepColors.isEmpty()) {
          warnings.addAll(AlphaWarnings.of(AlphaLoss.of(pictures, palette)));
        }
        return palette;
      } catch (FailedPicture e) {
        if (found.size() == 1) {
          throw e.failure;
        }
        // The others are read again, rather than all kept in memory.
        failed.add(e.found);
        reporter.report(Outcome.failed(e.found.name(), List.of(), null, e.failure));
      }
    }
    used = 0;
    throw new FailedInput("no palette, because no input could be read");
  }

  private Outcome<Report> deliver(Palette palette, String name, List<String> warnings) {
    List<String> hex = PaletteFormat.hex(palette);
    Report report = new Report(used, palette.size(), hex);
    if (file != null && writesFile()) {
      PaletteFormat format = PaletteFormat.ofName(file);
      try {
        // Only the name of a pipe implies no format.
        byte[] bytes = (format == null ? PaletteFormat.HEX : format).bytes(palette);
        AtomicFile.write(Path.of(file), force, null, out -> out.write(bytes));
      } catch (IOException e) {
        return Outcome.failed(name, warnings, report, e);
      }
      String line =
          "%d %s -> %s  K = %d"
              .formatted(
                  used, Integer.valueOf(1).equals(used) ? "input" : "inputs", file, palette.size());
      return Outcome.done(name, warnings, report, List.of(line)).to(file);
    }
    if (file != null) {
      String lines = String.join("\n", hex) + "\n";
      kmq.terminal.out().print(lines);
      return Outcome.done(name, warnings, report, List.of());
    }
    return kmq.terminal.outputIsTerminal() && kmq.terminal.styled()
        ? Outcome.styled(name, warnings, report, swatches(palette, hex))
        : Outcome.done(name, warnings, report, hex);
  }

  /** Colours with their names, for terminals with 24-bit colours. */
  private static List<String> swatches(Palette palette, List<String> hex) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < hex.size(); i++) {
      int argb = palette.argb(i);
      lines.add(
          String.format(
              Locale.ROOT,
              "\u001b[48;2;%d;%d;%dm      \u001b[0m %s",
              argb >>> 16 & 0xFF,
              argb >>> 8 & 0xFF,
              argb & 0xFF,
              hex.get(i)));
    }
    return lines;
  }

  /** Images that are read on demand and not kept. */
  private final class Pictures extends AbstractList<PixelSource> {
    private final List<Inputs.Found> found;
    private final PictureReader reader;
    private final Map<Inputs.Found, List<String>> warnings = new ConcurrentHashMap<>();

    Pictures(List<Inputs.Found> found) {
      this.found = found;
      this.reader =
          new PictureReader(inputs.limits(), MetadataPolicy.NONE, true, transparency.backdrop());
    }

    @Override
    public PixelSource get(int index) {
      Inputs.Found one = found.get(index);
      try {
        Input input = one.orThrow();
        Picture picture = reader.read(input);
        warnings.put(one, picture.warnings());
        input.release();
        return picture.pixels();
      } catch (Throwable e) {
        throw new FailedPicture(one, e);
      }
    }

    @Override
    public int size() {
      return found.size();
    }

    /** Warnings of the images read so far, with their names if there are several. */
    List<String> warnings() {
      List<String> all = new ArrayList<>();
      for (Inputs.Found one : found) {
        for (String warning : warnings.getOrDefault(one, List.of())) {
          all.add(found.size() == 1 ? warning : one.name() + ": " + warning);
        }
      }
      return all;
    }
  }

  /** Carries the failure of one image through the encoder. */
  private static final class FailedPicture extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Inputs.Found found;
    private final transient Throwable failure;

    FailedPicture(Inputs.Found found, Throwable failure) {
      super(failure);
      this.found = found;
      this.failure = failure;
    }
  }
}
