package dev.kmq.cli;

import dev.kmq.cli.file.ArchiveOutput;
import dev.kmq.cli.file.AtomicFile;
import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
import dev.kmq.cli.file.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where outputs go, and what happens to files that are there already. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Output of one input, or - for standard output; a .zip, .tar, .tar.gz or .tar.zst"
              + " takes the outputs of all inputs.")
  @Nullable String file;

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      description = "Folder for the outputs, made if it is not there.")
  @Nullable Path folder;

  @Option(
      names = {"-f", "--force"},
      description = "Replace outputs that exist.")
  boolean force;

  @Option(names = "--skip-existing", description = "Leave inputs alone whose output exists.")
  boolean skipExisting;

  @Option(names = "--preserve", description = "Give outputs the modification time of their inputs.")
  boolean preserve;

  @Option(names = "--dry-run", description = "Tell what would be written, and write nothing.")
  boolean dryRun;

  /** Whether all outputs go into one archive. */
  boolean toArchive() {
    return file != null && ArchiveOutput.isArchive(file);
  }

  /** Whether the output goes to standard output. */
  boolean toStandard(List<Inputs.Found> inputs) {
    return Input.STANDARD.equals(file)
        || file == null
            && folder == null
            && inputs.size() == 1
            && inputs.get(0).name().equals(Input.STANDARD);
  }

  /**
   * The output of every input, null where there is no input.
   *
   * @param suffix of the outputs, without the dot
   * @throws UsageException if the options contradict the inputs or each other, or two inputs would
   *     write one output
   */
  @Nullable Output[] plan(List<Inputs.Found> inputs, String suffix) throws IOException {
    check(inputs);
    Output[] outputs = new Output[inputs.size()];
    Map<Object, String> taken = new HashMap<>();
    for (int i = 0; i < outputs.length; i++) {
      Input input = inputs.get(i).input();
      if (input == null) {
        continue;
      }
      Output output = output(inputs, input, suffix);
      Path path = output.path();
      Object key = path == null ? output.name() : AtomicFile.identity(path);
      String other = taken.putIfAbsent(key, input.name());
      if (other != null) {
        throw new UsageException(
            "%s and %s would both write %s".formatted(other, input.name(), output.name()));
      }
      outputs[i] = output;
    }
    return outputs;
  }

  private void check(List<Inputs.Found> inputs) {
    if (file != null && folder != null) {
      throw new UsageException("-o and --out-dir exclude each other");
    }
    if (toArchive() && !ArchiveOutput.isWritable(String.valueOf(file))) {
      throw new UsageException(
          "-o %s: archives of this kind are read, not written; .zip, .tar, .tar.gz and .tar.zst are"
              .formatted(file));
    }
    if (force && skipExisting) {
      throw new UsageException("--force and --skip-existing exclude each other");
    }
    if (file != null && !toArchive() && inputs.size() > 1) {
      throw new UsageException(
          "-o %s takes one input, not %d; --out-dir takes many".formatted(file, inputs.size()));
    }
  }

  private Output output(List<Inputs.Found> inputs, Input input, String suffix) throws IOException {
    if (toStandard(inputs)) {
      return Output.STANDARD;
    }
    if (file != null && !toArchive()) {
      return Output.file(Path.of(file));
    }
    if (input.name().equals(Input.STANDARD)) {
      throw new UsageException("standard input has no name; -o gives its output one");
    }
    String name = withSuffix(input.relative(), suffix);
    if (toArchive()) {
      return Output.entry(name);
    }
    if (folder != null) {
      return Output.file(folder.resolve(name));
    }
    Path base = input.folder();
    Path path = input.path();
    if (path != null) {
      String sibling = withSuffix(String.valueOf(path.getFileName()), suffix);
      return Output.file(path.resolveSibling(sibling));
    }
    if (base == null) {
      throw new IllegalStateException("no folder for " + input.name());
    }
    return Output.file(base.resolve(name));
  }

  /** The name with another suffix; a name without one gets it appended. */
  static String withSuffix(String name, String suffix) {
    int dot = name.lastIndexOf('.');
    boolean has = dot > name.lastIndexOf('/') + 1;
    return (has ? name.substring(0, dot) : name) + "." + suffix;
  }

  /** Whether the input is to be left alone because its output exists. */
  boolean skips(Output output) {
    Path path = output.path();
    return skipExisting && path != null && Files.exists(path);
  }

  /**
   * Writes an output, whole or not at all.
   *
   * @return the bytes if the output is no file and has to wait for its turn, else null
   */
  byte @Nullable [] write(Input input, Output output, AtomicFile.Body body) throws IOException {
    Path path = output.path();
    if (path == null) {
      java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
      body.writeTo(bytes);
      return bytes.toByteArray();
    }
    Path source = input.path();
    boolean keepTime = preserve && source != null;
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      if (file != null) {
        throw new FailedInput("there is no folder " + parent + " for the output");
      }
      Files.createDirectories(parent);
    }
    AtomicFile.write(path, force, keepTime ? Files.getLastModifiedTime(source) : null, body);
    return null;
  }
}
