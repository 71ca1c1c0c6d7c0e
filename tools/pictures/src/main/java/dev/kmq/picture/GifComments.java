package dev.kmq.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The comment extensions of a GIF file, whose encoding is not specified. */
final class GifComments {
  private static final int HEADER_BYTES = 10;
  private static final int EXTENSION = 0x21;
  private static final int COMMENT = 0xFE;
  private static final int IMAGE = 0x2C;

  private GifComments() {}

  /**
   * Reads the comments; those after damage are not found.
   *
   * @param in at the start of the file
   * @param maxBytes limit on all comments together; more are not read
   */
  static List<byte[]> read(DataInputStream in, int maxBytes) throws IOException {
    List<byte[]> comments = new ArrayList<>();
    int left = maxBytes;
    try {
      in.skipNBytes(HEADER_BYTES);
      int flags = in.readUnsignedByte();
      in.skipNBytes(2 + tableBytes(flags));
      for (int block = in.readUnsignedByte();
          block == EXTENSION || block == IMAGE;
          block = in.readUnsignedByte()) {
        boolean comment = false;
        if (block == EXTENSION) {
          comment = in.readUnsignedByte() == COMMENT;
        } else {
          in.skipNBytes(8);
          in.skipNBytes(tableBytes(in.readUnsignedByte()) + 1);
        }
        byte[] data = blocks(in, comment ? left : 0);
        left -= data.length;
        if (comment) {
          comments.add(data);
        }
      }
    } catch (EOFException e) {
      // A truncated file has the comments found so far.
    }
    return comments;
  }

  private static int tableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }

  /** Data of sub-blocks up to the empty one, at most {@code most} bytes. */
  private static byte[] blocks(DataInputStream in, int most) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
      if (data.size() + length <= most) {
        data.writeBytes(in.readNBytes(length));
      } else {
        in.skipNBytes(length);
      }
    }
    return data.toByteArray();
  }
}
