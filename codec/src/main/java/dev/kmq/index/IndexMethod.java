package dev.kmq.index;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A method that codes the indices of a tile. Instances are safe for use by several threads. Planes
 * are {@link IndexPlane#wide} exactly when K is above 256.
 */
public interface IndexMethod {
  /**
   * This method for the tiles of one image: tables that depend on the palette are computed once,
   * not once per tile.
   *
   * @param palette the palette that is passed to {@link #encode} and {@link #decode}
   */
  default IndexMethod forPalette(Palette palette) {
    return this;
  }

  /**
   * The tables that tiles share, if this method has any. Such a method codes nothing without them.
   */
  default Optional<SharedTables> sharedTables() {
    return Optional.empty();
  }

  /** The tables as they are stored in a file; empty if tiles share none. */
  default byte[] tables() {
    return new byte[0];
  }

  /**
   * Writes the payload of a tile.
   *
   * @param tile the indices, all below K, the size of {@code palette}
   * @param palette the palette of the indices, 2 to 65536 entries
   */
  void encode(IndexPlane tile, Palette palette, OutputStream payload) throws IOException;

  /**
   * Reads the payload of a tile, to its end and no further.
   *
   * @param payload ends where the payload ends
   * @param palette the palette of the indices, 2 to 65536 entries
   * @param tile receives the indices; undefined after an exception
   * @throws PayloadException if no encoder could have written the payload
   */
  void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException;

  /**
   * Approximate working memory of {@link #decode} in bytes, as far as it grows with the tile; the
   * plane and the payload are not included.
   *
   * @param width width of the tile in pixels
   * @param height height of the tile in pixels
   */
  default long workingBytes(int width, int height) {
    return 0;
  }

  /** Names of the parts on which payloads spend bits, in the order of {@link #measure}. */
  List<String> parts();

  /**
   * Decodes a payload as {@link #decode} does, and adds the bits that each part takes.
   *
   * @param payload the whole payload
   * @param bits by number of the part; every bit of the payload is added to one of them
   * @throws PayloadException if no encoder could have written the payload
   */
  void measure(byte[] payload, Palette palette, IndexPlane tile, double[] bits) throws IOException;

  /** Adds the bits that each part of the shared tables takes, if there are any. */
  default void measureTables(double[] bits) throws IOException {}
}
