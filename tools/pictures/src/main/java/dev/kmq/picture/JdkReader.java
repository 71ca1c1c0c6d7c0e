package dev.kmq.picture;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Finds the JDK's readers even if others on the class path claim their formats. */
final class JdkReader {
  private JdkReader() {}

  /** A new reader of a format that every JDK supports. */
  static ImageReader of(String format) throws IOException {
    IIORegistry registry = Plugins.ofJdk();
    Iterator<ImageReaderSpi> all = registry.getServiceProviders(ImageReaderSpi.class, false);
    while (all.hasNext()) {
      ImageReaderSpi provider = all.next();
      if (provider.getClass().getModule() == ImageIO.class.getModule()
          && Arrays.asList(provider.getFormatNames()).contains(format)) {
        return provider.createReaderInstance();
      }
    }
    throw new IllegalStateException("this JDK has no reader for " + format);
  }
}
