package dev.kmq.picture;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentMetadataReader;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.png.PngProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.KeyValuePair;
import com.drew.lang.StreamReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.StringValue;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.gif.GifCommentDirectory;
import com.drew.metadata.jfif.JfifDirectory;
import com.drew.metadata.jfif.JfifReader;
import com.drew.metadata.jpeg.JpegCommentDirectory;
import com.drew.metadata.jpeg.JpegCommentReader;
import com.drew.metadata.png.PngDirectory;
import dev.kmq.container.Chunk;
import dev.kmq.file.Input;
import dev.kmq.imageio.ExifOrientation;
import dev.kmq.png.HdrColor;
import dev.kmq.png.PngColor;
import dev.kmq.png.Primaries;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of an image file: orientation, colour profile, resolution, text, Exif. Unreadable
 * metadata counts as none.
 */
final class SourceMetadata {
  private static final double INCH = 0.0254;
  private static final byte[] EXIF_PREAMBLE = {'E', 'x', 'i', 'f', 0, 0};

  private final Metadata metadata;
  private final byte @Nullable [] profile;
  private final @Nullable HdrColor hdr;
  private final byte @Nullable [] exif;
  private final List<String> warnings;

  private SourceMetadata(
      Metadata metadata,
      byte @Nullable [] profile,
      @Nullable HdrColor hdr,
      byte @Nullable [] exif,
      List<String> warnings) {
    this.metadata = metadata;
    this.profile = profile;
    this.hdr = hdr;
    this.exif = exif;
    this.warnings = warnings;
  }

  private static SourceMetadata none() {
    return new SourceMetadata(new Metadata(), null, null, null, List.of());
  }

  /**
   * Reads the metadata of a file, and no more than requested: the library does not limit nesting
   * and inflated size.
   *
   * @param index of the image in the file, from 0; only pages have metadata of their own
   * @param all whether resolution, text and Exif are read, in addition to orientation and profile
   */
  static SourceMetadata of(Input input, FileKind kind, boolean all, int index) throws IOException {
    try {
      return switch (kind) {
        case JPEG -> ofJpeg(input, all);
        case PNG -> ofPng(input, all);
        case TIFF -> ofTiff(input, index);
        case GIF -> all ? ofGif(input) : none();
        case BMP -> ofBmp(input);
        case WEBP -> ofWebp(input);
        case PNM, OTHER -> none();
      };
    } catch (ImageProcessingException | RuntimeException | StackOverflowError e) {
      return none();
    }
  }

  private static SourceMetadata ofJpeg(Input input, boolean all)
      throws IOException, JpegProcessingException {
    List<JpegSegmentMetadataReader> readers =
        all
            ? List.of(new ExifReader(), new JfifReader(), new JpegCommentReader())
            : List.of(new ExifReader());
    Metadata metadata;
    try (InputStream in = input.open()) {
      metadata = JpegMetadataReader.readMetadata(in, readers);
    }
    JpegSegmentData segments;
    try (InputStream in = input.open()) {
      segments =
          JpegSegmentReader.readSegments(
              new StreamReader(in), Set.of(JpegSegmentType.APP1, JpegSegmentType.APP2));
    }
    byte[] exif = null;
    for (byte[] segment : segments.getSegments(JpegSegmentType.APP1)) {
      if (exif == null && startsWith(segment, EXIF_PREAMBLE)) {
        exif = Arrays.copyOfRange(segment, EXIF_PREAMBLE.length, segment.length);
      }
    }
    List<String> warnings = new ArrayList<>();
    byte[] profile = JpegProfile.of(segments.getSegments(JpegSegmentType.APP2), warnings);
    return new SourceMetadata(metadata, profile, null, exif, warnings);
  }

  private static SourceMetadata ofPng(Input input, boolean all)
      throws IOException, PngProcessingException {
    PngAncillary ancillary = PngAncillary.of(input, all);
    Metadata metadata = PngMetadataReader.readMetadata(ancillary.stream());
    Map<String, byte[]> color = new HashMap<>();
    byte[] exif = null;
    for (PngChunk chunk :
        new PngChunkReader().extract(new StreamReader(ancillary.stream()), null)) {
      if (chunk.getType().equals(PngChunkType.eXIf)) {
        exif = chunk.getBytes();
      } else {
        color.putIfAbsent(chunk.getType().getIdentifier(), chunk.getBytes());
      }
    }
    PngColor space =
        PngColor.of(color, (profile, warnings) -> Profiles.of(profile, warnings) != null);
    List<String> warnings = new ArrayList<>(ancillary.warnings());
    warnings.addAll(space.warnings());
    return new SourceMetadata(metadata, space.profile(), space.hdr(), exif, warnings);
  }

