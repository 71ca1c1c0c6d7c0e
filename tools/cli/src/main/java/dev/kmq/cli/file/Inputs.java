package dev.kmq.cli.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Arguments to inputs: files as they are, folders walked through, archives entry by entry. What
 * cannot even be listed becomes a failed input, so that the others are still done.
 */
public final class Inputs implements Closeable {
  /**
   * What is taken from folders and archives.
   *
   * @param recursive whether folders are walked through
   * @param archives whether archives are opened
   * @param suffixes file name suffixes that are taken, lower-case, without the dot
   * @param include if not empty, glob patterns of which a file name must match one instead
   * @param exclude glob patterns of which a file name must match none
   */
  public record Selection(
      boolean recursive,
      boolean archives,
      Set<String> suffixes,
      List<String> include,
      List<String> exclude) {
    /** Copies the collections. */
    public Selection {
      suffixes = Set.copyOf(suffixes);
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }

    /** Whether a file is taken; what macOS keeps beside files on foreign media never is. */
    boolean takes(String fileName) {
      if (fileName.startsWith("._") || matches(exclude, fileName)) {
        return false;
      }
      if (!include.isEmpty()) {
        return matches(include, fileName);
      }
      int dot = fileName.lastIndexOf('.');
      return dot >= 0 && suffixes.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean matches(List<String> globs, String fileName) {
      if (globs.isEmpty()) {
        return false;
      }
      Path name;
      try {
        name = Path.of(fileName);
      } catch (InvalidPathException e) {
        return false; // an entry of an archive, whose name the file system does not allow
      }
      for (String glob : globs) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        if (matcher.matches(name)) {
          return true;
        }
      }
      return false;
    }
  }

  /** An input, or why there is none. */
  public record Found(String name, @Nullable Input input, @Nullable FailedInput failure) {}

  private final InputStream standard;
  private final Selection selection;
  private final List<Found> found = new ArrayList<>();
  private final List<String> empty = new ArrayList<>();
  private final List<Archive> archives = new ArrayList<>();

  private Inputs(InputStream standard, Selection selection) {
    this.standard = standard;
    this.selection = selection;
  }

  /** Finds the inputs that arguments stand for. Close after the last one is read. */
  public static Inputs find(List<String> arguments, InputStream standard, Selection selection)
      throws IOException {
    Inputs inputs = new Inputs(standard, selection);
    try {
      for (String argument : arguments) {
        inputs.add(argument);
      }
    } catch (IOException | RuntimeException e) {
      inputs.close();
      throw e;
    }
    return inputs;
  }

  /** The inputs, in the order of the arguments and of names within a folder. */
  public List<Found> found() {
    return List.copyOf(found);
  }

  /** Folders and archives in which there is nothing that would be taken. */
  public List<String> empty() {
    return List.copyOf(empty);
  }

  private void add(String argument) throws IOException {
    if (argument.equals(Input.STANDARD)) {
      found.add(new Found(argument, Input.standard(standard), null));
      return;
    }
    Path path = Path.of(argument);
    Archive.Form form = Archive.Form.of(argument);
    if (Files.isDirectory(path)) {
      addFolder(path);
    } else if (!Files.exists(path)) {
      fail(argument, new FailedInput("no such file"));
    } else if (form != null && selection.archives()) {
      addArchive(path, form);
    } else {
      found.add(new Found(argument, Input.file(path, fileName(path)), null));
    }
  }

  private void fail(String name, FailedInput failure) {
    found.add(new Found(name, null, failure));
  }

  private static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  private void addFolder(Path folder) throws IOException {
    if (!selection.recursive()) {
      fail(folder.toString(), new FailedInput("is a folder; give -r to take what is in it"));
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    } catch (java.io.UncheckedIOException e) {
      fail(folder.toString(), new FailedInput("cannot be listed: " + e.getMessage(), e));
      return;
    }
    int before = found.size();
    for (Path file : files) {
      if (selection.takes(fileName(file))) {
        String relative = folder.relativize(file).toString().replace('\\', '/');
        found.add(new Found(file.toString(), Input.file(file, relative), null));
      }
    }
    tellIfNone(folder.toString(), before);
  }

  private void tellIfNone(String argument, int before) {
    if (found.size() == before) {
      empty.add(argument);
    }
  }

  private void addArchive(Path path, Archive.Form form) {
    Archive archive;
    try {
      archive = Archive.open(path, form, selection::takes);
    } catch (FailedInput e) {
      fail(path.toString(), e);
      return;
    }
    archives.add(archive);
    int before = found.size();
    Path base = path.toAbsolutePath().resolveSibling(form.stem(fileName(path)));
    for (Archive.Entry entry : archive.entries()) {
      String name = path + "!/" + entry.name();
      Input.Bytes content = entry.content();
      if (content == null) {
        found.add(new Found(name, null, entry.failure()));
      } else {
        found.add(new Found(name, Input.entry(name, entry.relative(), base, content), null));
      }
    }
    tellIfNone(path.toString(), before);
  }

  @Override
  public void close() throws IOException {
    for (Archive archive : archives) {
      archive.close();
    }
  }
}
