package dev.kmq.picture;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.imageio.KmqImages;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A TIFF file. A library unpacks the samples; this class interprets them. Only kinds of samples
 * that are known to decode correctly are accepted; others are refused as not supported.
 */
final class TiffFile {
  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int SEPARATED = 5;
  private static final int YCBCR = 6;
  private static final int CIELAB = 8;

  private static final int UNSIGNED = 1;
  private static final int FLOAT = 3;
  private static final int UNDEFINED = 4;

  private static final int ASSOCIATED = 1;
  private static final int UNASSOCIATED = 2;

  private static final int JPEG = 7;
  private static final Set<Integer> CCITT = Set.of(2, 3, 4, 32771);

  /** None, LZW, JPEG, both codes of deflate, PackBits. */
  private static final Set<Integer> COMPRESSIONS = Set.of(1, 5, JPEG, 8, 32946, 32773);

  private final ImageInputStream in;
  private final TiffDirectory directory;
  private final int index;
  private final int width;
  private final int height;
  private final int compression;
  private final int photometric;
  private final int samples;
  private final int bits;
  private final int format;

  /** The kind of an alpha sample, or 0. */
  private final int alpha;

  private final List<String> warnings = new ArrayList<>();

  /** What conversions have done to samples. */
  private boolean rounded;

  private boolean clamped;
  private @Nullable String reduction;

  private TiffFile(ImageInputStream in, TiffDirectory directory, int index) throws FailedInput {
    this.in = in;
    this.index = index;
    this.directory = directory;
    width = directory.get(TiffDirectory.WIDTH, 0);
    height = directory.get(TiffDirectory.HEIGHT, 0);
    compression = directory.get(TiffDirectory.COMPRESSION, 1);
    samples = directory.get(TiffDirectory.SAMPLES_PER_PIXEL, 1);
    bits = uniform(TiffDirectory.BITS_PER_SAMPLE, 1);
    format = uniform(TiffDirectory.SAMPLE_FORMAT, UNSIGNED);
    photometric = directory.get(TiffDirectory.PHOTOMETRIC, likelyPhotometric());
    int extra = samples > colors() ? directory.get(TiffDirectory.EXTRA_SAMPLES, 0) : 0;
    alpha = extra == ASSOCIATED || extra == UNASSOCIATED ? extra : 0;
    if (directory.hasLayers()) {
      warnings.add("Photoshop layers are not kept, only the merged image");
    }
  }

  /**
   * Reads the first page.
   *
   * @param in a stream of the input, at any position
   * @param most the most pixels to decode at once; an image with more is read by strips or tiles,
   *     if those are not too large themselves
   */
  static Decoded decode(Input input, ImageInputStream in, Limits limits, long most)
      throws IOException {
    return Frames.first(pages(in, page -> page.decode(input, limits, most)));
  }

  /** The pages of a stream, which must stay open. */
  static FrameSource pages(ImageInputStream in, Limits limits) throws IOException {
    return pages(in, page -> page.decode(limits));
  }

  private interface Page {
    Decoded decode(TiffFile page) throws IOException;
  }

  private static FrameSource pages(ImageInputStream in, Page decoder) throws IOException {
    TiffDirectory.Chain chain = TiffDirectory.chain(in);
    List<Integer> pages = chain.pages();
    return new IndependentImages(
        pages.size(),
        "page",
        chain.damage(),
        i -> decoder.decode(new TiffFile(in, chain.all().get(pages.get(i)), pages.get(i))));
  }

  private Decoded decode(Limits limits) throws IOException {
    check(limits);
    return whole();
  }

  private Decoded whole() throws IOException {
    PixelLimit.checkSamples(width, height, samples);
    return decoded(image(in, index, height));
  }

  private Decoded decode(Input input, Limits limits, long most) throws IOException {
    check(limits);
    boolean whole = !Picture.isLarge(width, height, most) || hasShortPalette();
    TiffBand bands = whole ? null : TiffBand.of(directory, input);
    TiffRows rows = bands == null ? null : TiffRows.of(input, bands, file -> image(file, 0, -1));
    if (rows == null) {
      return whole();
    }
    if (bits > 8) {
      rows.survey();
    }
    return decoded(rows);
  }

