package dev.kmq.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files in a folder and its subfolders; links are followed. What cannot be accessed becomes a
 * failed input; the search goes on. Pipes and devices are skipped.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {
  private final Path root;
  private final Inputs.Selection selection;
  private final SortedMap<Path, Inputs.Found> found = new TreeMap<>();

  FolderWalk(Path root, Inputs.Selection selection) throws IOException {
    this.root = root;
    this.selection = selection;
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
  }

  /** Selected and failed files, in the order of paths. */
  List<Inputs.Found> found() {
    return List.copyOf(found.values());
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() && selection.selects(file)) {
      Input input = Input.file(file, root.relativize(file));
      found.put(file, new Inputs.Found(file.toString(), input, null));
    } else if (attributes.isSymbolicLink() && selection.selects(file)) {
      fail(file, new FailedInput("is a broken link"));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException e) {
    fail(
        path,
        e instanceof FileSystemLoopException
            ? new FailedInput("is a link to a folder that contains it", e)
            : e);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
    if (e != null) {
      fail(folder, e);
    }
    return FileVisitResult.CONTINUE;
  }

  private void fail(Path path, IOException e) {
    found.put(path, new Inputs.Found(path.toString(), null, e));
  }
}
