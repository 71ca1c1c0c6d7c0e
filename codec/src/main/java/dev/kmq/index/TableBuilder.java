package dev.kmq.index;

import dev.kmq.image.IndexPlane;

/**
 * Collects statistics over all tiles, then builds the tables that the tiles share: the first of an
 * encoder's two passes. An instance is for one thread.
 */
public interface TableBuilder {
  /** An empty builder of the same image, to count other tiles on another thread. */
  TableBuilder sibling();

  /** Counts a tile. */
  void add(IndexPlane tile);

  /** Adds the counts of a sibling. The sums do not depend on which builder counted which tile. */
  void add(TableBuilder sibling);

  /** The method with tables made for the tiles that have been counted. */
  IndexMethod method();
}
