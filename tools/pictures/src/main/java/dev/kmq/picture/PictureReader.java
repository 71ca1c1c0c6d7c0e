package dev.kmq.picture;

import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.IccProfile;
import dev.kmq.imageio.KmqImages;
import dev.kmq.png.HdrColor;
import dev.kmq.png.PngFile;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.RenderedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads images of every format that ImageIO supports, and {@code .kmq} files with their palette and
 * indices.
 */
public final class PictureReader {
  /** Those of ImageIO's plugins, written down because to ask for them takes long. */
  static final Set<String> IMAGEIO_SUFFIXES =
      Set.of(
          "bmp", "btf", "btiff", "gif", "jpeg", "jpg", "png", "tf8", "tif", "tiff", "wbmp", "wbp",
          "webp");

  private static final Set<String> NETPBM_SUFFIXES = Set.of("pam", "pbm", "pgm", "pnm", "ppm");

  private static final int MOST_CAUSES = 50;

  private final Limits limits;
  private final MetadataPolicy policy;
  private final boolean toSrgb;
  private final @Nullable Integer background;
  private final long most;

  /**
   * A reader.
   *
   * @param toSrgb whether colours are converted to sRGB, which {@link MetadataPolicy#NONE} implies
   * @param background opaque colour to composite transparent images onto, or null to keep
   *     transparency
   */
  public PictureReader(
      Limits limits, MetadataPolicy policy, boolean toSrgb, @Nullable Integer background) {
    this(limits, policy, toSrgb, background, Picture.MOST_IN_MEMORY);
  }

  /**
   * A reader that reads other images by rows.
   *
   * @param most the most pixels of an image that is held in memory
   */
  PictureReader(
      Limits limits,
      MetadataPolicy policy,
      boolean toSrgb,
      @Nullable Integer background,
      long most) {
    this.most = most;
    this.limits = limits;
    this.policy = policy;
    this.background = background;
    this.toSrgb = toSrgb || policy == MetadataPolicy.NONE;
  }

  /** File name suffixes of all formats that can be read, lower-case. */
  public static SortedSet<String> suffixes() {
    SortedSet<String> suffixes = otherSuffixes();
    suffixes.add(Format.SUFFIX);
    return suffixes;
  }

  /**
   * {@link #suffixes} without {@code .kmq}: the inputs of encoding in folders, which may also
   * contain earlier outputs.
   */
  public static SortedSet<String> otherSuffixes() {
    TreeSet<String> suffixes = new TreeSet<>(IMAGEIO_SUFFIXES);
    suffixes.addAll(NETPBM_SUFFIXES);
    return suffixes;
  }

  /** Whether an input starts like one of the common image formats, other than .kmq. */
  public static boolean isPicture(Input input) throws IOException {
    return FileKind.of(input) != FileKind.OTHER;
  }

  /** The name of the common image format that an input starts like, or null. */
  public static @Nullable String format(Input input) throws IOException {
    FileKind kind = FileKind.of(input);
    return kind == FileKind.OTHER ? null : kind.name();
  }

  /** Reads an input. */
  public Picture read(Input input) throws IOException {
    Picture picture = isKmq(input) ? readKmq(input) : readWhole(input);
    return background == null ? picture : Backdrop.apply(picture, background, most);
  }

