package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.UnreachableTargetException;
import dev.kmq.cli.file.AtomicFile;
import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.StandardStreams;
import dev.kmq.cli.picture.MetadataPolicy;
import dev.kmq.cli.picture.Picture;
import dev.kmq.cli.picture.PictureReader;
import dev.kmq.image.AlphaLoss;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.image.Reindexing;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Palettes of pictures, and palettes as files. */
@Command(
    name = "palette",
    description = {
      "One palette for many pictures, each of the same weight whatever its size, in sRGB. A single"
          + " palette file ("
          + PaletteFormat.READ
          + ") is shown, sorted or converted instead.",
    })
final class PaletteCommand implements Callable<Integer> {
  private static final String[] KEYS = {"output", "inputs", "colors", "palette"};

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
      description = "Most colours, 1 to 65536 (default: 256).")
  @Nullable Integer colors;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write the palette as "
              + PaletteFormat.WRITTEN
              + ". Without -o, #RRGGBB[AA] lines go to standard output.")
  @Nullable String file;

  @Option(
      names = "--sort",
      paramLabel = "none|lightness|hue",
      description = "Order of the colours; those of --keep-color stay first (default: none).")
  PaletteSort sort = PaletteSort.NONE;

  @Option(
      names = "--transparent-index",
      paramLabel = "N",
      description =
          "Give the fully transparent colour index N, often 0. In a new palette the others keep their"
              + " order; in a palette file the two entries change places.")
  @Nullable Integer transparentIndex;

  @Option(
      names = "--list-palettes",
      help = true,
      description =
          "Show the palettes that --palette of encode knows by name, and do nothing else.")
  boolean list;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the output if it exists.")
  boolean force;

  /** Whether the palette is a new one, not that of a file. */
  private boolean made;

  @Override
  public Integer call() throws IOException {
    if (list) {
      NamedPalette.lines().forEach(kmq.terminal.out()::println);
      return ExitCodes.DONE;
    }
    check();
    Batch batch = new Batch(reports, kmq.terminal, toStandard() || toPipe());
    try (Inputs found = inputs.find(kmq.terminal, PictureReader.otherSuffixes())) {
      if (found.found().isEmpty()) {
        return batch.exitCode();
      }
      Outcome outcome = outcome(found.found());
      try {
        Palette palette = palette(found.found(), batch, outcome);
        deliver(placed(sort.of(palette, quantize.keepColors.size())), outcome);
      } catch (UsageException e) {
        throw e;
      } catch (Throwable e) {
        outcome.fail(e);
      }
      batch.report(outcome);
    }
    return batch.exitCode();
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

  private void check() throws IOException {
    transparency.check();
    if (transparentIndex != null) {
      PaletteChoice.computed(1).withTransparentIndex(transparentIndex);
    }
    if (file != null && !toStandard() && !toPipe() && PaletteFormat.ofName(file) == null) {
      throw new UsageException(
          "-o " + file + ": palettes are written as " + PaletteFormat.suffixes());
    }
    jobs.check();
    options();
    if (writesFile() && !force && Files.isRegularFile(Path.of(Objects.requireNonNull(file)))) {
      throw new FileAlreadyExistsException(file);
    }
  }

  private EncodeOptions options() {
    return EncodeOptions.builder()
        .palette(quantize.computed(QuantizeOptions.colors(colors)))
        .effort(quantize.effort)
        .metric(quantize.metric)
        .threads(jobs.jobs)
        .build();
  }

  private boolean writesFile() {
    return file != null && !toStandard();
  }

  private boolean toStandard() {
    return file != null && StandardStreams.isOutput(file);
  }

  private boolean toPipe() {
    return file != null && StandardStreams.isPipe(file);
  }

  private static Outcome outcome(List<Inputs.Found> found) {
    String name = found.size() == 1 ? found.get(0).name() : found.size() + " inputs";
    return new Outcome(name, KEYS);
  }

  private Palette palette(List<Inputs.Found> found, Batch batch, Outcome whole) throws Throwable {
    Input only = found.size() == 1 ? found.get(0).input() : null;
    boolean asked =
        colors != null || quantize.isSet() || transparency.alpha == TransparencyOptions.Alpha.DROP;
    if (only != null && PaletteFile.isPalette(only) && (!asked || !PaletteFile.isKmq(only))) {
      if (asked) {
        throw new UsageException(
            "-k, --keep-color, --effort, --metric and --alpha are for pictures, "
                + only.name()
                + " is a palette");
      }
      whole.put("inputs", 1);
      List<String> warnings = new ArrayList<>();
      Palette palette = PaletteFile.read(only, inputs.limits(), warnings);
      whole.warn(warnings);
      return palette;
    }
    made = true;
    KmqEncoder encoder = new KmqEncoder(options());
    Set<Inputs.Found> failed = new HashSet<>();
    while (failed.size() < found.size()) {
      List<Inputs.Found> rest = new ArrayList<>(found);
      rest.removeAll(failed);
      try {
        whole.put("inputs", rest.size());
        Pictures pictures = new Pictures(rest);
        Palette palette = encoder.palette(pictures);
        whole.warn(pictures.warnings());
        if (!quantize.keepColors.isEmpty()) {
          whole.warn(AlphaWarnings.of(AlphaLoss.of(pictures, palette)));
        }
        return palette;
      } catch (FailedPicture e) {
        if (found.size() == 1) {
          throw e.failure;
        }
        // The others are gone through once more, rather than held in memory all the time.
        failed.add(e.found);
        Outcome outcome = new Outcome(e.found.name(), KEYS);
        outcome.fail(e.failure);
        batch.report(outcome);
      }
    }
    whole.put("inputs", 0);
    throw new FailedInput("there is no palette, as no input could be read");
  }

  private void deliver(Palette palette, Outcome outcome) throws IOException {
    List<String> hex = PaletteFormat.hex(palette);
    outcome.put("colors", palette.size());
    outcome.put("palette", hex);
    if (file != null && writesFile()) {
      PaletteFormat format = PaletteFormat.ofName(file);
      // Only pipes have a name that says nothing.
      byte[] bytes = (format == null ? PaletteFormat.HEX : format).bytes(palette);
      AtomicFile.write(Path.of(file), force, null, out -> out.write(bytes));
      outcome.put("output", file);
      outcome.text(
          "%s %s -> %s  K = %d"
              .formatted(
                  outcome.facts().get("inputs"),
                  Integer.valueOf(1).equals(outcome.facts().get("inputs")) ? "input" : "inputs",
                  file,
                  palette.size()));
    } else if (file != null) {
      String lines = String.join("\n", hex) + "\n";
      kmq.terminal.out().print(lines);
    } else if (kmq.terminal.outputIsTerminal() && kmq.terminal.styled()) {
      outcome.styledText(swatches(palette, hex));
    } else {
      outcome.text(hex);
    }
  }

  /** Every colour beside its name, for terminals that show 24-bit colours. */
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

  /** Pictures that are read when they are asked for, and let go again. */
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
      Input input = one.input();
      try {
        if (input == null) {
          throw Objects.requireNonNull(one.failure());
        }
        Picture picture = reader.read(input);
        warnings.put(one, picture.warnings());
        if (input.isEntry()) {
          input.release();
        }
        return picture.pixels();
      } catch (Throwable e) {
        throw new FailedPicture(one, e);
      }
    }

    @Override
    public int size() {
      return found.size();
    }

    /** Of the pictures read so far, with their names if there are several. */
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

  /** Carries the failure of one picture through those who wait for its pixels. */
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
