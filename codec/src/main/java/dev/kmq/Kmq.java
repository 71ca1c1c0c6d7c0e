package dev.kmq;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Converts pixels to {@code .kmq} bytes and back, in one call. Thread-safe. If the calling thread
 * is interrupted, encoding throws a {@link java.util.concurrent.CancellationException} and decoding
 * an {@link java.io.InterruptedIOException}; the interrupt status stays set.
 */
public final class Kmq {
  private Kmq() {}

  /**
   * Quantises an image and encodes it.
   *
   * @param pixels the image; it is read several times
   * @param options palette, method, tiles and the rest
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
   * Encodes an indexed image unchanged.
   *
   * @param image palette and indices
   * @param options palette, method, tiles and the rest
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
   * Quantises an image and writes it to a file on disk. An existing file is replaced once the new
   * one is complete; if encoding fails, it is kept.
   *
   * @param pixels the image; it is read several times
   * @param file is created or replaced
   * @param options palette, method, tiles and the rest
   * @return the header of the file; its method is the one that was chosen
   * @throws UnreachableTargetException if a target of the options cannot be met
   * @throws IOException if writing fails; an existing file is kept then
   */
  public static Header write(PixelSource pixels, Path file, EncodeOptions options)
      throws IOException {
    Objects.requireNonNull(pixels, "pixels");
    KmqEncoder encoder = new KmqEncoder(options);
    return WholeFile.write(file, out -> encoder.encode(pixels, out));
  }

  /**
   * As {@link #write(PixelSource, Path, EncodeOptions)}, for an indexed image, unchanged.
   *
   * @param image palette and indices
   * @param file is created or replaced
   * @param options palette, method, tiles and the rest
   * @return the header of the file; its method is the one that was chosen
   * @throws IOException if writing fails; an existing file is kept then
   */
  public static Header write(IndexSource image, Path file, EncodeOptions options)
      throws IOException {
    Objects.requireNonNull(image, "image");
    KmqEncoder encoder = new KmqEncoder(options);
    return WholeFile.write(file, out -> encoder.write(image, out));
  }

  /**
   * Decodes a whole file to palette and indices.
   *
   * @param file the bytes of the whole file; not changed
   * @return the palette and the indices
   * @throws dev.kmq.container.KmqFormatException if anything in it is refused, including bytes
   *     after the image
   */
  public static IndexedImage decode(byte[] file) throws IOException {
    return decode(file, DecodeOptions.defaults());
  }

  /**
   * As {@link #decode(byte[])}, with options.
   *
   * @param file the bytes of the whole file; not changed
   * @param options limits, threads, and whether unknown chunks are kept
   * @return the palette and the indices
   * @throws IOException if the file is refused with a {@link dev.kmq.container.KmqFormatException}
   */
  public static IndexedImage decode(byte[] file, DecodeOptions options) throws IOException {
    try (KmqReader reader = KmqReader.open(file, options)) {
      return decodeWhole(reader);
    }
  }

  /**
   * Decodes the image at the position of a stream, and leaves the stream just after it.
   *
   * @param in is not closed
   * @param options limits, threads, and whether unknown chunks are kept
   * @return the palette and the indices
   * @throws dev.kmq.container.KmqFormatException if anything in it is refused
   */
  @SuppressWarnings("resource") // the stream is the caller's
  public static IndexedImage decode(InputStream in, DecodeOptions options) throws IOException {
    return KmqReader.open(in, options).readImage();
  }

  /**
   * Decodes a file on disk, which must hold one image and nothing after it.
   *
   * @param file the file on disk
   * @return the palette and the indices
   * @throws IOException if the file cannot be read, or is refused with a {@link
   *     dev.kmq.container.KmqFormatException}
   */
  public static IndexedImage read(Path file) throws IOException {
    return read(file, DecodeOptions.defaults());
  }

  /**
   * As {@link #read(Path)}, with options.
   *
   * @param file the file on disk
   * @param options limits, threads, and whether unknown chunks are kept
   * @return the palette and the indices
   * @throws IOException if the file cannot be read, or is refused with a {@link
   *     dev.kmq.container.KmqFormatException}
   */
  public static IndexedImage read(Path file, DecodeOptions options) throws IOException {
    try (KmqReader reader = KmqReader.open(file, options)) {
      return decodeWhole(reader);
    }
  }

  /**
   * Reads and checks the header: size, palette and the rest. No tile is read.
   *
   * @param in is not closed
   * @return the header, with the palette
   * @throws IOException if reading fails, or the header is refused with a {@link
   *     dev.kmq.container.KmqFormatException}
   */
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
