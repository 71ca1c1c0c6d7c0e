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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The image that receives decoded rows: indices if it has the file's palette, otherwise colours
 * looked up in a table.
 */
final class Destination {
  /** Stores the four bytes of an ARGB number in the order BGRA. */
  private static final VarHandle BLUE_FIRST =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final WritableRaster raster;
  private final Palette palette;
  private final boolean indexed;
  private final int @Nullable [] sourceBands;
  private final int @Nullable [] targetBands;

  /** Per palette entry: the value of an int pixel, the entry itself, or its ARGB. */
  private final int[] table;

  private int[] row = {};
  private short[] shortRow = {};
  private byte[] byteRow = {};

  /** Looked up once, since an image may have very many short rows. */
  private @Nullable ByteLayout byteLayout;

  /** Where pixels of bytes lie in the raster's array; blue, the lowest, is first. */
  private static final class ByteLayout {
    private final byte[] bytes;

    /** Place of the pixel (0, 0), which need not be in the raster. */
    private final int origin;

    private final int pixelStride;
    private final int stride;

    ByteLayout(byte[] bytes, int origin, int pixelStride, int stride) {
      this.bytes = bytes;
      this.origin = origin;
      this.pixelStride = pixelStride;
      this.stride = stride;
    }
  }

  /**
   * Wraps an image.
   *
   * @param palette the file's palette in sRGB
   * @param sourceBands which of the index, or of red, green, blue and alpha, are read; null for all
   * @param targetBands the bands that receive them; null if {@code sourceBands} is
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
    this.table = table(image.getColorModel());
  }

  WritableRaster raster() {
    return raster;
  }

  /** Whether the raster holds the file's indices as they are. */
  boolean takesIndices() {
    return indexed && sourceBands == null;
  }

  private int[] table(ColorModel model) {
    int[] entries = palette.toArgb();
    boolean ints = raster.getTransferType() == DataBuffer.TYPE_INT;
    for (int i = 0; i < entries.length; i++) {
      if (indexed) {
        entries[i] = i;
      } else if (ints) {
        entries[i] = ((int[]) model.getDataElements(entries[i], null))[0];
      }
    }
    return entries;
  }

  /**
   * The raster's own array as a plane if it holds decoded indices; writing to the array is faster
   * than writing through the raster.
   */
  @Nullable IndexPlane inPlace(int x, int y, int width, int height) {
    if (!takesIndices()
        || !(raster.getSampleModel() instanceof ComponentSampleModel layout)
        || layout.getPixelStride() != 1) {
      return null;
    }
    int at = position(layout, x, y);
    int stride = layout.getScanlineStride();
    if (raster.getDataBuffer() instanceof DataBufferByte bytes) {
      return IndexPlane.ofBytes(width, height, bytes.getData(), at, stride);
    }
    if (raster.getDataBuffer() instanceof DataBufferUShort shorts) {
      return IndexPlane.ofShorts(width, height, shorts.getData(), at, stride);
    }
    return null;
  }

  /** Writes {@code n} indices, every {@code step}th of row {@code y} from {@code x} on. */
  void put(IndexPlane plane, int x, int y, int step, int targetX, int targetY, int n) {
    if (sourceBands != null && targetBands != null) {
      for (int band = 0; band < sourceBands.length; band++) {
        int[] samples = samples(plane, x, y, step, n, sourceBands[band]);
        raster.setSamples(targetX, targetY, n, 1, targetBands[band], samples);
      }
      return;
    }
    if (row.length != n) {
      row = new int[n];
    }
    lookUp(plane, plane.at(x, y), step);
    if (raster.getNumDataElements() > 1) {
      putBytes(targetX, targetY);
    } else {
      raster.setDataElements(targetX, targetY, n, 1, elements());
    }
  }

  private void lookUp(IndexPlane plane, int at, int step) {
    int[] entries = table;
    int[] to = row;
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

  /** The row in an array of the raster's transfer type, where a pixel is one element. */
  private Object elements() {
    if (raster.getTransferType() == DataBuffer.TYPE_INT) {
      return row;
    }
    int[] from = row;
    if (raster.getTransferType() == DataBuffer.TYPE_USHORT) {
      short[] to = shortRow.length == from.length ? shortRow : new short[from.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = (short) from[i];
      }
      shortRow = to;
      return to;
    }
    byte[] to = byteRow.length == from.length ? byteRow : new byte[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = (byte) from[i];
    }
    byteRow = to;
    return to;
  }

  /**
   * Writes a row of ARGB to the array of a {@code TYPE_3BYTE_BGR} or {@code TYPE_4BYTE_ABGR} image;
   * writing through the raster takes several times as long.
   */
  private void putBytes(int x, int y) {
    ByteLayout layout = byteLayout;
    if (layout == null) {
      layout = byteLayout();
      byteLayout = layout;
    }
    int[] from = row;
    byte[] to = layout.bytes;
    int at = layout.origin + x * layout.pixelStride + y * layout.stride;
    if (layout.pixelStride == 3) {
      int last = from.length - 1;
      for (int i = 0; i < last; i++, at += 3) {
        BLUE_FIRST.set(to, at, from[i]); // the next pixel overwrites the fourth byte
      }
      int argb = from[last];
      to[at] = (byte) argb;
      to[at + 1] = (byte) (argb >> 8);
      to[at + 2] = (byte) (argb >> 16);
    } else {
      for (int i = 0; i < from.length; i++, at += 4) {
        BLUE_FIRST.set(to, at - 1, Integer.rotateLeft(from[i], 8));
      }
    }
  }

  private ByteLayout byteLayout() {
    ComponentSampleModel layout = (ComponentSampleModel) raster.getSampleModel();
    int[] offsets = layout.getBandOffsets();
    return new ByteLayout(
        ((DataBufferByte) raster.getDataBuffer()).getData(),
        position(layout, 0, 0) + offsets[2] - offsets[0],
        layout.getPixelStride(),
        layout.getScanlineStride());
  }

  /** Where in the raster's array the first sample of a pixel is. */
  private int position(ComponentSampleModel layout, int x, int y) {
    return layout.getOffset(
            x - raster.getSampleModelTranslateX(), y - raster.getSampleModelTranslateY())
        + raster.getDataBuffer().getOffset();
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
