package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.util.Arrays;

/**
 * Decodes a tile from its first pixel to its last (specification, section Payload). Unpredictable
 * branches dominate the time per pixel, so renormalisation is branch-free: it may read padding
 * after the payload, and overruns are detected afterwards.
 */
final class TileDecoder {
  private static final int STATES = 8;

  /** Rows of {@code int}: three of positions, one gathered from two rows. */
  private static final int ROWS = 4;

  /** Maximum number of bytes per pixel; the payload is padded by as many. */
  private static final int SLACK = 4;

  private final ColorRanks ranks;
  private final int limit;
  private final DecodeTable slots;
  private final byte[] payload;
  private final int end;
  private final byte[] rawBits;
  private final char[] leastRank;
  private int at;
  private int symbolState;
  private int rawState;

  TileDecoder(ColorRanks ranks, DecodeTable slots, byte[] payload) {
    this.ranks = ranks;
    this.limit = ColorRanks.ranks(ranks.colors());
    this.slots = slots;
    this.end = payload.length;
    this.payload = Arrays.copyOf(payload, end + SLACK);
    int alphabet = Tokens.alphabet(limit);
    rawBits = new byte[alphabet];
    leastRank = new char[alphabet];
    for (int symbol = Tokens.NEIGHBORS; symbol < alphabet; symbol++) {
      rawBits[symbol] = (byte) Tokens.rawBits(symbol - Tokens.NEIGHBORS);
      leastRank[symbol] = (char) Tokens.rank(symbol - Tokens.NEIGHBORS);
    }
  }

  /** Memory for the rows in bytes. */
  static long bytes(int width) {
    return 4L * ROWS * width;
  }

  void decode(IndexPlane tile) throws PayloadException {
    if (end < STATES) {
      throw tooShort();
    }
    symbolState = word(payload, 0) << 16 | word(payload, 2);
    rawState = word(payload, 4) << 16 | word(payload, 6);
    at = STATES;
    if (symbolState >>> 16 == 0 || rawState >>> 16 == 0) {
      throw new PayloadException(Fault.CORRUPT, "a coder state begins below 65536");
    }
    if (slots.remember(tile.width(), tile.height())) {
      decodeRemembered(tile);
    } else {
      decodePlain(tile);
    }
    end();
  }

  private void decodePlain(IndexPlane tile) throws PayloadException {
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
  }

  private void end() throws PayloadException {
    if (symbolState != TileEncoder.LOWEST || rawState != TileEncoder.LOWEST) {
      throw new PayloadException(Fault.CORRUPT, "the coder does not end in its initial state");
    }
    if (at < end) {
      throw new PayloadException(Fault.TRAILING_BYTES, "bytes follow the coded indices");
    }
  }

  private void decodeRow(int[] row, int[] above, int[] gathered) throws PayloadException {
    char[] table = ranks.table();
    int groups = ranks.groups();
    int shift = ranks.shift();
    byte[] symbols = slots.symbols();
    int[] entries = slots.entries();
    byte[] clusters = slots.clusters();
    byte[] words = payload;
    int next = at;
    int state = symbolState;
    int raw = rawState;
    int ww = row[0];
    int w = row[1];
    int nw = above[1];
    int n = above[Contexts.LEFT];
    for (int x = 0; x < gathered.length; x++) {
      int ne = above[x + Contexts.LEFT + 1];
      int changeW = table[(nw >>> shift) * groups + (w >>> shift)];
      int context = Contexts.of(gathered[x], changeW, w, ww, n, nw, ne);
      int cluster = clusters[context];
      int symbol = symbols[cluster << RansTables.SUM_BITS | state & RansTables.SUM - 1];
      state = DecodeTable.next(state, entries, cluster, symbol);
      int low = isLow(state);
      state = state << (low << 4) | word(words, next) & -low;
      next += low << 1;
      int p = w;
      if (symbol >= Tokens.NEIGHBORS) {
        int bits = rawBits[symbol];
        int rank = leastRank[symbol] + (raw & (1 << bits) - 1);
        raw >>>= bits;
        low = isLow(raw);
        raw = raw << (low << 4) | word(words, next) & -low;
        next += low << 1;
        if (next > end) {
          throw tooShort();
        }
        p = other(rank, Contexts.reference(context, w, n), w, n, ne, nw);
      } else if (symbol > 0) {
        long neighbors = (long) nw << 48 | (long) ne << 32 | (long) n << 16;
        p = (int) (neighbors >>> (symbol << 4)) & 0xFFFF;
      }
      if (next > end) {
        throw tooShort();
      }
      row[x + Contexts.LEFT] = p;
      ww = w;
      w = p;
      nw = n;
      n = ne;
    }
    symbolState = state;
    rawState = raw;
    at = next;
  }

