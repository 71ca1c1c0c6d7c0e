package dev.kmq.picture;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Chunk;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Palette and indices of a picture: its own unless options ask for others.
 *
 * @param image the picture as indexed image
 * @param chunks metadata that holds for it
 * @param kept whether palette and indices are those of the picture
 */
public record IndexedPicture(IndexedImage image, List<Chunk> chunks, boolean kept) {
  /** Copies the list. */
  public IndexedPicture {
    chunks = List.copyOf(chunks);
  }

  /**
   * Keeps the palette and indices of a picture, or computes them.
   *
   * @param options of the encoder, without chunks
   * @param mostKept the most colours of a palette that is kept
   * @param work threads, progress and cancellation
   * @throws IOException if the picture cannot be read again
   */
  public static IndexedPicture of(Picture picture, EncodeOptions options, int mostKept, Work work)
      throws IOException {
    IndexedImage known = picture.indexed();
    if (known != null && isKept(picture, options, mostKept)) {
      return new IndexedPicture(known, picture.chunks(), true);
    }
    List<Chunk> chunks = picture.chunksForOtherIndices();
    KmqEncoder encoder = new KmqEncoder(options.toBuilder().chunks(chunks).build());
    return new IndexedPicture(encoder.quantize(picture.pixels(), work), chunks, false);
  }

  /**
   * Whether a picture keeps its palette and indices.
   *
   * @param options of the encoder
   * @param mostKept the most colours of a palette that is kept
   */
  public static boolean isKept(Picture picture, EncodeOptions options, int mostKept) {
    IndexedImage known = picture.indexed();
    return known != null && !options.requantizesIndexed() && known.palette().size() <= mostKept;
  }

  /**
   * The metric for a picture.
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
}
