package dev.kmq.cli.picture;

import dev.kmq.cli.file.FailedInput;
import dev.kmq.container.Limits;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A GIF file: its first image, placed on its logical screen as browsers do. Uncovered pixels are
 * transparent, an image beyond the screen enlarges it, and the background colour is ignored.
 */
final class GifFile {
  private static final int SIGNATURE_BYTES = 6;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;
  private static final int TABLE = 0x80;
  private static final int INTERLACED = 0x40;

  /** First row and step of the four passes. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private final ImageInputStream in;
  private final Limits limits;
  private final List<String> warnings = new ArrayList<>();
  private int screenWidth;
  private int screenHeight;
  private int @Nullable [] globalTable;

  /** The transparent index of the next image, or -1. */
  private int transparent = -1;

  private GifFile(ImageInputStream in, Limits limits) {
    this.in = in;
    this.limits = limits;
  }

  /** Reads the first image from a stream at any position. */
  static Decoded decode(ImageInputStream in, Limits limits) throws IOException {
    try {
      return new GifFile(in, limits).decode();
    } catch (EOFException e) {
      throw new FailedInput("damaged image: it is truncated", e);
    }
  }

  private Decoded decode() throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(SIGNATURE_BYTES);
    screenWidth = in.readUnsignedShort();
    screenHeight = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    in.readUnsignedShort(); // background colour and aspect ratio
    globalTable = table(flags);
    if (!toImage()) {
      throw FailedInput.damaged("it has no image");
    }
    BufferedImage image = image();
    int frames = 1 + furtherImages();
    if (frames > 1) {
      warnings.add(Frames.warning(frames, "frame"));
    }
    return new Decoded(image, false, null, warnings);
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
  private boolean toImage() throws IOException {
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

  /** Counts images after the first one; damage there does not affect it. */
  private int furtherImages() throws IOException {
    int images = 0;
    try {
      while (toImage()) {
        images++;
        in.skipBytes(8);
        int flags = in.readUnsignedByte();
        table(flags);
        in.readUnsignedByte();
        skipBlocks();
      }
    } catch (EOFException | FailedInput e) {
      // The images before the damage are counted.
    }
    return images;
  }

  private BufferedImage image() throws IOException {
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
    int screenWide = Math.max(screenWidth, left + width);
    int screenHigh = Math.max(screenHeight, top + height);
    PixelLimit.check(screenWide, screenHigh, limits);
    byte[] indices = new byte[width * height];
    GifLzw.decode(in, indices);
    if ((flags & INTERLACED) != 0) {
      indices = deinterlaced(indices, width, height);
    }
    WritableRaster raster = raster(indices, width, height);
    int key = transparent;
    int[] palette = table;
    if (key >= table.length && contains(indices, (byte) key)) {
      palette = Arrays.copyOf(table, key + 1);
      Arrays.fill(palette, table.length, palette.length, 0xFF000000);
    }
    palette = Indices.withEntries(raster, palette, warnings);
    if (key >= 0 && key < palette.length) {
      palette = palette.clone();
      palette[key] &= 0xFFFFFF;
    } else {
      key = -1;
    }
    if (screenWide == width && screenHigh == height) {
      return Indices.image(raster, palette, 8);
    }
    if (key < 0) {
      key = freeEntry(palette, indices);
      palette = Arrays.copyOf(palette, Math.max(palette.length, key + 1));
      palette[key] = 0;
    }
    return onScreen(raster, palette, key, left, top, screenWide, screenHigh);
  }

  private static boolean contains(byte[] indices, byte index) {
    for (byte one : indices) {
      if (one == index) {
        return true;
      }
    }
    return false;
  }

  /** An entry for uncovered pixels: an additional one, or an unused one of a full table. */
  private static int freeEntry(int[] palette, byte[] indices) {
    if (palette.length < 256) {
      return palette.length;
    }
    boolean[] used = new boolean[256];
    for (byte index : indices) {
      used[index & 0xFF] = true;
    }
    for (int i = 255; i >= 0; i--) {
      if (!used[i]) {
        return i;
      }
    }
    return 256;
  }

  private static BufferedImage onScreen(
      Raster image, int[] palette, int key, int left, int top, int width, int height) {
    int bits = palette.length > 256 ? 16 : 8;
    DataBuffer data =
        bits == 8 ? new DataBufferByte(width * height) : new DataBufferUShort(width * height);
    WritableRaster screen =
        Raster.createInterleavedRaster(data, width, height, width, 1, new int[] {0}, null);
    int[] row = new int[width];
    Arrays.fill(row, key);
    for (int y = 0; y < height; y++) {
      screen.setSamples(0, y, width, 1, 0, row);
    }
    int[] part = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getSamples(0, y, part.length, 1, 0, part);
      screen.setSamples(left, top + y, part.length, 1, 0, part);
    }
    return Indices.image(screen, palette, bits);
  }

  private static WritableRaster raster(byte[] indices, int width, int height) {
    return Raster.createInterleavedRaster(
        new DataBufferByte(indices, indices.length), width, height, width, 1, new int[] {0}, null);
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
