package dev.kmq.spark;

import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of shards and manifest. */
final class Destination {
  /** Names that Spark gives to files of tables. */
  private static final Pattern PART = Pattern.compile("part-.*|[._].*");

  /** What Java makes of bytes of an argument that are not text in the encoding of the locale. */
  private static final char UNREADABLE = '\uFFFD';

  private final Path folder;
  private final FileSystem store;

  private Destination(Path folder, FileSystem store) {
    this.folder = folder;
    this.store = store;
  }

  static Destination of(String name, Configuration hadoop) throws IOException {
    if (name.indexOf(UNREADABLE) >= 0) {
      throw new FailedInput(
          name + ": the locale cannot express this name; set LC_ALL=C.UTF-8 and try again");
    }
    Path path = new Path(name);
    FileSystem store = path.getFileSystem(hadoop);
    return new Destination(store.makeQualified(path), store);
  }

  /**
   * Deletes a table of an earlier run.
   *
   * @throws FailedInput if the folder has files that are not a table's, such as images
   */
  static void deleteTable(FileSystem store, Path table) throws IOException {
    if (!store.exists(table)) {
      return;
    }
    for (FileStatus one : store.listStatus(table)) {
      if (!PART.matcher(one.getPath().getName()).matches()) {
        throw new FailedInput(
            table + " has files that no run has written; name another folder for the output");
      }
    }
    store.delete(table, true);
  }

  /** The folder as a URI. */
  String uri() {
    return folder.toUri().toString();
  }

  /** The folder of the manifest. */
  Path manifest() {
    return new Path(folder, Manifest.FOLDER);
  }

  /** Refuses inputs that would be replaced by shards. */
  void refuseInputs(List<Source> sources) throws FailedInput {
    for (Source source : sources) {
      String uri = source.uri();
      if (Shard.isName(uri.substring(uri.lastIndexOf('/') + 1))
          && folder.equals(Store.path(uri).getParent())) {
        throw new FailedInput(
            "output "
                + folder
                + " has the input "
                + Listing.named(uri)
                + "; name another folder for the output");
      }
    }
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
      deleteTable(store, manifest());
    }
    store.mkdirs(folder);
  }

  /**
   * Refuses shards that are not those of the attempts whose rows the manifest gets: a speculative
   * attempt that lacked memory, or could not read a store, may have been the last to rename its
   * shard, which then lacks a file or has one more.
   */
  void requireWritten(List<ManifestPart.WrittenShard> shards) throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    for (FileStatus one : store.listStatus(folder)) {
      lengths.put(one.getPath().getName(), one.getLen());
    }
    for (ManifestPart.WrittenShard shard : shards) {
      Long length = lengths.get(shard.name());
      if (length == null || length != shard.length()) {
        throw new FailedInput(
            ("shard %s in %s %s; attempts to write it differ, as one lacked memory or could not"
                    + " read a store: repeat the run with --force, without speculation or with more"
                    + " memory")
                .formatted(
                    shard.name(),
                    folder,
                    length == null
                        ? "is missing"
                        : "has %d bytes, not %d".formatted(length, shard.length())));
      }
    }
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
