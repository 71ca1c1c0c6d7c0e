package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.image.Palette;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.jspecify.annotations.Nullable;

/**
 * The native metadata format, {@value KmqImageMetadata#NATIVE_FORMAT}. Elements have the names of
 * the specification:
 *
 * <pre>
 * Header         method, width, height, tileWidth, tileHeight
 * Palette        of PaletteEntry: index, red, green, blue, alpha
 * iCCP           user object: byte[], the profile
 * pHYs           pixelsPerMetreX, pixelsPerMetreY
 * eXIf           user object: byte[], from the TIFF header on
 * tEXt           of tEXtEntry: keyword, value
 * pALT           of pALTEntry: name; of PaletteEntry
 * UnknownChunks  of UnknownChunk: type; user object: byte[], the data
 * </pre>
 *
 * Palettes are in sRGB or, if there is a profile, in its colour space.
 */
public final class KmqImageMetadataFormat extends IIOMetadataFormatImpl {
  static final String HEADER = "Header";
  static final String METHOD = "method";
  static final String WIDTH = "width";
  static final String HEIGHT = "height";
  static final String TILE_WIDTH = "tileWidth";
  static final String TILE_HEIGHT = "tileHeight";
  static final String PALETTE = "Palette";
  static final String PALETTE_ENTRY = "PaletteEntry";
  static final String PIXELS_X = "pixelsPerMetreX";
  static final String PIXELS_Y = "pixelsPerMetreY";
  static final String TEXT_ENTRY = "tEXtEntry";
  static final String KEYWORD = "keyword";
  static final String VALUE = "value";
  static final String PALETTE_CHUNK_ENTRY = "pALTEntry";
  static final String NAME = "name";
  static final String UNKNOWN_CHUNKS = "UnknownChunks";
  static final String UNKNOWN_CHUNK = "UnknownChunk";
  static final String TYPE = "type";

  private static final String ROOT = KmqImageMetadata.NATIVE_FORMAT;

  /** Created on first use. */
  private static final class Holder {
    static final KmqImageMetadataFormat INSTANCE = new KmqImageMetadataFormat();
  }

  private KmqImageMetadataFormat() {
    super(ROOT, CHILD_POLICY_SOME);
    addElement(HEADER, ROOT, CHILD_POLICY_EMPTY);
    List<String> methods = Arrays.stream(Method.values()).map(Method::label).toList();
    addAttribute(HEADER, METHOD, DATATYPE_STRING, true, null, methods);
    for (String side : new String[] {WIDTH, HEIGHT, TILE_WIDTH, TILE_HEIGHT}) {
      addInteger(HEADER, side, false, 1, Integer.MAX_VALUE);
    }

    addElement(PALETTE, ROOT, 1, Palette.MAX_SIZE);
    addElement(PALETTE_ENTRY, PALETTE, CHILD_POLICY_EMPTY);
    addInteger(PALETTE_ENTRY, "index", true, 0, Palette.MAX_SIZE - 1);
    for (String channel : new String[] {"red", "green", "blue"}) {
      addInteger(PALETTE_ENTRY, channel, true, 0, 255);
    }
    addInteger(PALETTE_ENTRY, "alpha", false, 0, 255);

    addElement(Chunk.ICCP, ROOT, CHILD_POLICY_EMPTY);
    addObjectValue(Chunk.ICCP, byte.class, 1, Integer.MAX_VALUE);
    addElement(Chunk.PHYS, ROOT, CHILD_POLICY_EMPTY);
    for (String axis : new String[] {PIXELS_X, PIXELS_Y}) {
      addAttribute(Chunk.PHYS, axis, DATATYPE_INTEGER, true, null, "0", "4294967295", true, true);
    }
    addElement(Chunk.EXIF, ROOT, CHILD_POLICY_EMPTY);
    addObjectValue(Chunk.EXIF, byte.class, 0, Integer.MAX_VALUE);

    addElement(Chunk.TEXT, ROOT, 1, Integer.MAX_VALUE);
    addElement(TEXT_ENTRY, Chunk.TEXT, CHILD_POLICY_EMPTY);
    addAttribute(TEXT_ENTRY, KEYWORD, DATATYPE_STRING, true, null);
    addAttribute(TEXT_ENTRY, VALUE, DATATYPE_STRING, true, null);

    addElement(Chunk.PALETTE, ROOT, 1, Integer.MAX_VALUE);
    addElement(PALETTE_CHUNK_ENTRY, Chunk.PALETTE, 1, Palette.MAX_SIZE);
    addAttribute(PALETTE_CHUNK_ENTRY, NAME, DATATYPE_STRING, true, null);
    addChildElement(PALETTE_ENTRY, PALETTE_CHUNK_ENTRY);

    addElement(UNKNOWN_CHUNKS, ROOT, 1, Integer.MAX_VALUE);
    addElement(UNKNOWN_CHUNK, UNKNOWN_CHUNKS, CHILD_POLICY_EMPTY);
    addAttribute(UNKNOWN_CHUNK, TYPE, DATATYPE_STRING, true, null);
    addObjectValue(UNKNOWN_CHUNK, byte.class, 0, Integer.MAX_VALUE);
  }

  private void addInteger(String element, String name, boolean required, int least, int most) {
    addAttribute(
        element,
        name,
        DATATYPE_INTEGER,
        required,
        null,
        Integer.toString(least),
        Integer.toString(most),
        true,
        true);
  }

  /** {@return the only instance, as {@code javax.imageio} asks for it} */
  public static KmqImageMetadataFormat getInstance() {
    return Holder.INSTANCE;
  }

  /** Every element is allowed for every type of image. */
  @Override
  public boolean canNodeAppear(
      @Nullable String elementName, @Nullable ImageTypeSpecifier imageType) {
    return true;
  }
}
