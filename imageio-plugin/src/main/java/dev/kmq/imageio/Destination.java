package dev.kmq.imageio;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.WritableRaster;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * An image that indices are put into: as they are where it has the file's palette, else as colours
 * by way of a table from index to data elements, a row at a time.
 */
final class Destination {
  private final WritableRaster raster;
  private final Palette palette;
  private final boolean indexed;
  private final int @Nullable [] sourceBands;
  private final int @Nullable [] targetBands;
  private final int elements;

  /** Data elements of each palette entry, in an array of the raster's transfer type. */
  private final Object table;

  private Object row;

  /**
   * Wraps an image.
   *
   * @param palette the file's palette in sRGB
   * @param sourceBands which of the index, or of red, green, blue and alpha, are read; null for all
   * @param targetBands where they go; null as {@code sourceBands} is
   */
  Destination(
      BufferedImage image,
      Palette palette,
      int @Nullable [] sourceBands,
      int @Nullable [] targetBands) {
    this.raster = image.getRaster();
    this.palette = palette;
    this.sourceBands = sourceBands;
    this.targetBands = targetBands;
    this.indexed = ImageTypes.samePalette(image.getColorModel(), palette);
    this.elements = raster.getNumDataElements();
    this.table = indexed ? identity(palette.size()) : table(image.getColorModel(), palette);
    this.row = elements(0);
  }

  WritableRaster raster() {
    return raster;
  }

  /** Whether the raster holds the file's indices as they are. */
  boolean takesIndices() {
    return indexed && sourceBands == null;
  }

  /** An array of the raster's transfer type: of the types that are read into one of three. */
  private Object elements(int pixels) {
    int n = pixels * elements;
    return switch (raster.getTransferType()) {
      case DataBuffer.TYPE_BYTE -> new byte[n];
      case DataBuffer.TYPE_USHORT -> new short[n];
      case DataBuffer.TYPE_INT -> new int[n];
      default -> throw new IllegalArgumentException("no destination type: " + raster);
    };
  }

  private Object identity(int colors) {
    Object to = elements(colors);
    for (int i = 0; i < colors; i++) {
      if (to instanceof byte[] bytes) {
        bytes[i] = (byte) i;
      } else if (to instanceof short[] shorts) {
        shorts[i] = (short) i;
      }
    }
    return to;
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the transfer type
  private Object table(ColorModel model, Palette palette) {
    Object to = elements(palette.size());
    for (int i = 0; i < palette.size(); i++) {
      Object pixel = model.getDataElements(palette.argb(i), null);
      System.arraycopy(pixel, 0, to, i * elements, elements);
    }
    return to;
  }

  /**
   * The raster's own array as a plane, where decoded indices are what it holds; writing to it is
   * faster than to go through the raster.
   */
  @Nullable IndexPlane inPlace(int x, int y, int width, int height) {
    if (!takesIndices()
        || !(raster.getSampleModel() instanceof ComponentSampleModel layout)
        || layout.getPixelStride() != 1) {
      return null;
    }
    int at =
        layout.getOffset(
                x - raster.getSampleModelTranslateX(), y - raster.getSampleModelTranslateY())
            + raster.getDataBuffer().getOffset();
    int stride = layout.getScanlineStride();
    if (raster.getDataBuffer() instanceof DataBufferByte bytes) {
      return IndexPlane.ofBytes(width, height, bytes.getData(), at, stride);
    }
    if (raster.getDataBuffer() instanceof DataBufferUShort shorts) {
      return IndexPlane.ofShorts(width, height, shorts.getData(), at, stride);
    }
    return null;
  }

  /** Puts every {@code step}th index of row {@code y} from {@code x} on, {@code n} of them. */
  void put(IndexPlane plane, int x, int y, int step, int targetX, int targetY, int n) {
    if (sourceBands != null && targetBands != null) {
      for (int band = 0; band < sourceBands.length; band++) {
        int[] samples = samples(plane, x, y, step, n, sourceBands[band]);
        raster.setSamples(targetX, targetY, n, 1, targetBands[band], samples);
      }
      return;
    }
    if (Array.getLength(row) != n * elements) {
      row = elements(n);
    }
    int at = plane.at(x, y);
    if (table instanceof int[] entries && row instanceof int[] to) {
      putInts(plane, at, step, entries, to);
    } else if (table instanceof short[] entries && row instanceof short[] to) {
      putShorts(plane, at, step, entries, to);
    } else if (table instanceof byte[] entries && row instanceof byte[] to) {
      for (int element = 0; element < elements; element++) {
        putBytes(plane, at, step, entries, to, elements, element);
      }
    }
    raster.setDataElements(targetX, targetY, n, 1, row);
  }

  private static void putInts(IndexPlane plane, int at, int step, int[] entries, int[] to) {
    if (plane.wide()) {
      short[] from = plane.shorts();
      for (int i = 0, j = at; i < to.length; i++, j += step) {
        to[i] = entries[from[j] & 0xFFFF];
      }
    } else {
      byte[] from = plane.bytes();
      for (int i = 0, j = at; i < to.length; i++, j += step) {
        to[i] = entries[from[j] & 0xFF];
      }
    }
  }

  private static void putShorts(IndexPlane plane, int at, int step, short[] entries, short[] to) {
    if (plane.wide()) {
      short[] from = plane.shorts();
      for (int i = 0, j = at; i < to.length; i++, j += step) {
        to[i] = entries[from[j] & 0xFFFF];
      }
    } else {
      byte[] from = plane.bytes();
      for (int i = 0, j = at; i < to.length; i++, j += step) {
        to[i] = entries[from[j] & 0xFF];
      }
    }
  }

  private static void putBytes(
      IndexPlane plane, int at, int step, byte[] entries, byte[] to, int elements, int element) {
    if (plane.wide()) {
      short[] from = plane.shorts();
      for (int i = element, j = at; i < to.length; i += elements, j += step) {
        to[i] = entries[(from[j] & 0xFFFF) * elements + element];
      }
    } else {
      byte[] from = plane.bytes();
      for (int i = element, j = at; i < to.length; i += elements, j += step) {
        to[i] = entries[(from[j] & 0xFF) * elements + element];
      }
    }
  }

  private int[] samples(IndexPlane plane, int x, int y, int step, int n, int band) {
    int shift = band == 3 ? 24 : 16 - 8 * band;
    int[] samples = new int[n];
    for (int i = 0; i < n; i++) {
      int index = plane.get(x + i * step, y);
      samples[i] = indexed ? index : palette.argb(index) >>> shift & 0xFF;
    }
    return samples;
  }
}
