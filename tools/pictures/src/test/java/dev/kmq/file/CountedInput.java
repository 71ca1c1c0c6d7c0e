package dev.kmq.file;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Counts how often an input is opened. */
public final class CountedInput {
  private final Input input;
  private int opened;

  private CountedInput(Path path, boolean entry) {
    Path name = Objects.requireNonNull(path.getFileName());
    this.input =
        entry
            ? Input.entry(
                path.toString(),
                name.toString(),
                path,
                Objects.requireNonNull(path.getParent()),
                () -> {
                  opened++;
                  return Files.readAllBytes(path);
                })
            : Input.file(
                path,
                name,
                () -> {
                  opened++;
                  return FileChannel.open(path);
                });
  }

  /** A file on disk. */
  public static CountedInput file(Path path) {
    return new CountedInput(path, false);
  }

  /** The content of a file as an entry of an archive. */
  public static CountedInput entry(Path path) {
    return new CountedInput(path, true);
  }

  /** The input. */
  public Input input() {
    return input;
  }

  /** How often it was opened so far. */
  public int opened() {
    return opened;
  }
}
