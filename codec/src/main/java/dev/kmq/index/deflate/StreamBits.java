package dev.kmq.index.deflate;

import java.util.Arrays;
import java.util.List;

/**
 * Takes apart a DEFLATE stream that an inflater has accepted, and adds up what its bits are spent
 * on (RFC 1951, section 3.2). What the stream says is of no interest here, only how long it takes.
 */
final class StreamBits {
  static final List<String> PARTS =
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

  private static final int END = 256;
  private static final int LONGEST_MATCH = 285;
  private static final int REPEAT = 16;
  private static final int ZEROS = 17;

  /** In this order the lengths of the codes of code lengths are written. */
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final byte[] stream;
  private final double[] bits;
  private long at;
  private long counted;

  private StreamBits(byte[] stream, double[] bits) {
    this.stream = stream;
    this.bits = bits;
  }

  /** Adds the bits of a stream, which ends with the array, by number of the part. */
  static void add(byte[] stream, double[] bits) {
    StreamBits all = new StreamBits(stream, bits);
    while (!all.block()) {}
    all.at = 8L * stream.length;
    all.count(SPARE);
  }

  /** What has been read since the last call belongs to a part. */
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

  /** Goes through a block; true if it was the last. */
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
    int[] lengths = codeLengths(literals + distances);
    count(CODES);
    symbols(
        new CodeWords(Arrays.copyOf(lengths, literals)),
        new CodeWords(Arrays.copyOfRange(lengths, literals, lengths.length)));
    return last;
  }

  private int[] codeLengths(int count) {
    int written = read(4) + 4;
    int[] ofLengths = new int[ORDER.length];
    for (int i = 0; i < written; i++) {
      ofLengths[ORDER[i]] = read(3);
    }
    CodeWords code = new CodeWords(ofLengths);
    int[] lengths = new int[count];
    for (int i = 0; i < count; ) {
      int symbol = symbol(code);
      if (symbol < REPEAT) {
        lengths[i++] = symbol;
        continue;
      }
      int length = symbol == REPEAT ? lengths[i - 1] : 0;
      int run = symbol == REPEAT ? 3 + read(2) : symbol == ZEROS ? 3 + read(3) : 11 + read(7);
      Arrays.fill(lengths, i, i + run, length);
      i += run;
    }
    return lengths;
  }

  private void symbols(CodeWords literals, CodeWords distances) {
    while (true) {
      int symbol = symbol(literals);
      if (symbol < END) {
        count(LITERALS);
      } else if (symbol == END) {
        count(ENDS);
        return;
      } else {
        read(symbol < 265 || symbol == LONGEST_MATCH ? 0 : (symbol - 261) / 4);
        count(LENGTHS);
        int distance = symbol(distances);
        read(distance < 4 ? 0 : distance / 2 - 1);
        count(DISTANCES);
      }
    }
  }
}
