/**
 * The codec: pixels to {@code .kmq} bytes and back. It needs {@code java.base} alone; {@link
 * dev.kmq.Kmq} is where to start.
 */
module dev.kmq.codec {
  requires static org.jspecify;

  exports dev.kmq;
  exports dev.kmq.concurrent;
  exports dev.kmq.container;
  exports dev.kmq.image;

  provides java.nio.file.spi.FileTypeDetector with
      dev.kmq.container.KmqFileTypeDetector;
}
