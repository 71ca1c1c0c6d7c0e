package dev.kmq.container;

import dev.kmq.concurrent.TaskQueue;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Region.Part;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Reads a {@code .kmq} file: header, palette, chunks and tables when opened, tiles on request. A
 * stream is read forward only and never beyond the image; a file, a channel or an array gives tiles
 * in any order.
 *
 * <p>Thread-safe. Calls on a file or an array run concurrently; calls on a stream or a channel wait
 * for each other. The limits apply to each call.
 *
 * <p>Calls that decode or seek tiles check before each tile whether the thread is interrupted. They
 * then throw an {@link InterruptedIOException}, and the interrupt status stays set.
 */
public final class KmqReader implements Closeable {
  /** Maximum number of palette names in a message. */
  private static final int LISTED_NAMES = 20;

  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /** The maximum size of a payload that is held in memory until a thread is free. */
  private static final int MAX_RAW_TILE = 1 << 26;

  private final ByteInput input;
  private final InputPool inputs;
  private final Header header;
  private final List<Chunk> chunks;
  private final DecodeOptions options;
  private final TileDecoder decoder;
  private final TileOffsets offsets;
  private final int paletteAt;
  private final long headerBytes;
  private final long chunkBytes;
  private final long tableBytes;

  private KmqReader(ByteInput input, DecodeOptions options) throws IOException {
    this.input = input;
    this.options = Objects.requireNonNull(options, "options");
    HeaderReader headerReader = new HeaderReader(input, options.limits());
    this.header = headerReader.read();
    this.paletteAt = header.shortFrame() ? Format.SHORT_HEADER_BYTES : Format.HEADER_BYTES;
    long chunksAt = input.position();
    this.headerBytes = chunksAt;
    this.chunks =
        header.hasChunks()
            ? List.copyOf(
                new ChunkReader(input, options, header.colors()).read(header.colorSpace()))
            : List.of();
    if (!header.hasChunks() && header.colorSpace() == ColorSpace.ICC) {
      throw new KmqFormatException(
          RefusalReason.MISSING_ICC_PROFILE,
          "colour space 1 requires an iCCP chunk, but there is none",
          input.position());
    }
    long tablesAt = input.position();
    this.chunkBytes = tablesAt - chunksAt;
    Seed seed = Seed.of(headerReader.head(), header.colorSpace(), chunks);
    this.decoder =
        header.hasTables()
            ? new TileDecoder(header, seed, new TablesReader(input, header, seed).read())
            : new TileDecoder(header, seed);
    this.tableBytes = input.position() - tablesAt;
    this.offsets = new TileOffsets(input.position(), decoder);
    this.inputs = new InputPool(input);
    input.settle();
  }

  /**
   * Opens a file on disk with the default options.
   *
   * @param file a file that begins with the image
   * @return a reader at the first tile
   * @throws KmqFormatException if header, palette, chunks or tables are refused
   */
  public static KmqReader open(Path file) throws IOException {
    return open(file, DecodeOptions.defaults());
  }

