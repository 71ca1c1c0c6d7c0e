package dev.kmq.cli;

import dev.kmq.UnreachableTargetException;
import dev.kmq.container.Chunk;
import dev.kmq.file.FailedInput;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import dev.kmq.image.Reindexing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the entries of a palette, their order, and alternative palettes. */
final class EntryOptions {
  @Option(names = "--drop-unused", description = "Remove palette entries that no pixel uses.")
  boolean dropUnused;

  @Option(
      names = "--transparent-index",
      paramLabel = "N",
      description = "Index of the fully transparent colour, often 0.")
  @Nullable Integer transparentIndex;

  @Option(
      names = "--alt-palette",
      paramLabel = "NAME=FILE",
      description = "Add an alternative palette; repeatable.")
  List<String> alternatives = new ArrayList<>();

  /**
   * An image to be written.
   *
   * @param image the image
   * @param chunks its metadata, with alternative palettes
   * @param dropped number of removed entries
   */
  record Result(IndexSource image, List<Chunk> chunks, int dropped) {}

  void check(QuantizeOptions quantize) {
    if (dropUnused && !quantize.keepColors.isEmpty()) {
      throw new UsageException("--drop-unused cannot be combined with --keep-color");
    }
  }

  /** The palettes of {@code --alt-palette}. */
  Map<String, Palette> read(Terminal terminal, InputOptions inputs) throws IOException {
    Map<String, Palette> palettes = new LinkedHashMap<>();
    for (String given : alternatives) {
      int equals = given.indexOf('=');
      if (equals < 1 || equals == given.length() - 1) {
        throw new UsageException("--alt-palette must be NAME=FILE, not '" + given + "'");
      }
      String name = given.substring(0, equals);
      Palette palette =
          PaletteValue.named("--alt-palette", given.substring(equals + 1), terminal, inputs);
      try {
        Chunk.palette(name, palette);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--alt-palette: the name must be 1 to 79 bytes of UTF-8");
      }
      if (palettes.put(name, palette) != null) {
        throw new UsageException("--alt-palette is given twice for the name '" + name + "'");
      }
    }
    return palettes;
  }

  /** Alternative palettes as chunks. */
  static List<Chunk> chunks(Map<String, Palette> palettes) {
    List<Chunk> chunks = new ArrayList<>();
    palettes.forEach((name, palette) -> chunks.add(Chunk.palette(name, palette)));
    return chunks;
  }

  /**
   * Removes and moves entries, and adds palettes.
   *
   * @param chunks of the image; they include its alternative palettes only if its indices are kept
   */
  Result apply(IndexSource image, List<Chunk> chunks, Map<String, Palette> palettes)
      throws IOException {
    List<Chunk> kept = new ArrayList<>(chunks);
    kept.removeIf(c -> c.type().equals(Chunk.PALETTE) && palettes.containsKey(c.paletteName()));
    for (Map.Entry<String, Palette> one : palettes.entrySet()) {
      if (one.getValue().size() != image.palette().size()) {
        throw new FailedInput(
            String.format(
                Locale.ROOT,
                "palette '%s' of --alt-palette has %d colours, but the image has %d",
                one.getKey(),
                one.getValue().size(),
                image.palette().size()));
      }
    }
    kept.addAll(chunks(palettes));
    Result result = new Result(image, kept, 0);
    if (dropUnused) {
      result = apply(result, Reindexing.ofUsed(image));
    }
    if (transparentIndex != null) {
      try {
        result =
            apply(result, Reindexing.transparentSwapped(result.image.palette(), transparentIndex));
      } catch (IllegalArgumentException e) {
        throw new UnreachableTargetException(
            "transparentIndex", e.getMessage() + advice(result.image.palette()));
      }
    }
    return result;
  }

  private static String advice(Palette palette) {
    for (int argb : palette.toArgb()) {
      if (argb >>> 24 == 0) {
        return "";
      }
    }
    return "; --keep-color '#00000000' adds one to a computed palette";
  }

  private static Result apply(Result before, Reindexing change) {
    return new Result(
        change.apply(before.image),
        Chunk.mapPalettes(before.chunks, change::apply),
        before.dropped + change.dropped());
  }
}
