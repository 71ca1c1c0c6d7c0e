package dev.kmq.bench;

import dev.kmq.image.PixelSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * All measurements that are not JMH benchmarks, as sections, with inputs that are written to a
 * temporary folder before the first of them.
 */
final class AllFigures implements AutoCloseable {
  /** The option with the sizes of large images. */
  static final String LARGE = "--large";

  /** As many as make collections of 200 images. */
  private static final int PHOTOGRAPHS = 25;

  private final Clone clone = Clone.running();
  private final TemporaryFolder folder;
  private final List<String> pictures;
  private final List<String> sizes;

  private AllFigures(TemporaryFolder folder, List<String> pictures, List<String> sizes) {
    this.folder = folder;
    this.pictures = pictures;
    this.sizes = sizes;
  }

  /**
   * The sections for images and sizes.
   *
   * @throws IllegalArgumentException if a size is wrong or an image is missing
   */
  static AllFigures of(Arguments arguments) throws IOException {
    for (String picture : arguments.pictures()) {
      if (!picture.equals(Photograph.GENERATED) && !Files.isRegularFile(Path.of(picture))) {
        throw new IllegalArgumentException("no such file: " + picture);
      }
    }
    List<String> sizes = arguments.list(LARGE, "8192x6144");
    LargeFigures.require(sizes);
    TemporaryFolder folder = TemporaryFolder.create("benchmarks");
    return new AllFigures(folder, files(arguments, folder.path()), sizes);
  }

  /** Files of the images, since programs of others read files. */
  private static List<String> files(Arguments arguments, Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    for (String picture : arguments.pictures()) {
      files.add(
          picture.equals(Photograph.GENERATED)
              ? write(Photograph.of(picture), folder.resolve("generated.png")).toString()
              : picture);
    }
    return files;
  }

  /** The sections in their order. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>(PeerSections.of(pictures));
    String[] all = pictures.toArray(String[]::new);
    sections.add(
        new Section("rdo", "Rate-distortion optimised indices", () -> RdoFigures.main(all)));
    sections.add(new Section("start-time", "Start", this::printStart));
    sections.add(new Section("large", "Large images", this::printLarge));
    sections.add(new Section("spark", "Spark", this::printSpark));
    return sections;
  }

  /** Lines of Markdown with the versions of other programs, or that they are not installed. */
  List<String> versions() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(InstalledPeers.versions());
    lines.add("- Spark: " + clone.sparkVersion().orElse("not installed"));
    return lines;
  }

  private void printStart() throws IOException, InterruptedException {
    clone.buildCommand();
    List<String> arguments = new ArrayList<>(pictures.subList(0, 1));
    arguments.addAll(
        List.of(
            "--peer", "kmq --version: kmq --version",
            "--peer", "kmq encode: kmq encode -f {in} -o {out}"));
    arguments.addAll(InstalledPeers.arguments(peer -> peer.start));
    StartFigures.main(arguments.toArray(String[]::new));
  }

  private void printLarge() throws IOException, InterruptedException {
    clone.buildCommand();
    Path photographs = photographs();
    try (Stream<Path> files = Files.list(photographs)) {
      new LargeFigures(clone.commandJar(), folder.path())
          .print(System.out, sizes, files.sorted().toList());
    }
  }

  private void printSpark() throws IOException, InterruptedException {
    PrintStream out = System.out;
    if (clone.sparkVersion().isEmpty()) {
      out.println("Not installed: Spark. `tools/spark/run --help` fetches it, 320 MB.");
      return;
    }
    clone.buildCommand();
    Path collections = Files.createDirectories(folder.path().resolve("collections"));
    new SparkFigures(clone.sparkRun(), collections).print(out, photographs());
  }

  /** A folder of generated photographs. */
  private Path photographs() throws IOException {
    Path photographs = folder.path().resolve("photographs");
    if (!Files.exists(photographs)) {
      Files.createDirectories(photographs);
      for (int seed = 1; seed <= PHOTOGRAPHS; seed++) {
        write(Photograph.generated(seed), photographs.resolve("photo-" + seed + ".png"));
      }
    }
    return photographs;
  }

  private static Path write(PixelSource pixels, Path file) throws IOException {
    int width = pixels.width();
    int height = pixels.height();
    int[] argb = new int[width * height];
    pixels.readRows(0, height, argb);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, argb, 0, width);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
