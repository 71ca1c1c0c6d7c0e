package dev.kmq.cli.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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

    boolean takes(Path file) {
      Path name = file.getFileName();
      return name != null && takes(name.toString(), name);
    }

    /** Whether an entry of an archive is taken. */
    boolean takes(String fileName) {
      Path name = null;
      try {
        name = Path.of(fileName);
      } catch (InvalidPathException e) {
        // The file system does not allow the name, so no pattern of the user's has it in mind.
      }
      return takes(fileName, name);
    }

    /** What macOS keeps beside files on foreign media is never taken. */
    private boolean takes(String fileName, @Nullable Path name) {
      if (fileName.startsWith("._") || matches(exclude, name)) {
        return false;
      }
      if (!include.isEmpty()) {
        return matches(include, name);
      }
      int dot = fileName.lastIndexOf('.');
      return dot >= 0 && suffixes.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean matches(List<String> globs, @Nullable Path name) {
      for (String glob : globs) {
        if (name != null && matcher(glob).matches(name)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * A pattern of file names.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  /** An input, or why there is none. */
  public record Found(String name, @Nullable Input input, @Nullable Throwable failure) {
    /** The input; throws why there is none. */
    public Input orThrow() throws Throwable {
      if (input == null) {
        throw Objects.requireNonNull(failure);
      }
      return input;
    }
  }

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
  public static Inputs find(List<String> arguments, InputStream standard, Selection selection) {
    Inputs inputs = new Inputs(standard, selection);
    for (String argument : arguments) {
      try {
        inputs.add(argument);
      } catch (Throwable e) {
        // Whatever it is, it is this argument's failure.
        inputs.fail(argument, e);
      }
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

  /**
   * The input that an argument names, be it a file or a pipe.
   *
   * @param standard is read if the argument says so
   * @throws FailedInput if there is none, or it is a folder
   */
  public static Input one(String argument, InputStream standard) throws IOException {
    if (StandardStreams.isInput(argument)) {
      return Input.standard(standard);
    }
    Path path = FileNames.ofArgument(argument);
    BasicFileAttributes attributes = attributes(path);
    if (attributes.isDirectory()) {
      throw new FailedInput("is a folder");
    }
    if (!attributes.isRegularFile() || StandardStreams.isDescriptor(path)) {
      return Input.pipe(path);
    }
    Path name = path.getFileName();
    return Input.file(path, name == null ? path : name);
  }

  private void add(String argument) throws IOException {
    Path path = StandardStreams.isInput(argument) ? null : FileNames.ofArgument(argument);
    if (path != null && Files.isDirectory(path)) {
      addFolder(path);
      return;
    }
    Input input = one(argument, standard);
    Archive.Form form = Archive.Form.of(argument);
    Path file = input.path();
    if (form != null && selection.archives() && file != null) {
      addArchive(file, form);
    } else {
      found.add(new Found(argument, input, null));
    }
  }

  /** What is there, links followed; fails with what keeps it from being seen. */
  private static BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new FailedInput(
          Files.isSymbolicLink(path) ? "is a link that leads nowhere" : "no such file", e);
    }
  }

  private void fail(String name, Throwable failure) {
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
    int before = found.size();
    found.addAll(new FolderWalk(folder, selection).found());
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
    for (Found one : found) {
      if (one.input() != null) {
        one.input().close();
      }
    }
    for (Archive archive : archives) {
      archive.close();
    }
  }
}
