package dev.kmq.dist.central;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A released version belongs to one commit, the one with its tag. Every build that contains the
 * root runs this file, from its source; it needs no other.
 */
public final class ReleaseCommit {
  private final Path root;
  private final String version;

  ReleaseCommit(Path root, String version) {
    this.root = root;
    this.version = version;
  }

  /**
   * Ends with status 1 and a message if the version may not be built from this commit.
   *
   * @param args the folder of the sources, and the version
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws InterruptedException {
    List<String> faults;
    try {
      faults = new ReleaseCommit(Path.of(args[0]), args[1]).faultsOfBuild();
    } catch (IOException e) {
      faults = List.of(String.valueOf(e.getMessage()));
    }
    if (!faults.isEmpty()) {
      System.err.println("pom.xml: " + String.join("\npom.xml: ", faults));
      System.exit(1);
    }
  }

  /** Faults of any build. Without a repository, as in a source archive, the commit is not known. */
  List<String> faultsOfBuild() throws IOException, InterruptedException {
    return version.endsWith("-SNAPSHOT") || !Files.exists(root.resolve(".git"))
        ? List.of()
        : faultsOfTag();
  }

  private List<String> faultsOfTag() throws IOException, InterruptedException {
    String tag = "v" + version;
    if (tags().contains(tag)) {
      return List.of();
    }
    String elsewhere = git("tag", "--list", tag);
    return List.of(
        "the version is "
            + version
            + ", but this commit "
            + (elsewhere.isEmpty() ? "has no tag " : "is not that of tag ")
            + tag
            + "; set a version that ends in -SNAPSHOT, or check out the tag");
  }

  /** Faults of a commit that is to be released. */
  List<String> faultsOfRelease() throws IOException, InterruptedException {
    if (!Files.exists(root.resolve(".git"))) {
      return List.of("this is not a clone, so the commit is unknown; release from a clone");
    }
    List<String> faults = new ArrayList<>();
    if (!version.endsWith("-SNAPSHOT")) {
      faults.addAll(faultsOfTag());
    }
    for (String tag : tags()) {
      if (tag.matches("v\\d.*") && !tag.equals("v" + version)) {
        faults.add("this commit has tag " + tag + ", but the version is " + version);
      }
    }
    String changed = git("status", "--porcelain");
    if (!changed.isEmpty()) {
      faults.add(
          "files differ from the commit; commit or remove them: " + changed.lines().toList());
    }
    return faults;
  }

  private List<String> tags() throws IOException, InterruptedException {
    return git("tag", "--points-at", "HEAD").lines().toList();
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    // Settings of users that would hide files or print several tags in a line.
    command.addAll(List.of("-c", "status.showUntrackedFiles=normal", "-c", "column.tag=never"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "git does not start, but is needed to find the tag of the commit; install it", e);
    }
    process.getOutputStream().close();
    String out =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    if (process.waitFor() != 0) {
      throw new IOException("git " + String.join(" ", arguments) + ": " + out);
    }
    return out;
  }
}