  private void check(Limits limits) throws FailedInput {
    if (width <= 0 || height <= 0) {
      throw FailedInput.damaged("the size of its image is missing");
    }
    PixelLimit.check(width, height, limits);
    requireSupported();
  }

  /** Whether indices may have no entry, which only all of them together show. */
  private boolean hasShortPalette() {
    return photometric == PALETTE && directory.all(TiffDirectory.COLOR_MAP).length < 3 << bits;
  }

  private Decoded decoded(RenderedImage image) {
    List<String> parts = new ArrayList<>();
    if (rounded) {
      parts.add("rounding of " + sampleName() + " samples to 8 bits");
    }
    if (alpha == ASSOCIATED) {
      parts.add("division of colours by alpha");
    } else if (clamped) {
      parts.add("clipping to the range from 0 to 1");
      warnings.add("samples are clipped to the range from 0 to 1");
    }
    if (reduction != null) {
      parts.add(reduction);
    }
    return new Decoded(image, photometric != CIELAB, String.join(" and ", parts), warnings);
  }

  /** The common value of all samples in a field with one value each. */
  private int uniform(int tag, int missing) throws FailedInput {
    double[] all = directory.all(tag);
    for (double one : all) {
      if (one != all[0]) {
        throw notSupported("with samples of different kinds");
      }
    }
    return all.length == 0 ? missing : (int) all[0];
  }

  /** The default of libtiff. */
  private int likelyPhotometric() {
    return samples >= 3 ? RGB : CCITT.contains(compression) ? WHITE_IS_ZERO : BLACK_IS_ZERO;
  }

  private int colors() {
    return switch (photometric) {
      case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
      case SEPARATED -> 4;
      default -> 3;
    };
  }

  private void requireSupported() throws FailedInput {
    if (compression == 6) {
      throw notSupported("compressed by old-style JPEG");
    }
    if (!COMPRESSIONS.contains(compression) && !CCITT.contains(compression)) {
      throw notSupported("compressed by " + TiffNames.compression(compression));
    }
    boolean supported =
        switch (photometric) {
          case WHITE_IS_ZERO, BLACK_IS_ZERO ->
              isFloat() || isUnsigned(1, 2, 4, 8, 10, 12, 14, 16, 32);
          case RGB -> isFloat() || isUnsigned(8, 10, 12, 14, 16, 32);
          case PALETTE -> isUnsigned(1, 2, 4, 8, 16);
          case SEPARATED -> isUnsigned(8, 16);
          case YCBCR -> isUnsigned(8) && samples == 3;
          case CIELAB -> format != FLOAT && (bits == 8 || bits == 16);
          default -> throw notSupported("in " + TiffNames.photometric(photometric));
        };
    if (!supported) {
      throw notSupported(
          "with " + sampleName() + " samples in " + TiffNames.photometric(photometric));
    }
    if (samples < colors()) {
      throw FailedInput.damaged("it has too few samples per pixel");
    }
    if (photometric == SEPARATED && directory.get(TiffDirectory.INK_SET, 1) != 1) {
      throw notSupported("with inks other than CMYK");
    }
    if (samples > colors()
        && (bits < 8 || photometric == SEPARATED && alpha != 0 || photometric == CIELAB)) {
      throw notSupported(
          "with %d-bit %s and alpha".formatted(bits, TiffNames.photometric(photometric)));
    }
    if (photometric == CIELAB && directory.get(TiffDirectory.PLANAR, 1) != 1) {
      throw notSupported("in CIELab with a plane for each sample");
    }
    int predictor = directory.get(TiffDirectory.PREDICTOR, 1);
    if (predictor == 2 && bits != 8 && bits != 16 && bits != 32
        || predictor == 3 && !(isFloat() && bits == 32)
        || predictor > 3) {
      throw notSupported("with predictor " + predictor + " and " + sampleName() + " samples");
    }
    if (samples > colors() + (alpha == 0 ? 0 : 1)) {
      warnings.add("extra samples are not kept");
    }
  }

