package dev.kmq;

import dev.kmq.container.Header;
import dev.kmq.image.IndexSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Writes a picture in each of several ways and delivers the smallest file. Files are kept in
 * memory, but not those beyond {@link #KEPT_BYTES}: of these the bytes are counted, and the
 * smallest is written anew.
 */
final class SmallestMethod {
  private static final int KEPT_BYTES = 1 << 26;

  /** Matches have to save one part in so many of the file without them. */
  private static final int LEAST_SAVING = 64;

  private final KmqEncoder encoder;
  private final IndexSource image;
  private final IntConsumer progress;

  /** Prepares; {@code progress} is told rows as if all passes were one. */
  SmallestMethod(KmqEncoder encoder, IndexSource image, IntConsumer progress) {
    this.encoder = encoder;
    this.image = image;
    this.progress = progress;
  }

  /**
   * Writes the smallest file, with the first header of those that make one. Matches cost time
   * whenever a file is decoded, so they have to save 1/64 of the file without them.
   *
   * @param headers one with matches follows the same one without them
   */
  Header write(List<Header> headers, OutputStream out) throws IOException {
    int passes = headers.size() + 1;
    Trial best = trial(headers.get(0), 0, passes);
    long bytesBefore = best.bytes;
    for (int i = 1; i < headers.size(); i++) {
      Trial other = trial(headers.get(i), i, passes);
      long most =
          other.header.matches() ? bytesBefore - bytesBefore / LEAST_SAVING : Long.MAX_VALUE;
      best = other.bytes < Math.min(most, best.bytes) ? other : best;
      bytesBefore = other.bytes;
    }
    if (best.bytes > KEPT_BYTES) {
      return encoder.write(image, best.header, out, pass(passes - 1, passes));
    }
    best.kept.writeTo(out);
    progress.accept(image.height());
    return best.header;
  }

  private Trial trial(Header header, int pass, int passes) throws IOException {
    Trial trial = new Trial(header);
    encoder.write(image, header, trial, pass(pass, passes));
    return trial;
  }

  private IntConsumer pass(int pass, int passes) {
    long height = image.height();
    return rows -> progress.accept((int) ((pass * height + rows) / passes));
  }

  /** A file that may turn out to be the smallest. */
  private static final class Trial extends OutputStream {
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Header header;
    private long bytes;

    Trial(Header header) {
      this.header = header;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes += length;
      if (bytes <= KEPT_BYTES) {
        kept.write(source, offset, length);
      } else {
        kept = new ByteArrayOutputStream(0);
      }
    }
  }
}
