package dev.kmq.png;

import dev.kmq.container.Chunk;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes an indexed image as PNG with PLTE, tRNS and indices in the order of its palette; the JDK's
 * writer reorders palettes with alpha. It is compressed by the codec's own DEFLATE, with the row
 * filter that takes least bytes, so it is small and the same on every machine. Rows are written as
 * soon as they are compressed, so memory does not grow with the image.
 */
public final class IndexedPng {
  /** Largest palette of an indexed PNG. */
  public static final int MAX_COLORS = 256;

  private static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', '\r', '\n', 26, '\n'};
  private static final int INDEXED_COLOR = 3;
  private static final int IDAT_BYTES = 1 << 16;

  private final DataOutputStream out;

  private IndexedPng(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /**
   * Writes an image; the stream stays open.
   *
   * @param image of at most {@link #MAX_COLORS} colours
   * @param chunks iCCP, pHYs, tEXt (as iTXt) and eXIf are written, others ignored
   */
  public static void write(IndexSource image, List<Chunk> chunks, OutputStream out)
      throws IOException {
    Palette palette = image.palette();
    if (palette.size() > MAX_COLORS) {
      throw new IllegalArgumentException(palette.size() + " colours do not fit an indexed PNG");
    }
    IndexedPng png = new IndexedPng(out);
    png.out.write(SIGNATURE);
    int bits = bitsPerIndex(palette);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(image.width()).putInt(image.height());
    png.chunk("IHDR", header.put((byte) bits).put((byte) INDEXED_COLOR).array());
    for (Chunk chunk : chunks) {
      if (chunk.type().equals(Chunk.ICCP)) {
        png.chunk("iCCP", profile(chunk.data()));
      }
    }
    png.palette(palette);
    for (Chunk chunk : chunks) {
      png.ancillary(chunk);
    }
    png.indices(image, bits);
    png.chunk("IEND", new byte[0]);
    png.out.flush();
  }

  /** Bits per index: the smallest of 1, 2, 4 and 8 that holds every index. */
  public static int bitsPerIndex(Palette palette) {
    int bits = Math.max(1, palette.bitsPerIndex());
    return bits > 4 ? 8 : bits > 2 ? 4 : bits;
  }

  private void palette(Palette palette) throws IOException {
    byte[] colors = new byte[3 * palette.size()];
    byte[] alphas = new byte[palette.size()];
    int translucent = 0;
    for (int i = 0; i < palette.size(); i++) {
      int argb = palette.argb(i);
      colors[3 * i] = (byte) (argb >>> 16);
      colors[3 * i + 1] = (byte) (argb >>> 8);
      colors[3 * i + 2] = (byte) argb;
      alphas[i] = (byte) (argb >>> 24);
      if (argb >>> 24 < 0xFF) {
        translucent = i + 1;
      }
    }
    chunk("PLTE", colors);
    if (translucent > 0) {
      // Entries after the last one of tRNS are opaque.
      chunk("tRNS", Arrays.copyOf(alphas, translucent));
    }
  }

  private static byte[] profile(byte[] icc) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write("ICC profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
    ZlibWriter deflated = new ZlibWriter(data);
    deflated.write(icc);
    deflated.finish();
    return data.toByteArray();
  }

  private void ancillary(Chunk chunk) throws IOException {
    switch (chunk.type()) {
      case Chunk.PHYS -> {
        // PNG has 31 bits for this, kmq 32.
        if (chunk.pixelsPerMetreX() >= 0 && chunk.pixelsPerMetreY() >= 0) {
          byte perMetre = 1;
          chunk("pHYs", ByteBuffer.allocate(9).put(chunk.data()).put(perMetre).array());
        }
      }
      case Chunk.TEXT -> {
        byte[] keyword = chunk.keyword().getBytes(StandardCharsets.ISO_8859_1);
        byte[] text = chunk.text().getBytes(StandardCharsets.UTF_8);
        // NUL, two bytes for "not compressed", no language, no translated keyword.
        ByteBuffer data = ByteBuffer.allocate(keyword.length + 5 + text.length);
        chunk("iTXt", data.put(keyword).put(new byte[5]).put(text).array());
      }
      case Chunk.EXIF -> chunk("eXIf", chunk.data());
      default -> {}
    }
  }

  private void indices(IndexSource image, int bits) throws IOException {
    PngRows rows = new PngRows(image, bits);
    PngRows.Filter filter = rows.smallest();
    ZlibWriter deflated = new ZlibWriter(new ImageData());
    rows.write(0, image.height(), filter, deflated);
    deflated.finish();
  }

  private void chunk(String type, byte[] data) throws IOException {
    chunk(type, data, 0, data.length);
  }

  private void chunk(String type, byte[] data, int offset, int length) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, offset, length);
    out.writeInt(length);
    out.write(name);
    out.write(data, offset, length);
    out.writeInt((int) crc.getValue());
  }

  /** Writes IDAT chunks, all but the last of the same length. */
  private final class ImageData extends OutputStream {
    private final byte[] block = new byte[IDAT_BYTES];
    private int filled;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0, n; done < length; done += n) {
        if (filled == block.length) {
          flush();
        }
        n = Math.min(length - done, block.length - filled);
        System.arraycopy(bytes, offset + done, block, filled, n);
        filled += n;
      }
    }

    @Override
    public void flush() throws IOException {
      if (filled > 0) {
        chunk("IDAT", block, 0, filled);
        filled = 0;
      }
    }
  }
}
