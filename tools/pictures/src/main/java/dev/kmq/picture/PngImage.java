package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.image.Palette;
import dev.kmq.imageio.KmqImages;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * The image of a PNG file. The JDK's reader decodes interlaced samples and those of frames; it gets
 * only the critical chunks. Palette and transparency are applied here.
 */
final class PngImage {
  private final PngFile file;
  private final int width;
  private final int height;
  private final int depth;
  private final List<String> warnings;

  private PngImage(PngFile file) {
    this.file = file;
    this.width = file.width();
    this.height = file.height();
    this.depth = file.depth();
    this.warnings = file.warnings();
  }

  /** Reads the image from a stream at any position, at once. */
  static Decoded decode(ImageInputStream in, Limits limits) throws IOException {
    return decode(PngFile.read(null, in, limits), Long.MAX_VALUE);
  }

  /**
   * Reads the image.
   *
   * @param in a stream of the input, at any position
   * @param most the most pixels to decode at once; an image with more is read by rows, unless it is
   *     interlaced
   */
  static Decoded decode(Input input, ImageInputStream in, Limits limits, long most)
      throws IOException {
    return decode(PngFile.read(input, in, limits), most);
  }

  /** Reads the image of a file. */
  static Decoded decode(PngFile file, long most) throws IOException {
    PngImage image = new PngImage(file);
    PngLines.Layout lines =
        Picture.isLarge(file.width(), file.height(), most) ? file.lines(true) : null;
    return lines == null ? image.whole() : image.rows(lines);
  }

  private boolean isIndexed() {
    return file.colorType() == PngFile.INDEXED;
  }

  private Decoded whole() throws IOException {
    int added = file.transparency() == null ? 0 : 1;
    PixelLimit.checkSamples(width, height, file.samples() + added);
    BufferedImage samples = samples();
    if (isIndexed()) {
      int[] argb = Indices.withEntries(samples.getRaster(), file.palette(), warnings);
      return new Decoded(Indices.image(samples.getRaster(), argb, depth), true, null, warnings);
    }
    BufferedImage image = samples;
    byte[] key = file.transparency();
    if (key != null && depth < 8) {
      image = Indices.image(samples.getRaster(), greys(key), depth);
    } else if (key != null) {
      image = withKey(samples, key);
    }
    String reduction =
        depth == 16 && Samples.needs16Bits(samples.getRaster()) ? Samples.ROUNDED_16 : null;
    return new Decoded(image, true, reduction, warnings);
  }

  /** The same image, not in memory. */
  private Decoded rows(PngLines.Layout layout) throws FailedInput {
    byte[] key = file.transparency();
    int samples = layout.samples();
    ColorModel model = colorModel();
    int[] transparent = {};
    if (isIndexed()) {
      int[] argb = file.palette();
      if (argb.length < 1 << depth) {
        argb = Indices.withEntries(new PngPixels(width, height, model, layout), argb, warnings);
      }
      model = KmqImages.colorModel(Palette.ofArgb(argb), depth);
    } else if (key != null && depth < 8) {
      model = KmqImages.colorModel(Palette.ofArgb(greys(key)), depth);
    } else if (key != null) {
      model = keyed(samples);
      transparent = key(key, samples);
    }
    PngPixels image = new PngPixels(width, height, model, layout, transparent);
    String reduction = depth == 16 && Samples.needs16Bits(image) ? Samples.ROUNDED_16 : null;
    return new Decoded(image, true, reduction, warnings);
  }

  /** The samples of the file, in memory. */
  private BufferedImage samples() throws IOException {
    PngLines.Layout lines = file.lines(false);
    if (lines != null) {
      ColorModel model = colorModel();
      Raster raster = new PngPixels(width, height, model, lines).getData();
      return new BufferedImage(model, (WritableRaster) raster, false, null);
    }
    ImageReader reader = JdkReader.of("png");
    try {
      reader.setInput(file.critical(), true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  /** The colour model that the JDK's reader uses for the samples. */
  private ColorModel colorModel() {
    int type = depth == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    int[] three = {0, 1, 2};
    int[] four = {0, 1, 2, 3};
    return (switch (file.colorType()) {
          case PngFile.RGB -> ImageTypeSpecifier.createInterleaved(srgb, three, type, false, false);
          case PngFile.RGB + PngFile.ALPHA ->
              ImageTypeSpecifier.createInterleaved(srgb, four, type, true, false);
          case PngFile.GREY + PngFile.ALPHA ->
              ImageTypeSpecifier.createGrayscale(depth, type, false, false);
          default -> ImageTypeSpecifier.createGrayscale(depth, type, false);
        })
        .getColorModel();
  }

  /** The greys of up to 4 bits; the transparent one has alpha 0. */
  private int[] greys(byte[] key) {
    int[] argb = Samples.greys(depth);
    argb[key[1] & argb.length - 1] &= 0xFFFFFF;
    return argb;
  }

  /** The samples of the transparent colour. */
  private int[] key(byte[] key, int samples) {
    int[] transparent = new int[samples];
    for (int b = 0; b < samples; b++) {
      transparent[b] = ((key[2 * b] & 0xFF) << 8 | key[2 * b + 1] & 0xFF) & (1 << depth) - 1;
    }
    return transparent;
  }

  /** The colour model of grey or RGB with alpha for a transparent colour. */
  private ColorModel keyed(int samples) {
    return new ComponentColorModel(
        ColorSpace.getInstance(samples == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
        true,
        false,
        Transparency.TRANSLUCENT,
        depth == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
  }

  /** The image with alpha 0 for one colour, and opaque for the others. */
  private BufferedImage withKey(BufferedImage image, byte[] key) {
    Raster from = image.getRaster();
    int bands = from.getNumBands();
    int max = (1 << depth) - 1;
    int[] transparent = key(key, bands);
    ColorModel model = keyed(bands);
    WritableRaster to = model.createCompatibleWritableRaster(width, height);
    int[] row = new int[bands * width];
    int[] out = new int[(bands + 1) * width];
    for (int y = 0; y < height; y++) {
      from.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        boolean same = true;
        for (int b = 0; b < bands; b++) {
          out[x * (bands + 1) + b] = row[x * bands + b];
          same &= row[x * bands + b] == transparent[b];
        }
        out[x * (bands + 1) + bands] = same ? 0 : max;
      }
      to.setPixels(0, y, width, 1, out);
    }
    return new BufferedImage(model, to, false, null);
  }
}
