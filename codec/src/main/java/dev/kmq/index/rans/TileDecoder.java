package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;

/** Decodes a tile from its first pixel to its last (specification, section Payload). */
final class TileDecoder {
  private final ColorRanks ranks;
  private final int limit;
  private final int[] slots;
  private final int[] bases;
  private final byte[] payload;
  private int at;
  private int symbolState;
  private int rawState;

  TileDecoder(ColorRanks ranks, Slots slots, byte[] payload) {
    this.ranks = ranks;
    this.limit = ColorRanks.ranks(ranks.colors());
    this.slots = slots.slots();
    this.bases = slots.bases();
    this.payload = payload;
  }

  void decode(IndexPlane tile) throws PayloadException {
    if (payload.length < 8) {
      throw tooShort();
    }
    symbolState = word() << 16 | word();
    rawState = word() << 16 | word();
    if (symbolState >>> 16 == 0 || rawState >>> 16 == 0) {
      throw new PayloadException(Fault.CORRUPT, "a coder state begins below 65536");
    }
    int width = tile.width();
    int[] gathered = new int[width];
    int[] row = Contexts.row(width);
    int[] above = Contexts.row(width);
    int[] twoAbove = Contexts.row(width);
    for (int y = 0; y < tile.height(); y++) {
      Contexts.gather(ranks, above, twoAbove, gathered);
      Contexts.begin(row, above);
      decodeRow(row, above, gathered);
      Contexts.end(row);
      store(row, tile, y);
      int[] free = twoAbove;
      twoAbove = above;
      above = row;
      row = free;
    }
    end();
  }

  private void end() throws PayloadException {
    if (symbolState != TileEncoder.LOWEST || rawState != TileEncoder.LOWEST) {
      throw new PayloadException(Fault.CORRUPT, "the coder does not end in its initial state");
    }
    if (at < payload.length) {
      throw new PayloadException(Fault.TRAILING_BYTES, "bytes follow the coded indices");
    }
  }

  private void decodeRow(int[] row, int[] above, int[] gathered) throws PayloadException {
    char[] table = ranks.table();
    int groups = ranks.groups();
    int shift = ranks.shift();
    int state = symbolState;
    int ww = row[0];
    int w = row[1];
    int nw = above[1];
    int n = above[Contexts.LEFT];
    for (int x = 0; x < gathered.length; x++) {
      int ne = above[x + Contexts.LEFT + 1];
      int changeW = table[(nw >>> shift) * groups + (w >>> shift)];
      int context = Contexts.of(gathered[x], changeW, w, ww, n, nw, ne);
      int slot = slots[bases[context] + (state & RansTables.SUM - 1)];
      state = Slots.next(state, slot);
      if (state >>> 16 == 0) {
        state = state << 16 | word();
      }
      int symbol = Slots.symbol(slot);
      int p;
      if (symbol == 0) {
        p = w;
      } else if (symbol < Tokens.NEIGHBORS) {
        p = symbol == 1 ? n : symbol == 2 ? ne : nw;
      } else {
        p = other(symbol - Tokens.NEIGHBORS, Contexts.reference(context, w, n), w, n, ne, nw);
      }
      row[x + Contexts.LEFT] = p;
      ww = w;
      w = p;
      nw = n;
      n = ne;
    }
    symbolState = state;
  }

  private int other(int token, int from, int w, int n, int ne, int nw) throws PayloadException {
    int bits = Tokens.rawBits(token);
    int rank = Tokens.rank(token);
    if (bits > 0) {
      rank += rawState & (1 << bits) - 1;
      rawState >>>= bits;
      if (rawState >>> 16 == 0) {
        rawState = rawState << 16 | word();
      }
    }
    int all = ranks.skipNeighbors(from, rank, w, n, ne, nw);
    if (all >= limit) {
      throw new PayloadException(Fault.CORRUPT, "a colour rank of " + all + " >= " + limit);
    }
    int p = ranks.position(from, all);
    if (p >= ranks.colors()) {
      throw new PayloadException(
          Fault.INDEX_OUT_OF_RANGE, "colour position " + p + " >= K = " + ranks.colors());
    }
    return p;
  }

  private int word() throws PayloadException {
    if (at + 2 > payload.length) {
      throw tooShort();
    }
    int word = (payload[at] & 0xFF) << 8 | payload[at + 1] & 0xFF;
    at += 2;
    return word;
  }

  private static PayloadException tooShort() {
    return new PayloadException(Fault.SHORT, "the payload ends before the tile is full");
  }

  private void store(int[] row, IndexPlane tile, int y) {
    int[] indexOf = ranks.indexOf();
    int to = tile.at(0, y);
    if (tile.wide()) {
      short[] shorts = tile.shorts();
      for (int x = 0; x < tile.width(); x++) {
        shorts[to + x] = (short) indexOf[row[x + Contexts.LEFT]];
      }
    } else {
      byte[] bytes = tile.bytes();
      for (int x = 0; x < tile.width(); x++) {
        bytes[to + x] = (byte) row[x + Contexts.LEFT];
      }
    }
  }
}
