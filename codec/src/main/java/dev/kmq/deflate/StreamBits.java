package dev.kmq.deflate;

import java.util.Arrays;
import java.util.List;

/**
 * Parses a DEFLATE stream that an inflater has accepted, and adds up the bits that each part takes
 * (RFC 1951, section 3.2). The decoded bytes are not needed, only their sizes.
 */
public final class StreamBits {
  /** Names of the parts, in the order of {@link #add}. */
  public static final List<String> PARTS =
      List.of(
          "block headers",
          "code lengths",
          "stored bytes",
          "literals",
          "match lengths",
          "match distances",
          "ends of blocks",
          "spare bits");

  private static final int HEADERS = 0;
  private static final int CODES = 1;
  private static final int STORED = 2;
  private static final int LITERALS = 3;
  private static final int LENGTHS = 4;
  private static final int DISTANCES = 5;
  private static final int ENDS = 6;
  private static final int SPARE = 7;

  private final byte[] stream;
  private final double[] bits;
  private long at;
  private long counted;

  private StreamBits(byte[] stream, double[] bits) {
    this.stream = stream;
    this.bits = bits;
  }

  /** Adds the bits of a stream, which ends with the array, by number of the part. */
  public static void add(byte[] stream, double[] bits) {
    StreamBits all = new StreamBits(stream, bits);
    while (!all.block()) {}
    all.at = 8L * stream.length;
    all.count(SPARE);
  }

  /** Adds the bits read since the last call to a part. */
  private void count(int part) {
    bits[part] += at - counted;
    counted = at;
  }

  private int read(int n) {
    int value = 0;
    for (int i = 0; i < n; i++) {
      value |= bit() << i;
    }
    return value;
  }

  private int bit() {
    int bit = stream[(int) (at >>> 3)] >>> (int) (at & 7) & 1;
    at++;
    return bit;
  }

  private int symbol(CodeWords code) {
    int length = 0;
    int word = 0;
    int symbol = -1;
    while (symbol < 0) {
      word = word << 1 | bit();
      symbol = code.symbol(++length, word);
    }
    return symbol;
  }

  /** Parses a block; returns whether it was the last. */
  private boolean block() {
    boolean last = bit() != 0;
    int type = read(2);
    if (type == 0) {
      at = at + 7 & -8;
      int length = read(16);
      at += 16;
      count(HEADERS);
      at += 8L * length;
      count(STORED);
      return last;
    }
    count(HEADERS);
    if (type == 1) {
      symbols(CodeWords.FIXED_LITERALS, CodeWords.FIXED_DISTANCES);
      return last;
    }
    int literals = read(5) + 257;
    int distances = read(5) + 1;
    byte[] lengths = codeLengths(literals + distances);
    count(CODES);
    symbols(
        new CodeWords(Arrays.copyOf(lengths, literals)),
        new CodeWords(Arrays.copyOfRange(lengths, literals, lengths.length)));
    return last;
  }

  private byte[] codeLengths(int count) {
    int written = read(4) + 4;
    byte[] ofLengths = new byte[LengthRuns.SYMBOLS];
    for (int i = 0; i < written; i++) {
      ofLengths[LengthRuns.ORDER[i]] = (byte) read(3);
    }
    CodeWords code = new CodeWords(ofLengths);
    byte[] lengths = new byte[count];
    for (int i = 0; i < count; ) {
      int symbol = symbol(code);
      if (symbol < LengthRuns.COPY) {
        lengths[i++] = (byte) symbol;
        continue;
      }
      byte length = symbol == LengthRuns.COPY ? lengths[i - 1] : 0;
      int run = LengthRuns.shortest(symbol) + read(LengthRuns.extra(symbol));
      Arrays.fill(lengths, i, i + run, length);
      i += run;
    }
    return lengths;
  }

  private void symbols(CodeWords literals, CodeWords distances) {
    while (true) {
      int symbol = symbol(literals);
      if (symbol < Symbols.END_OF_BLOCK) {
        count(LITERALS);
      } else if (symbol == Symbols.END_OF_BLOCK) {
        count(ENDS);
        return;
      } else {
        read(Symbols.lengthExtra(symbol));
        count(LENGTHS);
        int distance = symbol(distances);
        read(Symbols.distanceExtra(distance));
        count(DISTANCES);
      }
    }
  }
}
