package dev.kmq.png;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The image of a PNG in memory, as its samples are: colour space and orientation are not applied.
 *
 * @param indexed palette and indices if the samples are indices, or greys of fewer than 8 bits
 * @param rounded whether a sample of 16 bits is not one of the 256 levels that 8 bits represent
 */
public record DecodedPng(PixelSource pixels, @Nullable IndexedImage indexed, boolean rounded) {
  private static final int OPAQUE = 0xFF000000;

  /** Decodes the rows of a file, whose warnings may get more. */
  public static DecodedPng of(PngFile file) throws IOException {
    PngHeader header = file.header();
    if (header.isIndexed() || header.depth() < 8) {
      IndexedImage indexed = indexed(file);
      return new DecodedPng(indexed.pixels(), indexed, false);
    }
    if (header.depth() == 8 && file.key() == null) {
      return new DecodedPng(new Samples(header, PngSamples.bytes(file)), null, false);
    }
    return new ToArgb(file).image();
  }

  private static IndexedImage indexed(PngFile file) throws IOException {
    PngHeader header = file.header();
    byte[] indices = PngSamples.bytes(file);
    int[] argb = header.isIndexed() ? withEntries(file, indices) : file.greys();
    boolean opaque = true;
    for (int color : argb) {
      opaque &= color >>> 24 == 0xFF;
    }
    return new IndexedImage(
        opaque ? Palette.ofRgb(argb) : Palette.ofArgb(argb),
        IndexPlane.ofBytes(header.width(), header.height(), indices, 0, header.width()));
  }

  private static int[] withEntries(PngFile file, byte[] indices) {
    int[] argb = file.palette();
    int max = 0;
    long beyond = 0;
    for (byte index : indices) {
      max = Math.max(max, index & 0xFF);
      beyond += (index & 0xFF) >= argb.length ? 1 : 0;
    }
    return MissingEntries.added(argb, max, beyond, file.warnings());
  }

  /** Pixels of 8 bits a sample. */
  private static final class Samples implements PixelSource {
    private final PngHeader header;
    private final byte[] bytes;

    Samples(PngHeader header, byte[] bytes) {
      this.header = header;
      this.bytes = bytes;
    }

    @Override
    public int width() {
      return header.width();
    }

    @Override
    public int height() {
      return header.height();
    }

    @Override
    public void readRows(int y, int rows, int[] target) {
      byte[] from = bytes;
      int count = rows * header.width();
      int samples = header.samples();
      int at = y * header.width() * samples;
      switch (samples) {
        case 1 -> {
          for (int i = 0; i < count; i++) {
            target[i] = OPAQUE | (from[at++] & 0xFF) * 0x010101;
          }
        }
        case 2 -> {
          for (int i = 0; i < count; i++, at += 2) {
            target[i] = from[at + 1] << 24 | (from[at] & 0xFF) * 0x010101;
          }
        }
        case 3 -> {
          for (int i = 0; i < count; i++, at += 3) {
            target[i] =
                OPAQUE | (from[at] & 0xFF) << 16 | (from[at + 1] & 0xFF) << 8 | from[at + 2] & 0xFF;
          }
        }
        default -> {
          for (int i = 0; i < count; i++, at += 4) {
            target[i] =
                from[at + 3] << 24
                    | (from[at] & 0xFF) << 16
                    | (from[at + 1] & 0xFF) << 8
                    | from[at + 2] & 0xFF;
          }
        }
      }
    }
  }

  /** Pixels of 16 bits a sample, or with a transparent colour. */
  private static final class ToArgb {
    private final PngFile file;
    private final PngHeader header;
    private final int[] key;
    private final int[] argb;
    private boolean rounded;

    ToArgb(PngFile file) {
      int[] found = file.key();
      this.file = file;
      this.header = file.header();
      this.key = found == null ? new int[0] : found;
      this.argb = new int[Math.multiplyExact(header.width(), header.height())];
    }

    DecodedPng image() throws IOException {
      try (PngRowReader rows = file.rows()) {
        while (rows.next()) {
          row(rows);
        }
      }
      return new DecodedPng(PixelSource.of(header.width(), header.height(), argb), null, rounded);
    }

    private void row(PngRowReader rows) {
      byte[] row = rows.row();
      boolean wide = header.depth() == 16;
      int samples = header.samples();
      int[] pixel = new int[samples];
      int at = rows.y() * header.width() + rows.x();
      for (int i = 0, from = 0; i < rows.columns(); i++, at += rows.step()) {
        boolean transparent = key.length > 0;
        for (int b = 0; b < samples; b++) {
          int sample = row[from++] & 0xFF;
          if (wide) {
            sample = sample << 8 | row[from++] & 0xFF;
          }
          transparent = transparent && sample == key[b];
          pixel[b] = wide ? to8(sample) : sample;
        }
        int opacity = transparent ? 0 : samples % 2 == 0 ? pixel[samples - 1] : 0xFF;
        argb[at] =
            samples < 3
                ? opacity << 24 | pixel[0] * 0x010101
                : opacity << 24 | pixel[0] << 16 | pixel[1] << 8 | pixel[2];
      }
    }

    /** The nearest of 256 levels. */
    private int to8(int sample) {
      rounded |= sample % 257 != 0;
      return (sample + 128) / 257;
    }
  }
}
