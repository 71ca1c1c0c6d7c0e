package dev.kmq.index.deflate;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import dev.kmq.index.packed.PackedMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Method 1: raw DEFLATE of the packed form when K is at most 16, of one byte per index when K is at
 * most 256, of two bytes per index, high byte first, above.
 */
public final class DeflateMethod implements IndexMethod {
  private static final int PACKED_COLORS = 16;
  private static final int BUFFER = 1 << 14;

  private final PackedMethod packed = new PackedMethod();

  @Override
  public void encode(IndexPlane tile, Palette palette, OutputStream payload) throws IOException {
    int colors = palette.size();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      DeflaterOutputStream out = new DeflaterOutputStream(payload, deflater, BUFFER);
      if (colors <= PACKED_COLORS) {
        packed.encode(tile, palette, out);
      } else {
        writeBytes(tile, colors, out);
      }
      out.finish();
    } finally {
      deflater.end();
    }
  }

  private static void writeBytes(IndexPlane tile, int colors, OutputStream out) throws IOException {
    boolean two = IndexPlane.isWide(colors);
    byte[] row = new byte[two ? 2 * tile.width() : tile.width()];
    for (int y = 0; y < tile.height(); y++) {
      if (!two && !tile.wide()) {
        out.write(tile.bytes(), tile.at(0, y), tile.width());
        continue;
      }
      int at = 0;
      for (int x = 0; x < tile.width(); x++) {
        int index = tile.get(x, y);
        if (two) {
          row[at++] = (byte) (index >>> 8);
        }
        row[at++] = (byte) index;
      }
      out.write(row, 0, at);
    }
  }

  @Override
  public void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException {
    int colors = palette.size();
    try (RawInflater in = new RawInflater(payload)) {
      if (colors <= PACKED_COLORS) {
        packed.decode(in, palette, tile);
      } else {
        int max = readBytes(in, IndexPlane.isWide(colors), tile);
        if (in.read() >= 0) {
          throw new PayloadException(Fault.LONG, "the payload holds more indices than the tile");
        }
        if (max >= colors) {
          throw new PayloadException(
              Fault.INDEX_OUT_OF_RANGE, "palette index " + max + " >= K = " + colors);
        }
      }
    }
  }

  /** The largest index, to be judged when the payload is known to end where it should. */
  private static int readBytes(InputStream in, boolean two, IndexPlane tile) throws IOException {
    byte[] row = new byte[two ? 2 * tile.width() : tile.width()];
    int max = 0;
    for (int y = 0; y < tile.height(); y++) {
      if (in.readNBytes(row, 0, row.length) < row.length) {
        throw new PayloadException(Fault.SHORT, "the payload holds fewer indices than the tile");
      }
      for (int x = 0; x < tile.width(); x++) {
        int index = two ? (row[2 * x] & 0xFF) << 8 | row[2 * x + 1] & 0xFF : row[x] & 0xFF;
        max = Math.max(max, index);
        tile.set(x, y, index);
      }
    }
    return max;
  }
}