  private static SourceMetadata ofGif(Input input) throws IOException {
    Metadata metadata = new Metadata();
    try (DataInputStream in = new DataInputStream(input.open())) {
      for (byte[] comment : GifComments.read(in, PngAncillary.MAX_BYTES)) {
        metadata.addDirectory(new GifCommentDirectory(new StringValue(comment, null)));
      }
    }
    return new SourceMetadata(metadata, null, null, null, List.of());
  }

  private static SourceMetadata ofBmp(Input input) throws IOException {
    List<String> warnings = new ArrayList<>();
    try (ImageInputStream in = new InputImageStream(input)) {
      byte[] profile = BmpColor.profile(in, warnings);
      return new SourceMetadata(new Metadata(), profile, null, null, warnings);
    }
  }

  private static SourceMetadata ofWebp(Input input) throws IOException {
    Metadata metadata = new Metadata();
    try (ImageInputStream in = new InputImageStream(input)) {
      byte[] exif = WebpFile.exif(in);
      if (exif != null && startsWith(exif, EXIF_PREAMBLE)) {
        exif = Arrays.copyOfRange(exif, EXIF_PREAMBLE.length, exif.length);
      }
      if (exif != null) {
        new ExifReader().extract(new ByteArrayReader(exif), metadata);
      }
      return new SourceMetadata(metadata, WebpFile.profile(in), null, exif, List.of());
    }
  }

  private static SourceMetadata ofTiff(Input input, int index) throws IOException {
    TiffDirectory page;
    try (ImageInputStream in = new InputImageStream(input)) {
      TiffDirectory.Chain chain = TiffDirectory.chain(in);
      page = chain.all().get(chain.pages().get(index));
    }
    ExifIFD0Directory fields = new ExifIFD0Directory();
    for (int tag : new int[] {TiffDirectory.ORIENTATION, TiffDirectory.RESOLUTION_UNIT}) {
      if (page.has(tag)) {
        fields.setInt(tag, page.get(tag, 0));
      }
    }
    for (int tag : new int[] {TiffDirectory.X_RESOLUTION, TiffDirectory.Y_RESOLUTION}) {
      if (page.has(tag)) {
        fields.setDouble(tag, page.all(tag)[0]);
      }
    }
    Metadata metadata = new Metadata();
    metadata.addDirectory(fields);
    byte[] profile = page.profile();
    double[] white = page.all(TiffDirectory.WHITE_POINT);
    double[] colors = page.all(TiffDirectory.PRIMARY_CHROMATICITIES);
    List<String> warnings = new ArrayList<>();
    if (profile == null && white.length == 2 && colors.length == 6) {
      Primaries primaries =
          new Primaries(
              white[0], white[1], colors[0], colors[1], colors[2], colors[3], colors[4], colors[5]);
      if (!primaries.isSrgb()) {
        // As in browsers; these tags predate profiles and are rarely correct.
        warnings.add("primaries other than those of sRGB are ignored");
      }
    }
    return new SourceMetadata(metadata, profile, null, null, warnings);
  }

