package dev.kmq.spark;

import dev.kmq.file.Archive;
import dev.kmq.file.ArchiveOutput;
import dev.kmq.file.FailedInput;
import dev.kmq.file.FileNames;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Finds the images that arguments name. The driver lists folders; the entries of archives are
 * listed by tasks. The paths of the sources are those of the inputs.
 */
final class Listing {
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*");
  private static final String FILE = "file";

  private final Filter filter;
  private final Inputs.Selection selection;
  private final Configuration hadoop;
  private final List<Source> sources = new ArrayList<>();
  private final List<FailedSource> failed = new ArrayList<>();
  private final List<String> archives = new ArrayList<>();

  /** What was found. */
  record Found(List<Source> sources, List<FailedSource> failed) implements Serializable {
    /** Copies the lists. */
    Found {
      sources = List.copyOf(sources);
      failed = List.copyOf(failed);
    }
  }

  private Listing(Filter filter, Configuration hadoop) {
    this.filter = filter;
    this.selection = filter.selection();
    this.hadoop = hadoop;
  }

  /**
   * Finds all images; those in archives by tasks.
   *
   * @throws FailedInput if an argument names nothing or cannot be listed, which is a mistake rather
   *     than an image that fails
   */
  static Found of(JavaSparkContext spark, List<String> arguments, Filter filter)
      throws FailedInput {
    Configuration hadoop = spark.hadoopConfiguration();
    Listing listing = new Listing(filter, hadoop);
    for (String argument : arguments) {
      listing.add(argument);
    }
    if (!listing.archives.isEmpty()) {
      listing.listArchives(spark);
    }
    return new Found(listing.sources, listing.failed);
  }

  private void add(String argument) throws FailedInput {
    int before = sources.size() + failed.size() + archives.size();
    try {
      String scheme =
          URL.matcher(argument).matches()
              ? argument.substring(0, argument.indexOf(':'))
              : FileSystem.getDefaultUri(hadoop).getScheme();
      if (FILE.equals(scheme)) {
        addLocal(argument);
      } else {
        addStored(new org.apache.hadoop.fs.Path(argument));
      }
    } catch (IOException | RuntimeException e) {
      throw new FailedInput(argument + ": " + Failure.message(e), e);
    }
    if (sources.size() + failed.size() + archives.size() == before) {
      KmqSpark.say(argument + ": no matching file");
    }
  }

  private void addLocal(String argument) throws IOException {
    String name =
        argument.startsWith(FILE + ":")
            ? new org.apache.hadoop.fs.Path(argument).toUri().getPath()
            : argument;
    if (!Files.exists(Path.of(name)) && GLOB.matcher(name).matches()) {
      addMatches(new org.apache.hadoop.fs.Path(FILE, null, Path.of(name).toAbsolutePath() + ""));
      return;
    }
    Path path = FileNames.ofArgument(name);
    if (!Files.exists(path)) {
      throw new FailedInput(
          Files.isSymbolicLink(path) ? "is a broken link" : "no such file or folder");
    }
    addLocal(path.toAbsolutePath().normalize());
  }

  private void addLocal(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    if (ArchiveOutput.isArchive(name) && Files.isRegularFile(path)) {
      archives.add(path.toUri().toString());
      return;
    }
    try (Inputs inputs =
        Inputs.find(List.of(path.toString()), InputStream.nullInputStream(), selection)) {
      for (Inputs.Found one : inputs.found()) {
        Input input = one.input();
        Path file = input == null ? null : input.path();
        if (input == null || file == null) {
          Throwable failure = one.failure();
          failed.add(
              new FailedSource(
                  named(Path.of(one.name()).toUri().toString()),
                  failure == null ? "is not a file" : Failure.message(failure)));
          continue;
        }
        Path relative = input.relativePath();
        String uri = file.toUri().toString();
        sources.add(
            Source.file(
                named(uri),
                relative == null ? input.relative() : FileNames.entryName(relative),
                uri,
                input.size()));
      }
    }
  }

