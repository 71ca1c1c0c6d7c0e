package dev.kmq.imageio;

import dev.kmq.image.Palette;
import java.util.List;
import java.util.Locale;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/** The palette element, which the native and the standard format have in the same form. */
final class PaletteElement {
  private static final String NAME = KmqImageMetadataFormat.PALETTE;
  private static final String ENTRY = KmqImageMetadataFormat.PALETTE_ENTRY;

  private PaletteElement() {}

  static void add(Node parent, Palette palette, boolean alpha) {
    addEntries(Elements.add(parent, NAME), palette, alpha);
  }

  static void addEntries(Node node, Palette palette, boolean alpha) {
    for (int i = 0; i < palette.size(); i++) {
      int argb = palette.argb(i);
      IIOMetadataNode entry = Elements.add(node, ENTRY);
      Elements.set(entry, "index", i);
      Elements.set(entry, "red", argb >> 16 & 0xFF);
      Elements.set(entry, "green", argb >> 8 & 0xFF);
      Elements.set(entry, "blue", argb & 0xFF);
      if (alpha) {
        Elements.set(entry, "alpha", argb >>> 24);
      }
    }
  }

  /** A palette, with alpha if an entry has it. */
  static Palette read(Node node) throws IIOInvalidTreeException {
    List<Node> entries = Elements.children(node);
    int size = entries.size();
    if (size < 1 || size > Palette.MAX_SIZE) {
      throw Elements.invalid(
          node, String.format(Locale.ROOT, "has %d entries, not 1 to 65536", size));
    }
    @Nullable Node[] seen = new Node[size];
    int[] argb = new int[size];
    boolean alpha = false;
    for (Node entry : entries) {
      if (!ENTRY.equals(entry.getNodeName())) {
        throw Elements.invalid(entry, "is in the place of " + ENTRY);
      }
      int index = (int) Elements.integer(entry, "index", 0, size - 1L);
      if (seen[index] != null) {
        throw Elements.invalid(entry, "has the index " + index + " of another entry");
      }
      seen[index] = entry;
      boolean own = Elements.attribute(entry, "alpha") != null;
      alpha |= own;
      argb[index] =
          (own ? channel(entry, "alpha") : 0xFF) << 24
              | channel(entry, "red") << 16
              | channel(entry, "green") << 8
              | channel(entry, "blue");
    }
    return alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  private static int channel(Node entry, String name) throws IIOInvalidTreeException {
    return (int) Elements.integer(entry, name, 0, 255);
  }
}
