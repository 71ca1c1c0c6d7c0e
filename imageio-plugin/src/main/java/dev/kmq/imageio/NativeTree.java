package dev.kmq.imageio;

import static dev.kmq.imageio.KmqImageMetadataFormat.HEADER;
import static dev.kmq.imageio.KmqImageMetadataFormat.HEIGHT;
import static dev.kmq.imageio.KmqImageMetadataFormat.KEYWORD;
import static dev.kmq.imageio.KmqImageMetadataFormat.METHOD;
import static dev.kmq.imageio.KmqImageMetadataFormat.NAME;
import static dev.kmq.imageio.KmqImageMetadataFormat.PALETTE;
import static dev.kmq.imageio.KmqImageMetadataFormat.PALETTE_CHUNK_ENTRY;
import static dev.kmq.imageio.KmqImageMetadataFormat.PIXELS_X;
import static dev.kmq.imageio.KmqImageMetadataFormat.PIXELS_Y;
import static dev.kmq.imageio.KmqImageMetadataFormat.TEXT_ENTRY;
import static dev.kmq.imageio.KmqImageMetadataFormat.TILE_HEIGHT;
import static dev.kmq.imageio.KmqImageMetadataFormat.TILE_WIDTH;
import static dev.kmq.imageio.KmqImageMetadataFormat.TYPE;
import static dev.kmq.imageio.KmqImageMetadataFormat.UNKNOWN_CHUNK;
import static dev.kmq.imageio.KmqImageMetadataFormat.UNKNOWN_CHUNKS;
import static dev.kmq.imageio.KmqImageMetadataFormat.VALUE;
import static dev.kmq.imageio.KmqImageMetadataFormat.WIDTH;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/** Converts metadata to a tree of the native format, and back. */
final class NativeTree {
  private static final long MAX_UNSIGNED = 0xFFFFFFFFL;

  private NativeTree() {}

  static IIOMetadataNode of(PictureFacts facts) {
    IIOMetadataNode root = new IIOMetadataNode(KmqImageMetadata.NATIVE_FORMAT);
    if (facts.method() != null) {
      addHeader(root, facts.method(), facts.tiling());
    }
    if (facts.palette() != null) {
      PaletteElement.add(root, facts.palette(), facts.palette().hasAlpha());
    }
    for (Chunk chunk : facts.chunks()) {
      add(root, chunk);
    }
    return root;
  }

  private static void addHeader(Node root, Method method, @Nullable Tiling tiling) {
    IIOMetadataNode header = Elements.add(root, HEADER);
    header.setAttribute(METHOD, method.label());
    if (tiling != null) {
      Elements.set(header, WIDTH, tiling.width());
      Elements.set(header, HEIGHT, tiling.height());
      Elements.set(header, TILE_WIDTH, tiling.tileWidth());
      Elements.set(header, TILE_HEIGHT, tiling.tileHeight());
    }
  }

  private static void add(Node root, Chunk chunk) {
    switch (chunk.type()) {
      case Chunk.ICCP, Chunk.EXIF -> Elements.add(root, chunk.type()).setUserObject(chunk.data());
      case Chunk.PHYS -> {
        IIOMetadataNode node = Elements.add(root, Chunk.PHYS);
        Elements.set(node, PIXELS_X, Integer.toUnsignedLong(chunk.pixelsPerMetreX()));
        Elements.set(node, PIXELS_Y, Integer.toUnsignedLong(chunk.pixelsPerMetreY()));
      }
      case Chunk.TEXT -> {
        IIOMetadataNode entry = Elements.add(group(root, Chunk.TEXT), TEXT_ENTRY);
        entry.setAttribute(KEYWORD, chunk.keyword());
        entry.setAttribute(VALUE, chunk.text());
      }
      case Chunk.PALETTE -> {
        IIOMetadataNode entry = Elements.add(group(root, Chunk.PALETTE), PALETTE_CHUNK_ENTRY);
        entry.setAttribute(NAME, chunk.paletteName());
        PaletteElement.addEntries(entry, chunk.palette(), chunk.palette().hasAlpha());
      }
      default -> {
        IIOMetadataNode unknown = Elements.add(group(root, UNKNOWN_CHUNKS), UNKNOWN_CHUNK);
        unknown.setAttribute(TYPE, chunk.type());
        unknown.setUserObject(chunk.data());
      }
    }
  }

  private static Node group(Node root, String name) {
    Node there = Elements.child(root, name);
    return there == null ? Elements.add(root, name) : there;
  }

