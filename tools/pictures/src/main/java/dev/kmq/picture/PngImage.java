package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.image.Palette;
import dev.kmq.imageio.KmqImages;
import dev.kmq.png.DecodedPng;
import dev.kmq.png.PngFile;
import dev.kmq.png.PngHeader;
import dev.kmq.png.PngSamples;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * The image of a PNG file with the depth of its samples, for conversions of colours, and images
 * that are read by rows. Others are a {@link DecodedPng}, without {@code java.awt}, whose classes
 * take longer to load than an icon to decode.
 */
final class PngImage {
  private final PngFile file;
  private final int width;
  private final int height;
  private final int depth;
  private final List<String> warnings;

  private PngImage(PngFile file) {
    this.file = file;
    this.width = file.header().width();
    this.height = file.header().height();
    this.depth = file.header().depth();
    this.warnings = file.warnings();
  }

  /** Reads an image in memory. */
  static Decoded decode(byte[] bytes, Limits limits) throws IOException {
    return new PngImage(PngInput.file(bytes, limits)).whole();
  }

  /**
   * Reads the image of a file.
   *
   * @param most the most pixels to decode at once; an image with more is read by rows, unless it is
   *     interlaced
   */
  static Decoded decode(PngFile file, Input input, long most) throws IOException {
    PngImage image = new PngImage(file);
    PngHeader header = file.header();
    return Picture.isLarge(header.width(), header.height(), most) && !header.interlaced()
        ? image.rows(input)
        : image.whole();
  }

  /** The image without metadata; null if it has more than {@code most} pixels. */
  static @Nullable Picture plain(PngFile file, long most) throws IOException {
    PngHeader header = file.header();
    if (Picture.isLarge(header.width(), header.height(), most)) {
      return null;
    }
    checkSize(header, 0);
    DecodedPng png = DecodedPng.of(file);
    String reduction = png.rounded() ? Samples.ROUNDED_16 : null;
    return new Picture(png.pixels(), png.indexed(), List.of(), file.warnings(), reduction, null);
  }

  private static void checkSize(PngHeader header, int added) throws FailedInput {
    int samples = header.samples();
    PixelLimit.checkSamples(header.width(), header.height(), samples + added);
    PixelLimit.checkRow(header.width(), samples * (header.depth() == 16 ? 2L : 1L));
  }

  private Decoded whole() throws IOException {
    int[] key = file.key();
    checkSize(file.header(), key == null ? 0 : 1);
    BufferedImage samples = samples();
    if (file.header().isIndexed()) {
      int[] argb = Indices.withEntries(samples.getRaster(), file.palette(), warnings);
      return new Decoded(Indices.image(samples.getRaster(), argb, depth), true, null, warnings);
    }
    BufferedImage image = samples;
    if (key != null && depth < 8) {
      image = Indices.image(samples.getRaster(), file.greys(), depth);
    } else if (key != null) {
      image = withKey(samples, key);
    }
    String reduction =
        depth == 16 && Samples.needs16Bits(samples.getRaster()) ? Samples.ROUNDED_16 : null;
    return new Decoded(image, true, reduction, warnings);
  }

  /** The same image, not in memory. */
  private Decoded rows(Input input) throws FailedInput {
    int[] key = file.key();
    ColorModel model = colorModel();
    int[] transparent = {};
    if (file.header().isIndexed()) {
      int[] argb = file.palette();
      if (argb.length < 1 << depth) {
        argb = Indices.withEntries(new PngPixels(file, input, model), argb, warnings);
      }
      model = KmqImages.colorModel(Palette.ofArgb(argb), depth);
    } else if (key != null && depth < 8) {
      model = KmqImages.colorModel(Palette.ofArgb(file.greys()), depth);
    } else if (key != null) {
      model = keyed(key.length);
      transparent = key;
    }
    PngPixels image = new PngPixels(file, input, model, transparent);
    String reduction = depth == 16 && Samples.needs16Bits(image) ? Samples.ROUNDED_16 : null;
    return new Decoded(image, true, reduction, warnings);
  }

  /** The samples of the file, in memory. */
  private BufferedImage samples() throws IOException {
    DataBuffer data;
    if (depth == 16) {
      short[] samples = PngSamples.shorts(file);
      data = new DataBufferUShort(samples, samples.length);
    } else {
      byte[] samples = PngSamples.bytes(file);
      data = new DataBufferByte(samples, samples.length);
    }
    int bands = file.header().samples();
    WritableRaster raster =
        Raster.createInterleavedRaster(
            data, width, height, width * bands, bands, Rasters.offsets(bands), null);
    return new BufferedImage(colorModel(), raster, false, null);
  }

  /** The colour model that the JDK's reader uses for the samples. */
  private ColorModel colorModel() {
    int type = depth == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    int[] three = {0, 1, 2};
    int[] four = {0, 1, 2, 3};
    return (switch (file.header().colorType()) {
          case PngHeader.RGB ->
              ImageTypeSpecifier.createInterleaved(srgb, three, type, false, false);
          case PngHeader.RGB + PngHeader.ALPHA ->
              ImageTypeSpecifier.createInterleaved(srgb, four, type, true, false);
          case PngHeader.GREY + PngHeader.ALPHA ->
              ImageTypeSpecifier.createGrayscale(depth, type, false, false);
          default -> ImageTypeSpecifier.createGrayscale(depth, type, false);
        })
        .getColorModel();
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
  private BufferedImage withKey(BufferedImage image, int[] key) {
    Raster from = image.getRaster();
    int bands = from.getNumBands();
    int max = (1 << depth) - 1;
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
          same &= row[x * bands + b] == key[b];
        }
        out[x * (bands + 1) + bands] = same ? 0 : max;
      }
      to.setPixels(0, y, width, 1, out);
    }
    return new BufferedImage(model, to, false, null);
  }
}
