package dev.kmq.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Compares kmq with the {@link InstalledPeers} on the user's images, and prints Markdown: what was
 * measured on and with, palettes, sizes, looks and rates. Progress is reported on standard error.
 */
public final class PeerFigures {
  private static final List<String> SECTIONS =
      PeerSections.of(List.of()).stream().map(Section::name).toList();

  private PeerFigures() {}

  /**
   * Measures.
   *
   * @param args images and folders of images, and among them {@code --only} with some of {@code
   *     palettes,sizes,looks,rates}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      print(args);
    } catch (IllegalArgumentException e) {
      System.err.println("peers: " + e.getMessage());
      System.exit(2);
    }
  }

  static void print(String[] args) throws IOException, InterruptedException {
    Arguments arguments = new Arguments(args, List.of(), "--only");
    arguments.refusePeers();
    Set<String> only = new TreeSet<>(arguments.list("--only", String.join(",", SECTIONS)));
    for (String section : only) {
      if (!SECTIONS.contains(section)) {
        throw new IllegalArgumentException(
            "--only is one or more of " + String.join(",", SECTIONS) + ", not " + section);
      }
    }
    List<String> pictures = new ArrayList<>();
    for (String name : arguments.pictures()) {
      pictures.addAll(images(Path.of(name)));
    }
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("no images in " + String.join(", ", arguments.pictures()));
    }
    print(System.out, pictures, only);
  }

  /** The images of a folder, in the order of their names; a file itself. */
  private static List<String> images(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("no such file or folder: " + path);
    }
    if (!Files.isDirectory(path)) {
      return List.of(path.toString());
    }
    Set<String> suffixes =
        Arrays.stream(ImageIO.getReaderFileSuffixes())
            .filter(suffix -> !suffix.equals("kmq"))
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> suffixes.contains(suffix(file)) && Files.isRegularFile(file))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  private static String suffix(Path file) {
    String name = file.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static void print(PrintStream out, List<String> pictures, Set<String> only)
      throws IOException, InterruptedException {
    out.println("# kmq and other programs");
    out.println();
    List<String> lines = new ArrayList<>();
    lines.add("- Images: " + pictures.size());
    lines.addAll(InstalledPeers.versions());
    Machine.print(out, lines);
    for (Section section : PeerSections.of(pictures)) {
      if (only.contains(section.name())) {
        section.print(out);
      }
    }
  }
}
