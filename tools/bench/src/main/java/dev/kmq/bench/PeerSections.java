package dev.kmq.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Comparisons of kmq with the {@link InstalledPeers} on images. */
final class PeerSections {
  private PeerSections() {}

  /** A program that prints tables. */
  @FunctionalInterface
  private interface Program {
    void run(String... arguments) throws IOException, InterruptedException;
  }

  /**
   * Palettes, sizes, looks and rates.
   *
   * @param pictures names of files
   */
  static List<Section> of(List<String> pictures) {
    return List.of(
        section(
            "palettes", "Palettes, not dithered", PaletteFigures::main, pictures, p -> p.palettes),
        section("sizes", "Sizes of equal indices", SizeFigures::main, pictures, p -> p.sizes),
        section(
            "looks",
            "Looks",
            LooksFigures::main,
            with(pictures, List.of("--sweep", "")),
            p -> p.looks),
        section("rates", "Rates", RateFigures::main, pictures, p -> p.rates));
  }

  private static Section section(
      String name,
      String title,
      Program program,
      List<String> arguments,
      Function<InstalledPeers, List<String>> commands) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(InstalledPeers.arguments(commands));
    return new Section(name, title, () -> program.run(all.toArray(String[]::new)));
  }

  private static List<String> with(List<String> arguments, List<String> more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(more);
    return all;
  }
}
