/**
 * The plugin for {@code javax.imageio} that reads and writes {@code .kmq} files, and conversions
 * between images of {@code java.awt} and those of the codec.
 */
module dev.kmq.imageio {
  requires transitive dev.kmq.codec;
  requires transitive java.desktop;
  requires static jakarta.servlet;
  requires static org.apache.xmlgraphics.batik.awt.util;
  requires static org.apache.xmlgraphics.batik.util;
  requires static org.jspecify;
  requires static org.osgi.framework;

  exports dev.kmq.imageio;

  provides javax.imageio.spi.ImageReaderSpi with
      dev.kmq.imageio.KmqImageReaderSpi;
  provides javax.imageio.spi.ImageWriterSpi with
      dev.kmq.imageio.KmqImageWriterSpi;
}
