package dev.kmq.imageio;

import dev.kmq.container.Checksums;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The plugin on fuzzed files with valid checksums: converts metadata to trees and back, and writes
 * and rereads each image with its metadata. Only documented exceptions may be thrown.
 */
public final class MetadataTarget {
  private MetadataTarget() {}

  /** Opens bytes as a file through the plugin. */
  public static void run(byte[] data) throws IOException {
    byte[] file = Checksums.repair(data.clone());
    ImageReader reader = new KmqImageReaderSpi().createReaderInstance(null);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      KmqImageReadParam param = (KmqImageReadParam) reader.getDefaultReadParam();
      param.setMaxPixels(1 << 14);
      param.setMaxRasterBytes(1 << 16);
      IIOMetadata metadata;
      try {
        metadata = reader.getImageMetadata(0);
      } catch (IIOException e) {
        return;
      }
      trees(metadata);
      IIOImage image;
      try {
        image = new IIOImage(reader.read(0, param), null, metadata);
      } catch (IIOException e) {
        return;
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageWriter writer = new KmqImageWriterSpi().createWriterInstance(null);
      try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
        writer.setOutput(stream);
        writer.write(image);
      } finally {
        writer.dispose();
      }
    } finally {
      reader.dispose();
    }
  }

  private static void trees(IIOMetadata metadata) {
    for (String format : metadata.getMetadataFormatNames()) {
      try {
        KmqImageMetadata copy = new KmqImageMetadata(PictureFacts.NONE);
        copy.mergeTree(format, metadata.getAsTree(format));
        copy.setFromTree(format, metadata.getAsTree(format));
        copy.getAsTree(format);
      } catch (IIOInvalidTreeException e) {
        throw new AssertionError(format + " is not accepted again", e);
      }
    }
  }
}
