package dev.kmq.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the seeds of a target as files for Jazzer: {@code SeedFiles ROOT TARGET DIR}. */
final class SeedFiles {
  private SeedFiles() {}

  public static void main(String[] arguments) throws IOException {
    List<byte[]> seeds = new Seeds(Path.of(arguments[0])).of(Target.of(arguments[1]));
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }
}
