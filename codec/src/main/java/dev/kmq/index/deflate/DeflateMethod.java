package dev.kmq.index.deflate;

import dev.kmq.bytes.Streams;
import dev.kmq.deflate.DeflateWriter;
import dev.kmq.deflate.StreamBits;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import dev.kmq.index.packed.PackedMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

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
    DeflateWriter out = new DeflateWriter(payload);
    if (colors <= PACKED_COLORS) {
      packed.encode(tile, palette, out);
    } else {
      writeBytes(tile, out);
    }
    out.finish();
  }

  private static void writeBytes(IndexPlane tile, OutputStream out) throws IOException {
    if (tile.wide()) {
      writePairs(tile, out);
      return;
    }
    boolean joined = tile.stride() == tile.width();
    int runs = joined ? 1 : tile.height();
    int length = joined ? tile.width() * tile.height() : tile.width();
    for (int y = 0; y < runs; y++) {
      out.write(tile.bytes(), tile.at(0, y), length);
    }
  }

  private static void writePairs(IndexPlane tile, OutputStream out) throws IOException {
    byte[] pairs = new byte[2 * Math.min(tile.width(), BUFFER)];
    short[] indices = tile.shorts();
    for (int y = 0; y < tile.height(); y++) {
      for (int x = 0, n; x < tile.width(); x += n) {
        n = Math.min(tile.width() - x, BUFFER);
        int from = tile.at(x, y);
        for (int i = 0; i < n; i++) {
          pairs[2 * i] = (byte) (indices[from + i] >>> 8);
          pairs[2 * i + 1] = (byte) indices[from + i];
        }
        out.write(pairs, 0, 2 * n);
      }
    }
  }

  @Override
  public void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException {
    int colors = palette.size();
    long pixels = (long) tile.width() * tile.height();
    long bytes =
        colors <= PACKED_COLORS
            ? (pixels * palette.bitsPerIndex() + 7) / 8
            : tile.wide() ? 2 * pixels : pixels;
    try (RawInflater in = new RawInflater(payload, bytes)) {
      if (colors <= PACKED_COLORS) {
        packed.decode(in, palette, tile);
      } else {
        readBytes(in, tile);
        if (in.read() >= 0) {
          throw new PayloadException(Fault.LONG, "the payload holds more indices than the tile");
        }
        PayloadException.requireBelow(colors, tile);
      }
    }
  }

  @Override
  public List<String> parts() {
    return StreamBits.PARTS;
  }

  @Override
  public void measure(byte[] payload, Palette palette, IndexPlane tile, double[] bits)
      throws IOException {
    decode(new ByteArrayInputStream(payload), palette, tile);
    StreamBits.add(payload, bits);
  }

  private static void readBytes(InputStream in, IndexPlane tile) throws IOException {
    if (tile.wide()) {
      readPairs(in, tile);
      return;
    }
    boolean joined = tile.stride() == tile.width();
    int runs = joined ? 1 : tile.height();
    int length = joined ? tile.width() * tile.height() : tile.width();
    for (int y = 0; y < runs; y++) {
      readFully(in, tile.bytes(), tile.at(0, y), length);
    }
  }

  private static void readPairs(InputStream in, IndexPlane tile) throws IOException {
    byte[] pairs = new byte[2 * Math.min(tile.width(), BUFFER)];
    short[] indices = tile.shorts();
    for (int y = 0; y < tile.height(); y++) {
      for (int x = 0, n; x < tile.width(); x += n) {
        n = Math.min(tile.width() - x, BUFFER);
        readFully(in, pairs, 0, 2 * n);
        int to = tile.at(x, y);
        for (int i = 0; i < n; i++) {
          indices[to + i] = (short) (pairs[2 * i] << 8 | pairs[2 * i + 1] & 0xFF);
        }
      }
    }
  }

  private static void readFully(InputStream in, byte[] target, int offset, int length)
      throws IOException {
    if (!Streams.readFully(in, target, offset, length)) {
      throw new PayloadException(Fault.SHORT, "the payload holds fewer indices than the tile");
    }
  }
}
