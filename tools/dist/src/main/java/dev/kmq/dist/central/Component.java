package dev.kmq.dist.central;

import java.nio.file.Path;
import java.util.List;

/**
 * A published artifact with its files, which lie in one folder of the repository.
 *
 * @param group the groupId, by the folders
 * @param artifact the artifactId, by the folder
 * @param version the version, by the folder
 * @param base the name of the POM without its extension, with which the names of all files begin
 * @param files all files of the folder, sorted, without metadata of repositories
 */
record Component(String group, String artifact, String version, String base, List<Path> files) {
  static final String SNAPSHOT = "-SNAPSHOT";

  /** The file with a suffix, which need not exist. */
  Path file(String suffix) {
    return folder().resolve(base + suffix);
  }

  Path folder() {
    return files.get(0).resolveSibling("");
  }

  boolean has(String suffix) {
    return files.contains(file(suffix));
  }

  /** The files that carry content: no checksums, no signatures. */
  List<Path> contents() {
    return files.stream().filter(file -> !isSignature(file) && !isChecksum(file)).toList();
  }

  static boolean isSignature(Path file) {
    return file.toString().endsWith(".asc");
  }

  static boolean isChecksum(Path file) {
    return Checksums.ALGORITHMS.keySet().stream()
        .anyMatch(suffix -> file.toString().endsWith("." + suffix));
  }
}
