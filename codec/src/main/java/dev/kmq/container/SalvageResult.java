package dev.kmq.container;

import dev.kmq.image.IndexedImage;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The recovered part of a damaged image.
 *
 * @param image the image, with index 0 where a tile is missing
 * @param intact the numbers of the intact tiles
 * @param fault the first fault, or null if there is none
 */
public record SalvageResult(IndexedImage image, BitSet intact, @Nullable KmqFormatException fault) {
  /**
   * Copies the mask.
   *
   * @param image the image, with index 0 where a tile is missing
   * @param intact the numbers of the intact tiles
   * @param fault the first fault, or null if there is none
   */
  public SalvageResult {
    intact = (BitSet) intact.clone();
  }

  /** {@return a copy of the mask} */
  @Override
  public BitSet intact() {
    return (BitSet) intact.clone();
  }
}
