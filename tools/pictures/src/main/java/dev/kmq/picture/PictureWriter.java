package dev.kmq.picture;

import dev.kmq.container.Chunk;
import dev.kmq.container.Format;
import dev.kmq.file.FailedInput;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.KmqImages;
import dev.kmq.png.IndexedPng;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.commons.io.output.CountingOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes an indexed image as PNG with metadata, or in another format of ImageIO. */
public final class PictureWriter {
  /** Largest number of colours of an indexed PNG. */
  public static final int PNG_COLORS = IndexedPng.MAX_COLORS;

  private static final String PNG = "png";
  private static final String PNG_METADATA = "javax_imageio_png_1.0";

  private PictureWriter() {}

  /** File name suffixes of all formats that can be written, lower-case. */
  public static SortedSet<String> suffixes() {
    Plugins.all();
    TreeSet<String> suffixes = new TreeSet<>();
    for (String suffix : ImageIO.getWriterFileSuffixes()) {
      if (!suffix.isEmpty()) {
        suffixes.add(suffix.toLowerCase(Locale.ROOT));
      }
    }
    return suffixes;
  }

  /** One suffix of each format of {@link #suffixes}, without {@code .kmq}. */
  public static SortedSet<String> formats() {
    TreeSet<String> formats = new TreeSet<>();
    for (String suffix : suffixes()) {
      List<String> same = synonyms(suffix);
      formats.add(same.isEmpty() ? suffix : same.get(0));
    }
    formats.remove(Format.SUFFIX);
    return formats;
  }

  /** Whether two suffixes, lower-case, stand for the same format. */
  public static boolean sameFormat(String suffix, String other) {
    return suffix.equals(other) || synonyms(suffix).contains(other);
  }

