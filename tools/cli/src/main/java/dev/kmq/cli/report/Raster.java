package dev.kmq.cli.report;

import dev.kmq.image.PixelSource;
import dev.kmq.imageio.KmqImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The pixels of an image in memory, opaque or not, and what the JDK's writers make of them. */
final class Raster {
  private final BufferedImage image;

  private Raster(BufferedImage image) {
    this.image = image;
  }

  static Raster of(PixelSource pixels) {
    int width = pixels.width();
    int height = pixels.height();
    int type = isOpaque(pixels) ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    BufferedImage image = new BufferedImage(width, height, type);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      pixels.readRows(y, 1, row);
      image.getRaster().setDataElements(0, y, width, 1, row);
    }
    return new Raster(image);
  }

  private static boolean isOpaque(PixelSource pixels) {
    int[] row = new int[pixels.width()];
    for (int y = 0; y < pixels.height(); y++) {
      pixels.readRows(y, 1, row);
      for (int argb : row) {
        if (argb >>> 24 != 0xFF) {
          return false;
        }
      }
    }
    return true;
  }

  boolean hasAlpha() {
    return image.getColorModel().hasAlpha();
  }

  /** As PNG with 8 bits per sample. */
  byte[] png() throws IOException {
    return written("png", 0); // of a lossless format, quality 0 is the strongest compression
  }

  /**
   * As JPEG.
   *
   * @param quality 1 to 100
   */
  byte[] jpeg(int quality) throws IOException {
    return written("jpeg", quality / 100f);
  }

  private byte[] written(String format, float quality) throws IOException {
    ImageWriter writer = jdk(ImageIO.getImageWritersByFormatName(format), format);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The pixels of a JPEG. */
  static PixelSource ofJpeg(byte[] file) throws IOException {
    ImageReader reader = jdk(ImageIO.getImageReadersByFormatName("jpeg"), "jpeg");
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      return KmqImages.pixels(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /** The JDK's own, even if others on the class path claim its format. */
  private static <T> T jdk(Iterator<T> all, String format) {
    while (all.hasNext()) {
      T one = all.next();
      if (one.getClass().getModule() == ImageIO.class.getModule()) {
        return one;
      }
    }
    throw new IllegalStateException("this JDK does not support " + format);
  }
}
