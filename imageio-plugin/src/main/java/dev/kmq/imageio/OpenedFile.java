package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import java.awt.Rectangle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.imageio.IIOException;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file whose data before the tiles has been read.
 *
 * @param stream where the file comes from
 * @param tilesAt where in the stream the tiles begin
 * @param palette in sRGB
 * @param types types that the image can be read into
 * @param warnings keys of messages about data that could not be used
 */
record OpenedFile(
    KmqReader reader,
    ImageInputStream stream,
    long tilesAt,
    Palette palette,
    List<ImageTypeSpecifier> types,
    List<String> warnings) {
  /** Smaller regions are read without first checking that the file is long enough. */
  private static final double SMALL = 1 << 20;

  /** Bytes of a tile in the file in addition to its payload: the checksum, and the length. */
  private static final int CHECKSUM = 4;

  private static final int LENGTH = 4;

  /**
   * Reads everything before the tiles. A file is not refused for its size here: limits apply when
   * pixels are read.
   *
   * @param aborted whether to end reading with {@link AbortedException}
   * @param ignoreMetadata whether to skip Exif and unknown chunks
   */
  static OpenedFile open(ImageInputStream stream, BooleanSupplier aborted, boolean ignoreMetadata)
      throws IOException {
    Limits limits = Limits.defaults();
    DecodeOptions options =
        DecodeOptions.builder()
            .limits(
                limits
                    .withMaxPixels(Long.MAX_VALUE)
                    .withMaxRasterBytes(Long.MAX_VALUE)
                    .withMaxWork(Long.MAX_VALUE))
            .threads(Settings.threads())
            .keepUnknownChunks(!ignoreMetadata)
            .build();
    KmqReader reader = KmqReader.open(new StreamChannel(stream, aborted), options);
    List<String> warnings = new ArrayList<>();
    Palette palette = shown(reader, reader.header().palette(), warnings);
    for (Chunk chunk : reader.chunks()) {
      boolean exif = !ignoreMetadata && chunk.type().equals(Chunk.EXIF);
      if (exif && !ExifOrientation.isReadable(chunk.data())) {
        warnings.add(Messages.EXIF_NOT_READ);
      }
    }
    return new OpenedFile(
        reader,
        stream,
        stream.getStreamPosition(),
        palette,
        ImageTypes.of(palette),
        List.copyOf(warnings));
  }

  /**
   * The same file shown with an alternative palette.
   *
   * @param name null for its own
   */
  OpenedFile by(@Nullable String name) throws IIOException {
    if (name == null) {
      return this;
    }
    Palette stored;
    try {
      stored = reader.alternativePalette(name);
    } catch (IllegalArgumentException e) {
      throw new IIOException(e.getMessage(), e);
    }
    // Warnings are known from the image's own palette.
    Palette other = shown(reader, stored, new ArrayList<>());
    return new OpenedFile(reader, stream, tilesAt, other, ImageTypes.of(other), warnings);
  }

  private static Palette shown(KmqReader reader, Palette stored, List<String> warnings) {
    try {
      return IccProfile.of(reader.header(), reader.chunks())
          .map(profile -> profile.toSrgb(stored))
          .orElse(stored);
    } catch (IllegalArgumentException e) {
      warnings.add(Messages.PROFILE_NOT_APPLIED);
      return stored;
    }
  }

  Header header() {
    return reader.header();
  }

  /** A new metadata object for each caller; without chunks, and in sRGB, if metadata is ignored. */
  KmqImageMetadata metadata(boolean ignoreMetadata) {
    return new KmqImageMetadata(
        ignoreMetadata
            ? PictureFacts.of(header(), palette, List.of())
            : PictureFacts.of(header(), header().palette(), reader.chunks()));
  }

  /**
   * Refuses a file that ends before the tiles of a region, so that no memory is allocated for an
   * image that the header merely claims. In a stream of unknown length the end is looked for only
   * if the stream caches what it has read.
   */
  void requireTiles(Rectangle region) throws IOException {
    if (header().shortFrame()) {
      return; // it was read to its end when it was opened
    }
    double end = tilesAt + leastBytes(region);
    long length = stream.length();
    boolean there = true;
    if (length >= 0) {
      there = length >= end;
    } else if (stream.isCached() && end - tilesAt > SMALL) {
      long position = stream.getStreamPosition();
      stream.seek((long) end - 1);
      there = stream.read() >= 0;
      stream.seek(position);
    }
    if (!there) {
      throw new IIOException("the file ends before the tiles that its header announces");
    }
  }

  /** Minimum number of bytes to the end of the last tile of a region; inexact above 2^53. */
  private double leastBytes(Rectangle region) {
    Tiling tiling = header().tiling();
    int row = (region.y + region.height - 1) / tiling.tileHeight();
    int column = (region.x + region.width - 1) / tiling.tileWidth();
    double tiles = (double) row * tiling.columns() + column + 1;
    if (header().method() != Method.PACKED) {
      return tiles * (LENGTH + CHECKSUM);
    }
    double above = (double) tiling.width() * row * tiling.tileHeight();
    double height = Math.min(tiling.tileHeight(), tiling.height() - row * tiling.tileHeight());
    double width = Math.min(tiling.width(), (column + 1.0) * tiling.tileWidth());
    double bits = (above + width * height) * header().bitsPerIndex();
    return Math.ceil(bits / 8) + tiles * CHECKSUM;
  }
}
