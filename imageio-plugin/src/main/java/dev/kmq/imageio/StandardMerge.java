package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.image.Palette;
import java.util.function.Consumer;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/**
 * Reads from a tree of the standard format what a kmq file can hold: palette, resolution,
 * orientation, times and texts. Anything else is ignored, since the writer determines it.
 */
final class StandardMerge {
  private static final String COMMENT = "Comment";
  private static final int MAX_KEYWORD_BYTES = 79;

  private StandardMerge() {}

  static PictureFacts merge(PictureFacts facts, Node root) throws IIOInvalidTreeException {
    checkRoot(root);
    MergedFacts merged = new MergedFacts(facts);
    for (Node section : Elements.children(root)) {
      mergeSection(merged, section);
    }
    return merged.facts();
  }

  /**
   * As {@link #merge}, but skips the rest of a section after an invalid element.
   *
   * @param refused receives the exception of each invalid element
   */
  static PictureFacts mergeValid(
      PictureFacts facts, Node root, Consumer<IIOInvalidTreeException> refused) {
    MergedFacts merged = new MergedFacts(facts);
    for (Node section : Elements.children(root)) {
      try {
        mergeSection(merged, section);
      } catch (IIOInvalidTreeException e) {
        refused.accept(e);
      }
    }
    return merged.facts();
  }

  private static void checkRoot(Node root) throws IIOInvalidTreeException {
    String name = IIOMetadataFormatImpl.standardMetadataFormatName;
    if (!name.equals(root.getNodeName())) {
      throw Elements.invalid(root, "is not the root of " + name);
    }
  }

  private static void mergeSection(MergedFacts facts, Node section) throws IIOInvalidTreeException {
    switch (section.getNodeName()) {
      case "Chroma" -> mergeChroma(facts, section);
      case "Dimension" -> {
        mergeResolution(facts, section);
        mergeOrientation(facts, section);
      }
      case "Document" -> mergeTimes(facts, section);
      case "Text" -> mergeTexts(facts, section);
      case "Transparency" -> mergeTransparency(facts, section);
      case "Compression", "Data", "Tile" -> {}
      default -> throw Elements.invalid(section, "is not an element of the standard format");
    }
  }

  /**
   * The palette of the standard form is in sRGB, so it differs from the file's if there is a
   * profile.
   */
  private static void mergeChroma(MergedFacts facts, Node section) throws IIOInvalidTreeException {
    Node palette = Elements.child(section, "Palette");
    if (palette != null && facts.chunk(Chunk.ICCP) == null) {
      facts.setPalette(PaletteElement.read(palette));
    }
  }

  /** The transparent entry, which the palette of a GIF does not mark itself. */
  private static void mergeTransparency(MergedFacts facts, Node section)
      throws IIOInvalidTreeException {
    Node index = Elements.child(section, "TransparentIndex");
    Palette palette = facts.palette();
    if (index == null || palette == null) {
      return;
    }
    int[] argb = palette.toArgb();
    int transparent = (int) Elements.integer(index, "value", 0, Integer.MAX_VALUE);
    if (transparent < argb.length) {
      argb[transparent] &= 0xFFFFFF;
      facts.setPalette(Palette.ofArgb(argb));
    }
  }

  /** Millimetres per pixel; a missing side is derived from the aspect ratio. */
  private static void mergeResolution(MergedFacts facts, Node section)
      throws IIOInvalidTreeException {
    double width = number(section, "HorizontalPixelSize");
    double height = number(section, "VerticalPixelSize");
    double ratio = number(section, "PixelAspectRatio");
    double square = ratio > 0 && Double.isFinite(ratio) ? ratio : 1;
    long x = pixelsPerMetre(width > 0 ? width : height * square);
    long y = pixelsPerMetre(height > 0 ? height : width / square);
    if (x > 0 && y > 0) {
      facts.add(Chunk.pixelsPerMetre((int) x, (int) y));
    }
  }

  private static double number(Node section, String name) throws IIOInvalidTreeException {
    Node node = Elements.child(section, name);
    return node == null ? 0 : Elements.number(node);
  }

  /** Pixels per metre, or 0 if a file cannot store the number. */
  private static long pixelsPerMetre(double millimetres) {
    long pixels = millimetres > 0 ? Math.round(1000 / millimetres) : 0;
    return pixels > 0xFFFFFFFFL ? 0 : pixels;
  }

  private static void mergeOrientation(MergedFacts facts, Node section)
      throws IIOInvalidTreeException {
    Node node = Elements.child(section, "ImageOrientation");
    if (node == null) {
      return;
    }
    String name = Elements.required(node, "value");
    int orientation = ExifOrientation.number(name);
    if (orientation == 0) {
      throw Elements.invalid(node, "has value=\"" + name + "\", which is not an orientation");
    }
    Chunk exif = facts.chunk(Chunk.EXIF);
    byte[] data = exif == null ? null : exif.data();
    if (orientation == (data == null ? 1 : ExifOrientation.of(data))) {
      return;
    }
    try {
      facts.add(Chunk.exif(ExifOrientation.with(data, orientation)));
    } catch (IllegalArgumentException e) {
      throw Elements.invalid(node, "is refused: " + e.getMessage());
    }
  }

  private static void mergeTimes(MergedFacts facts, Node section) throws IIOInvalidTreeException {
    mergeTime(facts, Elements.child(section, "ImageCreationTime"), TextTime.CREATION);
    mergeTime(facts, Elements.child(section, "ImageModificationTime"), TextTime.MODIFICATION);
  }

  private static void mergeTime(MergedFacts facts, @Nullable Node time, String keyword)
      throws IIOInvalidTreeException {
    if (time != null) {
      facts.setOnlyText(keyword, Chunk.text(keyword, TextTime.read(time)));
    }
  }

  private static void mergeTexts(MergedFacts facts, Node section) throws IIOInvalidTreeException {
    for (Node entry : Elements.children(section)) {
      String keyword = Elements.attribute(entry, "keyword");
      String value = Elements.required(entry, "value");
      boolean time = TextTime.CREATION.equals(keyword) || TextTime.MODIFICATION.equals(keyword);
      if (keyword != null && time) {
        facts.setOnlyText(keyword, Chunk.text(keyword, value));
      } else {
        facts.add(text(keyword, value));
      }
    }
  }

  /** A text whose keyword a file cannot store becomes a comment that begins with it. */
  private static Chunk text(@Nullable String keyword, String value) {
    if (keyword == null || keyword.isEmpty()) {
      return Chunk.text(COMMENT, value);
    }
    int bytes = keyword.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    boolean legal = bytes <= MAX_KEYWORD_BYTES && keyword.indexOf('\0') < 0;
    return legal ? Chunk.text(keyword, value) : Chunk.text(COMMENT, keyword + ": " + value);
  }
}
