package dev.kmq.bench;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.KmqEncoder;
import dev.kmq.container.Method;
import dev.kmq.image.IndexedImage;
import dev.kmq.imageio.KmqImageReadParam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** A quantised photograph, and the same palette and indices in several formats. */
final class IndexedPicture {
  private final String name;
  private final IndexedImage image;

  /**
   * Quantises.
   *
   * @param picture as for {@link Photograph#of}
   * @param colors K
   */
  IndexedPicture(String picture, int colors) throws IOException {
    String file = new File(picture).getName();
    int dot = file.lastIndexOf('.');
    name = dot > 0 ? file.substring(0, dot) : file;
    EncodeOptions options = EncodeOptions.builder().colors(colors).build();
    image = new KmqEncoder(options).quantize(Photograph.of(picture));
  }

  /** The file's name without its suffix. */
  String name() {
    return name;
  }

  IndexedImage image() {
    return image;
  }

  /** Pixels in millions. */
  double megapixels() {
    return (double) image.width() * image.height() * 1e-6;
  }

  /**
   * The image as {@code .kmq}, read back through ImageIO and compared.
   *
   * @param tile side of the tiles, 0 for none
   * @throws IllegalStateException if the result differs
   */
  byte[] kmq(Method method, int tile) throws IOException {
    byte[] file =
        Kmq.encode(image, EncodeOptions.builder().methods(method).tileSize(tile, tile).build());
    requireSame(file, method.label());
    return file;
  }

  /** The image as an indexed PNG of ImageIO, read back and compared; K is at most 256. */
  byte[] png() throws IOException {
    BufferedImage indexed = readIndexed(kmq(Method.PACKED, 0));
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(indexed, "png", png);
    requireSame(png.toByteArray(), "png");
    return png.toByteArray();
  }

  /** Reads a {@code .kmq} file through ImageIO, as an indexed image like PNG8. */
  static BufferedImage readIndexed(byte[] kmq) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("kmq").next();
    KmqImageReadParam param = new KmqImageReadParam();
    param.setIndexed(true);
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(kmq)));
    return reader.read(0, param);
  }

  private void requireSame(byte[] file, String format) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
    int width = read.getWidth();
    int height = read.getHeight();
    if (width != image.width()
        || height != image.height()
        || !Arrays.equals(read.getRGB(0, 0, width, height, null, 0, width), image.toArgb())) {
      throw new IllegalStateException("the image read back differs: " + name + ", " + format);
    }
  }
}
