package dev.kmq.picture;

import dev.kmq.file.Input;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a TIFF into parts that the library decodes as files of their own: the library decodes a
 * region from the top of the image. A part has the bytes of the file, but another header, and at
 * its end a directory with fewer strips or tiles.
 */
final class TiffBand {
  private static final int LONG = 4;
  private static final int LONG8 = 16;
  private static final int UNCOMPRESSED = 1;

  /** Pixels of a part, unless a row of strips or tiles has more. */
  private static final int PIXELS = 1 << 20;

  /** The most pixels of a row of strips or tiles. */
  private static final long MOST_PIXELS = 1 << 24;

  private final TiffDirectory directory;
  private final int height;

  /** Rows of a strip or tile, strips or tiles of a row, and sets of them. */
  private final int blockRows;

  private final int columns;
  private final int planes;
  private final boolean tiled;

  /** Bytes of a row of an image in one strip that is not compressed; else 0. */
  private final long rowBytes;

  private final int rows;

  private TiffBand(TiffDirectory directory, int blockRows, int columns, long rowBytes) {
    this.directory = directory;
    this.height = directory.get(TiffDirectory.HEIGHT, 0);
    this.blockRows = blockRows;
    this.columns = columns;
    this.rowBytes = rowBytes;
    this.tiled = directory.has(TiffDirectory.TILE_OFFSETS);
    this.planes =
        directory.get(TiffDirectory.PLANAR, 1) == 2
            ? directory.get(TiffDirectory.SAMPLES_PER_PIXEL, 1)
            : 1;
    int width = directory.get(TiffDirectory.WIDTH, 0);
    long most = Math.max(1, PIXELS / Math.max(1, (long) width * blockRows));
    this.rows = (int) Math.min(height, blockRows * most);
  }

  /** Cuts an image; null if its strips or tiles are too large, or not those it needs. */
  static @Nullable TiffBand of(TiffDirectory directory, Input input) throws IOException {
    int width = directory.get(TiffDirectory.WIDTH, 0);
    int height = directory.get(TiffDirectory.HEIGHT, 0);
    boolean tiled = directory.has(TiffDirectory.TILE_OFFSETS);
    int blockRows =
        Math.min(
            height,
            tiled
                ? directory.get(TiffDirectory.TILE_LENGTH, 0)
                : directory.get(TiffDirectory.ROWS_PER_STRIP, height));
    int tileWidth = tiled ? directory.get(TiffDirectory.TILE_WIDTH, 0) : width;
    if (blockRows < 1 || tileWidth < 1) {
      return null;
    }
    long rowBytes = 0;
    boolean joined = directory.get(TiffDirectory.PLANAR, 1) != 2;
    if (!tiled
        && joined
        && blockRows == height
        && directory.get(TiffDirectory.COMPRESSION, UNCOMPRESSED) == UNCOMPRESSED) {
      long bits = directory.get(TiffDirectory.BITS_PER_SAMPLE, 1);
      rowBytes = (width * bits * directory.get(TiffDirectory.SAMPLES_PER_PIXEL, 1) + 7) / 8;
      blockRows = 1;
    }
    int columns = (width - 1) / tileWidth + 1;
    TiffBand band = new TiffBand(directory, blockRows, columns, rowBytes);
    long blocks = rowBytes > 0 ? 1 : (long) columns * ((height - 1) / blockRows + 1) * band.planes;
    boolean complete =
        directory.all(band.offsetsTag()).length == blocks
            && directory.all(band.bytesTag()).length == blocks;
    boolean addressable = directory.isBig() || input.size() < 0xFF000000L;
    return complete && addressable && (long) width * blockRows <= MOST_PIXELS ? band : null;
  }

  /** Height of the image. */
  int height() {
    return height;
  }

  /** Rows of a part. */
  int rows() {
    return rows;
  }

  private int offsetsTag() {
    return tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS;
  }

  private int bytesTag() {
    return tiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES;
  }

