package dev.kmq.remap;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;

/**
 * Errors of the entries of a palette for the pixels of a row, in squared steps of 8-bit channels
 * summed over three, and the mean colours of the pixels of each entry. For one thread.
 */
interface PixelErrors {
  /**
   * Errors in the space of a metric: in RGB they count alike everywhere, in Oklab less where the
   * image is busy.
   */
  static PixelErrors of(PixelSource pixels, Metric metric, boolean alpha) {
    return metric == Metric.RGB ? new RgbErrors(pixels, alpha) : new MaskedErrors(pixels, alpha);
  }

  /** Begins a pass over all rows, from the first one down, with these entries. */
  void start(Palette palette);

  /** Proceeds to the next row and returns its pixels, ARGB, until the next call. */
  int[] nextRow();

  /** The error of an entry for a pixel of the row. */
  double error(int x, int entry);

  /** The distance between two entries, squared and unweighted. */
  double gap(int from, int to);

  /** Counts a pixel of the row towards the mean of its entry. */
  void add(int x, int entry);

  /**
   * The mean of an entry's pixels of this pass, ARGB; the entry itself if there are none or it is
   * fully transparent. Opaque entries stay opaque.
   */
  int mean(int entry);
}
