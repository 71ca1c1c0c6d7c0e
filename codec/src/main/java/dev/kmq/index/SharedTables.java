package dev.kmq.index;

import dev.kmq.image.Palette;

/** The tables that the tiles of a file share: how a method makes and reads them. */
public interface SharedTables {
  /**
   * Starts the first pass of an encoder, which counts the symbols of all tiles.
   *
   * @param palette 2 to 65536 colours
   */
  TableBuilder builder(Palette palette);

  /**
   * The method with the tables of a file.
   *
   * @param tables the tables as stored; not kept
   * @param palette 2 to 65536 colours
   * @throws PayloadException if the tables break a rule
   */
  IndexMethod read(byte[] tables, Palette palette) throws PayloadException;
}
