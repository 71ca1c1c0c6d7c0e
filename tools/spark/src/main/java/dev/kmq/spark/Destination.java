package dev.kmq.spark;

import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of shards and manifest. */
final class Destination {
  private final Path folder;
  private final FileSystem store;

  private Destination(Path folder, FileSystem store) {
    this.folder = folder;
    this.store = store;
  }

  static Destination of(String name, Configuration hadoop) throws IOException {
    Path path = new Path(name);
    FileSystem store = path.getFileSystem(hadoop);
    return new Destination(store.makeQualified(path), store);
  }

  /** The folder as a URI. */
  String uri() {
    return folder.toUri().toString();
  }

  /** The folder of the manifest. */
  Path manifest() {
    return new Path(folder, Manifest.FOLDER);
  }

  /**
   * Makes the folder. The manifest of an earlier run is deleted first, as shards that it describes
   * are replaced.
   *
   * @param replace whether shards of an earlier run are replaced
   */
  void prepare(boolean replace) throws IOException {
    if (store.exists(folder)) {
      boolean used = store.exists(manifest());
      for (FileStatus one : store.listStatus(folder)) {
        used |= Shard.isName(one.getPath().getName());
      }
      if (used && !replace) {
        throw new FailedInput("output " + folder + " has shards; use --force to replace them");
      }
      if (store.exists(manifest()) && !isTable(store, manifest())) {
        throw new FailedInput(manifest() + " is not a manifest; choose another output folder");
      }
      store.delete(manifest(), true);
    }
    store.mkdirs(folder);
  }

  /** Whether a folder has nothing but the files of a table, so that it can be deleted. */
  static boolean isTable(FileSystem store, Path folder) throws IOException {
    for (FileStatus one : store.listStatus(folder)) {
      if (!one.getPath().getName().matches("[._].*|part-.*")) {
        return false;
      }
    }
    return true;
  }

  /** Deletes shards of an earlier run that are not among those of this one, and attempts. */
  void clean(int shards) throws IOException {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < shards; i++) {
      known.add(Shard.name(i));
    }
    for (FileStatus one : store.listStatus(folder)) {
      String name = one.getPath().getName();
      boolean attempt = name.startsWith(".") && Shard.isName(name.replaceAll("^\\.|-\\d+$", ""));
      if (attempt || Shard.isName(name) && !known.contains(name)) {
        store.delete(one.getPath(), false);
      }
    }
  }
}
