package dev.kmq.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the output of one input goes.
 *
 * @param name its name in messages
 * @param path the file, or null for an entry of the output archive or standard output
 */
public record Output(String name, @Nullable Path path) {
  /** Standard output. */
  public static final Output STANDARD = new Output(Input.STANDARD, null);

  /** A file. */
  public static Output file(Path path) {
    return new Output(path.toString(), path);
  }

  /** An entry of the archive that the command writes. */
  public static Output entry(String name) {
    return new Output(name, null);
  }

  /** The same with a number before the suffix. */
  public Output numbered(String number) {
    return path == null
        ? entry(FileNames.numbered(name, number))
        : file(FileNames.numbered(path, number));
  }
}