  /**
   * Opens a file on disk and closes it if it is refused. A pipe or a device is read as a stream, a
   * file of a file system other than the default one as a channel.
   *
   * @param file a file that begins with the image
   * @param options limits, threads, and whether unknown chunks are kept
   * @return a reader at the first tile
   * @throws KmqFormatException if header, palette, chunks or tables are refused
   */
  public static KmqReader open(Path file, DecodeOptions options) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    ByteInput input;
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      input = new ByteInput(Files.newByteChannel(file));
    } else if (Files.isRegularFile(file)) {
      input = new ByteInput(new SharedFile(file));
    } else if (Files.exists(file)) { // the stream of Files seeks to learn what is available
      input = new ByteInput(new BufferedInputStream(new FileInputStream(file.toFile())));
    } else {
      throw new NoSuchFileException(file.toString());
    }
    try {
      return new KmqReader(input, options);
    } catch (Throwable e) {
      try {
        input.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /**
   * Opens a stream at its position.
   *
   * @param in is closed with the reader, but left open if the file is refused
   * @param options limits, threads, and whether unknown chunks are kept
   * @return a reader at the first tile
   * @throws KmqFormatException if header, palette, chunks or tables are refused
   */
  public static KmqReader open(InputStream in, DecodeOptions options) throws IOException {
    return new KmqReader(new ByteInput(Objects.requireNonNull(in, "in")), options);
  }

  /**
   * Opens a channel at its position. Every call leaves the position after the bytes that were read.
   *
   * @param channel is closed with the reader, but left open if the file is refused; a size of
   *     {@code Long.MAX_VALUE} means unknown, and disables reading ahead
   * @param options limits, threads, and whether unknown chunks are kept
   * @return a reader at the first tile
   * @throws KmqFormatException if header, palette, chunks or tables are refused
   */
  public static KmqReader open(SeekableByteChannel channel, DecodeOptions options)
      throws IOException {
    return new KmqReader(new ByteInput(Objects.requireNonNull(channel, "channel")), options);
  }

  /**
   * Opens a file in memory.
   *
   * @param file not copied
   * @param options limits, threads, and whether unknown chunks are kept
   * @return a reader at the first tile
   * @throws KmqFormatException if header, palette, chunks or tables are refused
   */
  public static KmqReader open(byte[] file, DecodeOptions options) throws IOException {
    return new KmqReader(new ByteInput(Objects.requireNonNull(file, "file"), 0), options);
  }

  /** {@return the header, including the palette} */
  public Header header() {
    return header;
  }

  /**
   * {@return the chunks of known types in file order, and the unknown ones if the options keep
   * them}
   */
  public List<Chunk> chunks() {
    return chunks;
  }

  /**
   * {@return the size of header and palette in bytes, including their checksum} The only checksum
   * of a short file is at its end and counts as part of the tile.
   */
  public long headerBytes() {
    return headerBytes;
  }

  /**
   * {@return the position of the palette, including the checksum and the length field of a coded
   * one}
   */
  public Extent paletteExtent() {
    return new Extent(paletteAt, headerBytes - paletteAt);
  }

  /**
   * {@return the alternative palettes of the file ({@code pALT}) by name, in file order} Each has
   * as many entries as the palette of the header; {@link IndexedImage#withPalette} applies one to
   * an image.
   */
  public Map<String, Palette> alternativePalettes() {
    Map<String, Palette> palettes = new LinkedHashMap<>();
    for (Chunk chunk : chunks) {
      if (chunk.type().equals(Chunk.PALETTE)) {
        palettes.put(chunk.paletteName(), chunk.palette());
      }
    }
    return palettes;
  }

  /**
   * {@return one of the {@link #alternativePalettes()}}
   *
   * @param name one of the keys
   * @throws IllegalArgumentException if none has this name; the message lists the names
   */
  public Palette alternativePalette(String name) {
    Map<String, Palette> palettes = alternativePalettes();
    Palette palette = palettes.get(name);
    if (palette == null) {
      throw new IllegalArgumentException(
          "no alternative palette is named '" + name + "'; " + available(palettes.keySet()));
    }
    return palette;
  }

  /** The first names; a file may have tens of thousands. */
  private static String available(Set<String> names) {
    if (names.isEmpty()) {
      return "the image has none";
    }
    int more = names.size() - LISTED_NAMES;
    return "available: "
        + names.stream().limit(LISTED_NAMES).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** {@return the size of all chunks in bytes, including frames and checksums; 0 without chunks} */
  public long chunkBytes() {
    return chunkBytes;
  }

  /**
   * {@return the size of the shared tables in bytes, including length and checksum; 0 without
   * tables}
   */
  public long tableBytes() {
    return tableBytes;
  }

  /**
   * {@return the position of a tile in the file} No payload is decoded or verified. A stream is
   * read to the end of the tile, unless it is past that already.
   *
   * @param tile counted row by row from 0
   * @throws KmqFormatException if the file ends within or before the tile, or the length of a tile
   *     up to it is impossible
   */
  public Extent tileExtent(int tile) throws IOException {
    header.tiling().requireNumber(tile);
    return inputs.read(input -> offsets.extent(input, tile));
  }

  /**
   * {@return the number of bytes read or skipped so far, from the start of the file} Only
   * meaningful while a single thread uses the reader.
   */
  public long position() {
    return input.position();
  }

  /**
   * {@return the cost of decoding a region, in the unit of {@link Limits#maxWork()}} Every tile
   * that it touches counts in full.
   *
   * @param x left edge of the region, which lies in the image and is not empty
   * @param y its upper edge
   * @param width its width in pixels
   * @param height its height in pixels
   */
  public long decodingWork(int x, int y, int width, int height) {
    long pixels = header.tiling().touchedPixels(x, y, width, height);
    int cost = header.colors() == 1 ? 1 : header.decodingCost();
    return pixels > Long.MAX_VALUE / cost ? Long.MAX_VALUE : pixels * cost;
  }

  /**
   * {@return the approximate memory in bytes that one thread needs to decode a tile, besides the
   * indices and the stored bytes of the tile} More threads are used only if the limits allow it.
   */
  public long workingBytes() {
    return decoder.workingBytes();
  }

  /**
   * Decodes one tile, given by its row and column of tiles from 0. Other tiles are not read.
   *
   * @param tileX column of tiles, from 0
   * @param tileY row of tiles, from 0
   * @param target a plane of exactly the tile's size, {@link IndexPlane#wide} exactly when K is
   *     above 256; undefined after an exception
   * @throws KmqFormatException if the tile is refused, or needs more work or memory than the limits
   *     allow
   * @throws IllegalStateException if a stream is past the tile
   */
  public void readTile(int tileX, int tileY, IndexPlane target) throws IOException {
    Objects.checkIndex(tileX, header.tiling().columns());
    Objects.checkIndex(tileY, header.tiling().rows());
    readTile(tileY * header.tiling().columns() + tileX, target);
  }

  /**
   * As {@link #readTile(int, int, IndexPlane)}, with tiles counted row by row from 0.
   *
   * @param tile number of the tile, counted row by row from 0
   * @param target as for {@link #readTile(int, int, IndexPlane)}
   * @throws IOException if reading fails, or a tile is refused with a {@link KmqFormatException}
   */
  public void readTile(int tile, IndexPlane target) throws IOException {
    Tiling tiling = header.tiling();
    tiling.requireNumber(tile);
    if (target.width() != tiling.width(tile) || target.height() != tiling.height(tile)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "target is %dx%d, tile %d is %dx%d",
              target.width(),
              target.height(),
              tile,
              tiling.width(tile),
              tiling.height(tile)));
    }
    requireWidth(target);
    inputs.read(input -> readTile(input, tile, target));
  }

  private Part readTile(ByteInput input, int tile, IndexPlane target) throws IOException {
    requireTile(tile);
    return decode(input, new Part(tile, target, 0, 0, true));
  }

  /**
   * Reads the packed bits of a tile as they are stored, with the same checks as decoding.
   *
   * @param tile number of the tile, counted row by row from 0
   * @param target receives ceil(n*b/8) bytes for the n pixels of the tile; undefined after an
   *     exception
   * @param offset index in {@code target} of the first byte
   * @throws KmqFormatException if the tile is refused, or needs more work than the limit allows
   * @throws IllegalStateException unless the file is packed with 1, 2 or 4 bits per index
   */
  public void readPackedTile(int tile, byte[] target, int offset) throws IOException {
    int bits = header.bitsPerIndex();
    if (decoder.framed() || bits < 1 || bits > 4 || bits == 3) {
      throw new IllegalStateException(
          "method " + header.method().label() + " at " + bits + " bits per index");
    }
    header.tiling().requireNumber(tile);
    long length = decoder.packedLength(tile);
    if (offset < 0 || length > target.length - offset) {
      throw new IndexOutOfBoundsException(
          length + " bytes from " + offset + " on, of " + target.length);
    }
    requireTile(tile);
    inputs.read(
        input -> {
          decoder.copyBits(input, tile, offsets.enter(input, tile), target, offset);
          return target;
        });
  }

  private void requireWidth(IndexPlane target) {
    if (target.wide() != IndexPlane.isWide(header.colors())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "target has %d bytes per index, K = %d requires %d",
              target.wide() ? 2 : 1,
              header.colors(),
              target.wide() ? 1 : 2));
    }
  }

  /**
   * Decodes the tiles of a region on several threads; packed tiles of a stream or channel on the
   * calling thread alone, which is faster. Payloads of other tiles are not read.
   *
   * @param x left edge of the region in the image
   * @param y upper edge of the region in the image
   * @param target a plane of the region's size, {@link IndexPlane#wide} exactly when K is above
   *     256; undefined after an exception
   * @throws KmqFormatException if a tile is refused, or if the work, or the memory for clipped
   *     tiles and decoding (not counting the target), exceeds the limits
   * @throws IllegalStateException if a stream is past the start of the region
   */
  public void readRegion(int x, int y, IndexPlane target) throws IOException {
    if (x < 0
        || y < 0
        || x > header.width() - target.width()
        || y > header.height() - target.height()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "region %dx%d at (%d, %d) exceeds the image of %dx%d",
              target.width(),
              target.height(),
              x,
              y,
              header.width(),
              header.height()));
    }
    requireWidth(target);
    inputs.read(input -> readRegion(input, x, y, target, 0));
  }

  /**
   * Decodes a region into a plane that has been checked.
   *
   * @param raster bytes of the plane if the reader made it, which count towards the limit; else 0
   */
  private IndexPlane readRegion(ByteInput input, int x, int y, IndexPlane target, long raster)
      throws IOException {
    Region region = new Region(header.tiling(), x, y, target);
    long perThread = decoder.workingBytes() + (region.aligned() ? 0 : largestTileBytes());
    requireMemory(raster, perThread, header.tiling().tileWidth(), header.tiling().tileHeight());
    requireWork(decodingWork(x, y, target.width(), target.height()));
    // Packed tiles of a stream or channel are decoded faster than they can be handed over.
    boolean handed = decoder.framed() || input.forks();
    int threads = handed ? threads(region, raster, perThread) : 1;
    if (threads > 1) {
      decodeOnThreads(input, region, Work.onThreads(threads));
    } else {
      for (int i = 0; i < region.count(); i++) {
        decode(input, region.part(i));
      }
    }
    return target;
  }

  /**
   * Decodes the whole image.
   *
   * @return the palette and the indices
   * @throws KmqFormatException if anything in it is refused, or its raster or the work exceeds the
   *     limits
   */
  public IndexedImage readImage() throws IOException {
    return inputs.read(this::readImage);
  }

  private IndexedImage readImage(ByteInput input) throws IOException {
    requirePicture();
    requireTilesWithin(input);
    IndexPlane plane = IndexPlane.allocate(header.width(), header.height(), header.colors());
    readRegion(input, 0, 0, plane, rasterBytes(header.width(), header.height()));
    return new IndexedImage(header.palette(), plane);
  }

  /**
   * Refuses an image that takes more work than the limits allow, for callers that decode all of it
   * in parts.
   *
   * @throws KmqFormatException with {@link RefusalReason#LIMIT_WORK}
   */
  public void requireWholeWork() throws KmqFormatException {
    requireWork(decodingWork(0, 0, header.width(), header.height()));
  }

  /**
   * Decodes the recoverable part of a damaged image: all intact tiles up to the point where the
   * file ends or a damaged length makes the rest unreachable.
   *
   * @return the image, which tiles are intact, and the first fault
   * @throws KmqFormatException if the raster or the work exceeds the limits
   */
  public SalvageResult salvage() throws IOException {
    return inputs.read(this::salvage);
  }

  private SalvageResult salvage(ByteInput input) throws IOException {
    requirePicture();
    IndexPlane plane = IndexPlane.allocate(header.width(), header.height(), header.colors());
    Region region = new Region(header.tiling(), 0, 0, plane);
    BitSet intact = new BitSet();
    KmqFormatException first = null;
    for (int tile = 0; tile < region.count(); tile++) {
      Part part = region.part(tile);
      try {
        decode(input, part);
        intact.set(tile);
      } catch (KmqFormatException e) {
        part.target().clear();
        first = first == null ? e : first;
        if (e.reason() == RefusalReason.TRUNCATED || !offsets.knowsEnd(tile)) {
          break;
        }
      }
    }
    return new SalvageResult(new IndexedImage(header.palette(), plane), intact, first);
  }

  /**
   * Decodes all tiles and reports what the bits after the chunks are spent on: those of shared
   * tables and of tiles. Some methods take longer for this than for decoding.
   *
   * @return the bits by part, and their sum
   * @throws KmqFormatException if a tile is refused, or its raster or the work exceeds the limits
   * @throws IllegalStateException if a stream is past a tile
   */
  public BitBreakdown readBitBreakdown() throws IOException {
    return inputs.read(this::readBitBreakdown);
  }

  private BitBreakdown readBitBreakdown(ByteInput input) throws IOException {
    Tiling tiling = header.tiling();
    requireMemory(
        largestTileBytes(), decoder.workingBytes(), tiling.tileWidth(), tiling.tileHeight());
    requireWork(decodingWork(0, 0, header.width(), header.height()));
    requireTilesWithin(input);
    BitTally tally = new BitTally();
    decoder.measureTables(tally);
    for (int tile = 0; tile < tiling.count(); tile++) {
      int field = offsets.enter(input, tile);
      IndexPlane plane = allocateTile(tile);
      decoder.measure(input, tile, field, plane, tally);
    }
    return tally.breakdown();
  }

  /**
   * Refuses bytes after the image, for inputs that must be one whole file. Tiles that were not read
   * are skipped.
   *
   * @throws KmqFormatException with {@link RefusalReason#TRAILING_BYTES}
   */
  public void expectEnd() throws IOException {
    inputs.read(this::expectEnd);
  }

  private Header expectEnd(ByteInput input) throws IOException {
    offsets.goTo(input, (int) header.tiling().count());
    long end = input.position();
    if (!input.atEnd()) {
      throw new KmqFormatException(
          RefusalReason.TRAILING_BYTES, "bytes follow the end of the image", end);
    }
    return header;
  }

  private int bytesPerIndex() {
    return IndexPlane.isWide(header.colors()) ? 2 : 1;
  }

  /** Size of a raster in bytes; fits into a long, because sides are below 2^31. */
  private long rasterBytes(int width, int height) {
    return (long) width * height * bytesPerIndex();
  }

  private long largestTileBytes() {
    return rasterBytes(header.tiling().tileWidth(), header.tiling().tileHeight());
  }

  /** Checks the work and memory for the whole image against the limits. */
  private void requirePicture() throws KmqFormatException {
    long raster = rasterBytes(header.width(), header.height());
    requireMemory(raster, decoder.workingBytes(), header.width(), header.height());
    requireWholeWork();
  }

  private void requireTile(int tile) throws KmqFormatException {
    Tiling tiling = header.tiling();
    requireMemory(0, decoder.workingBytes(), tiling.width(tile), tiling.height(tile));
    requireWork(
        decodingWork(tiling.x(tile), tiling.y(tile), tiling.width(tile), tiling.height(tile)));
  }

  /**
   * Checks the memory for a raster and for decoding on one thread against the limit.
   *
   * @param width width of the raster, or of the tile to decode
   * @param height height of the same
   */
  private void requireMemory(long raster, long working, int width, int height)
      throws KmqFormatException {
    long max = options.limits().maxRasterBytes();
    if (raster > max - working || raster / bytesPerIndex() > MAX_ARRAY) {
      throw new KmqFormatException(
          RefusalReason.LIMIT_RASTER_BYTES,
          String.format(
              Locale.ROOT,
              "%dx%d pixels take %,d bytes of raster and %,d bytes of working memory, more than"
                  + " the limit of %,d bytes",
              width,
              height,
              raster,
              working,
              max),
          Format.WIDTH_OFFSET);
    }
  }

  private void requireWork(long work) throws KmqFormatException {
    long max = options.limits().maxWork();
    if (work > max) {
      throw new KmqFormatException(
          RefusalReason.LIMIT_WORK,
          String.format(
              Locale.ROOT,
              "decoding by %s takes about %,d ns, more than the limit of %,d ns",
              header.method().label() + (header.matches() ? " with matches" : ""),
              work,
              max),
          Format.METHOD_OFFSET);
    }
  }

  /** Threads for a region: at most one per tile, and as many as the memory limit allows. */
  private int threads(Region region, long raster, long perThread) {
    long left = Math.min(options.limits().maxRasterBytes(), RasterMemory.most()) - raster;
    long fit = perThread == 0 ? Integer.MAX_VALUE : left / perThread;
    return (int) Math.max(1, Math.min(fit, Math.min(options.threads(), region.count())));
  }

  private IndexPlane allocateTile(int tile) {
    Tiling tiling = header.tiling();
    return IndexPlane.allocate(tiling.width(tile), tiling.height(tile), header.colors());
  }

  /**
   * Refuses a file that is known to be too short for its tiles before a raster is allocated. A
   * fault in an earlier tile, or in the length of the truncated one, is reported first.
   */
  private void requireTilesWithin(ByteInput input) throws IOException {
    long at = offsets.first();
    Tiling tiling = header.tiling();
    for (int tile = 0; tile < tiling.count(); tile++) {
      at += decoder.leastBytes(tile);
      if (at > input.end()) {
        for (int earlier = 0; earlier < tile; earlier++) {
          readTile(input, earlier, allocateTile(earlier));
        }
        offsets.enter(input, tile);
        input.moveTo(input.end(), "tile " + tile);
        throw input.truncated("tile " + tile);
      }
    }
  }

  /** Decodes on several threads while this one reads; holds few tiles in memory at a time. */
  private void decodeOnThreads(ByteInput input, Region region, Work work) throws IOException {
    try (TaskQueue<IOException> tasks = new TaskQueue<>(work)) {
      for (int i = 0; i < region.count(); i++) {
        RawTile tile;
        try {
          tile = read(input, region.part(i));
        } catch (IOException e) {
          tasks.await(); // faults of earlier tiles are reported first
          throw e;
        }
        tasks.add(tile.decoding, tile.bytes);
      }
      tasks.await();
    } catch (CancellationException e) {
      throw TileOffsets.interrupted();
    }
  }

  /** A tile that has been read: the task that decodes it, and the bytes that it holds. */
  private record RawTile(Callable<Part> decoding, int bytes) {}

  /** Reads a tile; one too large to hold is decoded at once. */
  private RawTile read(ByteInput input, Part part) throws IOException {
    int tile = part.tile();
    int field = offsets.enter(input, tile);
    long at = input.position();
    int length = TileDecoder.payloadLength(field);
    if (length > MAX_RAW_TILE) {
      decode(input, part, field);
      return new RawTile(() -> part, 0);
    }
    byte[] raw = input.readData(length + Format.CRC_BYTES, "tile " + tile);
    return new RawTile(
        () -> {
          decode(new ByteInput(raw, at), part, field);
          return part;
        },
        raw.length);
  }

  private Part decode(ByteInput input, Part part) throws IOException {
    decode(input, part, offsets.enter(input, part.tile()));
    return part;
  }

  /** Decodes a payload; uses only immutable state of this reader. */
  private void decode(ByteInput from, Part part, int field) throws IOException {
    IndexPlane target = part.target();
    if (part.whole()) {
      decoder.decode(from, part.tile(), field, target);
      return;
    }
    IndexPlane tile = allocateTile(part.tile());
    decoder.decode(from, part.tile(), field, tile);
    target.copyFrom(tile.window(part.x(), part.y(), target.width(), target.height()));
  }

  /**
   * Closes the stream, channel or file. Later calls that read tiles throw an {@link IOException};
   * header, chunks and palettes stay available. An array has nothing to close, and its reader stays
   * usable.
   */
  @Override
  public void close() throws IOException {
    inputs.close();
  }
}
