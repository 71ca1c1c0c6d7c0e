package dev.kmq.imageio;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.RenderedImage;
import java.util.Locale;
import java.util.Optional;

/**
 * Converts images of {@code java.awt} to input of the codec, and its output to images: the
 * conversions of {@link KmqImageWriter} and {@link KmqImageReader}, for applications that call the
 * codec directly.
 *
 * <p>Images may have any type and layout, any tiles, and their corner anywhere. Pixels are read
 * each time rows are requested from a source, 64 rows at a time where the image is not a {@code
 * BufferedImage}, so memory does not grow with the image; the image must not change in the
 * meantime. A source is for one thread at a time; several sources of one image may be used
 * concurrently if the image supports concurrent reads, as a {@code BufferedImage} does. The methods
 * of this class are thread-safe.
 */
public final class KmqImages {
  private KmqImages() {}

  /**
   * {@return the pixels of an image in sRGB, exactly as {@code ImageIO.write} encodes them} Each
   * sample is rounded to the nearest of 256 levels; premultiplied alpha is divided out. Grey
   * samples are kept unless the image has a grey profile of its own. {@code image.getRGB} is no
   * substitute: it treats grey as linear light, and a grey of 128 becomes 188.
   *
   * @param image of any type; read when rows are requested
   * @throws IllegalArgumentException if the image has no colour model and its number of bands is
   *     not 1 to 4
   */
  public static PixelSource pixels(RenderedImage image) {
    SourceView view = new SourceView(image);
    return new ColorRows(view, PixelColors.srgb(view));
  }

  /**
   * {@return the pixels of an image in sRGB, converted from a profile that the image does not have
   * itself, such as that of its file} Samples of more than 8 bits are converted before they are
   * rounded.
   *
   * @param image of any type; read when rows are requested
   * @param profile of RGB, or of grey where the image is grey, or of CMYK where the image is CMYK
   * @throws IllegalArgumentException if only one of image and profile is CMYK, or the image has no
   *     colour model and its number of bands is not 1 to 4
   */
  public static PixelSource pixels(RenderedImage image, IccProfile profile) {
    SourceView view = new SourceView(image);
    return new ColorRows(view, PixelColors.by(profile, view));
  }

  /**
   * {@return the pixels of an image as they are stored: samples of RGB and grey are rounded to 8
   * bits and not converted, whatever their colour space} Together with {@link #profile}, given to
   * the encoder as an {@code iCCP} chunk, they keep colours that sRGB does not have. Samples that
   * are neither RGB nor grey are converted to sRGB.
   *
   * @param image of any type; read when rows are requested
   * @throws IllegalArgumentException if the image has no colour model and its number of bands is
   *     not 1 to 4
   */
  public static PixelSource storedPixels(RenderedImage image) {
    SourceView view = new SourceView(image);
    return new ColorRows(view, PixelColors.stored(view));
  }

  /**
   * {@return the profile of the colour space of an image, if it is RGB but not sRGB}
   *
   * @param image of any type; read when rows are requested
   * @throws IllegalArgumentException if the profile is damaged
   */
  public static Optional<IccProfile> profile(RenderedImage image) {
    ColorModel model = image.getColorModel();
    return model != null
            && model.getColorSpace() instanceof ICC_ColorSpace space
            && space.getType() == ColorSpace.TYPE_RGB
            && !space.isCS_sRGB()
        ? Optional.of(IccProfile.of(space.getProfile().getData()))
        : Optional.empty();
  }

  /**
   * Palette and indices of an image that has an {@code IndexColorModel} of at most 65536 entries:
   * the entries in their order, unused and equal ones included. Its {@code rows} throw an {@link
   * java.io.UncheckedIOException} if a pixel's value has no entry.
   *
   * @param image of any type; read when rows are requested
   * @return empty if the image is not indexed
   */
  public static Optional<IndexSource> indexed(RenderedImage image) {
    return image.getColorModel() instanceof IndexColorModel model
            && model.getMapSize() <= Palette.MAX_SIZE
        ? Optional.of(new IndexRows(new SourceView(image), model))
        : Optional.empty();
  }

  /**
   * {@return the palette of a colour model, with alpha if an entry is not opaque}
   *
   * @param model its entries are kept in their order
   * @throws IllegalArgumentException if there are more than 65536 entries
   */
  public static Palette palette(IndexColorModel model) {
    int[] argb = new int[model.getMapSize()];
    model.getRGBs(argb);
    return model.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  /**
   * {@return the colour model of a palette of sRGB}
   *
   * @param palette entries in sRGB
   * @param bits of a pixel, 1 to 16, enough for {@code palette.size()} values
   * @throws IllegalArgumentException if {@code bits} is out of range or too few
   */
  public static IndexColorModel colorModel(Palette palette, int bits) {
    if (bits < 1 || bits > 16 || palette.size() > 1 << bits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "bits must be 1 to 16 and enough for %d colours, not %d",
              palette.size(),
              bits));
    }
    return new IndexColorModel(
        bits,
        palette.size(),
        palette.toArgb(),
        0,
        palette.hasAlpha(),
        -1,
        bits > 8 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE);
  }

  /**
   * {@return an indexed image with palette and indices as they are, of 1, 2, 4, 8 or 16 bits a
   * pixel: what {@link KmqImageReader} reads if an indexed image is requested} If the file has a
   * profile, {@link IccProfile#toSrgb(IndexedImage)} comes first, since a Java colour model is in
   * sRGB.
   *
   * @param image palette and indices
   * @throws IllegalArgumentException if there are more pixels than a {@code BufferedImage} can have
   */
  public static BufferedImage image(IndexedImage image) {
    return image(image, ImageTypes.pixelBits(image.palette().size()));
  }

  /**
   * {@return an indexed image of a given depth}
   *
   * @param image palette and indices
   * @param bits of a pixel, 1, 2, 4, 8 or 16, enough for the palette
   * @throws IllegalArgumentException if {@code bits} is another number or too few, or there are
   *     more pixels than a {@code BufferedImage} can have
   */
  public static BufferedImage image(IndexedImage image, int bits) {
    if (Integer.bitCount(bits) != 1) {
      throw new IllegalArgumentException("bits must be 1, 2, 4, 8 or 16, not " + bits);
    }
    BufferedImage target =
        ImageTypes.indexed(image.palette(), bits)
            .createBufferedImage(image.width(), image.height());
    return filled(target, image);
  }

  /**
   * {@return an image of every pixel's colour, {@code TYPE_INT_RGB}, or {@code TYPE_INT_ARGB} if
   * the palette has alpha}
   *
   * @param image palette and indices
   * @throws IllegalArgumentException if there are more pixels than a {@code BufferedImage} can have
   */
  public static BufferedImage rgbImage(IndexedImage image) {
    int type =
        image.palette().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    return filled(new BufferedImage(image.width(), image.height(), type), image);
  }

  private static BufferedImage filled(BufferedImage target, IndexedImage image) {
    Destination destination = new Destination(target, image.palette(), null, null);
    IndexPlane inPlace = destination.inPlace(0, 0, image.width(), image.height());
    if (inPlace != null) {
      inPlace.copyFrom(image.plane());
      return target;
    }
    for (int y = 0; y < image.height(); y++) {
      destination.put(image.plane(), 0, y, 1, 0, y, image.width());
    }
    return target;
  }

  /**
   * {@return the colour space of CMYK samples without a profile, as viewers show them: R =
   * (1-C)(1-K), and so on} What readers of the JDK give for CMYK is taken to be in this space, too.
   */
  public static ColorSpace cmyk() {
    return Cmyk.SPACE;
  }
}