  private boolean isFloat() {
    return format == FLOAT && (bits == 16 || bits == 32 || bits == 64);
  }

  private boolean isUnsigned(int... allowed) {
    if (format == UNSIGNED || format == UNDEFINED) {
      for (int one : allowed) {
        if (one == bits) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Decodes an image.
   *
   * @param file this file, or one with a part of its rows
   * @param page index of the image
   * @param rows of the image, or -1 for those that the file has
   */
  private BufferedImage image(ImageInputStream file, int page, int rows) throws IOException {
    if (photometric == YCBCR) {
      return Rasters.rgb(raster(file, page, true));
    }
    Raster raster = raster(file, page, false);
    if (raster.getWidth() != width
        || rows >= 0 && raster.getHeight() != rows
        || raster.getNumBands() < colors()) {
      throw new IllegalStateException("unexpected layout of the raster");
    }
    return switch (photometric) {
      case PALETTE -> palette(raster);
      case SEPARATED -> inks(raster);
      case CIELAB -> lab(raster);
      default -> {
        if (photometric == RGB && bits == 8 && samples == 3 && Rasters.isInterleaved(raster)) {
          yield Rasters.rgb(raster);
        }
        yield bits <= 4 ? greys(raster) : direct(raster);
      }
    };
  }

  /** The samples as they are stored, or after the library's conversion to RGB. */
  private static Raster raster(ImageInputStream file, int page, boolean converted)
      throws IOException {
    ImageReader reader =
        Plugins.all().getServiceProviderByClass(TIFFImageReaderSpi.class).createReaderInstance();
    try {
      file.seek(0);
      reader.setInput(file, false, true);
      return converted ? reader.read(page).getRaster() : reader.readRaster(page, null);
    } finally {
      reader.dispose();
    }
  }

  private BufferedImage palette(Raster raster) throws FailedInput {
    double[] map = directory.all(TiffDirectory.COLOR_MAP);
    int entries = map.length / 3;
    if (entries == 0) {
      throw FailedInput.damaged("it has no palette");
    }
    int[] argb = new int[Math.min(entries, 1 << bits)];
    boolean bytes = true;
    boolean high = true;
    for (double value : map) {
      bytes &= value < 256;
      high &= value % 256 == 0;
    }
    for (int i = 0; i < argb.length; i++) {
      int color = 0xFF;
      for (int c = 0; c < 3; c++) {
        int value = (int) map[c * entries + i];
        // Some writers store 8-bit values, others shift them up by 8 bits.
        color =
            color << 8 | (bytes ? value : high ? value >> 8 : (int) Samples.to8Bits(value, 65535));
      }
      argb[i] = color;
    }
    if (alpha == UNASSOCIATED) {
      return paletteWithAlpha(raster, Indices.withEntries(raster, argb, warnings));
    } else if (alpha != 0) {
      throw notSupported("with a palette and premultiplied alpha");
    }
    if (raster.getNumBands() > 1) {
      raster = raster.createChild(0, 0, width, raster.getHeight(), 0, 0, new int[] {0});
    }
    int[] all = Indices.withEntries(raster, argb, warnings);
    return Indices.image(Rasters.writable(raster), all, bits);
  }

  private BufferedImage paletteWithAlpha(Raster raster, int[] argb) {
    int height = raster.getHeight();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    int[] index = new int[width];
    int[] opacity = new int[width];
    int max = (1 << bits) - 1;
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, index);
      raster.getSamples(0, y, width, 1, 1, opacity);
      for (int x = 0; x < width; x++) {
        index[x] = argb[index[x]] & 0xFFFFFF | (int) Samples.to8Bits(opacity[x], max) << 24;
      }
      image.getRaster().setDataElements(0, y, width, 1, index);
    }
    reduction = bits > 8 ? Samples.ROUNDED_16 : null;
    return image;
  }

  /** Greys of up to 4 bits as a palette. */
  private BufferedImage greys(Raster raster) {
    int[] argb = Samples.greys(bits);
    if (photometric == WHITE_IS_ZERO) {
      for (int i = 0; i < argb.length; i++) {
        argb[i] ^= 0xFFFFFF;
      }
    }
    return Indices.image(Rasters.writable(raster), argb, bits);
  }

  private BufferedImage inks(Raster raster) {
    WritableRaster inks = Rasters.interleaved(width, raster.getHeight(), 4);
    toBytes(raster, inks, 4, false);
    reduction = "conversion from CMYK";
    return Rasters.image(inks, KmqImages.cmyk(), false);
  }

  private BufferedImage direct(Raster raster) {
    int colors = colors();
    int bands = colors + (alpha == 0 ? 0 : 1);
    WritableRaster target = Rasters.interleaved(width, raster.getHeight(), bands);
    toBytes(raster, target, bands, alpha == ASSOCIATED);
    ColorSpace space =
        ColorSpace.getInstance(colors == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    return Rasters.image(target, space, alpha != 0);
  }

  /**
   * Converts the first bands to 8 bits: divides by alpha if premultiplied, clips to 0 to 1, and
   * rounds to the nearest of 256 levels.
   */
  private void toBytes(Raster from, WritableRaster to, int bands, boolean premultiplied) {
    int stride = from.getNumBands();
    double[] row = new double[stride * width];
    int[] out = new int[bands * width];
    double max = isFloat() ? 1 : Math.pow(2, bits) - 1;
    for (int y = 0; y < from.getHeight(); y++) {
      from.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        double opacity = premultiplied ? unit(row[x * stride + bands - 1], max) : 1;
        for (int b = 0; b < bands; b++) {
          double level = unit(row[x * stride + b], max);
          if (premultiplied && b < bands - 1) {
            level = opacity > 0 ? level / opacity : 0;
          }
          if (photometric == WHITE_IS_ZERO && b == 0) {
            level = 1 - level;
          }
          if (!(level >= 0 && level <= 1)) {
            clamped = true;
            level = level > 1 ? 1 : 0;
          }
          int sample = (int) Math.floor(level * 255 + 0.5);
          rounded |= bits > 8 && Math.abs(level * 255 - sample) > 1e-4;
          out[x * bands + b] = sample;
        }
      }
      to.setPixels(0, y, width, 1, out);
    }
  }

  /** A sample relative to the maximum; 32-bit samples arrive as signed numbers. */
  private double unit(double sample, double max) {
    return (bits == 32 && !isFloat() && sample < 0 ? sample + 0x1p32 : sample) / max;
  }

  private BufferedImage lab(Raster raster) {
    double[] white = directory.all(TiffDirectory.WHITE_POINT);
    CieLab lab = white.length == 2 ? CieLab.withWhite(white[0], white[1]) : CieLab.D50;
    int height = raster.getHeight();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int stride = raster.getNumBands();
    int[] row = new int[stride * width];
    int[] rgb = new int[width];
    double full = bits == 8 ? 255 : 65535;
    double step = bits == 8 ? 1 : 256;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * stride;
        double l = 100 * (row[at] & (bits == 8 ? 0xFF : 0xFFFF)) / full;
        rgb[x] = lab.toRgb(l, signed(row[at + 1]) / step, signed(row[at + 2]) / step);
      }
      image.getRaster().setDataElements(0, y, width, 1, rgb);
    }
    reduction = "conversion from CIELab";
    return image;
  }

  private int signed(int sample) {
    return bits == 8 ? (byte) sample : (short) sample;
  }

  private String sampleName() {
    String kind =
        switch (format) {
          case 2 -> "signed ";
          case FLOAT -> "floating-point ";
          case UNSIGNED, UNDEFINED -> "";
          default -> "complex ";
        };
    return kind + bits + "-bit";
  }

  private static FailedInput notSupported(String what) {
    return FailedInput.notSupported("a TIFF " + what);
  }
}