  private Picture readWhole(Input input) throws IOException {
    try {
      return readOther(input);
    } catch (FailedInput | FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Messages of libraries do not make clear that the file is damaged. */
  static FailedInput damaged(Exception e) {
    int causes = 0; // which may be cyclic
    for (Throwable cause = e; cause != null && causes < MOST_CAUSES; cause = cause.getCause()) {
      if (cause instanceof Error error) {
        throw error; // the JDK's PNG reader wraps an OutOfMemoryError
      }
      if (cause instanceof FailedInput failed) {
        return failed;
      }
      causes++;
    }
    String what = e.getMessage();
    if (e instanceof EOFException) {
      what = "it is truncated";
    } else if (e instanceof RuntimeException || what == null || what.isBlank()) {
      what = "its reader fails with " + e.getClass().getSimpleName();
    }
    return new FailedInput("damaged image: " + what, e);
  }

  private Picture readOther(Input input) throws IOException {
    FileKind kind = FileKind.of(input);
    SourceMetadata metadata = SourceMetadata.of(input, kind, policy == MetadataPolicy.ALL, 0);
    return kind == FileKind.PNG ? png(input, metadata) : picture(decode(input, kind), metadata);
  }

  private Picture png(Input input, SourceMetadata metadata) throws IOException {
    PngFile file = PngInput.file(input, limits);
    Picture plain = metadata.isPlain() ? PngImage.plain(file, most) : null;
    if (plain == null) {
      return picture(PngImage.decode(file, input, most), metadata);
    }
    List<String> warnings = new ArrayList<>(plain.warnings());
    warnings.addAll(metadata.warnings());
    String reduction = reduction(plain.warnings(), plain.reduction(), false);
    return new Picture(
        plain.pixels(), plain.indexed(), chunks(metadata), warnings, reduction, null);
  }

  private List<Chunk> chunks(SourceMetadata metadata) {
    return policy == MetadataPolicy.ALL ? metadata.chunks() : List.of();
  }

  /** The images of an input, of which {@link #read} reads the first. */
  public FrameReader frames(Input input) throws IOException {
    FileKind kind = FileKind.of(input);
    return new FrameReader(
        () -> frameSource(input, kind),
        (decoded, index) -> {
          SourceMetadata metadata =
              SourceMetadata.of(input, kind, policy == MetadataPolicy.ALL, index);
          Picture picture = picture(decoded, metadata);
          return background == null ? picture : Backdrop.apply(picture, background, most);
        });
  }

  private FrameSource frameSource(Input input, FileKind kind) throws IOException {
    ImageInputStream stream = new InputImageStream(input);
    FrameSource animation =
        switch (kind) {
          case PNG -> PngAnimation.open(stream, limits);
          case GIF -> GifAnimation.open(stream, limits);
          case TIFF -> TiffFile.pages(stream, limits);
          case WEBP -> WebpAnimation.of(WebpChunks.ofFile(stream), limits);
          case JPEG, BMP, PNM -> null;
          case OTHER -> isKmq(input) ? null : OtherFile.images(stream, limits);
        };
    return animation != null
        ? animation
        : new IndependentImages(1, "image", null, index -> decode(input, kind));
  }

  private Picture picture(Decoded decoded, SourceMetadata metadata) throws IOException {
    List<String> warnings = new ArrayList<>(decoded.warnings());
    warnings.addAll(metadata.warnings());
    RenderedImage image = upright(decoded.image(), metadata.orientation());
    List<Chunk> chunks = new ArrayList<>(chunks(metadata));
    IccProfile profile = profile(decoded, metadata, warnings);
    if (profile != null && profile.type() == ColorSpace.TYPE_RGB && !toSrgb) {
      chunks.add(0, Chunk.iccProfile(profile.data()));
      profile = null;
    }
    HdrColor hdr = profile == null ? metadata.hdr() : null;
    boolean converted = (profile != null || hdr != null) && !isCmyk(image);
    String reduction = reduction(decoded.warnings(), decoded.reduction(), converted);
    IndexSource indexed = indexed(image, profile, hdr);
    PixelSource pixels = indexed != null ? indexed.pixels() : pixels(image, profile, hdr);
    boolean byRows = image instanceof RowImage;
    return new Picture(
        byRows ? new RowWindow(pixels) : pixels, indexed, chunks, warnings, reduction, null);
  }

  private static RenderedImage upright(RenderedImage image, int orientation) throws IOException {
    return image instanceof RowImage rows
        ? TurnedImage.of(rows, orientation)
        : Orientation.apply((BufferedImage) image, orientation);
  }

  private static @Nullable String reduction(
      List<String> warnings, @Nullable String ofSamples, boolean converted) {
    List<String> parts = new ArrayList<>();
    if (Frames.isDropped(warnings)) {
      parts.add("dropping the other images");
    }
    if (ofSamples != null) {
      parts.add(ofSamples);
    }
    if (converted) {
      parts.add("conversion to sRGB");
    }
    return parts.isEmpty() ? null : String.join(" and ", parts);
  }

  private static boolean isKmq(Input input) throws IOException {
    return Arrays.equals(input.start(Format.SIGNATURE_BYTES), Format.signature());
  }

  private Picture readKmq(Input input) throws IOException {
    DecodeOptions options = DecodeOptions.builder().limits(limits).build();
    try (KmqReader reader = KmqReader.open(input.open(), options)) {
      IndexSource image;
      Header header = reader.header();
      boolean byRows = Picture.isLarge(header.width(), header.height(), most);
      if (byRows) {
        image = KmqRows.of(reader, input, options);
      } else {
        image = reader.readImage();
        reader.expectEnd();
      }
      List<String> warnings = new ArrayList<>();
      IccProfile profile = Profiles.of(reader.header(), reader.chunks(), warnings);
      List<Chunk> chunks = new ArrayList<>(reader.chunks());
      chunks.removeIf(
          chunk ->
              switch (chunk.type()) {
                case Chunk.PALETTE -> false;
                case Chunk.ICCP -> profile == null || toSrgb;
                default -> policy != MetadataPolicy.ALL;
              });
      if (profile != null && toSrgb) {
        image = image.withPalette(profile.toSrgb(image.palette()));
        chunks = Chunk.mapPalettes(chunks, profile::toSrgb);
      }
      PixelSource pixels = byRows ? new RowWindow(image.pixels()) : image.pixels();
      return new Picture(pixels, image, chunks, warnings, null, header);
    }
  }

  private Decoded decode(Input input, FileKind kind) throws IOException {
    try (ImageInputStream stream = new InputImageStream(input)) {
      return switch (kind) {
        case PNG -> PngImage.decode(PngInput.file(input, limits), input, most);
        case JPEG -> JpegFile.decode(stream, limits);
        case GIF -> GifFile.decode(stream, limits);
        case TIFF -> TiffFile.decode(input, stream, limits, most);
        case BMP -> BmpFile.decode(stream, limits);
        case WEBP -> WebpFile.decode(stream, limits);
        case PNM -> PnmFile.decode(input, limits, most);
        case OTHER -> OtherFile.decode(stream, limits);
      };
    } catch (RuntimeException e) {
      // ImageIO's readers throw these for damaged files.
      throw damaged(e);
    }
  }

  static boolean isCmyk(RenderedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK;
  }

  /** The profile of the samples; null if it is sRGB or unusable. */
  private static @Nullable IccProfile profile(
      Decoded decoded, SourceMetadata metadata, List<String> warnings) {
    RenderedImage image = decoded.image();
    ColorSpace space = image.getColorModel().getColorSpace();
    byte[] data = metadata.profile();
    if (data == null && OtherFile.labelled(space)) {
      data = ((ICC_ColorSpace) space).getProfile().getData();
    }
    // The profile does not describe samples that were converted.
    if (data == null || !decoded.asStored()) {
      return null;
    }
    boolean grey =
        image.getColorModel() instanceof IndexColorModel model
            ? Indices.isGrey(model)
            : space.getNumComponents() == 1;
    IccProfile profile = Profiles.of(data, grey ? ColorSpace.TYPE_GRAY : space.getType(), warnings);
    return profile == null || profile.isSrgb() ? null : profile;
  }

  /** Palette and indices of an image that has them, or null. */
  private static @Nullable IndexSource indexed(
      RenderedImage image, @Nullable IccProfile profile, @Nullable HdrColor hdr) {
    IndexSource source = KmqImages.indexed(image).orElse(null);
    if (source == null) {
      return null;
    }
    IndexSource indexed =
        image instanceof RowImage
            ? source
            : new IndexedImage(source.palette(), source.rows(0, source.height()));
    if (profile != null) {
      return indexed.withPalette(profile.toSrgb(indexed.palette()));
    }
    return hdr == null ? indexed : indexed.withPalette(hdr.toSrgb(indexed.palette()));
  }

  /** The pixels of an image; a conversion is computed once unless the image is read by rows. */
  private static PixelSource pixels(
      RenderedImage image, @Nullable IccProfile profile, @Nullable HdrColor hdr) {
    long most = image instanceof RowImage ? 0 : Long.MAX_VALUE;
    if (profile != null) {
      return mapped(KmqImages.pixels(image, profile), argb -> {}, most);
    }
    PixelSource stored = KmqImages.storedPixels(image);
    return hdr != null
        ? mapped(stored, hdr::toSrgb, most)
        : isCmyk(image) ? mapped(stored, argb -> {}, most) : stored;
  }

  /**
   * The image with every pixel changed, computed once if it is not large.
   *
   * @param change changes a row in place
   * @param most the most pixels to compute at once
   */
  static PixelSource mapped(PixelSource source, Consumer<int[]> change, long most) {
    MappedPixels mapped = new MappedPixels(source, change);
    if (Picture.isLarge(source.width(), source.height(), most)) {
      return mapped;
    }
    int[] argb = new int[Math.multiplyExact(source.width(), source.height())];
    mapped.readRows(0, source.height(), argb);
    return PixelSource.of(source.width(), source.height(), argb);
  }
}
