package dev.kmq.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The archive that Central's portal takes: a repository without the metadata of repositories. */
public final class Bundle {
  private Bundle() {}

  /** The bundle of a version, {@code kmq-VERSION-central.zip} in a folder. */
  public static Path file(Path folder, String version) {
    return folder.resolve("kmq-" + version + "-central.zip");
  }

  /** Packs a repository; if that fails, there is no bundle. */
  public static void write(Path repository, Path bundle, Instant time) throws IOException {
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
    Path part = bundle.resolveSibling(bundle.getFileName() + ".part");
    new Archives(time).zip(part, entries);
    Files.move(part, bundle, StandardCopyOption.REPLACE_EXISTING);
  }
}
