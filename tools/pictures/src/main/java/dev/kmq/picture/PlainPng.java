package dev.kmq.picture;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the usual PNG files, indexed or of 8 bits a sample, without {@code java.awt}: to load its
 * classes takes longer than to decode an icon. What {@link PngImage} decodes is the same.
 */
final class PlainPng {
  private final PngFile file;
  private final PngLines.Layout layout;

  private PlainPng(PngFile file, PngLines.Layout layout) {
    this.file = file;
    this.layout = layout;
  }

  /**
   * The image with the palette or the pixels of a file, without metadata; null if the file is not
   * one of the usual ones.
   *
   * @param most the most pixels to decode at once
   */
  static @Nullable Picture of(PngFile file, long most) throws IOException {
    PngLines.Layout layout = file.lines(false);
    boolean indexed = file.colorType() == PngFile.INDEXED;
    boolean usual =
        indexed
            || file.depth() == 8
                && file.transparency() == null
                && file.colorType() != PngFile.GREY + PngFile.ALPHA;
    if (layout == null || !usual || Picture.isLarge(file.width(), file.height(), most)) {
      return null;
    }
    PixelLimit.checkSamples(file.width(), file.height(), layout.samples());
    PlainPng png = new PlainPng(file, layout);
    List<String> warnings = file.warnings();
    if (!indexed) {
      PixelSource pixels = new Pixels(file.width(), file.height(), layout.samples(), png.bytes());
      return new Picture(pixels, null, List.of(), warnings, null, null);
    }
    IndexedImage image = png.indexed(warnings);
    return new Picture(image.pixels(), image, List.of(), warnings, null, null);
  }

  /** The bytes of all rows. */
  private byte[] bytes() throws IOException {
    int rowBytes = Math.multiplyExact(file.width(), layout.samples());
    byte[] all = new byte[Math.multiplyExact(rowBytes, file.height())];
    try (PngLines lines = new PngLines(file.width(), file.height(), layout)) {
      for (int y = 0; y < file.height(); y++) {
        lines.next();
        lines.unpack(all, y * rowBytes);
      }
    }
    return all;
  }

  private IndexedImage indexed(List<String> warnings) throws IOException {
    byte[] indices = bytes();
    int[] argb = file.palette();
    int max = 0;
    long beyond = 0;
    for (byte index : indices) {
      max = Math.max(max, index & 0xFF);
      beyond += (index & 0xFF) >= argb.length ? 1 : 0;
    }
    argb = MissingEntries.added(argb, max, beyond, warnings);
    boolean opaque = true;
    for (int color : argb) {
      opaque &= color >>> 24 == 0xFF;
    }
    return new IndexedImage(
        opaque ? Palette.ofRgb(argb) : Palette.ofArgb(argb),
        IndexPlane.ofBytes(file.width(), file.height(), indices, 0, file.width()));
  }

  /** Pixels of 1 sample for grey, 3 for RGB, and 4 with alpha. */
  private static final class Pixels implements PixelSource {
    private final int width;
    private final int height;
    private final int samples;
    private final byte[] bytes;

    Pixels(int width, int height, int samples, byte[] bytes) {
      this.width = width;
      this.height = height;
      this.samples = samples;
      this.bytes = bytes;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public int height() {
      return height;
    }

    @Override
    public void readRows(int y, int rows, int[] target) {
      byte[] from = bytes;
      int count = rows * width;
      int at = y * width * samples;
      switch (samples) {
        case 1 -> {
          for (int i = 0; i < count; i++) {
            target[i] = 0xFF000000 | (from[at++] & 0xFF) * 0x010101;
          }
        }
        case 3 -> {
          for (int i = 0; i < count; i++, at += 3) {
            target[i] =
                0xFF000000
                    | (from[at] & 0xFF) << 16
                    | (from[at + 1] & 0xFF) << 8
                    | from[at + 2] & 0xFF;
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
}
