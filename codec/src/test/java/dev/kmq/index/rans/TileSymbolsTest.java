package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.image.IndexPlane;
import dev.kmq.index.Planes;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TileSymbolsTest {
  private static final int[] WIDTHS = {300, 1, 2};
  private static final int HEIGHT = 20;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 64, 256, 257, 512, 513, 4096, 65536})
  void rowsAreWhatTheirPixelsAreOneByOne(int colors) {
    Random random = new Random(colors);
    ColorRanks ranks = new ColorRanks(Planes.palette(colors, random));
    for (int kind = 0; kind < 5 * WIDTHS.length; kind++) {
      int width = WIDTHS[kind / 5];
      IndexPlane tile = Planes.plane(width, HEIGHT, colors, kind % 5, random);
      TileSymbols symbols = new TileSymbols(ranks, tile);
      for (int i = 0; i < 2 * HEIGHT; i++) {
        int y = i < HEIGHT ? i : 2 * HEIGHT - 1 - i;
        symbols.row(y);
        assertRow(ranks, tile, y, symbols);
      }
    }
  }

  private static void assertRow(ColorRanks ranks, IndexPlane tile, int y, TileSymbols symbols) {
    int width = tile.width();
    int[] row = new int[width + 4];
    int[] n = new int[width + 4];
    int[] nn = new int[width + 4];
    TileSymbols.load(ranks, tile, y, row);
    TileSymbols.load(ranks, tile, y - 1, n);
    TileSymbols.load(ranks, tile, y - 2, nn);
    int[] gathered = new int[width];
    Contexts.gather(ranks, n, nn, gathered);
    for (int x = 0; x < width; x++) {
      int w = row[x + 1];
      int nw = n[x + 1];
      int ne = n[x + 3];
      int changeW = ranks.rank(nw, w) >>> ranks.shift();
      int context = Contexts.of(gathered[x], changeW, w, row[x], n[x + 2], nw, ne);
      assertEquals(context, symbols.contexts()[x]);
      int from = Contexts.reference(context, w, n[x + 2]);
      assertSymbol(ranks, from, row[x + 2], new int[] {w, n[x + 2], ne, nw}, symbols.symbols()[x]);
    }
  }

  private static void assertSymbol(ColorRanks ranks, int from, int p, int[] neighbors, int packed) {
    for (int i = 0; i < neighbors.length; i++) {
      if (p == neighbors[i]) {
        assertEquals(i, TileSymbols.symbol(packed));
        assertEquals(0, TileSymbols.rank(packed));
        return;
      }
    }
    int rank = ranks.rankOfOther(from, p, neighbors[0], neighbors[1], neighbors[2], neighbors[3]);
    assertEquals(Tokens.NEIGHBORS + Tokens.of(rank), TileSymbols.symbol(packed));
    assertEquals(rank, TileSymbols.rank(packed));
  }
}
