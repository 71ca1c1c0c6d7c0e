package dev.kmq.cli.picture;

import dev.kmq.cli.file.FailedInput;
import dev.kmq.cli.file.Input;
import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a picture of any format that ImageIO has a reader for, and {@code .kmq} with palette and
 * indices as they are.
 */
public final class PictureReader {
  private final Limits limits;
  private final MetadataPolicy policy;
  private final boolean toSrgb;
  private final @Nullable Integer background;

  /**
   * A reader.
   *
   * @param toSrgb whether colours are converted to sRGB, as {@link MetadataPolicy#NONE} does by
   *     itself
   * @param background opaque colour to lay pictures with transparency on, or null to keep it
   */
  public PictureReader(
      Limits limits, MetadataPolicy policy, boolean toSrgb, @Nullable Integer background) {
    this.limits = limits;
    this.policy = policy;
    this.background = background;
    this.toSrgb = toSrgb || policy == MetadataPolicy.NONE;
  }

  /** File name suffixes of all formats that can be read, lower-case. */
  public static SortedSet<String> suffixes() {
    TreeSet<String> suffixes = new TreeSet<>();
    for (String suffix : ImageIO.getReaderFileSuffixes()) {
      if (!suffix.isEmpty()) {
        suffixes.add(suffix.toLowerCase(Locale.ROOT));
      }
    }
    suffixes.add(Format.SUFFIX);
    return suffixes;
  }

  /**
   * {@link #suffixes} without {@code .kmq}: what folders hold for encoding, where the outputs of
   * the last run may lie beside their inputs.
   */
  public static SortedSet<String> otherSuffixes() {
    SortedSet<String> suffixes = suffixes();
    suffixes.remove(Format.SUFFIX);
    return suffixes;
  }

  /** Reads an input whole. */
  public Picture read(Input input) throws IOException {
    Picture picture = isKmq(input) ? readKmq(input) : readWhole(input);
    return background == null ? picture : Backdrop.apply(picture, background);
  }

  private Picture readWhole(Input input) throws IOException {
    try {
      return readOther(input);
    } catch (FailedInput | FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // What libraries say of a damaged file does not say that it is damaged.
      throw new FailedInput("damaged picture: " + e.getMessage(), e);
    }
  }

  private Picture readOther(Input input) throws IOException {
    FileKind kind = FileKind.of(input);
    SourceMetadata metadata = SourceMetadata.of(input, kind, policy == MetadataPolicy.ALL);
    Decoded decoded = decode(input, kind);
    BufferedImage image =
        Orientation.apply(withoutInks(decoded.image(), metadata), metadata.orientation());
    List<String> warnings = new ArrayList<>(decoded.warnings());
    warnings.addAll(metadata.warnings());
    ColorProfile profile = profile(decoded, image, metadata);
    List<Chunk> chunks = new ArrayList<>();
    if (policy == MetadataPolicy.ALL) {
      chunks.addAll(metadata.chunks());
    }
    int[] greys = null;
    if (profile != null && profile.components() == 1) {
      greys = profile.greys();
    }
    if (profile != null && (profile.components() != 3 || profile.isSrgb())) {
      profile = null;
    }
    if (profile != null && !toSrgb) {
      chunks.add(0, Chunk.iccProfile(profile.data()));
      profile = null;
    }
    String reduction = reduction(decoded.reduction(), profile != null || greys != null);
    IndexedImage indexed = indexed(image, profile);
    if (indexed != null) {
      return new Picture(indexed.pixels(), indexed, chunks, warnings, reduction);
    }
    PixelSource pixels = new ImagePixels(image, greys);
    return new Picture(
        profile == null ? pixels : converted(pixels, profile), null, chunks, warnings, reduction);
  }

  private static @Nullable String reduction(@Nullable String decoding, boolean converted) {
    if (!converted) {
      return decoding;
    }
    return (decoding == null ? "" : decoding + " and ") + "conversion to sRGB";
  }

  private static boolean isKmq(Input input) throws IOException {
    try (InputStream in = input.open()) {
      return Arrays.equals(in.readNBytes(Format.SIGNATURE_BYTES), Format.signature());
    }
  }