  private void decodeRemembered(IndexPlane tile) throws PayloadException {
    Memory memory = new Memory(tile.width(), tile.height());
    for (int y = 0; y < tile.height(); y++) {
      memory.startRow(y);
      decodeRow(memory, y, tile.width());
      memory.endRow();
      store(memory.cells(), memory.firstCell(y), tile, y);
    }
  }

  private void decodeRow(Memory memory, int y, int width) throws PayloadException {
    int first = memory.firstCell(y);
    for (int x = 0; x < width; x++) {
      memory.look(x);
      if (memory.expects()) {
        int block = memory.block(x);
        if (block > 0) {
          if (symbol(memory.blockContext(block)) == Memory.HIT) {
            memory.copyBlock(x, block);
            x += block - 1;
            continue;
          }
          memory.refuseBlock(x, block);
        }
        if (symbol(memory.context(x)) == Memory.HIT) {
          memory.hit(x);
          continue;
        }
      }
      memory.settle(x, position(memory.cells(), first + x, memory.stride()));
    }
  }

  /** The position given by a pixel's own symbol. */
  private int position(char[] cells, int cell, int stride) throws PayloadException {
    int above = cell - stride;
    int w = cells[cell - 1];
    int n = cells[above];
    int nw = cells[above - 1];
    int ne = cells[above + 1];
    int changeW = ranks.rank(nw, w) >>> ranks.shift();
    int changeN = ranks.rank(nw, n) >>> ranks.shift();
    int sum = changeW + changeN + (ranks.rank(n, ne) >>> ranks.shift());
    int context =
        Contexts.equalitiesOfW(w, cells[cell - 2], n, nw, ne)
            | Contexts.equalitiesAbove(n, cells[above - stride], nw, ne, cells[above + 2])
            | Contexts.ofChanges(changeW, changeN, sum);
    int symbol = symbol(context);
    if (symbol < Tokens.NEIGHBORS) {
      long neighbors = (long) nw << 48 | (long) ne << 32 | (long) n << 16 | w;
      return (int) (neighbors >>> (symbol << 4)) & 0xFFFF;
    }
    int bits = rawBits[symbol];
    int rank = leastRank[symbol] + (rawState & (1 << bits) - 1);
    rawState = refill(rawState >>> bits);
    return other(rank, Contexts.reference(context, w, n), w, n, ne, nw);
  }

  private int symbol(int context) throws PayloadException {
    int cluster = slots.clusters()[context];
    int slot = cluster << RansTables.SUM_BITS | symbolState & RansTables.SUM - 1;
    int symbol = slots.symbols()[slot];
    symbolState = refill(DecodeTable.next(symbolState, slots.entries(), cluster, symbol));
    return symbol;
  }

  /** The state, renormalised with a word if it is low. */
  private int refill(int state) throws PayloadException {
    if (state >>> 16 != 0) {
      return state;
    }
    if (end - at < 2) {
      throw tooShort();
    }
    at += 2;
    return state << 16 | word(payload, at - 2);
  }

  private int other(int rank, int from, int w, int n, int ne, int nw) throws PayloadException {
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

  /** 1 for a state below 65536, else 0. */
  private static int isLow(int state) {
    return (state >>> 16) - 1 >>> 31;
  }

  private static int word(byte[] words, int at) {
    return (words[at] & 0xFF) << 8 | words[at + 1] & 0xFF;
  }

  private static PayloadException tooShort() {
    return new PayloadException(Fault.SHORT, "the payload ends before the tile is full");
  }

  private void store(char[] cells, int first, IndexPlane tile, int y) {
    int[] indexOf = ranks.indexOf();
    int to = tile.at(0, y);
    if (tile.wide()) {
      short[] shorts = tile.shorts();
      for (int x = 0; x < tile.width(); x++) {
        shorts[to + x] = (short) indexOf[cells[first + x]];
      }
    } else {
      byte[] bytes = tile.bytes();
      for (int x = 0; x < tile.width(); x++) {
        bytes[to + x] = (byte) cells[first + x];
      }
    }
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
