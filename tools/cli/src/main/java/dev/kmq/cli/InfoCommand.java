package dev.kmq.cli;

import dev.kmq.cli.file.Input;
import dev.kmq.cli.file.Inputs;
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
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What the header and the chunks of a file say, and what its bits are spent on. */
@Command(
    name = "info",
    description =
        "Header, tiles, chunks and sizes of .kmq files; no tile is decoded without --bits. The"
            + " JSON object also gives offset and length of palette, shared tables and tiles"
            + " (palette, tables, tileList), lengths and checksums included, and the names of further"
            + " palettes (paletteNames).")
final class InfoCommand implements Callable<Integer> {
  private static final String[] KEYS = {
    "width",
    "height",
    "colors",
    "bitsPerIndex",
    "alpha",
    "method",
    "matches",
    "codedPalette",
    "shortFrame",
    "colorSpace",
    "tileWidth",
    "tileHeight",
    "tiles",
    "chunks",
    "bytes",
    "headerBytes",
    "chunkBytes",
    "tableBytes",
    "tileBytes",
    "bitsPerPixel",
    "packedBytes",
    "palette",
    "paletteNames",
    "tables",
    "tileList",
    "partBits"
  };

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  KmqCommand kmq;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin ReportOptions reports = new ReportOptions();

  @Option(
      names = "--bits",
      description =
          "Decode all tiles and tell what the bits of payloads and shared tables are spent on:"
              + " decisions of mix, symbols of rans, literals and matches of deflate.")
  boolean bits;

  @Option(
      names = "--tiles",
      description =
          "List offset and length of palette, shared tables and every tile in the file, lengths"
              + " and checksums included.")
  boolean tiles;

  @Override
  public Integer call() throws IOException {
    Batch batch = new Batch(reports, kmq.terminal, false);
    try (Inputs found = inputs.find(kmq.terminal, Set.of(Format.SUFFIX))) {
      for (Inputs.Found one : found.found()) {
        batch.report(Outcome.of(one, KEYS, this::describe));
      }
    }
    return batch.exitCode();
  }

  /** A header is shown however large the picture is that it claims. */
  private Limits limits() {
    return bits
        ? inputs.limits()
        : Limits.defaults().withMaxPixels(Long.MAX_VALUE).withMaxTiles(Long.MAX_VALUE);
  }

  private void describe(Input input, Outcome outcome) throws IOException {
    DecodeOptions options =
        DecodeOptions.builder().limits(limits()).keepUnknownChunks(true).build();
    try (InputStream in = new BufferedInputStream(input.open(), 1 << 16);
        KmqReader reader = KmqReader.open(in, options)) {
      Header header = reader.header();
      Tiling tiling = header.tiling();
      long bytes = input.size();
      long packed =
          32L
              + (header.palette().hasAlpha() ? 4L : 3L) * header.colors()
              + Format.packedBytes(header.pixels(), header.bitsPerIndex());
      List<Map<String, Object>> chunks = new ArrayList<>();
      for (Chunk chunk : reader.chunks()) {
        chunks.add(Map.of("type", chunk.type(), "length", chunk.length()));
      }
      outcome.put("width", header.width());
      outcome.put("height", header.height());
      outcome.put("colors", header.colors());
      outcome.put("bitsPerIndex", header.bitsPerIndex());
      outcome.put("alpha", header.palette().hasAlpha());
      outcome.put("method", header.method().label());
      outcome.put("matches", header.matches());
      outcome.put("codedPalette", header.codedPalette());
      outcome.put("shortFrame", header.shortFrame());
      outcome.put("colorSpace", header.colorSpace().name().toLowerCase(Locale.ROOT));
      outcome.put("tileWidth", tiling.tileWidth());
      outcome.put("tileHeight", tiling.tileHeight());
      outcome.put("tiles", tiling.count());
      outcome.put("chunks", chunks);
      outcome.put("paletteNames", List.copyOf(reader.alternativePalettes().keySet()));
      long tileBytes = bytes - reader.headerBytes() - reader.chunkBytes() - reader.tableBytes();
      outcome.put("bytes", bytes);
      outcome.put("headerBytes", reader.headerBytes());
      outcome.put("chunkBytes", reader.chunkBytes());
      outcome.put("tableBytes", reader.tableBytes());
      outcome.put("tileBytes", tileBytes);
      outcome.put("bitsPerPixel", 8.0 * bytes / header.pixels());
      outcome.put("packedBytes", packed);
      List<String> lines = lines(input, reader, bytes, packed);
      if (bits) {
        List<BitBreakdown.Part> parts = reader.readBitBreakdown().parts();
        reader.expectEnd();
        outcome.put("partBits", parts.stream().map(InfoCommand::facts).toList());
        addLines(lines, parts, bytes, header);
      }
      if (tiles || reports.json) {
        addLayout(lines, reader, outcome);
      }
      outcome.text(lines);
    }
  }

