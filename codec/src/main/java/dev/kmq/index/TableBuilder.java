package dev.kmq.index;

import dev.kmq.image.IndexPlane;

/** The first of an encoder's two passes where tiles share tables. Each is for one thread. */
public interface TableBuilder {
  /** An empty builder of the same image, to count other tiles on another thread. */
  TableBuilder sibling();

  /** Counts a tile. */
  void add(IndexPlane tile);

  /** Adds what a sibling has counted. The sums do not depend on who counted which tile. */
  void add(TableBuilder sibling);

  /** The method with tables made for the tiles that have been counted. */
  IndexMethod method();
}
