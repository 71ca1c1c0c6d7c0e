package dev.kmq.container;

import java.util.List;

/**
 * What the bits after the chunks of a file are spent on, summed over all tiles.
 *
 * @param parts ordered by method number, frames last; the parts of a method in its own order
 */
public record BitBreakdown(List<Part> parts) {
  /** Group of the lengths and checksums of tiles and shared tables. */
  public static final String FRAMES = "frames";

  /**
   * Copies the list.
   *
   * @param parts the parts of the file
   */
  public BitBreakdown {
    parts = List.copyOf(parts);
  }

  /**
   * One line of the breakdown.
   *
   * @param group the label of the {@link Method} that spent the bits, shared tables included, or
   *     {@link #FRAMES}
   * @param name what the bits were spent on
   * @param bits number of bits; fractional for arithmetic coding, where each decision counts with
   *     its information content
   */
  public record Part(String group, String name, double bits) {}
}
