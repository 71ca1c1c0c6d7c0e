package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.imageio.KmqImages;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** A file of a format without code of its own here, read by ImageIO. */
final class OtherFile {
  private OtherFile() {}

  /** Reads the first image from a stream at any position. */
  static Decoded decode(ImageInputStream in, Limits limits) throws IOException {
    return Frames.first(images(in, limits));
  }

  /** The images of a stream, which must stay open. */
  static FrameSource images(ImageInputStream in, Limits limits) throws IOException {
    ImageReader counting = reader(in);
    try {
      return new IndependentImages(
          Math.max(1, counting.getNumImages(true)),
          "image",
          null,
          i -> {
            ImageReader reader = reader(in);
            try {
              return decode(reader, i, limits, new ArrayList<>());
            } finally {
              reader.dispose();
            }
          });
    } finally {
      counting.dispose();
    }
  }

  private static ImageReader reader(ImageInputStream in) throws IOException {
    in.seek(0);
    Plugins.all();
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      if (in.read() < 0) {
        throw new FailedInput("the file is empty");
      }
      throw new FailedInput(
          "not an image of a supported format ("
              + String.join(", ", PictureReader.suffixes())
              + ")");
    }
    ImageReader reader = readers.next();
    reader.setInput(in, false, true);
    return reader;
  }

  private static Decoded decode(ImageReader reader, int index, Limits limits, List<String> warnings)
      throws IOException {
    int width = reader.getWidth(index);
    int height = reader.getHeight(index);
    PixelLimit.check(width, height, limits);
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(index);
    if (types.hasNext()) {
      PixelLimit.checkSamples(width, height, types.next().getSampleModel().getNumDataElements());
    }
    ImageReadParam param = reader.getDefaultReadParam();
    ImageTypeSpecifier type = unconverted(reader, index);
    if (type != null) {
      param.setDestination(type.createBufferedImage(width, height));
    }
    return decoded(reader.read(index, param), warnings);
  }

  private static Decoded decoded(BufferedImage image, List<String> warnings) throws FailedInput {
    ColorModel model = image.getColorModel();
    ColorSpace space = model.getColorSpace();
    if (model instanceof IndexColorModel indexed) {
      int[] argb = KmqImages.palette(indexed).toArgb();
      argb = Indices.withEntries(image.getRaster(), argb, warnings);
      image = Indices.image(image.getRaster(), argb, indexed.getPixelSize());
      return new Decoded(image, false, null, warnings);
    }
    boolean inks = PictureReader.isCmyk(image);
    int samples = model.getTransferType();
    boolean known =
        inks
            || model instanceof PackedColorModel
            || model instanceof ComponentColorModel
                && (samples == DataBuffer.TYPE_BYTE || samples == DataBuffer.TYPE_USHORT)
                && (space.getType() == ColorSpace.TYPE_RGB
                    || space.getType() == ColorSpace.TYPE_GRAY);
    if (!known) {
      throw FailedInput.notSupported(
          "an image whose samples are neither RGB nor grey of 8 or 16 bits");
    }
    String reduction =
        inks
            ? "conversion from CMYK"
            : samples == DataBuffer.TYPE_USHORT
                    && model instanceof ComponentColorModel
                    && Samples.needs16Bits(image.getRaster())
                ? Samples.ROUNDED_16
                : null;
    boolean asStored = inks || space.getNumComponents() == 1 || labelled(space);
    return new Decoded(image, asStored, reduction, warnings);
  }

  /** Whether samples have a colour space with three components that the file specifies. */
  static boolean labelled(ColorSpace space) {
    return space instanceof ICC_ColorSpace && !space.isCS_sRGB() && space.getNumComponents() == 3;
  }

  /**
   * The image type that keeps the colour space of the file, or null if there is none; readers may
   * convert to sRGB unless this type is requested.
   */
  static @Nullable ImageTypeSpecifier unconverted(ImageReader reader, int index)
      throws IOException {
    for (Iterator<ImageTypeSpecifier> types = reader.getImageTypes(index); types.hasNext(); ) {
      ImageTypeSpecifier type = types.next();
      if (labelled(type.getColorModel().getColorSpace())) {
        return type;
      }
    }
    return null;
  }
}
