package dev.kmq.container;

/**
 * How many bits of a file a part takes, over all tiles.
 *
 * @param group the label of the {@link Method} that has spent them, tables that tiles share
 *     included, or {@link #FRAMES}
 * @param part what they were spent on
 * @param bits their number; that of arithmetically coded decisions is the information of each, so
 *     it has a fraction
 */
public record PartBits(String group, String part, double bits) {
  /** Group of the lengths and checksums of tiles and shared tables. */
  public static final String FRAMES = "frames";
}
