package dev.kmq.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The archive that Central's portal takes: a repository without the metadata of repositories. */
public final class Bundle {
  private Bundle() {}

  /** Writes {@code kmq-VERSION-central.zip} into a folder, and returns it. */
  public static Path write(Path repository, Path folder, String version, Instant time)
      throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(repository)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("maven-metadata.xml"))
              .sorted()
              .toList();
    }
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      entries.add(Entry.file(repository.relativize(file).toString().replace('\\', '/'), file));
    }
    Path bundle = folder.resolve("kmq-" + version + "-central.zip");
    new Archives(time).zip(bundle, entries);
    return bundle;
  }
}