  /** Where palette, tables and tiles stand in the file. */
  private void addLayout(List<String> text, KmqReader reader, Outcome outcome) throws IOException {
    Extent palette = reader.paletteExtent();
    Extent tables = new Extent(reader.headerBytes() + reader.chunkBytes(), reader.tableBytes());
    List<Extent> extents = tileExtents(reader, outcome);
    outcome.put("palette", facts(palette));
    outcome.put("tables", tables.length() == 0 ? null : facts(tables));
    outcome.put("tileList", extents.stream().map(InfoCommand::facts).toList());
    if (tiles) {
      line(text, "palette", "offset %d, length %d", palette.offset(), palette.length());
      if (tables.length() > 0) {
        line(text, "tables", "offset %d, length %d", tables.offset(), tables.length());
      }
      for (int i = 0; i < extents.size(); i++) {
        Extent tile = extents.get(i);
        line(text, "tile", "%d: offset %d, length %d", i, tile.offset(), tile.length());
      }
    }
  }

  /** The tiles that are whole in the file: all of them, unless it ends early or is damaged. */
  private static List<Extent> tileExtents(KmqReader reader, Outcome outcome) throws IOException {
    List<Extent> extents = new ArrayList<>();
    long count = reader.header().tiling().count();
    long most = Limits.defaults().maxTiles();
    if (count > most) {
      outcome.warn(List.of("only the first %d tiles are listed".formatted(most)));
    }
    try {
      while (extents.size() < Math.min(count, most)) {
        extents.add(reader.tileExtent(extents.size()));
      }
    } catch (KmqFormatException e) {
      outcome.warn(
          List.of("only %d tiles are listed: %s".formatted(extents.size(), e.getMessage())));
    }
    return extents;
  }

  private static Map<String, Object> facts(Extent extent) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("offset", extent.offset());
    facts.put("length", extent.length());
    return facts;
  }

  private static List<String> lines(Input input, KmqReader reader, long bytes, long packed) {
    Header header = reader.header();
    Tiling tiling = header.tiling();
    List<String> text = new ArrayList<>(List.of(input.name()));
    line(text, "picture", "%dx%d pixels", header.width(), header.height());
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
        "by method %s%s; %d bits each where packed",
        header.method().label(),
        header.matches() ? " with matches" : "",
        header.bitsPerIndex());
    line(
        text,
        "tiles",
        "%d of %dx%d%s",
        tiling.count(),
        tiling.tileWidth(),
        tiling.tileHeight(),
        tiling.count() > 1 ? ", less at the right and lower edge" : "");
    for (Chunk chunk : reader.chunks()) {
      line(text, "chunk", "%s, %,d bytes%s", chunk.type(), chunk.length(), content(chunk));
    }
    line(
        text,
        "size",
        "%,d bytes, %.3f bits/pixel; packed in one tile without chunks %,d",
        bytes,
        8.0 * bytes / header.pixels(),
        packed);
    part(text, "header", reader.headerBytes(), header);
    part(text, "chunks", reader.chunkBytes(), header);
    part(text, "tables", reader.tableBytes(), header);
    part(
        text,
        "tiles",
        bytes - reader.headerBytes() - reader.chunkBytes() - reader.tableBytes(),
        header);
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

  private static Map<String, Object> facts(BitBreakdown.Part part) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("group", part.group());
    facts.put("part", part.name());
    facts.put("bits", part.bits());
    return facts;
  }

  private static void addLines(
      List<String> text, List<BitBreakdown.Part> parts, long bytes, Header header) {
    String before = "";
    for (BitBreakdown.Part part : parts) {
      line(
          text,
          part.group().equals(before) ? "" : part.group(),
          "%-19s %,14.1f bits, %.4f bits/pixel, %5.2f %%",
          part.name(),
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
