package dev.kmq.cli;

import dev.kmq.file.ArchiveOutput;
import dev.kmq.file.AtomicFile;
import dev.kmq.file.FailedInput;
import dev.kmq.file.FileNames;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.Output;
import dev.kmq.file.StandardStreams;
import dev.kmq.picture.PictureReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the destination of outputs, and for existing files. */
final class OutputOptions {
  /**
   * An input and its output.
   *
   * @param found the input, or the reason why it is not processed
   * @param output null if there is no input
   */
  record Planned(Inputs.Found found, @Nullable Output output) {}

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Output file or archive, or - for standard output.")
  @Nullable String file;

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      description = "Folder for the outputs; -r mirrors subfolders.")
  @Nullable Path folder;

  @Option(
      names = "--keep-suffix",
      description = "Append the new suffix; do not replace the old one.")
  boolean keepSuffix;

  @Option(
      names = {"-f", "--force"},
      description = "Replace existing outputs.")
  boolean force;

  @Option(
      names = "--name",
      paramLabel = "TEMPLATE",
      description = "Name of outputs without suffix, e.g. '{name}-{suffix}'.")
  @Nullable String template;

  @Option(names = "--update", description = "Replace only outputs older than their input.")
  boolean update;

  @Option(names = "--skip-existing", description = "Skip inputs whose output exists.")
  boolean skipExisting;

  @Option(names = "--preserve", description = "Give outputs the modification times of the inputs.")
  boolean preserve;

  @Option(names = "--dry-run", description = "Only report what would be written.")
  boolean dryRun;

  /** Suffixes of image and palette formats in addition to those of ImageIO. */
  private static final Set<String> OTHER_FORMATS =
      Set.of(
          "7z", "act", "apng", "avif", "bz2", "css", "csv", "dds", "eps", "exr", "gpl", "gz", "hdr",
          "heic", "heif", "hex", "html", "ico", "icns", "jfif", "jp2", "jpe", "json", "jxl", "pal",
          "pbm", "pcx", "pdf", "pgm", "pnm", "ppm", "psd", "qoi", "rar", "raw", "svg", "tga", "txt",
          "webp", "xbm", "xpm", "xz", "zst");

  /** Whether the output is a file whose suffix is that of a known format. */
  boolean namesFormat() {
    return file != null && !toArchive() && !StandardStreams.isOutput(file) && namesFormat(file);
  }

  /** Whether the suffix of a file is that of a known format. */
  static boolean namesFormat(String file) {
    String suffix = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return file.indexOf('.') >= 0
        && (OTHER_FORMATS.contains(suffix) || PictureReader.suffixes().contains(suffix));
  }

  /** Whether all outputs go into one archive. */
  boolean toArchive() {
    return file != null && ArchiveOutput.isArchive(file);
  }

  /** Whether the output goes to standard output, under any name. */
  boolean toStandard(List<Inputs.Found> inputs) {
    if (file != null) {
      return StandardStreams.isOutput(file);
    }
    Input only = inputs.size() == 1 ? inputs.get(0).input() : null;
    return folder == null && only != null && only.isPipe();
  }

  /** Whether the output occupies standard output, so that reports cannot go there. */
  boolean takesStandard(List<Inputs.Found> inputs) {
    return toStandard(inputs) || StandardStreams.isTaken(file);
  }

  /**
   * Assigns an output to every input. Inputs with the same output all fail, because it is unclear
   * which one is wanted.
   *
   * @param suffix of the outputs, without the dot
   * @throws UsageException if the options contradict the inputs or each other
   */
  List<Planned> plan(List<Inputs.Found> inputs, String suffix) throws IOException {
    check(inputs);
    List<Planned> plan = new ArrayList<>();
    Map<Object, List<Integer>> taken = new LinkedHashMap<>();
    for (Inputs.Found found : inputs) {
      Input input = found.input();
      Output output = null;
      if (input != null) {
        try {
          output = output(inputs, input, suffix);
          String number = input.number();
          output = number == null ? output : output.numbered(number);
          Path path = output.path();
          Object key = path == null ? output.name() : AtomicFile.identity(path);
          taken.computeIfAbsent(key, k -> new ArrayList<>()).add(plan.size());
        } catch (IOException | InvalidPathException e) {
          plan.add(new Planned(new Inputs.Found(found.name(), null, e), null));
          continue;
        }
      }
      plan.add(new Planned(found, output));
    }
    for (List<Integer> rivals : taken.values()) {
      if (rivals.size() > 1) {
        refuse(plan, rivals);
      }
    }
    return plan;
  }

  /** Fails inputs with the same output. */
  private void refuse(List<Planned> plan, List<Integer> rivals) {
    List<Planned> planned = rivals.stream().map(plan::get).toList();
    Set<String> names = new HashSet<>();
    for (Planned one : planned) {
      names.add(Objects.requireNonNull(one.found().input()).relative());
    }
    String advice =
        !keepSuffix && template == null && names.size() == planned.size()
            ? "; use --keep-suffix to give each its own output"
            : "";
    for (int i = 0; i < planned.size(); i++) {
      Planned one = planned.get(i);
      Planned other = planned.get(i == 0 ? 1 : 0);
      FailedInput failure =
          new FailedInput(
              "its output "
                  + Objects.requireNonNull(one.output()).name()
                  + " would also be that of "
                  + other.found().name()
                  + (planned.size() > 2 ? " and others" : "")
                  + advice);
      plan.set(
          rivals.get(i), new Planned(new Inputs.Found(one.found().name(), null, failure), null));
    }
  }

  private void check(List<Inputs.Found> inputs) {
    if (file != null && folder != null) {
      throw new UsageException("--output and --out-dir cannot be combined");
    }
    if (file != null && file.endsWith("/")) {
      throw new UsageException("--output " + file + " is the name of a folder; use --out-dir");
    }
    if (toArchive() && !ArchiveOutput.isWritable(String.valueOf(file))) {
      throw new UsageException(
          ("--output %s: archives of this format cannot be written;"
                  + " use .zip, .tar, .tar.gz or .tar.zst")
              .formatted(file));
    }
    if (force && (skipExisting || update) || skipExisting && update) {
      throw new UsageException("--force, --skip-existing and --update are mutually exclusive");
    }
    if (update && (toArchive() || toStandard(inputs))) {
      throw new UsageException("--update compares files; it needs outputs that are files");
    }
    checkTemplate();
    boolean parts = inputs.size() > 1 && areParts(inputs);
    if (parts && file != null && StandardStreams.isTaken(file)) {
      throw new UsageException(
          "--output %s takes one image, not %d; use an archive, --out-dir or another name"
              .formatted(file, inputs.size()));
    }
    if (file != null && !toArchive() && inputs.size() > 1 && !parts) {
      throw new UsageException(
          "--output %s needs a single input, not %d; use --out-dir".formatted(file, inputs.size()));
    }
  }

  /** Whether all inputs are parts of one, so that numbers distinguish their outputs. */
  private static boolean areParts(List<Inputs.Found> inputs) {
    Input first = inputs.get(0).input();
    return first != null
        && inputs.stream().allMatch(one -> one.input() != null && one.input().isPartWith(first));
  }

  private void checkTemplate() {
    if (template == null) {
      return;
    }
    if (keepSuffix) {
      throw new UsageException("--name cannot be combined with --keep-suffix");
    }
    if (file != null && !toArchive()) {
      throw new UsageException("--name cannot be combined with --output, which names the output");
    }
    String rest = template.replace("{name}", "").replace("{suffix}", "");
    if (rest.matches(".*[{}].*")) {
      throw new UsageException(
          "--name '%s': the placeholders are {name} and {suffix}".formatted(template));
    }
    if (rest.matches(".*[/\\\\].*")) {
      throw new UsageException(
          "--name '%s' must be a file name; use --out-dir for a folder".formatted(template));
    }
  }

  private String template() {
    return template != null ? template : keepSuffix ? "{name}.{suffix}" : "{name}";
  }

  private Output output(List<Inputs.Found> inputs, Input input, String suffix) throws IOException {
    if (toStandard(inputs)) {
      return Output.STANDARD;
    }
    if (file != null && !toArchive()) {
      return Output.file(Path.of(file));
    }
    if (toArchive() && input.isPipe()) {
      throw new UsageException(
          "--output %s: standard input and pipes give archive entries no name; use files or folders"
              .formatted(file));
    }
    if (input.isPipe()) {
      throw new UsageException(
          (input.name().equals(Input.STANDARD) ? "standard input" : "pipe " + input.name())
              + " has no name; use --output to name its output");
    }
    if (toArchive()) {
      Path onDisk = input.relativePath();
      String name = onDisk == null ? input.relative() : FileNames.entryName(onDisk);
      return Output.entry(FileNames.renamed(name, template(), suffix));
    }
    Path path = input.path();
    if (path != null && folder == null) {
      return Output.file(FileNames.renamed(path, template(), suffix));
    }
    Path relative = input.relativePath();
    Path name =
        relative == null
            ? Path.of(FileNames.renamed(input.relative(), template(), suffix))
            : FileNames.renamed(relative, template(), suffix);
    return Output.file(
        inside(folder == null ? Objects.requireNonNull(input.folder()) : folder, name));
  }

  /** A path below a folder, from a name of any source. */
  private static Path inside(Path folder, Path name) throws FailedInput {
    Path path = folder.resolve(name);
    Path whole = folder.toAbsolutePath().normalize(); // that of "." would be empty
    if (!path.toAbsolutePath().normalize().startsWith(whole)) {
      throw new FailedInput("its name leads out of the output folder");
    }
    return path;
  }

  /** The suffix of a file name, lower-case; png if it has none, like those of pipes and devices. */
  static String suffix(String file) {
    int dot = file.lastIndexOf('.');
    boolean has = dot > Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    return has ? file.substring(dot + 1).toLowerCase(Locale.ROOT) : "png";
  }

  /**
   * The outcome of an input that needs no work, because its output exists and is kept, or in a dry
   * run; else null.
   *
   * @param inputs all of them
   * @throws FailedInput if the output is one of the other inputs
   * @throws FileAlreadyExistsException if the output exists and is not replaced
   */
  <R extends Record> @Nullable Outcome<R> settled(Job job, Inputs inputs) throws IOException {
    Output output = job.target();
    Path path = toArchive() ? Path.of(String.valueOf(file)) : output.path();
    if (path != null && skips(path)) {
      return Outcome.skipped(job, "output " + path + " exists");
    }
    if (path != null) {
      inputs.refuseIfRead(path, toArchive() ? null : job.input());
    }
    if (path != null && update && isUpToDate(job.input(), path)) {
      return Outcome.skipped(job, "output " + path + " is up to date");
    }
    if (path != null
        && !replaces()
        && Files.isRegularFile(path)
        && !StandardStreams.isDescriptor(path)) {
      AtomicFile.clearStale(path);
      throw new FileAlreadyExistsException(
          path.toString(), null, "use --force to replace it, --update or --skip-existing");
    }
    if (!dryRun) {
      return null;
    }
    Outcome<R> planned = Outcome.done(job, null, job.input().name() + " -> " + output.name());
    return planned.to(output.name());
  }

  /** Whether existing outputs are replaced. */
  boolean replaces() {
    return force || update;
  }

  /** Whether an output is not older than the file with its input. */
  private static boolean isUpToDate(Input input, Path output) throws IOException {
    Path source = input.source();
    return source != null
        && Files.isRegularFile(output)
        && Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(output)) <= 0;
  }

  private boolean skips(Path path) {
    if (!skipExisting || !Files.exists(path) || StandardStreams.isDescriptor(path)) {
      return false;
    }
    if (!dryRun) {
      AtomicFile.clearStale(path);
    }
    return true;
  }

  /** Creates the folder of a mirrored output; the folder of -o must exist. */
  private void makeFolder(Path folder) throws IOException {
    try {
      if (file == null) {
        Files.createDirectories(folder);
      } else if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
        throw new FailedInput("output folder " + folder + " is a file");
      }
    } catch (NoSuchFileException e) {
      throw new FailedInput("output folder " + folder + " does not exist", e);
    } catch (FileAlreadyExistsException e) {
      throw new FailedInput(
          "output folder " + folder + " cannot be created: " + e.getFile() + " is a file", e);
    }
  }

  /**
   * Writes an output atomically.
   *
   * @return the bytes if the output is not a file and is written later in order, else null
   */
  byte @Nullable [] write(Job job, AtomicFile.Body body) throws IOException {
    Path path = job.target().path();
    if (path == null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      body.writeTo(bytes);
      return bytes.toByteArray();
    }
    Path source = job.input().path();
    boolean keepTime = preserve && source != null;
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      makeFolder(parent);
    }
    AtomicFile.write(path, replaces(), keepTime ? Files.getLastModifiedTime(source) : null, body);
    return null;
  }
}
