package dev.kmq.cli;

import dev.kmq.container.BitBreakdown;
import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Extent;
import dev.kmq.container.Format;
import dev.kmq.container.Header;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.container.Tiling;
import dev.kmq.file.Inputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows header and chunks of files, and what their bits are spent on. */
@Command(
    name = "info",
    description = "Show header, tiles, chunks and sizes of .kmq files.",
    footer = ExitCodes.FOOTER)
final class InfoCommand implements Callable<Integer> {
  /**
   * The report on a file.
   *
   * @param bitsPerIndex bits per index of method packed
   * @param tiles number of tiles
   * @param packedBytes size by method packed, in one tile and without chunks
   * @param palette its extent in the file; null, like tables and tiles, unless requested
   * @param tables extent of the shared tables; null also if the file has none
   * @param tileList extents of the tiles
   * @param partBits null without {@code --bits}
   */
  record Report(
      int width,
      int height,
      int colors,
      int bitsPerIndex,
      boolean alpha,
      String method,
      boolean matches,
      boolean codedPalette,
      boolean shortFrame,
      String colorSpace,
      int tileWidth,
      int tileHeight,
      long tiles,
      List<ChunkLength> chunks,
      long bytes,
      long headerBytes,
      long chunkBytes,
      long tableBytes,
      long tileBytes,
      double bitsPerPixel,
      long packedBytes,
      @Nullable Extent palette,
      List<String> paletteNames,
      @Nullable Extent tables,
      @Nullable List<Extent> tileList,
      @Nullable List<PartBits> partBits) {}

  /** The bits of one part, as in {@link BitBreakdown.Part}. */
  record PartBits(String group, String part, double bits) {}

