package dev.kmq.png;

import java.util.Arrays;
import java.util.List;

/** Adds entries to palettes whose indices exceed them. */
public final class MissingEntries {
  private static final int OPAQUE_BLACK = 0xFF000000;

  private MissingEntries() {}

  /**
   * The palette with an entry for every index: further ones are opaque black, as in browsers and
   * libpng, with a warning.
   *
   * @param max the largest index
   * @param beyond number of pixels whose index has no entry
   */
  public static int[] added(int[] argb, int max, long beyond, List<String> warnings) {
    if (beyond == 0) {
      return argb;
    }
    warnings.add(
        beyond
            + (beyond == 1 ? " pixel has an index" : " pixels have an index")
            + " without an entry in the palette and "
            + (beyond == 1 ? "is" : "are")
            + " black");
    int[] longer = Arrays.copyOf(argb, max + 1);
    Arrays.fill(longer, argb.length, longer.length, OPAQUE_BLACK);
    return longer;
  }
}
