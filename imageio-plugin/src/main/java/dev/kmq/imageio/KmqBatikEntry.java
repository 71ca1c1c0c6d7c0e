package dev.kmq.imageio;

import dev.kmq.container.Format;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.batik.ext.awt.image.GraphicsUtil;
import org.apache.batik.ext.awt.image.renderable.Filter;
import org.apache.batik.ext.awt.image.renderable.RedRable;
import org.apache.batik.ext.awt.image.spi.ImageTagRegistry;
import org.apache.batik.ext.awt.image.spi.MagicNumberRegistryEntry;
import org.apache.batik.util.ParsedURL;
import org.jspecify.annotations.Nullable;

/**
 * Lets Apache Batik show {@code .kmq} files that an SVG document references. For formats that it
 * does not know, Batik asks its own registry instead of ImageIO, and finds this entry
 * automatically. Applications without Batik never load this class.
 */
public final class KmqBatikEntry extends MagicNumberRegistryEntry {
  /** Only sets names: providers must be cheap to create. */
  public KmqBatikEntry() {
    super("kmq", Format.SUFFIX, Format.MEDIA_TYPE, 0, Format.signature());
  }

  /**
   * Reads a file.
   *
   * @return the image, or the one that Batik shows where an image cannot be read
   */
  @Override
  public Filter handleStream(InputStream in, @Nullable ParsedURL url, boolean needRawData) {
    try (in) {
      return new RedRable(GraphicsUtil.wrap(read(in)));
    } catch (IOException e) {
      return url == null
          ? ImageTagRegistry.getBrokenLinkImage(
              this, ERR_STREAM_FORMAT_UNREADABLE, new Object[] {getFormatName()})
          : ImageTagRegistry.getBrokenLinkImage(
              this, ERR_URL_FORMAT_UNREADABLE, new Object[] {getFormatName(), url});
    }
  }

  private static BufferedImage read(InputStream in) throws IOException {
    ImageReader reader = new KmqImageReaderSpi().createReaderInstance(null);
    try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(in)) {
      reader.setInput(stream, true, true);
      KmqImageReadParam param = new KmqImageReadParam();
      param.setDestinationType(
          ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_ARGB));
      return reader.read(0, param);
    } finally {
      reader.dispose();
    }
  }
}
