package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** The blocks of a GIF file: its screen, colour tables and images. */
final class GifBlocks {
  private static final int SIGNATURE_BYTES = 6;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;
  private static final int TABLE = 0x80;
  private static final int INTERLACED = 0x40;

  /** First row and step of the four passes. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  /** An image of the file. */
  static final class Image {
    final int left;
    final int top;
    final int width;
    final int height;

    /** Row by row, from top to bottom. */
    final byte[] indices;

    /** Its own colours, or those for all images. */
    final int[] table;

    Image(int left, int top, int width, int height, byte[] indices, int[] table) {
      this.left = left;
      this.top = top;
      this.width = width;
      this.height = height;
      this.indices = indices;
      this.table = table;
    }
  }

  private final ImageInputStream in;
  private final int screenWidth;
  private final int screenHeight;
  private final int @Nullable [] globalTable;
  private int transparent;
  private int disposal;

  /** Reads the start of a file; the stream may be at any position. */
  GifBlocks(ImageInputStream in) throws IOException {
    this.in = in;
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(SIGNATURE_BYTES);
    screenWidth = in.readUnsignedShort();
    screenHeight = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    in.readUnsignedShort(); // background colour and aspect ratio
    globalTable = table(flags);
  }

  int screenWidth() {
    return screenWidth;
  }

  int screenHeight() {
    return screenHeight;
  }

  /** The transparent index of the image that {@link #toImage} found, or -1. */
  int transparent() {
    return transparent;
  }

  /** The disposal method of the image that {@link #toImage} found. */
  int disposal() {
    return disposal;
  }

  /** The colours of a table if the flags announce one. */
  private int @Nullable [] table(int flags) throws IOException {
    if ((flags & TABLE) == 0) {
      return null;
    }
    byte[] rgb = new byte[3 << (flags & 7) + 1];
    in.readFully(rgb);
    int[] argb = new int[rgb.length / 3];
    for (int i = 0; i < argb.length; i++) {
      argb[i] =
          0xFF000000
              | (rgb[3 * i] & 0xFF) << 16
              | (rgb[3 * i + 1] & 0xFF) << 8
              | rgb[3 * i + 2] & 0xFF;
    }
    return argb;
  }

  /** Skips to just after the marker of the next image; false if there is none. */
  boolean toImage() throws IOException {
    transparent = -1;
    disposal = 0;
    while (true) {
      int block = in.readUnsignedByte();
      if (block == IMAGE) {
        return true;
      }
      if (block == TRAILER) {
        return false;
      }
      if (block == EXTENSION && in.readUnsignedByte() == GRAPHIC_CONTROL) {
        graphicControl();
      } else if (block == EXTENSION) {
        skipBlocks();
      } else {
        throw FailedInput.damaged(
            "block 0x%02x at offset %d is of an unknown kind"
                .formatted(block, in.getStreamPosition() - 1));
      }
    }
  }

  private void graphicControl() throws IOException {
    int length = in.readUnsignedByte();
    byte[] data = new byte[length];
    in.readFully(data);
    if (length >= 4) {
      transparent = (data[0] & 1) != 0 ? data[3] & 0xFF : -1;
      disposal = data[0] >> 2 & 7;
    }
    if (length > 0) {
      skipBlocks();
    }
  }

  private void skipBlocks() throws IOException {
    for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
      if (in.skipBytes(length) < length) {
        throw new EOFException();
      }
    }
  }

  /** Skips the image that {@link #toImage} found. */
  void skipImage() throws IOException {
    in.skipBytes(8);
    table(in.readUnsignedByte());
    in.readUnsignedByte();
    skipBlocks();
  }

  /**
   * The left and upper edge, width and height of the image that {@link #toImage} found; the stream
   * stays where it is.
   */
  int[] bounds() throws IOException {
    long start = in.getStreamPosition();
    int[] bounds = new int[4];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = in.readUnsignedShort();
    }
    in.seek(start);
    return bounds;
  }

  /** Reads the image at the position of the stream, just after its marker. */
  Image readImage(Limits limits) throws IOException {
    int left = in.readUnsignedShort();
    int top = in.readUnsignedShort();
    int width = in.readUnsignedShort();
    int height = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    int[] local = table(flags);
    int[] table = local == null ? globalTable : local;
    if (width == 0 || height == 0) {
      throw FailedInput.damaged("its image is %dx%d pixels".formatted(width, height));
    }
    if (table == null) {
      throw FailedInput.notSupported("a GIF without a colour table");
    }
    PixelLimit.check(
        Math.max(screenWidth, left + width), Math.max(screenHeight, top + height), limits);
    byte[] indices = new byte[width * height];
    GifLzw.decode(in, indices);
    if ((flags & INTERLACED) != 0) {
      indices = deinterlaced(indices, width, height);
    }
    return new Image(left, top, width, height, indices, table);
  }

  private static byte[] deinterlaced(byte[] rows, int width, int height) {
    byte[] image = new byte[rows.length];
    int from = 0;
    for (int[] pass : PASSES) {
      for (int y = pass[0]; y < height; y += pass[1]) {
        System.arraycopy(rows, from, image, y * width, width);
        from += width;
      }
    }
    return image;
  }
}
