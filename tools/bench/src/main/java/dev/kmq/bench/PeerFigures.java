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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Compares kmq with the {@link InstalledPeers} on the user's images, and prints Markdown: what was
 * measured on and with, palettes, sizes, looks and rates. Progress is reported on standard error.
 */
public final class PeerFigures {
  private static final List<String> SECTIONS = List.of("palettes", "sizes", "looks", "rates");

  private final List<String> pictures;
  private final List<InstalledPeers> peers;

  private PeerFigures(List<String> pictures) {
    this.pictures = pictures;
    this.peers = Stream.of(InstalledPeers.values()).filter(InstalledPeers::isInstalled).toList();
  }

  /** A program that prints tables. */
  @FunctionalInterface
  private interface Figures {
    void print(String... args) throws IOException, InterruptedException;
  }

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
    new PeerFigures(pictures).print(System.out, only);
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

  private void print(PrintStream out, Set<String> only) throws IOException, InterruptedException {
    out.println("# kmq and other programs");
    out.println();
    List<String> lines = new ArrayList<>();
    lines.add("- Images: " + pictures.size());
    for (InstalledPeers peer : InstalledPeers.values()) {
      lines.add(
          "- %s: %s"
              .formatted(
                  peer.program,
                  peers.contains(peer)
                      ? peer.version().orElse("installed; it reports no version")
                      : "not installed"));
    }
    Machine.print(out, lines);
    section(out, only, "palettes", "Palettes, not dithered", PaletteFigures::main, p -> p.palettes);
    section(out, only, "sizes", "Sizes of equal indices", SizeFigures::main, p -> p.sizes);
    section(
        out,
        only,
        "looks",
        "Looks",
        args -> LooksFigures.main(with(args, "--sweep", "")),
        p -> p.looks);
    section(out, only, "rates", "Rates", RateFigures::main, p -> p.rates);
  }

  private void section(
      PrintStream out,
      Set<String> only,
      String name,
      String title,
      Figures figures,
      Function<InstalledPeers, List<String>> commands)
      throws IOException, InterruptedException {
    if (!only.contains(name)) {
      return;
    }
    System.err.println(title);
    out.println("## " + title);
    out.println();
    String[] args = pictures.toArray(String[]::new);
    for (InstalledPeers peer : peers) {
      for (String command : commands.apply(peer)) {
        args = with(args, "--peer", command);
      }
    }
    figures.print(args);
    out.println();
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new);
  }
}
