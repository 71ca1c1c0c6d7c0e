package dev.kmq.web.inflate;

import java.util.Arrays;

/** A DEFLATE stream in memory, inflated up to its end, its first fault, or a limit. */
public final class Inflate {
  /** Why inflating stopped. */
  public enum End {
    /** After the final block. */
    COMPLETE,
    /** The input ends before the final block does. */
    SHORT,
    /** The input is not DEFLATE. */
    CORRUPT,
    /** One byte more than the limit is inflated. */
    LIMIT
  }

  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    private final End end;

    Stop(End end, String what) {
      super(what, null, false, false);
      this.end = end;
    }
  }

  private static final int[] LENGTHS = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCES = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int END_OF_BLOCK = 256;
  private static final int MOST_BITS = 15;
  private static final int FIRST_BYTES = 1 << 12;

  private final byte[] in;
  private final int to;
  private final long most;
  private int at;
  private int bits;
  private int count;
  private byte[] out;
  private int length;
  private End end = End.COMPLETE;
  private String fault = "";

  private Inflate(byte[] in, int from, int to, long most) {
    this.in = in;
    this.at = from;
    this.to = to;
    this.most = most;
    this.out = new byte[(int) Math.min(most + 1, FIRST_BYTES)];
  }

  /**
   * Inflates the bytes of an array from one offset up to another.
   *
   * @param most the limit of inflated bytes
   */
  public static Inflate of(byte[] in, int from, int to, long most) {
    Inflate inflate = new Inflate(in, from, to, Math.min(most, Integer.MAX_VALUE - 16));
    try {
      inflate.run();
    } catch (Stop e) {
      inflate.end = e.end;
      inflate.fault = String.valueOf(e.getMessage());
    }
    return inflate;
  }

  /** The inflated bytes, of which {@link #length} count. */
  byte[] array() {
    return out;
  }

  /** How many bytes are inflated. */
  public int length() {
    return length;
  }

  /** A copy of the inflated bytes. */
  public byte[] bytes() {
    return Arrays.copyOf(out, length);
  }

  /** Why inflating stopped. */
  public End end() {
    return end;
  }

  /** What is corrupt. */
  String fault() {
    return fault;
  }

  /** Offset of the first byte after the final block. */
  public int next() {
    return at - count / 8;
  }

  private void run() throws Stop {
    boolean last;
    do {
      last = read(1) == 1;
      switch (read(2)) {
        case 0 -> stored();
        case 1 -> block(FixedCodes.LITERALS, FixedCodes.DISTANCES);
        case 2 -> dynamic();
        default -> throw corrupt("invalid block type");
      }
    } while (!last);
  }

  private static final class FixedCodes {
    static final int[] LITERALS = fixed(288);
    static final int[] DISTANCES = fixed(30);

    private static int[] fixed(int symbols) {
      byte[] lengths = new byte[symbols];
      for (int i = 0; i < symbols; i++) {
        lengths[i] = (byte) (symbols == 30 ? 5 : i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
      }
      return fill(lengths, 0, symbols, symbols == 30 ? 5 : 9);
    }
  }

  private static Stop corrupt(String what) {
    return new Stop(End.CORRUPT, what);
  }

  /** Has up to {@code n} bits ready, 24 at most; fewer at the end of the input. */
  private void need(int n) {
    while (count < n && at < to) {
      bits |= (in[at++] & 0xFF) << count;
      count += 8;
    }
  }

  private int read(int n) throws Stop {
    need(n);
    if (count < n) {
      throw new Stop(End.SHORT, "");
    }
    int value = bits & (1 << n) - 1;
    bits >>>= n;
    count -= n;
    return value;
  }

  private void stored() throws Stop {
    int spare = count & 7;
    bits >>>= spare;
    count -= spare;
    int size = read(16);
    if ((read(16) ^ size) != 0xFFFF) {
      throw corrupt("invalid stored block lengths");
    }
    at -= count / 8;
    bits = 0;
    count = 0;
    int got = Math.min(size, to - at);
    int room = room(got);
    System.arraycopy(in, at, out, length, room);
    length += room;
    at += room;
    if (room < got) {
      throw new Stop(End.LIMIT, "");
    }
    if (got < size) {
      throw new Stop(End.SHORT, "");
    }
    checkLimit();
  }

  private void checkLimit() throws Stop {
    if (length > most) {
      throw new Stop(End.LIMIT, "");
    }
  }

  /** Makes room for more bytes; returns for how many, up to one beyond the limit. */
  private int room(int more) {
    int fit = (int) Math.min(more, most + 1 - length);
    if (length + fit > out.length) {
      long larger = Math.min(most + 1, Math.max(2L * out.length, length + fit));
      out = Arrays.copyOf(out, (int) larger);
    }
    return fit;
  }

  private void dynamic() throws Stop {
    int literals = read(5) + 257;
    int distances = read(5) + 1;
    int codes = read(4) + 4;
    if (literals > 286 || distances > 30) {
      throw corrupt("too many length or distance symbols");
    }
    byte[] lengths = new byte[19];
    for (int i = 0; i < codes; i++) {
      lengths[ORDER[i]] = (byte) read(3);
    }
    int[] table = table(lengths, 0, 19, true, "invalid code lengths set");
    lengths = new byte[literals + distances];
    for (int i = 0; i < lengths.length; ) {
      int symbol = symbol(table, "invalid code lengths set");
      if (symbol < 16) {
        lengths[i++] = (byte) symbol;
        continue;
      }
      if (symbol == 16 && i == 0) {
        throw corrupt("invalid bit length repeat");
      }
      byte repeated = symbol == 16 ? lengths[i - 1] : 0;
      int times = symbol == 16 ? 3 + read(2) : symbol == 17 ? 3 + read(3) : 11 + read(7);
      if (i + times > lengths.length) {
        throw corrupt("invalid bit length repeat");
      }
      Arrays.fill(lengths, i, i + times, repeated);
      i += times;
    }
    if (lengths[END_OF_BLOCK] == 0) {
      throw corrupt("invalid code -- missing end-of-block");
    }
    int[] first = table(lengths, 0, literals, false, "invalid literal/lengths set");
    int[] second = table(lengths, literals, distances, false, "invalid distances set");
    block(first, second);
  }

  /**
   * A table of the next bits: symbol and length of the code that they begin with, or 0 for none.
   * Its first entry is the number of bits.
   *
   * @param complete whether each pattern of bits must be a code
   */
  private static int[] table(byte[] lengths, int from, int n, boolean complete, String fault)
      throws Stop {
    int longest = 0;
    int used = 0;
    for (int i = from; i < from + n; i++) {
      longest = Math.max(longest, lengths[i]);
      used += lengths[i] == 0 ? 0 : 1 << MOST_BITS - lengths[i];
    }
    if (complete && longest == 0) {
      return new int[] {1, 1, 1}; // as in zlib: each bit is a length of 0
    }
    boolean single = !complete && longest <= 1;
    if (used > 1 << MOST_BITS || used < 1 << MOST_BITS && !single) {
      throw corrupt(fault);
    }
    return fill(lengths, from, n, Math.max(1, longest));
  }

  private static int[] fill(byte[] lengths, int from, int n, int longest) {
    int[] table = new int[1 + (1 << longest)];
    table[0] = longest;
    int code = 0;
    for (int size = 1; size <= longest; size++) {
      for (int symbol = 0; symbol < n; symbol++) {
        if (lengths[from + symbol] == size) {
          int first = Integer.reverse(code) >>> 32 - size;
          for (int i = first; i < 1 << longest; i += 1 << size) {
            table[1 + i] = symbol << 4 | size;
          }
          code++;
        }
      }
      code <<= 1;
    }
    return table;
  }

  private int symbol(int[] table, String fault) throws Stop {
    int longest = table[0];
    need(longest);
    int entry = table[1 + (bits & (1 << longest) - 1)];
    int size = entry & 15;
    if (size == 0 && count >= longest) {
      throw corrupt(fault);
    }
    if (size == 0 || size > count) {
      throw new Stop(End.SHORT, "");
    }
    bits >>>= size;
    count -= size;
    return entry >> 4;
  }

  private void block(int[] literals, int[] distances) throws Stop {
    while (true) {
      int symbol = symbol(literals, "invalid literal/length code");
      if (symbol == END_OF_BLOCK) {
        return;
      }
      if (symbol < END_OF_BLOCK) {
        if (length == out.length) {
          room(1);
        }
        out[length++] = (byte) symbol;
        checkLimit();
        continue;
      }
      if (symbol > 285) {
        throw corrupt("invalid literal/length code");
      }
      int size = LENGTHS[symbol - 257] + read(LENGTH_BITS[symbol - 257]);
      int code = symbol(distances, "invalid distance code");
      int distance = DISTANCES[code] + read(code < 4 ? 0 : code / 2 - 1);
      if (distance > length) {
        throw corrupt("invalid distance too far back");
      }
      copy(size, distance);
      checkLimit();
    }
  }

  private void copy(int size, int distance) {
    int fit = room(size);
    byte[] bytes = out;
    int end = length + fit;
    for (int i = length; i < end; i++) {
      bytes[i] = bytes[i - distance];
    }
    length = end;
  }
}
