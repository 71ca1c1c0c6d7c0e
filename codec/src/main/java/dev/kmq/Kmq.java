package dev.kmq;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pixels to {@code .kmq} bytes and back, in one call. */
public final class Kmq {
  private Kmq() {}

  /**
   * Quantises an image and encodes it.
   *
   * @return the whole file
   */
  public static byte[] encode(PixelSource pixels, EncodeOptions options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new KmqEncoder(options).encode(pixels, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Encodes an indexed image as it is.
   *
   * @return the whole file
   */
  public static byte[] encode(IndexSource image, EncodeOptions options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new KmqEncoder(options).write(image, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Decodes a whole file to palette and indices.
   *
   * @throws dev.kmq.container.KmqFormatException if anything in it is refused, bytes behind the
   *     image included
   */
  public static IndexedImage decode(byte[] file) throws IOException {
    return decode(file, DecodeOptions.defaults());
  }

  /** As {@link #decode(byte[])}, with options. */
  public static IndexedImage decode(byte[] file, DecodeOptions options) throws IOException {
    try (KmqReader reader = KmqReader.open(file, options)) {
      return decodeWhole(reader);
    }
  }

  /**
   * Decodes the image that a stream stands at, and leaves the stream right behind it.
   *
   * @throws dev.kmq.container.KmqFormatException if anything in it is refused
   */
  @SuppressWarnings("resource") // the stream is the caller's
  public static IndexedImage decode(InputStream in, DecodeOptions options) throws IOException {
    return KmqReader.open(in, options).readImage();
  }

  /** Decodes a file on disk, which must hold one image and nothing behind it. */
  public static IndexedImage read(Path file, DecodeOptions options) throws IOException {
    if (!Files.isRegularFile(file)) { // a pipe has no size and does not seek
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
          KmqReader reader = KmqReader.open(in, options)) {
        return decodeWhole(reader);
      }
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        KmqReader reader = KmqReader.open(channel, options)) {
      return decodeWhole(reader);
    }
  }

  /** Size, palette and the other facts of the header, checked; no tile is looked at. */
  @SuppressWarnings("resource") // the stream is the caller's
  public static Header readHeader(InputStream in) throws IOException {
    return KmqReader.open(in, DecodeOptions.defaults()).header();
  }

  private static IndexedImage decodeWhole(KmqReader reader) throws IOException {
    IndexedImage image = reader.readImage();
    reader.expectEnd();
    return image;
  }
}
