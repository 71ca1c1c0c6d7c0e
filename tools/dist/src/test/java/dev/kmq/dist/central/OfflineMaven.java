package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the Maven of this build with a local repository of its own, which begins empty. Plugins and
 * libraries come from that of this build, but no artifact of kmq does.
 */
final class OfflineMaven {
  static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Path MAVEN = Path.of(System.getProperty("maven.home"));
  private static final Path CACHE = Path.of(System.getProperty("maven.repo.local"));

  private static final Path OTHERS = ROOT.resolve("tools/dist/target/others");

  private final Path local;

  /**
   * Prepares a run.
   *
   * @param folder for the local repository
   */
  OfflineMaven(Path folder) throws IOException {
    assumeTrue(File.separatorChar == '/', "symbolic links, as on Unix");
    local = folder.resolve("local");
    Files.createDirectories(OTHERS.resolve("dev"));
    link(CACHE, OTHERS, "dev");
    if (Files.exists(CACHE.resolve("dev"))) {
      link(CACHE.resolve("dev"), OTHERS.resolve("dev"), "kmq");
    }
  }

  /** Links everything in a folder but one entry. */
  private static void link(Path from, Path to, String except) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
      for (Path entry : entries) {
        Path link = to.resolve(entry.getFileName());
        if (!link.endsWith(except) && !Files.isSymbolicLink(link)) {
          Files.createSymbolicLink(link, entry);
        }
      }
    }
  }

  /** The local repository. */
  Path local() {
    return local;
  }

  /** Puts a jar and its POM into the local repository. */
  void install(String artifact, String version, Path jar, Path pom) throws IOException {
    Path folder = local.resolve("dev/kmq").resolve(artifact).resolve(version);
    Files.createDirectories(folder);
    String base = artifact + "-" + version;
    Files.copy(jar, folder.resolve(base + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(pom, folder.resolve(base + ".pom"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Runs Maven offline, but for repositories of files, and returns what it prints. */
  String run(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-o", "-Daether.offline.protocols=file"));
    all.addAll(List.of(arguments));
    return runOnline(folder, all.toArray(String[]::new));
  }

  /** Runs Maven without option -o, which deploying does not allow. */
  String runOnline(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(MAVEN.resolve("bin/mvn").toString());
    command.addAll(List.of("-B", "-ntp", "-q", "-Dstyle.color=never"));
    command.add("-Dmaven.repo.local=" + local);
    command.add("-Dmaven.repo.local.tail=" + OTHERS);
    command.addAll(List.of(arguments));
    return Programs.run(folder, command.toArray(String[]::new));
  }
}
