package dev.kmq.file;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/**
 * The central directory of a zip archive. It is counted before the library reads it whole, because
 * its end record may understate its size.
 *
 * @param offset of its first header in the file
 * @param entries number of its headers
 */
record ZipDirectory(long offset, int entries) {
  /** Maximum size of a directory: 1 KiB per entry. */
  static final long MAX_BYTES = 1024L * Archive.MAX_ENTRIES;

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_BYTES = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_BYTES = 56;
  private static final int HEADER = 0x02014b50;
  private static final int HEADER_BYTES = 46;

  /** Finds the directory and counts its headers within the limits. */
  static ZipDirectory count(FileChannel channel) throws IOException {
    long offset = find(channel);
    channel.position(offset);
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int entries = 0;
    long bytes = 0;
    while (in.readNBytes(header.array(), 0, HEADER_BYTES) == HEADER_BYTES
        && header.getInt(0) == HEADER) {
      int rest = 0;
      for (int field = 28; field <= 32; field += 2) {
        rest += header.getShort(field) & 0xffff;
      }
      in.skipNBytes(rest);
      bytes += HEADER_BYTES + rest;
      if (++entries > Archive.MAX_ENTRIES) {
        throw Archive.tooMany();
      }
      if (bytes > MAX_BYTES) {
        throw new FailedInput("its directory is longer than the limit of " + MAX_BYTES + " bytes");
      }
    }
    return new ZipDirectory(offset, entries);
  }

  private static long find(FileChannel channel) throws IOException {
    long size = channel.size();
    long from = Math.max(0, size - END_BYTES - 0xffff);
    ByteBuffer tail = read(channel, from, (int) (size - from));
    int end = tail.capacity() - END_BYTES;
    while (end >= 0 && tail.getInt(end) != END) {
      end--;
    }
    if (end < 0) {
      throw new FailedInput("damaged archive: not a zip file, or its end is missing");
    }
    long position = from + end;
    if (position > LOCATOR_64_BYTES) {
      ByteBuffer locator = read(channel, position - LOCATOR_64_BYTES, LOCATOR_64_BYTES);
      if (locator.getInt(0) == LOCATOR_64) {
        ByteBuffer end64 = read(channel, locator.getLong(8), END_64_BYTES);
        if (end64.getInt(0) != END_64) {
          throw new FailedInput("damaged archive: its zip64 end record is misplaced");
        }
        return inside(end64.getLong(48), size);
      }
    }
    long length = tail.getInt(end + 12) & 0xffffffffL;
    long offset = tail.getInt(end + 16) & 0xffffffffL;
    // Offsets do not count data before the archive, such as a self-extractor.
    return inside(offset + Math.max(0, position - length - offset), size);
  }

  private static long inside(long offset, long size) throws FailedInput {
    if (offset < 0 || offset > size) {
      throw new FailedInput("damaged archive: its directory is missing");
    }
    return offset;
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    inside(position, channel.size());
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new FailedInput("damaged archive: cut short");
      }
    }
    return bytes;
  }
}
