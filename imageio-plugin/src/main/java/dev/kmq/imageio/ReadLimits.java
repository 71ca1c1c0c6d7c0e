package dev.kmq.imageio;

import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Tiling;
import dev.kmq.image.IndexPlane;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageTypeSpecifier;

/** Refuses to read more than the limits allow, before memory is allocated. */
final class ReadLimits {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private ReadLimits() {}

  /**
   * Checks one read operation.
   *
   * @param types types that the image can be read into, the default first
   * @param source region of the image that is read
   */
  static void check(
      KmqReader reader, ImageReadParam param, List<ImageTypeSpecifier> types, Rectangle source)
      throws IIOException {
    KmqImageReadParam limits =
        param instanceof KmqImageReadParam own ? own : new KmqImageReadParam();
    long maxPixels = limits.getMaxPixels();
    long maxBytes = limits.getMaxRasterBytes();
    Header header = reader.header();
    Tiling tiling = header.tiling();
    long tile = (long) tiling.tileWidth() * tiling.tileHeight();
    long pixels = Math.max(tile, (long) source.width * source.height);
    if (pixels > Math.min(maxPixels, MAX_ARRAY)) {
      throw new IIOException(
          String.format(
              Locale.ROOT,
              "reading takes %,d pixels, more than the limit of %,d",
              pixels,
              Math.min(maxPixels, MAX_ARRAY)));
    }
    boolean whole = source.width == header.width() && source.height == header.height();
    SampleModel layout = layout(param, types);
    boolean inPlace = whole && layout.getNumBands() == 1 && step(param) == 1;
    double decoded = inPlace ? 0 : (double) tile + band(tiling, source);
    double bytes =
        decoded * (IndexPlane.isWide(header.colors()) ? 2 : 1)
            + reader.workingBytes()
            + imageBytes(param, layout, source);
    if (bytes > maxBytes) {
      throw new IIOException(
          String.format(
              Locale.ROOT,
              "reading takes %,.0f bytes of rasters and working memory, more than the limit of %,d"
                  + " bytes%s",
              bytes,
              maxBytes,
              layout.getNumDataElements() > 1 ? "; an indexed image takes fewer" : ""));
    }
    long work = reader.decodingWork(source.x, source.y, source.width, source.height);
    if (work > limits.getMaxWork()) {
      throw new IIOException(
          String.format(
              Locale.ROOT,
              "decoding by %s takes about %,d ns, more than the limit of %,d ns",
              header.method().label() + (header.matches() ? " with matches" : ""),
              work,
              limits.getMaxWork()));
    }
  }

  private static double band(Tiling tiling, Rectangle source) {
    return (double) source.width * RegionReading.bandRows(tiling, source, 0);
  }

  private static SampleModel layout(ImageReadParam param, List<ImageTypeSpecifier> types)
      throws IIOException {
    return param.getDestination() != null
        ? param.getDestination().getSampleModel()
        : ImageTypes.chosen(param, types).getSampleModel();
  }

  private static int step(ImageReadParam param) {
    return Math.max(param.getSourceXSubsampling(), param.getSourceYSubsampling());
  }

  /**
   * Bytes of the image that will be allocated; 0 if a destination is given. In floating point,
   * since the sides can be nearly 2^32 each.
   */
  private static double imageBytes(ImageReadParam param, SampleModel layout, Rectangle source)
      throws IIOException {
    if (param.getDestination() != null) {
      return 0;
    }
    Point offset = param.getDestinationOffset();
    double width = steps(source.width, param.getSourceXSubsampling()) + Math.max(0, offset.x);
    double height = steps(source.height, param.getSourceYSubsampling()) + Math.max(0, offset.y);
    if (width * height * layout.getNumDataElements() > MAX_ARRAY) {
      throw new IIOException(
          String.format(Locale.ROOT, "no image holds %.0fx%.0f pixels", width, height));
    }
    int pixelBits =
        layout.getNumBands() == 1
            ? layout.getSampleSize(0)
            : layout.getNumDataElements() * DataBuffer.getDataTypeSize(layout.getDataType());
    return width * height * pixelBits / 8;
  }

  private static double steps(int length, int step) {
    return Math.ceil(length / (double) step);
  }
}
