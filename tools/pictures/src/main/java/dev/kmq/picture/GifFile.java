package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * A GIF file: its first image, placed on its logical screen as browsers do. Uncovered pixels are
 * transparent, an image beyond the screen enlarges it, and the background colour is ignored.
 */
final class GifFile {
  private final ImageInputStream in;
  private final GifBlocks blocks;
  private final Limits limits;
  private final List<String> warnings = new ArrayList<>();

  private GifFile(ImageInputStream in, Limits limits) throws IOException {
    this.in = in;
    this.blocks = new GifBlocks(in);
    this.limits = limits;
  }

  /** Reads the first image from a stream at any position. */
  static Decoded decode(ImageInputStream in, Limits limits) throws IOException {
    try {
      return new GifFile(in, limits).decode();
    } catch (EOFException e) {
      throw FailedInput.truncated(e);
    }
  }

  private Decoded decode() throws IOException {
    if (!blocks.toImage()) {
      throw FailedInput.damaged("it has no image");
    }
    BufferedImage image = image();
    GifAnimation all = GifAnimation.open(in, limits);
    warnings.addAll(Frames.notKept(all));
    warnings.addAll(all.warnings());
    return new Decoded(image, false, null, warnings);
  }

  private BufferedImage image() throws IOException {
    int key = blocks.transparent();
    GifBlocks.Image image = blocks.readImage(limits);
    int width = image.width;
    int height = image.height;
    byte[] indices = image.indices;
    int screenWide = Math.max(blocks.screenWidth(), image.left + width);
    int screenHigh = Math.max(blocks.screenHeight(), image.top + height);
    WritableRaster raster = raster(indices, width, height);
    int[] palette = palette(image, raster, key, warnings);
    if (key >= palette.length) {
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
    return onScreen(raster, palette, key, image.left, image.top, screenWide, screenHigh);
  }

  /**
   * The colours of an image, with one for each of its indices.
   *
   * @param key the transparent index, or -1
   */
  private static int[] palette(
      GifBlocks.Image image, WritableRaster raster, int key, List<String> warnings) {
    int[] table = image.table;
    int[] palette = table;
    if (key >= table.length && contains(image.indices, (byte) key)) {
      palette = Arrays.copyOf(table, key + 1);
      Arrays.fill(palette, table.length, palette.length, 0xFF000000);
    }
    palette = Indices.withEntries(raster, palette, warnings);
    if (key >= 0 && key < palette.length) {
      palette = palette.clone();
      palette[key] &= 0xFFFFFF;
    }
    return palette;
  }

  /**
   * The pixels of an image as ARGB, row by row.
   *
   * @param key the transparent index, or -1
   */
  static int[] argb(GifBlocks.Image image, int key, List<String> warnings) {
    WritableRaster raster = raster(image.indices, image.width, image.height);
    int[] palette = palette(image, raster, key, warnings);
    int[] argb = new int[image.indices.length];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = palette[image.indices[i] & 0xFF];
    }
    return argb;
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
}