  private Picture readKmq(Input input) throws IOException {
    DecodeOptions options = DecodeOptions.builder().limits(limits).build();
    try (InputStream in = new BufferedInputStream(input.open(), 1 << 16);
        KmqReader reader = KmqReader.open(in, options)) {
      IndexedImage image = reader.readImage();
      reader.expectEnd();
      List<Chunk> chunks = new ArrayList<>();
      for (Chunk chunk : reader.chunks()) {
        boolean icc = chunk.type().equals(Chunk.ICCP);
        if (icc ? !toSrgb : policy == MetadataPolicy.ALL) {
          chunks.add(chunk);
        }
      }
      if (toSrgb) {
        image = toSrgb(image, reader.chunks());
      }
      return new Picture(image.pixels(), image, chunks, List.of(), null);
    }
  }

  /** The picture with its palette converted to sRGB, if a profile among the chunks says how. */
  public static IndexedImage toSrgb(IndexedImage image, List<Chunk> chunks) {
    return new IndexedImage(toSrgb(image.palette(), chunks), image.plane());
  }

  /** A palette converted to sRGB, if a profile among the chunks says how. */
  public static Palette toSrgb(Palette palette, List<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      if (chunk.type().equals(Chunk.ICCP)) {
        ColorProfile profile = ColorProfile.of(chunk.data());
        if (profile != null && profile.components() == 3) {
          return converted(palette, profile);
        }
      }
    }
    return palette;
  }

  private Decoded decode(Input input, FileKind kind) throws IOException {
    try (ImageInputStream stream = stream(input)) {
      return switch (kind) {
        case PNG -> PngFile.decode(stream, limits);
        case JPEG -> JpegFile.decode(stream, limits);
        case GIF -> GifFile.decode(stream, limits);
        case TIFF -> TiffFile.decode(stream, limits);
        case BMP -> BmpFile.decode(stream, limits);
        case OTHER -> OtherFile.decode(stream, limits);
      };
    } catch (RuntimeException e) {
      // Readers of ImageIO throw these on damaged files.
      throw new FailedInput("damaged picture: " + e, e);
    }
  }

  static ImageInputStream stream(Input input) throws IOException {
    Path path = input.path();
    return path != null
        ? new FileImageInputStream(path.toFile())
        : new MemoryCacheImageInputStream(input.open());
  }

  private static BufferedImage withoutInks(BufferedImage image, SourceMetadata metadata) {
    if (!Cmyk.is(image)) {
      return image;
    }
    byte[] profile = metadata.profile();
    return Cmyk.toRgb(image, profile == null ? null : ColorProfile.of(profile));
  }

  private static @Nullable ColorProfile profile(
      Decoded decoded, BufferedImage image, SourceMetadata metadata) {
    ColorSpace space = image.getColorModel().getColorSpace();
    byte[] data = metadata.profile();
    if (data == null && OtherFile.labelled(space)) {
      data = ((ICC_ColorSpace) space).getProfile().getData();
    }
    // Where the samples are not as the file has them, its profile says nothing about them.
    return data == null || !decoded.asStored() ? null : ColorProfile.of(data);
  }

  /** Palette and indices of an image that has them, or null. */
  private static @Nullable IndexedImage indexed(
      BufferedImage image, @Nullable ColorProfile profile) {
    if (!(image.getColorModel() instanceof IndexColorModel model)) {
      return null;
    }
    int[] argb = new int[model.getMapSize()];
    model.getRGBs(argb);
    Palette palette = model.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
    Raster raster = image.getRaster();
    int width = image.getWidth();
    IndexPlane plane = IndexPlane.allocate(width, image.getHeight(), palette.size());
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        plane.set(x, y, row[x]);
      }
    }
    return new IndexedImage(profile == null ? palette : converted(palette, profile), plane);
  }

  private static Palette converted(Palette palette, ColorProfile profile) {
    int[] argb = palette.toArgb();
    profile.toSrgb(argb, argb.length);
    return palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  private static PixelSource converted(PixelSource source, ColorProfile profile) {
    return mapped(source, argb -> profile.toSrgb(argb, argb.length));
  }

  /** Changes pixels of whole rows in place. */
  interface Change {
    void apply(int[] argb);
  }

  /** The picture with every pixel changed, computed once. */
  static PixelSource mapped(PixelSource source, Change change) {
    int[] argb = new int[Math.multiplyExact(source.width(), source.height())];
    int[] row = new int[source.width()];
    for (int y = 0; y < source.height(); y++) {
      source.readRows(y, 1, row);
      change.apply(row);
      System.arraycopy(row, 0, argb, y * row.length, row.length);
    }
    return PixelSource.of(source.width(), source.height(), argb);
  }
}
