package dev.kmq.file;

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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the inputs that arguments name: files, the files in folders, and the entries of archives.
 * What cannot be listed becomes a failed input, so that the others are still processed.
 */
public final class Inputs implements Closeable {
  /**
   * Selects files in folders and archives.
   *
   * @param recursive whether folders are searched
   * @param suffixes selected file name suffixes, lower-case, without the dot
   * @param include glob patterns that replace the suffixes unless empty; a name must match one of
   *     them
   * @param exclude glob patterns that a file name must not match
   */
  public record Selection(
      boolean recursive, Set<String> suffixes, List<String> include, List<String> exclude) {
    /** Copies the collections. */
    public Selection {
      suffixes = Set.copyOf(suffixes);
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }

    boolean selects(Path file) {
      Path name = file.getFileName();
      return name != null && selects(name.toString(), name);
    }

    /** Whether a file of this name, without folders, is selected. */
    public boolean selects(String fileName) {
      Path name = null;
      try {
        name = Path.of(fileName);
      } catch (InvalidPathException e) {
        // The file system does not allow the name, so no pattern can match it.
      }
      return selects(fileName, name);
    }

    /** The files in which macOS keeps metadata on foreign media are never selected. */
    private boolean selects(String fileName, @Nullable Path name) {
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
   * @throws IllegalArgumentException if the pattern is invalid
   */
  public static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  /** An input, or the reason why it cannot be read. */
  public record Found(String name, @Nullable Input input, @Nullable Throwable failure) {
    /** The input; throws the failure if there is none. */
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

  /** Identities of all files that are read. */
  private final Set<Path> files = new HashSet<>();

  private Inputs(InputStream standard, Selection selection) {
    this.standard = standard;
    this.selection = selection;
  }

  /** Finds the inputs that arguments name. Close this after the last input is read. */
  public static Inputs find(List<String> arguments, InputStream standard, Selection selection) {
    Inputs inputs = new Inputs(standard, selection);
    for (String argument : arguments) {
      try {
        inputs.add(argument);
      } catch (Throwable e) {
        // Any failure is that of this argument.
        inputs.fail(argument, e);
      }
    }
    return inputs;
  }

  /** The inputs, in the order of the arguments and of names within a folder. */
  public List<Found> found() {
    return List.copyOf(found);
  }

  /** Divides an input into the parts that have outputs of their own. */
  @FunctionalInterface
  public interface Division {
    /** The parts; the input itself if it is not divided. */
    List<Input> of(Input input);
  }

  /** Replaces inputs by their parts. */
  public void divide(Division division) {
    List<Found> divided = new ArrayList<>();
    for (Found one : found) {
      if (one.input() == null) {
        divided.add(one);
      } else {
        division.of(one.input()).forEach(p -> divided.add(new Found(p.name(), p, null)));
      }
    }
    found.clear();
    found.addAll(divided);
  }

  /** Folders and archives without a selected file. */
  public List<String> empty() {
    return List.copyOf(empty);
  }

  /** Adds a file that the command reads in addition to the inputs. */
  public void alsoRead(Path file) throws IOException {
    files.add(AtomicFile.identity(file));
  }

  /**
   * Refuses an output, before the work on it, that is an input, exists, or cannot be written.
   *
   * @param replace whether an existing file is replaced
   */
  public void checkOutput(Path output, boolean replace) throws IOException {
    refuseIfRead(output, null);
    AtomicFile.check(output, replace);
  }

  /**
   * Refuses an output that would replace a file that is read.
   *
   * @param own the only input of this output, which may be replaced, or null
   */
  public void refuseIfRead(Path output, @Nullable Input own) throws IOException {
    Path identity = AtomicFile.identity(output);
    Path replaced = own == null ? null : own.path();
    boolean inPlace = replaced != null && AtomicFile.identity(replaced).equals(identity);
    if (files.contains(identity) && !inPlace) {
      throw new FailedInput("output " + output + " is also an input; name another output");
    }
  }

  /**
   * The file or pipe that an argument names.
   *
   * @param standard standard input
   * @throws FailedInput if it does not exist or is a folder
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
    if (file != null) {
      alsoRead(file);
    }
    if (form != null && file != null) {
      addArchive(file, form);
    } else {
      found.add(new Found(argument, input, null));
    }
  }

  /** The attributes of a file, links followed; fails if it cannot be accessed. */
  private static BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new FailedInput(Files.isSymbolicLink(path) ? "is a broken link" : "no such file", e);
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
      fail(folder.toString(), new FailedInput("is a folder; use --recursive to process its files"));
      return;
    }
    int before = found.size();
    for (Found one : new FolderWalk(folder, selection).found()) {
      found.add(one);
      Path file = one.input() == null ? null : one.input().path();
      if (file != null) {
        alsoRead(file);
      }
    }
    noteIfNone(folder.toString(), before);
  }

  private void noteIfNone(String argument, int before) {
    if (found.size() == before) {
      empty.add(argument);
    }
  }

  private void addArchive(Path path, Archive.Form form) {
    Archive archive;
    try {
      archive = Archive.open(path, form, selection::selects);
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
        found.add(new Found(name, Input.entry(name, entry.relative(), path, base, content), null));
      }
    }
    noteIfNone(path.toString(), before);
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