  private void addStored(org.apache.hadoop.fs.Path path) throws IOException {
    FileSystem store = path.getFileSystem(hadoop);
    try {
      add(store, store.getFileStatus(path));
    } catch (FileNotFoundException e) {
      if (!GLOB.matcher(path.toString()).matches()) {
        throw new FailedInput("no such file or folder", e);
      }
      addMatches(path);
    }
  }

  private void addMatches(org.apache.hadoop.fs.Path pattern) throws IOException {
    FileSystem store = pattern.getFileSystem(hadoop);
    FileStatus[] matches = store.globStatus(pattern);
    if (matches == null || matches.length == 0) {
      throw new FailedInput("no file or folder matches this pattern");
    }
    for (FileStatus one : matches) {
      if (FILE.equals(one.getPath().toUri().getScheme())) {
        addLocal(Store.local(one.getPath().toUri()));
      } else {
        add(store, one);
      }
    }
  }

  private void add(FileSystem store, FileStatus status) throws IOException {
    if (status.isDirectory()) {
      addFolder(store, status.getPath(), "");
    } else if (ArchiveOutput.isArchive(status.getPath().getName())) {
      archives.add(status.getPath().toUri().toString());
    } else {
      addFile(status, status.getPath().getName());
    }
  }

  /** One request a folder; {@code listFiles} would ask for the permissions of each local file. */
  private void addFolder(FileSystem store, org.apache.hadoop.fs.Path folder, String below)
      throws IOException {
    FileStatus[] all = store.listStatus(folder);
    Arrays.sort(all, Comparator.comparing(FileStatus::getPath));
    for (FileStatus one : all) {
      String name = one.getPath().getName();
      if (one.isDirectory()) {
        try {
          addFolder(store, one.getPath(), below + name + "/");
        } catch (IOException e) {
          failed.add(new FailedSource(one.getPath().toString(), Failure.message(e)));
        }
      } else if (selection.selects(name)) {
        addFile(one, below + name);
      }
    }
  }

  private void addFile(FileStatus status, String relative) {
    String uri = status.getPath().toUri().toString();
    sources.add(Source.file(named(uri), relative, uri, status.getLen()));
  }

  /** A URI as people write it, which Hadoop's paths are, too. */
  static String named(String uri) {
    return new org.apache.hadoop.fs.Path(URI.create(uri)).toString();
  }

  private void listArchives(JavaSparkContext spark) {
    Broadcast<SerializableConfiguration> shared =
        spark.broadcast(new SerializableConfiguration(hadoop));
    Filter wanted = filter;
    List<Found> lists =
        spark
            .parallelize(archives, archives.size())
            .map(uri -> entries(uri, wanted, shared.value().value()))
            .collect();
    for (int i = 0; i < lists.size(); i++) {
      Found found = lists.get(i);
      sources.addAll(found.sources());
      failed.addAll(found.failed());
      if (found.sources().isEmpty() && found.failed().isEmpty()) {
        KmqSpark.say(named(archives.get(i)) + ": no matching file");
      }
    }
    shared.destroy();
  }

  private static Found entries(String uri, Filter filter, Configuration hadoop) {
    List<Source> sources = new ArrayList<>();
    List<FailedSource> failed = new ArrayList<>();
    try (Store.LocalCopy copy = Store.LocalCopy.of(uri, hadoop);
        Archive archive = Archive.open(copy.path(), filter.selection())) {
      int number = 0;
      for (Archive.Entry entry : archive.entries()) {
        String name = named(uri) + "!/" + entry.name();
        FailedInput failure = entry.failure();
        boolean stored = entry.offset() != Archive.PACKED;
        if (failure == null) {
          sources.add(
              new Source(
                  name,
                  entry.relative(),
                  uri,
                  stored ? entry.offset() : 0,
                  entry.size(),
                  stored ? Source.STORED : number,
                  0));
        } else {
          failed.add(new FailedSource(name, Failure.message(failure)));
        }
        number++;
      }
    } catch (IOException e) {
      return new Found(List.of(), List.of(new FailedSource(named(uri), Failure.message(e))));
    }
    return new Found(sources, failed);
  }
}