  /** All suffixes of the format of one, lower-case; empty if it cannot be written. */
  private static List<String> synonyms(String suffix) {
    ImageWriter writer = known(suffix);
    ImageWriterSpi provider = writer == null ? null : writer.getOriginatingProvider();
    String[] suffixes = provider == null ? null : provider.getFileSuffixes();
    return suffixes == null
        ? List.of()
        : Arrays.stream(suffixes).map(s -> s.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Writes an image.
   *
   * @param suffix of the format, lower-case
   * @param chunks metadata for PNG; other formats get only the pixels
   * @throws FailedInput if the format cannot hold the image
   */
  public static void write(IndexSource image, List<Chunk> chunks, String suffix, OutputStream out)
      throws IOException {
    if (suffix.equals(PNG) && image.palette().size() <= IndexedPng.MAX_COLORS) {
      IndexedPng.write(image, chunks, out);
      return;
    }
    ImageWriter writer = writer(suffix);
    IndexedImage whole = whole(image, suffix);
    if (image.palette().hasAlpha() && !suffix.equals(PNG)) {
      out.write(verified(whole, suffix, writer));
      return;
    }
    write(whole, chunks, suffix, writer, out);
  }

  /** Other writers than that of indexed PNG take the whole image. */
  private static IndexedImage whole(IndexSource image, String suffix) throws FailedInput {
    if (image instanceof IndexedImage whole) {
      return whole;
    }
    try {
      return new IndexedImage(image.palette(), image.rows(0, image.height()));
    } catch (OutOfMemoryError e) {
      throw new FailedInput(
          ("too large for the available memory: %dx%d pixels as .%s are written at once;"
                  + " KMQ_JAVA_OPTS=-Xmx... gives more; .png with up to %d colours needs little")
              .formatted(image.width(), image.height(), suffix, PNG_COLORS),
          e);
    }
  }

  /** Writes pixels as a PNG, RGBA if one is not opaque, else RGB. */
  public static void writePng(PixelSource pixels, OutputStream out) throws IOException {
    int width = pixels.width();
    int[] argb = new int[Math.multiplyExact(width, pixels.height())];
    pixels.readRows(0, pixels.height(), argb);
    boolean opaque = Arrays.stream(argb).allMatch(color -> color >>> 24 == 255);
    int type = opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    BufferedImage image = new BufferedImage(width, pixels.height(), type);
    image.getRaster().setDataElements(0, 0, width, pixels.height(), argb);
    ImageWriter writer = writer(PNG);
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(image);
      stream.flush();
    } finally {
      writer.dispose();
    }
  }

  /** The JDK's writer if there is one, even if others on the class path claim the format. */
  private static ImageWriter writer(String suffix) throws FailedInput {
    ImageWriter found = known(suffix);
    if (found == null) {
      throw new FailedInput("format ." + suffix + " cannot be written");
    }
    return found;
  }

  private static @Nullable ImageWriter known(String suffix) {
    Plugins.all();
    ImageWriter found = null;
    Iterator<ImageWriter> writers = ImageIO.getImageWritersBySuffix(suffix);
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getModule() == ImageIO.class.getModule()) {
        return writer;
      }
      found = found == null ? writer : found;
    }
    return found;
  }

  /** Some writers silently drop transparency, so their output is verified. */
  private static byte[] verified(IndexedImage image, String suffix, ImageWriter writer)
      throws IOException {
    FailedInput refused =
        new FailedInput(
            "an image with transparency cannot be written as ." + suffix + "; .png can hold it");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(image, List.of(), suffix, writer, bytes);
    } catch (IIOException e) {
      refused.initCause(e);
      throw refused;
    }
    BufferedImage back =
        ImageIO.read(
            new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (back == null || back.getRGB(x, y) >>> 24 != image.argb(x, y) >>> 24) {
          throw refused;
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void write(
      IndexedImage image, List<Chunk> chunks, String suffix, ImageWriter writer, OutputStream out)
      throws IOException {
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      BufferedImage pixels = acceptable(image, writer, suffix);
      IIOMetadata metadata = null;
      if (suffix.equals(PNG) && !chunks.isEmpty()) {
        ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(pixels);
        metadata = writer.getDefaultImageMetadata(type, null);
        metadata.mergeTree(PNG_METADATA, pngTree(chunks));
      }
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (suffix.equals("gif")) {
        // Interlacing is the default, but readers misplace rows of images with few rows.
        param.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
      }
      writer.write(null, new IIOImage(pixels, null, metadata), param);
      stream.flush();
    } finally {
      writer.dispose();
    }
  }

  private static BufferedImage acceptable(IndexedImage image, ImageWriter writer, String suffix)
      throws FailedInput {
    if (image.palette().size() <= 256) {
      BufferedImage indexed = KmqImages.image(image, bits(image, suffix));
      if (accepts(writer, indexed)) {
        return indexed;
      }
    } else if (suffix.equals("gif")) {
      throw new FailedInput(
          ("a .gif holds up to 256 colours, and the image has %d; encode with --colors 256, or"
                  + " write .png")
              .formatted(image.palette().size()));
    }
    BufferedImage direct = KmqImages.rgbImage(image);
    if (accepts(writer, direct)) {
      return direct;
    }
    throw new FailedInput("the image cannot be written as ." + suffix + "; .png can hold it");
  }

  /** The smallest number of bits per index; the JDK's BMP writer fails for 2. */
  private static int bits(IndexedImage image, String suffix) {
    int bits = IndexedPng.bitsPerIndex(image.palette());
    return bits == 2 && suffix.equals("bmp") ? 4 : bits;
  }

  private static boolean accepts(ImageWriter writer, BufferedImage image) {
    return writer.getOriginatingProvider() == null
        || writer
            .getOriginatingProvider()
            .canEncodeImage(ImageTypeSpecifier.createFromRenderedImage(image));
  }

  private static IIOMetadataNode pngTree(List<Chunk> chunks) throws IOException {
    IIOMetadataNode root = new IIOMetadataNode(PNG_METADATA);
    IIOMetadataNode texts = new IIOMetadataNode("iTXt");
    for (Chunk chunk : chunks) {
      switch (chunk.type()) {
        case Chunk.ICCP -> root.appendChild(profile(chunk));
        case Chunk.PHYS -> root.appendChild(resolution(chunk));
        case Chunk.TEXT -> texts.appendChild(text(chunk));
        case Chunk.EXIF -> root.appendChild(unknown(chunk));
        default -> {}
      }
    }
    if (texts.hasChildNodes()) {
      root.appendChild(texts);
    }
    return root;
  }

  private static IIOMetadataNode profile(Chunk chunk) throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(chunk.data());
    }
    IIOMetadataNode node = new IIOMetadataNode("iCCP");
    node.setAttribute("profileName", "ICC profile");
    node.setAttribute("compressionMethod", "deflate");
    node.setUserObject(deflated.toByteArray());
    return node;
  }

  private static IIOMetadataNode resolution(Chunk chunk) {
    IIOMetadataNode node = new IIOMetadataNode("pHYs");
    node.setAttribute("pixelsPerUnitXAxis", Integer.toString(chunk.pixelsPerMetreX()));
    node.setAttribute("pixelsPerUnitYAxis", Integer.toString(chunk.pixelsPerMetreY()));
    node.setAttribute("unitSpecifier", "meter");
    return node;
  }

  private static IIOMetadataNode text(Chunk chunk) {
    IIOMetadataNode node = new IIOMetadataNode("iTXtEntry");
    node.setAttribute("keyword", chunk.keyword());
    node.setAttribute("compressionFlag", "FALSE");
    node.setAttribute("compressionMethod", "0");
    node.setAttribute("languageTag", "");
    node.setAttribute("translatedKeyword", "");
    node.setAttribute("text", chunk.text());
    return node;
  }

  private static IIOMetadataNode unknown(Chunk chunk) {
    IIOMetadataNode node = new IIOMetadataNode("UnknownChunk");
    node.setAttribute("type", chunk.type());
    node.setUserObject(chunk.data());
    IIOMetadataNode root = new IIOMetadataNode("UnknownChunks");
    root.appendChild(node);
    return root;
  }

  /** Size of the image as PNG: indexed up to 256 colours, else RGB or RGBA. */
  public static long pngBytes(IndexSource image) throws IOException {
    CountingOutputStream png = new CountingOutputStream(OutputStream.nullOutputStream());
    write(image, List.of(), PNG, png);
    return png.getByteCount();
  }
}