  /** Type and length of a chunk. */
  record ChunkLength(String type, int length) {}

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = "--bits",
      description =
          "Decode all tiles, and show what their bits are spent on; section 8 of the specification"
              + " explains the names.")
  boolean bits;

  @Option(names = "--tiles", description = "Show offset and length of palette, tables and tiles.")
  boolean tiles;

  @Override
  public Integer call() throws IOException {
    Reporter<Report> reporter =
        new Reporter<>(Report.class, Reporter.Outputs.NONE, reports, kmq.terminal, false);
    try (Inputs found = inputs.find(kmq.terminal, Set.of(Format.SUFFIX))) {
      for (Inputs.Found one : found.found()) {
        reporter.report(Outcome.of(one, ProgressLine.none(kmq.terminal), this::describe));
      }
    }
    return reporter.exitCode();
  }

  /** A header is shown for any size of the image. */
  private Limits limits() {
    return bits
        ? inputs.limits()
        : Limits.defaults().withMaxPixels(Long.MAX_VALUE).withMaxTiles(Long.MAX_VALUE);
  }

  private Outcome<Report> describe(Job job) throws IOException {
    DecodeOptions options =
        DecodeOptions.builder().limits(limits()).keepUnknownChunks(true).build();
    try (KmqReader reader = KmqInput.stream(job.input(), options)) {
      String name = job.input().name();
      long bytes = job.input().size();
      List<PartBits> parts = null;
      try {
        if (bits) {
          parts =
              reader.readBitBreakdown().parts().stream()
                  .map(part -> new PartBits(part.group(), part.name(), part.bits()))
                  .toList();
          reader.expectEnd();
        }
      } catch (Throwable e) {
        return Outcome.failed(name, job.warnings(), report(reader, bytes, null, null), e);
      }
      List<Extent> extents = tiles || reports.json ? tileExtents(reader, job.warnings()) : null;
      Report report = report(reader, bytes, extents, parts);
      List<String> lines = lines(name, reader, report);
      if (parts != null) {
        addLines(lines, parts, bytes, reader.header());
      }
      if (tiles) {
        addLayout(lines, report);
      }
      return Outcome.done(name, job.warnings(), report, lines);
    }
  }

  private static Report report(
      KmqReader reader, long bytes, @Nullable List<Extent> extents, @Nullable List<PartBits> parts)
      throws IOException {
    Header header = reader.header();
    Tiling tiling = header.tiling();
    long beforeTiles = reader.headerBytes() + reader.chunkBytes() + reader.tableBytes();
    Extent tables = new Extent(reader.headerBytes() + reader.chunkBytes(), reader.tableBytes());
    return new Report(
        header.width(),
        header.height(),
        header.colors(),
        header.bitsPerIndex(),
        header.palette().hasAlpha(),
        header.method().label(),
        header.matches(),
        header.codedPalette(),
        header.shortFrame(),
        header.colorSpace().name().toLowerCase(Locale.ROOT),
        tiling.tileWidth(),
        tiling.tileHeight(),
        tiling.count(),
        reader.chunks().stream().map(c -> new ChunkLength(c.type(), c.length())).toList(),
        bytes,
        reader.headerBytes(),
        reader.chunkBytes(),
        reader.tableBytes(),
        bytes - beforeTiles,
        8.0 * bytes / header.pixels(),
        header.packedFileBytes(),
        extents == null ? null : reader.paletteExtent(),
        List.copyOf(reader.alternativePalettes().keySet()),
        extents == null || tables.length() == 0 ? null : tables,
        extents,
        parts);
  }

  private static void addLayout(List<String> text, Report report) {
    addExtent(text, "palette", "", report.palette);
    addExtent(text, "tables", "", report.tables);
    int i = 0;
    for (Extent tile : Objects.requireNonNull(report.tileList)) {
      addExtent(text, "tile", i++ + ": ", tile);
    }
  }

  private static void addExtent(
      List<String> text, String name, String number, @Nullable Extent extent) {
    if (extent != null) {
      line(text, name, "%soffset %d, length %d", number, extent.offset(), extent.length());
    }
  }

  /** The extents of complete tiles: all of them unless the file is truncated or damaged. */
  private static List<Extent> tileExtents(KmqReader reader, List<String> warnings)
      throws IOException {
    List<Extent> extents = new ArrayList<>();
    long count = reader.header().tiling().count();
    long most = Limits.defaults().maxTiles();
    if (count > most) {
      warnings.add("only the first %d tiles are listed".formatted(most));
    }
    try {
      while (extents.size() < Math.min(count, most)) {
        extents.add(reader.tileExtent(extents.size()));
      }
    } catch (KmqFormatException e) {
      warnings.add("only %d tiles are listed: %s".formatted(extents.size(), e.getMessage()));
    }
    return extents;
  }

  private static List<String> lines(String name, KmqReader reader, Report report) {
    Header header = reader.header();
    Tiling tiling = header.tiling();
    List<String> text = new ArrayList<>(List.of(name));
    line(text, "image", "%dx%d pixels", header.width(), header.height());
    line(
        text,
        "palette",
        "%d %s colours (K), %s%s",
        header.colors(),
        header.palette().hasAlpha() ? "RGBA" : "RGB",
        header.colorSpace() == dev.kmq.container.ColorSpace.SRGB ? "sRGB" : "by its ICC profile",
        header.codedPalette() ? ", coded" : "");
    line(
        text,
        "indices",
        "method %s%s; %d %s per index if packed",
        header.method().label(),
        header.matches() ? " with matches" : "",
        header.bitsPerIndex(),
        header.bitsPerIndex() == 1 ? "bit" : "bits");
    line(
        text,
        "tiles",
        "%d of %dx%d%s",
        tiling.count(),
        tiling.tileWidth(),
        tiling.tileHeight(),
        tiling.count() > 1 ? ", smaller at the right and lower edges" : "");
    for (Chunk chunk : reader.chunks()) {
      line(text, "chunk", "%s, %,d bytes%s", chunk.type(), chunk.length(), content(chunk));
    }
    line(
        text,
        "size",
        "%,d bytes, %.3f bits/pixel; %,d bytes if packed in one tile, without chunks",
        report.bytes,
        report.bitsPerPixel,
        report.packedBytes);
    part(text, "header", reader.headerBytes(), header);
    part(text, "chunks", reader.chunkBytes(), header);
    part(text, "tables", reader.tableBytes(), header);
    part(text, "tiles", report.tileBytes, header);
    return text;
  }

  private static void part(List<String> text, String name, long bytes, Header header) {
    if (bytes > 0) {
      line(
          text,
          "",
          "%-8s %,12d bytes, %.4f bits/pixel",
          name,
          bytes,
          8.0 * bytes / header.pixels());
    }
  }

  private static void addLines(List<String> text, List<PartBits> parts, long bytes, Header header) {
    int width = parts.stream().mapToInt(part -> part.part().length()).max().orElse(1);
    String before = "";
    for (PartBits part : parts) {
      line(
          text,
          part.group().equals(before) ? "" : part.group(),
          "%-" + width + "s %,14.1f bits, %.4f bits/pixel, %5.2f %%",
          part.part(),
          part.bits(),
          part.bits() / header.pixels(),
          100 * part.bits() / (8.0 * bytes));
      before = part.group();
    }
  }

  private static String content(Chunk chunk) {
    return switch (chunk.type()) {
      case Chunk.TEXT -> ": " + chunk.keyword() + " = " + chunk.text();
      case Chunk.PALETTE ->
          ": palette '%s', %s"
              .formatted(chunk.paletteName(), chunk.palette().hasAlpha() ? "RGBA" : "RGB");
      case Chunk.PHYS ->
          ": %s x %s pixels per metre"
              .formatted(
                  Integer.toUnsignedString(chunk.pixelsPerMetreX()),
                  Integer.toUnsignedString(chunk.pixelsPerMetreY()));
      default -> "";
    };
  }

  private static void line(List<String> text, String name, String format, Object... values) {
    text.add(
        String.format(Locale.ROOT, "  %-8s %s", name, String.format(Locale.ROOT, format, values)));
  }
}
