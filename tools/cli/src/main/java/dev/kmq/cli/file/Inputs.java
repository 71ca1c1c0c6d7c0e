package dev.kmq.cli.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveEntry;
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

    boolean takes(String fileName) {
      Path name = Path.of(fileName);
      if (matches(exclude, name)) {
        return false;
      }
      if (!include.isEmpty()) {
        return matches(include, name);
      }
      int dot = fileName.lastIndexOf('.');
      return dot >= 0 && suffixes.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean matches(List<String> globs, Path name) {
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
    Archive.Form form = Archive.form(argument);
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
    try {
      Archive archive = Archive.open(path, form);
      archives.add(archive);
      int before = found.size();
      for (ArchiveEntry entry : archive.entries()) {
        addEntry(path, archive, entry);
      }
      tellIfNone(path.toString(), before);
    } catch (FailedInput e) {
      fail(path.toString(), e);
    } catch (IOException e) {
      fail(path.toString(), new FailedInput(String.valueOf(e.getMessage()), e));
    }
  }

  private void addEntry(Path path, Archive archive, ArchiveEntry entry) {
    String entryName = entry.getName().replace('\\', '/');
    String name = path + "!/" + entryName;
    if (!selection.takes(entryName.substring(entryName.lastIndexOf('/') + 1))) {
      return;
    }
    if (!staysInside(entryName)) {
      fail(name, new FailedInput("the entry's name leads out of the output folder"));
      return;
    }
    Path base = path.toAbsolutePath().resolveSibling(stem(fileName(path)));
    found.add(new Found(name, Input.entry(name, entryName, base, () -> archive.read(entry)), null));
  }

  private static String stem(String archiveName) {
    return archiveName.replaceFirst("(?i)\\.(zip|cbz|tar|tar\\.gz|tgz)$", "");
  }

  /** Whether a name is relative and never climbs: no empty, {@code .} or {@code ..} part. */
  static boolean staysInside(String name) {
    if (name.isEmpty() || name.indexOf('\0') >= 0 || name.matches("^[A-Za-z]:.*")) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals("..") || part.equals(".")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    for (Archive archive : archives) {
      archive.close();
    }
  }
}
