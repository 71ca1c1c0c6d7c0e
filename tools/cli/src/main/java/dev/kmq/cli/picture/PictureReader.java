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
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
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
    SourceMetadata metadata = SourceMetadata.of(input);
    BufferedImage image =
        Orientation.apply(withoutInks(readImage(input), metadata), metadata.orientation());
    ColorProfile profile = profile(image, metadata);
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
    IndexedImage indexed = indexed(image, metadata.paletteSize(), profile);
    if (indexed != null) {
      return new Picture(indexed.pixels(), indexed, chunks, List.of());
    }
    PixelSource pixels = new ImagePixels(image, greys);
    return new Picture(
        profile == null ? pixels : converted(pixels, profile), null, chunks, List.of());
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
      return new Picture(image.pixels(), image, chunks, List.of());
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

  private BufferedImage readImage(Input input) throws IOException {
    try (ImageInputStream stream = stream(input)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new FailedInput(
            "not a picture of a known format (" + String.join(", ", suffixes()) + ")");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        ImageReadParam param = reader.getDefaultReadParam();
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > limits.maxPixels()) {
          throw new FailedInput(
              "%dx%d are more pixels than the limit of %d; --max-pixels raises it"
                  .formatted(reader.getWidth(0), reader.getHeight(0), limits.maxPixels()));
        }
        ImageTypeSpecifier type = unconverted(reader);
        if (type != null) {
          param.setDestination(type.createBufferedImage(reader.getWidth(0), reader.getHeight(0)));
        }
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0, param);
        for (String warning : warnings) {
          // The JDK's JPEG reader fills what is missing with grey and only warns of it.
          if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
            throw new FailedInput("damaged picture: " + warning);
          }
        }
        return image;
      } finally {
        reader.dispose();
      }
    } catch (RuntimeException e) {
      // Readers of ImageIO throw these on damaged files.
      throw new FailedInput("damaged picture: " + e, e);
    }
  }

  /**
   * The type in which samples keep the colour space of the file, or null if there is none but the
   * first: the JDK's JPEG reader converts to sRGB unless it is asked for this one.
   */
  private static @Nullable ImageTypeSpecifier unconverted(ImageReader reader) throws IOException {
    for (Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0); types.hasNext(); ) {
      ImageTypeSpecifier type = types.next();
      if (type.getColorModel().getColorSpace() instanceof ICC_ColorSpace space
          && space.getNumComponents() == 3
          && !space.isCS_sRGB()) {
        return type;
      }
    }
    return null;
  }

  private static ImageInputStream stream(Input input) throws IOException {
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

  private static @Nullable ColorProfile profile(BufferedImage image, SourceMetadata metadata) {
    ColorSpace space = image.getColorModel().getColorSpace();
    boolean labelled =
        space instanceof ICC_ColorSpace && !space.isCS_sRGB() && space.getNumComponents() == 3;
    byte[] data = metadata.profile();
    if (data == null && labelled) {
      data = ((ICC_ColorSpace) space).getProfile().getData();
    }
    // Where the samples are not as the file has them, its profile says nothing about them.
    boolean kept = labelled || space.getNumComponents() == 1 || metadata.isPng();
    return data == null || !kept ? null : ColorProfile.of(data);
  }

  /** Palette and indices of an image that has them, or null. */
  private static @Nullable IndexedImage indexed(
      BufferedImage image, int paletteSize, @Nullable ColorProfile profile) {
    if (!(image.getColorModel() instanceof IndexColorModel model)) {
      return null;
    }
    int[] map = new int[model.getMapSize()];
    model.getRGBs(map);
    // The JDK's PNG reader fills palettes up to a power of two.
    int[] argb = Arrays.copyOf(map, Math.min(map.length, paletteSize));
    Palette palette = model.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
    Raster raster = image.getRaster();
    int width = image.getWidth();
    IndexPlane plane = IndexPlane.allocate(width, image.getHeight(), palette.size());
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        if (row[x] >= palette.size()) {
          // An index without a colour: not exact as an indexed picture, but as pixels it has one.
          return null;
        }
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
