package dev.kmq.index;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * One way of storing the indices of a tile. Several threads may use one. The planes they are given
 * are {@link IndexPlane#wide} exactly when K is above 256.
 */
public interface IndexMethod {
  /**
   * This method for the tiles of one picture, so that what follows from the palette is worked out
   * once and not for each of them.
   *
   * @param palette the one that {@link #encode} and {@link #decode} will be given
   */
  default IndexMethod forPalette(Palette palette) {
    return this;
  }

  /** The tables that tiles share, if this method has any: it then codes nothing without them. */
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
   * @param palette what the indices point into, 2 to 65536 entries
   */
  void encode(IndexPlane tile, Palette palette, OutputStream payload) throws IOException;

  /**
   * Reads the payload of a tile, to its end and no further.
   *
   * @param payload ends where the payload ends
   * @param palette what the indices point into, 2 to 65536 entries
   * @param tile receives the indices; undefined after an exception
   * @throws PayloadException if the payload is not what an encoder could have written
   */
  void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException;

  /**
   * Bytes that {@link #decode} takes for a tile beside its plane and payload, about, where they
   * grow with the tile.
   *
   * @param width width of the tile in pixels
   * @param height height of the tile in pixels
   */
  default long workingBytes(int width, int height) {
    return 0;
  }

  /** Names of what payloads spend their bits on, in the order of {@link #measure}. */
  List<String> parts();

  /**
   * Reads a payload as {@link #decode} does, and adds up what its bits are spent on.
   *
   * @param payload all of it
   * @param bits by number of the part; all bits of the payload are added to one or another
   * @throws PayloadException if the payload is not what an encoder could have written
   */
  void measure(byte[] payload, Palette palette, IndexPlane tile, double[] bits) throws IOException;

  /** Adds up what the bits of the tables are spent on that tiles share, if there are any. */
  default void measureTables(double[] bits) throws IOException {}
}
