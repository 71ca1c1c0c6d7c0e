package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.image.Palette;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;

/** Metadata as the elements of the standard format. */
final class StandardTree {
  private static final String SRGB_GAMMA = "0.45455";

  private StandardTree() {}

  /** Colours are indexed RGB; the palette is in sRGB. */
  static IIOMetadataNode chroma(PictureFacts facts) {
    Palette shown = WrittenPicture.shown(facts);
    IIOMetadataNode node = new IIOMetadataNode("Chroma");
    Elements.add(node, "ColorSpaceType").setAttribute("name", "RGB");
    Elements.addValue(node, "NumChannels", shown != null && shown.hasAlpha() ? "4" : "3");
    if (facts.chunk(Chunk.ICCP) == null) {
      Elements.addValue(node, "Gamma", SRGB_GAMMA);
    }
    Elements.addValue(node, "BlackIsZero", "TRUE");
    if (shown != null) {
      PaletteElement.add(node, shown, shown.hasAlpha());
    }
    return node;
  }

  /**
   * Named like the compression types of {@link KmqImageWriteParam}; no name if the method is not
   * known.
   */
  static IIOMetadataNode compression(PictureFacts facts) {
    Method method = facts.method();
    IIOMetadataNode node = new IIOMetadataNode("Compression");
    if (method != null) {
      Elements.addValue(node, "CompressionTypeName", KmqImageWriteParam.name(method));
    }
    Elements.addValue(node, "Lossless", "TRUE");
    Elements.addValue(node, "NumProgressiveScans", "1");
    return node;
  }

  static IIOMetadataNode data(PictureFacts facts) {
    IIOMetadataNode node = new IIOMetadataNode("Data");
    Elements.addValue(node, "PlanarConfiguration", "PixelInterleaved");
    Elements.addValue(node, "SampleFormat", "Index");
    if (facts.palette() != null) {
      int bits = Math.max(1, facts.palette().bitsPerIndex());
      Elements.addValue(node, "BitsPerSample", Integer.toString(bits));
    }
    return node;
  }

  /** Pixel sizes are in millimetres. */
  static IIOMetadataNode dimension(PictureFacts facts) {
    IIOMetadataNode node = new IIOMetadataNode("Dimension");
    Chunk resolution = facts.chunk(Chunk.PHYS);
    float x = resolution == null ? 0 : Integer.toUnsignedLong(resolution.pixelsPerMetreX());
    float y = resolution == null ? 0 : Integer.toUnsignedLong(resolution.pixelsPerMetreY());
    boolean known = x > 0 && y > 0;
    Elements.addValue(node, "PixelAspectRatio", Float.toString(known ? y / x : 1));
    Chunk exif = facts.chunk(Chunk.EXIF);
    String orientation = ExifOrientation.name(exif == null ? 1 : ExifOrientation.of(exif.data()));
    Elements.addValue(node, "ImageOrientation", orientation);
    if (known) {
      Elements.addValue(node, "HorizontalPixelSize", Float.toString(1000 / x));
      Elements.addValue(node, "VerticalPixelSize", Float.toString(1000 / y));
    }
    return node;
  }

  static IIOMetadataNode document(PictureFacts facts) {
    IIOMetadataNode node = new IIOMetadataNode("Document");
    Elements.addValue(node, "FormatVersion", "1");
    TextTime.add(node, "ImageCreationTime", facts.text(TextTime.CREATION));
    TextTime.add(node, "ImageModificationTime", facts.text(TextTime.MODIFICATION));
    return node;
  }

  static @Nullable IIOMetadataNode text(PictureFacts facts) {
    IIOMetadataNode node = new IIOMetadataNode("Text");
    for (Chunk chunk : facts.chunks()) {
      if (chunk.type().equals(Chunk.TEXT)) {
        IIOMetadataNode entry = Elements.add(node, "TextEntry");
        entry.setAttribute("keyword", chunk.keyword());
        entry.setAttribute("value", chunk.text());
        entry.setAttribute("encoding", "UTF-8");
        entry.setAttribute("compression", "none");
      }
    }
    return node.hasChildNodes() ? node : null;
  }

  static IIOMetadataNode transparency(PictureFacts facts) {
    Palette palette = facts.palette();
    boolean alpha = palette != null && palette.hasAlpha();
    IIOMetadataNode node = new IIOMetadataNode("Transparency");
    Elements.addValue(node, "Alpha", alpha ? "nonpremultiplied" : "none");
    int transparent = palette == null ? -1 : transparentIndex(palette);
    if (transparent >= 0) {
      Elements.addValue(node, "TransparentIndex", Integer.toString(transparent));
    }
    return node;
  }

  /** The only entry that is not opaque, if it is fully transparent; otherwise -1. */
  private static int transparentIndex(Palette palette) {
    int found = -1;
    for (int i = 0; i < palette.size(); i++) {
      int alpha = palette.argb(i) >>> 24;
      if (alpha != 0xFF && (alpha != 0 || found >= 0)) {
        return -1;
      }
      found = alpha == 0 ? i : found;
    }
    return found;
  }
}