  static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  /** The Exif orientation, 1 to 8; 1 if there is none. */
  int orientation() {
    for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
      Integer value = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      if (value != null && value >= 1 && value <= 8) {
        return value;
      }
    }
    return 1;
  }

  /** Whether the samples are those of an upright image in sRGB. */
  boolean isPlain() {
    return profile == null && hdr == null && orientation() == 1;
  }

  /** Messages about unreadable metadata. */
  List<String> warnings() {
    return warnings;
  }

  /** The ICC profile, or one built from other colour metadata; null for sRGB. */
  byte @Nullable [] profile() {
    return profile;
  }

  /** The colour space of an HDR image, or null. */
  @Nullable HdrColor hdr() {
    return hdr;
  }

  /**
   * Resolution, text and Exif as chunks; the orientation is reset, because the pixels are rotated.
   */
  List<Chunk> chunks() {
    List<Chunk> chunks = new ArrayList<>();
    Chunk resolution = resolution();
    if (resolution != null) {
      chunks.add(resolution);
    }
    addTexts(chunks);
    if (exif != null && exif.length >= 8) {
      chunks.add(Chunk.exif(ExifOrientation.with(exif, 1)));
    }
    return chunks;
  }

  private @Nullable Chunk resolution() {
    PngDirectory png = firstWith(PngDirectory.class, PngDirectory.TAG_PIXELS_PER_UNIT_X);
    if (png != null) {
      Integer metre = png.getInteger(PngDirectory.TAG_UNIT_SPECIFIER);
      return metre != null && metre == 1
          ? perMetre(
              png.getInteger(PngDirectory.TAG_PIXELS_PER_UNIT_X),
              png.getInteger(PngDirectory.TAG_PIXELS_PER_UNIT_Y),
              1)
          : null;
    }
    JfifDirectory jfif = firstWith(JfifDirectory.class, JfifDirectory.TAG_UNITS);
    if (jfif != null) {
      Integer unit = jfif.getInteger(JfifDirectory.TAG_UNITS);
      if (unit != null && (unit == 1 || unit == 2)) {
        return perMetre(
            jfif.getInteger(JfifDirectory.TAG_RESX),
            jfif.getInteger(JfifDirectory.TAG_RESY),
            unit == 1 ? INCH : 0.01);
      }
    }
    ExifIFD0Directory exif0 =
        firstWith(ExifIFD0Directory.class, ExifIFD0Directory.TAG_X_RESOLUTION);
    if (exif0 != null) {
      Integer unit = exif0.getInteger(ExifIFD0Directory.TAG_RESOLUTION_UNIT);
      return perMetre(
          exif0.getDoubleObject(ExifIFD0Directory.TAG_X_RESOLUTION),
          exif0.getDoubleObject(ExifIFD0Directory.TAG_Y_RESOLUTION),
          unit != null && unit == 3 ? 0.01 : INCH);
    }
    return null;
  }

  private <T extends Directory> @Nullable T firstWith(Class<T> type, int tag) {
    for (T directory : metadata.getDirectoriesOfType(type)) {
      if (directory.containsTag(tag)) {
        return directory;
      }
    }
    return null;
  }

  private static @Nullable Chunk perMetre(@Nullable Number x, @Nullable Number y, double unit) {
    if (x == null || y == null || !(x.doubleValue() > 0) || !(y.doubleValue() > 0)) {
      return null;
    }
    return Chunk.pixelsPerMetre(
        (int) Math.round(x.doubleValue() / unit), (int) Math.round(y.doubleValue() / unit));
  }

  private void addTexts(List<Chunk> chunks) {
    for (PngDirectory png : metadata.getDirectoriesOfType(PngDirectory.class)) {
      if (png.getObject(PngDirectory.TAG_TEXTUAL_DATA) instanceof List<?> pairs) {
        for (Object pair : pairs) {
          if (pair instanceof KeyValuePair text) {
            addText(chunks, text.getKey(), text.getValue().toString());
          }
        }
      }
    }
    for (JpegCommentDirectory jpeg : metadata.getDirectoriesOfType(JpegCommentDirectory.class)) {
      addComment(chunks, jpeg.getStringValue(JpegCommentDirectory.TAG_COMMENT));
    }
    for (GifCommentDirectory gif : metadata.getDirectoriesOfType(GifCommentDirectory.class)) {
      addComment(chunks, gif.getStringValue(GifCommentDirectory.TAG_COMMENT));
    }
  }

  private static void addComment(List<Chunk> chunks, @Nullable StringValue comment) {
    if (comment != null) {
      addText(chunks, "Comment", text(comment.getBytes()));
    }
  }

  /** The encoding of comments is not specified: UTF-8 if valid, else Latin-1. */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static void addText(List<Chunk> chunks, String keyword, String text) {
    int bytes = keyword.getBytes(StandardCharsets.UTF_8).length;
    if (bytes >= 1 && bytes <= 79 && keyword.indexOf('\0') < 0) {
      chunks.add(Chunk.text(keyword, text));
    }
  }
}
