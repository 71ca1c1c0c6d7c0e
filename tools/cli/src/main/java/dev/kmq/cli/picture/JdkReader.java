package dev.kmq.cli.picture;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Readers that are part of the JDK, also where another of the class path claims their format. */
final class JdkReader {
  private JdkReader() {}

  /** A new reader of a format that every JDK reads. */
  static ImageReader of(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
    }
    throw new IllegalStateException("this JDK has no reader of " + format);
  }
}
