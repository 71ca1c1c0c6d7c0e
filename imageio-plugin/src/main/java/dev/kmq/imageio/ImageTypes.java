package dev.kmq.imageio;

import dev.kmq.image.Palette;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.SampleModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageTypeSpecifier;

/** The types of image that a file with a given palette, in sRGB, can be read into. */
final class ImageTypes {
  private static final int[] OPAQUE = {
    BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_BGR
  };
  private static final int[] ALPHA = {BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_INT_ARGB};

  /** Position of the indexed type in {@link #of}. */
  private static final int INDEXED = 1;

  private ImageTypes() {}

  /**
   * Types in the order of preference: the one that the JDK's readers give first, then the indexed
   * one. Applications create images of the type that they have read and draw on them; an image
   * created with an indexed type has another palette, or lacks the colours they draw.
   */
  static List<ImageTypeSpecifier> of(Palette palette) {
    List<ImageTypeSpecifier> types = new ArrayList<>();
    for (int type : palette.hasAlpha() ? ALPHA : OPAQUE) {
      types.add(ImageTypeSpecifier.createFromBufferedImageType(type));
    }
    for (int type : palette.hasAlpha() ? OPAQUE : ALPHA) {
      types.add(ImageTypeSpecifier.createFromBufferedImageType(type));
    }
    types.add(INDEXED, indexed(palette, pixelBits(palette.size())));
    return List.copyOf(types);
  }

  /** The indexed type: the palette with 1, 2, 4, 8 or 16 bits per index. */
  static ImageTypeSpecifier indexed(Palette palette, int bits) {
    IndexColorModel model = KmqImages.colorModel(palette, bits);
    SampleModel layout =
        bits < 8
            ? model.createCompatibleSampleModel(1, 1)
            : new PixelInterleavedSampleModel(model.getTransferType(), 1, 1, 1, 1, new int[1]);
    return new ImageTypeSpecifier(model, layout);
  }

  /** Bits per index in a raster: as in method packed if a byte holds a whole number of indices. */
  static int pixelBits(int colors) {
    int bits = Math.max(1, Palette.bitsPerIndex(colors));
    return bits > 8 ? 16 : bits > 4 || bits == 3 ? 8 : bits;
  }

  /** Refuses an image whose type is not in {@link #of}. */
  static void require(BufferedImage image, Palette palette) throws IIOException {
    int type = image.getType();
    boolean matches =
        samePalette(image.getColorModel(), palette)
            || Arrays.stream(OPAQUE).anyMatch(t -> t == type)
            || Arrays.stream(ALPHA).anyMatch(t -> t == type);
    if (!matches) {
      throw refusal("the destination's type", type, image.getColorModel());
    }
  }

  /** The indexed type among those of {@link #of}. */
  static ImageTypeSpecifier indexed(List<ImageTypeSpecifier> types) {
    return types.get(INDEXED);
  }

  /** The type that a param requests, by default the first one. */
  static ImageTypeSpecifier chosen(ImageReadParam param, List<ImageTypeSpecifier> types)
      throws IIOException {
    ImageTypeSpecifier asked = param.getDestinationType();
    if (asked == null) {
      boolean indices = param instanceof KmqImageReadParam own && own.isIndexed();
      return indices ? indexed(types) : types.get(0);
    }
    if (!types.contains(asked)) {
      throw refusal("the destination type", asked.getBufferedImageType(), asked.getColorModel());
    }
    return asked;
  }

  private static IIOException refusal(String what, int type, ColorModel model) {
    return new IIOException(
        String.format(
            Locale.ROOT,
            "%s, %d with %s, is not one of the types that this image can be read into",
            what,
            type,
            model));
  }

  /** Whether an image with this model shows the indices of the file in the same colours. */
  static boolean samePalette(ColorModel model, Palette palette) {
    if (!(model instanceof IndexColorModel indexed) || indexed.getMapSize() < palette.size()) {
      return false;
    }
    for (int i = 0; i < palette.size(); i++) {
      if (indexed.getRGB(i) != palette.argb(i)) {
        return false;
      }
    }
    return true;
  }
}
