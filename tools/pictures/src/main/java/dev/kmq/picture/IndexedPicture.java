package dev.kmq.picture;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Chunk;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Palette and indices of an image: its own unless options ask for others. Those that are computed
 * for a large image are in a temporary file until this is closed.
 *
 * @param image its palette and indices
 * @param chunks metadata that holds for it
 * @param kept whether palette and indices are those of the image
 * @param error the difference to the image
 */
public record IndexedPicture(IndexSource image, List<Chunk> chunks, boolean kept, ColorError error)
    implements Closeable {
  /** The fraction of the work that is done before a large image is mapped. */
  private static final double MAPPED = 0.5;

  /** Copies the list. */
  public IndexedPicture {
    chunks = List.copyOf(chunks);
  }

  /**
   * Keeps the palette and indices of an image, or computes them.
   *
   * @param options of the encoder, without chunks
   * @param mostKept the most colours of a palette that is kept
   * @param threshold of {@link #error}
   * @param work threads, progress and cancellation
   * @throws IOException if the image cannot be read again
   */
  public static IndexedPicture of(
      Picture picture, EncodeOptions options, int mostKept, double threshold, Work work)
      throws IOException {
    IndexSource known = picture.indexed();
    if (known != null && isKept(picture, options, mostKept)) {
      ColorError none = ColorError.of(picture.pixels(), known.pixels(), threshold);
      return new IndexedPicture(known, picture.chunks(), true, none);
    }
    List<Chunk> chunks = picture.chunksForOtherIndices();
    KmqEncoder encoder = new KmqEncoder(options.toBuilder().chunks(chunks).build());
    if (!picture.isLarge()) {
      IndexedImage image = encoder.quantize(picture.pixels(), work);
      ColorError error = ColorError.of(picture.pixels(), image.pixels(), threshold);
      return new IndexedPicture(image, chunks, false, error);
    }
    PixelSource pixels = picture.pixels();
    IndexSource rows = encoder.quantizeRows(pixels, work.part(0, MAPPED));
    if (rows instanceof IndexedImage image) {
      ColorError error = ColorError.of(pixels, image.pixels(), threshold);
      return new IndexedPicture(image, chunks, false, error);
    }
    IndexSpool spool = new IndexSpool(rows.width(), rows.height(), rows.palette());
    try {
      // One pass over the image maps, measures and stores.
      PixelSource stored = new Stored(rows, spool, work.part(MAPPED, 1));
      return new IndexedPicture(spool, chunks, false, ColorError.of(pixels, stored, threshold));
    } catch (Throwable e) {
      spool.close();
      throw e;
    }
  }

  /** The colours of an image whose rows are stored when they are first read. */
  private static final class Stored implements PixelSource {
    private static final int BAND_PIXELS = 1 << 20;

    private final IndexSource source;
    private final int band;
    private final IndexSpool spool;
    private final Work work;
    private final int[] colors;
    private @Nullable IndexPlane plane;
    private int top;

    Stored(IndexSource source, IndexSpool spool, Work work) {
      this.source = source;
      this.band = Math.max(1, BAND_PIXELS / source.width());
      this.spool = spool;
      this.work = work;
      this.colors = source.palette().toArgb();
    }

    @Override
    public int width() {
      return source.width();
    }

    @Override
    public int height() {
      return source.height();
    }

    @Override
    public void readRows(int y, int rows, int[] target) {
      for (int row = y; row < y + rows; row++) {
        IndexPlane from = plane;
        if (from == null || row == top + from.height()) {
          from = source.rows(row, Math.min(band, height() - row));
          try {
            spool.append(from);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          plane = from;
          top = row;
          work.report((double) row / height());
        }
        int at = (row - y) * width();
        for (int x = 0; x < width(); x++) {
          target[at + x] = colors[from.get(x, row - top)];
        }
      }
    }
  }

  /**
   * Whether an image keeps its palette and indices.
   *
   * @param options of the encoder
   * @param mostKept the most colours of a palette that is kept
   */
  public static boolean isKept(Picture picture, EncodeOptions options, int mostKept) {
    IndexSource known = picture.indexed();
    return known != null && !options.requantizesIndexed() && known.palette().size() <= mostKept;
  }

  /**
   * The metric for an image.
   *
   * @param wanted the metric asked for, or null for the default: Oklab, which looks best, but RGB
   *     for colours of a profile, as Oklab is that of sRGB
   */
  public static Metric metric(Picture picture, @Nullable Metric wanted) {
    if (wanted != null) {
      return wanted;
    }
    return picture.hasProfile() ? Metric.RGB : Metric.OKLAB;
  }

  @Override
  public void close() throws IOException {
    if (image instanceof IndexSpool spool) {
      spool.close();
    }
  }
}