  static PictureFacts merge(PictureFacts facts, Node root) throws IIOInvalidTreeException {
    if (!KmqImageMetadata.NATIVE_FORMAT.equals(root.getNodeName())) {
      throw Elements.invalid(root, "is not the root of " + KmqImageMetadata.NATIVE_FORMAT);
    }
    MergedFacts merged = new MergedFacts(facts);
    for (Node node : Elements.children(root)) {
      mergeElement(merged, node);
    }
    return merged.facts();
  }

  private static void mergeElement(MergedFacts facts, Node node) throws IIOInvalidTreeException {
    switch (node.getNodeName()) {
      case HEADER -> facts.setHeader(method(node), tiling(node));
      case PALETTE -> facts.setPalette(PaletteElement.read(node));
      case Chunk.ICCP, Chunk.EXIF -> facts.add(chunk(node, node.getNodeName()));
      case Chunk.PHYS -> {
        int x = (int) Elements.integer(node, PIXELS_X, 0, MAX_UNSIGNED);
        int y = (int) Elements.integer(node, PIXELS_Y, 0, MAX_UNSIGNED);
        facts.add(Chunk.pixelsPerMetre(x, y));
      }
      case Chunk.TEXT -> mergeTexts(facts, node);
      case Chunk.PALETTE -> mergePalettes(facts, node);
      case UNKNOWN_CHUNKS -> mergeUnknown(facts, node);
      default ->
          throw Elements.invalid(node, "is not an element of " + KmqImageMetadata.NATIVE_FORMAT);
    }
  }

  private static void mergeTexts(MergedFacts facts, Node texts) throws IIOInvalidTreeException {
    for (Node node : Elements.children(texts)) {
      expect(node, TEXT_ENTRY);
      String keyword = Elements.required(node, KEYWORD);
      String text = Elements.required(node, VALUE);
      try {
        facts.add(Chunk.text(keyword, text));
      } catch (IllegalArgumentException e) {
        throw Elements.invalid(node, "is refused: " + e.getMessage());
      }
    }
  }

  private static void mergePalettes(MergedFacts facts, Node palettes)
      throws IIOInvalidTreeException {
    for (Node node : Elements.children(palettes)) {
      expect(node, PALETTE_CHUNK_ENTRY);
      String name = Elements.required(node, NAME);
      Palette palette = PaletteElement.read(node);
      try {
        facts.add(Chunk.palette(name, palette));
      } catch (IllegalArgumentException e) {
        throw Elements.invalid(node, "is refused: " + e.getMessage());
      }
    }
  }

  private static void mergeUnknown(MergedFacts facts, Node chunks) throws IIOInvalidTreeException {
    for (Node node : Elements.children(chunks)) {
      expect(node, UNKNOWN_CHUNK);
      String type = Elements.required(node, TYPE);
      boolean known = MetadataConversion.isKnown(type);
      if (known || !type.isEmpty() && Character.isUpperCase(type.charAt(0))) {
        throw Elements.invalid(node, "has type=\"" + type + "\", not an unknown ancillary one");
      }
      facts.add(chunk(node, type));
    }
  }

  private static void expect(Node node, String name) throws IIOInvalidTreeException {
    if (!name.equals(node.getNodeName())) {
      throw Elements.invalid(node, "is in the place of " + name);
    }
  }

  private static Chunk chunk(Node node, String type) throws IIOInvalidTreeException {
    byte[] data = Elements.bytes(node);
    try {
      return Chunk.of(type, data);
    } catch (IllegalArgumentException e) {
      throw Elements.invalid(node, "is refused: " + e.getMessage());
    }
  }

  private static Method method(Node node) throws IIOInvalidTreeException {
    String label = Elements.required(node, METHOD);
    for (Method method : Method.values()) {
      if (method.label().equals(label)) {
        return method;
      }
    }
    throw Elements.invalid(node, "has method=\"" + label + "\", which is not known");
  }

  private static @Nullable Tiling tiling(Node node) throws IIOInvalidTreeException {
    if (Elements.attribute(node, WIDTH) == null) {
      return null;
    }
    int width = (int) Elements.integer(node, WIDTH, 1, Integer.MAX_VALUE);
    int height = (int) Elements.integer(node, HEIGHT, 1, Integer.MAX_VALUE);
    int tileWidth = (int) Elements.integer(node, TILE_WIDTH, 1, Integer.MAX_VALUE);
    int tileHeight = (int) Elements.integer(node, TILE_HEIGHT, 1, Integer.MAX_VALUE);
    try {
      return Tiling.of(
          width, height, tileWidth >= width ? 0 : tileWidth, tileHeight >= height ? 0 : tileHeight);
    } catch (IllegalArgumentException e) {
      throw Elements.invalid(node, "is refused: " + e.getMessage());
    }
  }
}
