package dev.kmq.picture;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Finds the JDK's readers even if others on the class path claim their formats. */
final class JdkReader {
  private JdkReader() {}

  /** A new reader of a format that every JDK supports. */
  static ImageReader of(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
    }
    throw new IllegalStateException("this JDK has no reader for " + format);
  }
}