  /** A file with the rows from {@code y} on, which is a multiple of {@link #rows}. */
  ImageInputStream at(Input input, int y) throws IOException {
    int count = Math.min(rows, height - y);
    long[] offsets = part(directory.all(offsetsTag()), y, count);
    long[] bytes = part(directory.all(bytesTag()), y, count);
    if (rowBytes > 0) {
      offsets[0] += y * rowBytes;
      bytes[0] = count * rowBytes;
    }
    boolean big = directory.isBig();
    ByteOrder order = directory.order();
    byte[] entries = entries(input);
    int size = big ? 20 : 12;
    int room = big ? 8 : 4;
    long end = input.size();
    ByteBuffer tail =
        ByteBuffer.allocate(16 + entries.length + (big ? 16 : 8) * (offsets.length + 1))
            .order(order);
    // Arrays first, then the directory.
    long start = end + (end & 1);
    tail.position((int) (start - end));
    long offsetsAt = start;
    put(tail, offsets, big);
    long bytesAt = end + tail.position();
    put(tail, bytes, big);
    long directoryAt = end + tail.position();
    number(tail, entries.length / size, big ? 8 : 2);
    ByteBuffer from = ByteBuffer.wrap(entries).order(order);
    for (int at = 0; at < entries.length; at += size) {
      int tag = from.getShort(at) & 0xFFFF;
      if (tag == TiffDirectory.HEIGHT || tag == TiffDirectory.ROWS_PER_STRIP && rowBytes > 0) {
        entry(tail, tag, LONG, 1, big);
        tail.putInt(count);
        tail.position(tail.position() + room - 4);
      } else if (tag == offsetsTag() || tag == bytesTag()) {
        boolean first = tag == offsetsTag();
        long[] values = first ? offsets : bytes;
        entry(tail, tag, big ? LONG8 : LONG, values.length, big);
        number(tail, values.length == 1 ? values[0] : first ? offsetsAt : bytesAt, room);
      } else {
        tail.put(entries, at, size);
      }
    }
    number(tail, 0, room);
    ByteBuffer head = ByteBuffer.allocate(big ? 16 : 8).order(order);
    head.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
    head.putShort((short) (big ? 43 : 42));
    if (big) {
      head.putShort((short) 8).putShort((short) 0);
    }
    number(head, directoryAt, room);
    return new Part(new InputImageStream(input), head.array(), end, tail.array());
  }

  /** The values of the strips or tiles of some rows, plane by plane. */
  private long[] part(double[] all, int y, int count) {
    if (rowBytes > 0) {
      return new long[] {(long) all[0]};
    }
    int first = y / blockRows * columns;
    int blocks = ((count - 1) / blockRows + 1) * columns;
    int inPlane = all.length / planes;
    long[] values = new long[blocks * planes];
    for (int p = 0; p < planes; p++) {
      for (int i = 0; i < blocks; i++) {
        values[p * blocks + i] = (long) all[p * inPlane + first + i];
      }
    }
    return values;
  }

  /** The entries of the directory as they are in the file. */
  private byte[] entries(Input input) throws IOException {
    boolean big = directory.isBig();
    long start = directory.offset();
    byte[] count = bytes(input, start, big ? 8 : 2);
    ByteBuffer number = ByteBuffer.wrap(count).order(directory.order());
    long entries = big ? number.getLong() : number.getShort() & 0xFFFF;
    return bytes(input, start + count.length, (int) entries * (big ? 20 : 12));
  }

  private static byte[] bytes(Input input, long position, int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      int n = input.read(position + done, bytes, done, count - done);
      if (n < 0) {
        throw new EOFException();
      }
      done += n;
    }
    return bytes;
  }

  private static void entry(ByteBuffer to, int tag, int type, int count, boolean big) {
    to.putShort((short) tag).putShort((short) type);
    number(to, count, big ? 8 : 4);
  }

  private static void put(ByteBuffer to, long[] values, boolean big) {
    for (long value : values) {
      number(to, value, big ? 8 : 4);
    }
  }

  private static void number(ByteBuffer to, long value, int bytes) {
    switch (bytes) {
      case 2 -> to.putShort((short) value);
      case 4 -> to.putInt((int) value);
      default -> to.putLong(value);
    }
  }

  /** A file between another header and more bytes at its end. */
  private static final class Part extends ImageInputStreamImpl {
    private final ImageInputStream source;
    private final byte[] head;
    private final long end;
    private final byte[] tail;

    Part(ImageInputStream source, byte[] head, long end, byte[] tail) {
      this.source = source;
      this.head = head;
      this.end = end;
      this.tail = tail;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Reads all bytes asked for, or up to the end. */
    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      checkClosed();
      bitOffset = 0;
      int done = 0;
      while (done < count) {
        int n = some(target, offset + done, count - done);
        if (n <= 0) {
          break;
        }
        streamPos += n;
        done += n;
      }
      return done == 0 && count > 0 ? -1 : done;
    }

    private int some(byte[] target, int offset, int count) throws IOException {
      if (streamPos < head.length) {
        int n = (int) Math.min(count, head.length - streamPos);
        System.arraycopy(head, (int) streamPos, target, offset, n);
        return n;
      }
      if (streamPos < end) {
        source.seek(streamPos);
        return source.read(target, offset, (int) Math.min(count, end - streamPos));
      }
      int n = (int) Math.min(count, end + tail.length - streamPos);
      if (n > 0) {
        System.arraycopy(tail, (int) (streamPos - end), target, offset, n);
      }
      return n;
    }

    @Override
    public long length() {
      return end + tail.length;
    }
  }
}
