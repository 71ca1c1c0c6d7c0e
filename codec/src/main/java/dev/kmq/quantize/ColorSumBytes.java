package dev.kmq.quantize;

import java.util.Arrays;

/**
 * A {@link ColorSum} as bytes: the number of ignored bits, with 8 added if an image had more
 * colours than are counted; the numbers of opaque and of other colours; then for each colour the
 * distance of its key from the one before, and its weight. All numbers have 7 bits a byte, the
 * lowest first, and bit 7 set in all bytes but the last.
 *
 * <p>The key of an opaque colour has the bits of red, green and blue by turns, the highest first;
 * that of another one those of alpha, red, green and blue. The distances begin at -1 for both
 * kinds.
 */
public final class ColorSumBytes {
  private static final int MOST_BITS = 7;
  private static final int JOINED = 8;

  /** The most bytes of a number of 63 bits. */
  private static final int MOST_BYTES = 9;

  private byte[] bytes;
  private int at;

  private ColorSumBytes(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Appends a sum to {@code head}. */
  public static byte[] write(byte[] head, long images, ColorSum sum) {
    ColorSumBytes out =
        new ColorSumBytes(Arrays.copyOf(head, head.length + 4 * MOST_BYTES), head.length);
    int opaque = sum.opaque();
    out.put(images);
    out.put(sum.bits() | (sum.joined() ? JOINED : 0));
    out.put(opaque);
    out.put(sum.size() - opaque);
    long before = -1;
    for (int i = 0; i < sum.size(); i++) {
      before = i == opaque ? -1 : before;
      long key = key(sum.argb(i));
      out.put(key - before);
      out.put(sum.weight(i));
      before = key;
    }
    return Arrays.copyOf(out.bytes, out.at);
  }

  private static long key(int argb) {
    return argb >>> 24 == 0xFF ? ColorCounter.morton(argb) : ColorTable.morton(argb);
  }

  private void put(long number) {
    if (bytes.length - at < MOST_BYTES) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length));
    }
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  /**
   * The number of images and the sum.
   *
   * @param images number of images
   */
  public record Parsed(long images, ColorSum sum) {}

  /**
   * Reads what {@link #write} has written.
   *
   * @param start length of the head
   * @throws IllegalArgumentException if the bytes are something else
   */
  public static Parsed read(byte[] bytes, int start) {
    ColorSumBytes in = new ColorSumBytes(bytes, start);
    long images = in.next(Long.MAX_VALUE);
    int flags = (int) in.next(MOST_BITS | JOINED);
    int opaque = (int) in.next(1 << 24);
    // Each colour has two bytes or more, which bounds the memory.
    int others = (int) in.next((bytes.length - in.at) / 2);
    if (opaque > (bytes.length - in.at) / 2 - others) {
      throw in.damaged();
    }
    int[] argb = new int[opaque + others];
    long[] weights = new long[argb.length];
    long total = 0;
    long before = -1;
    for (int i = 0; i < argb.length; i++) {
      before = i == opaque ? -1 : before;
      long most = i < opaque ? 0xFFFFFFL : 0xFFFFFFFFL;
      long distance = in.next(most - before);
      weights[i] = in.next(Long.MAX_VALUE - total);
      total += weights[i];
      if (distance == 0 || weights[i] == 0) {
        throw in.damaged();
      }
      before += distance;
      argb[i] = i < opaque ? opaque(before) : other(before);
      if (i >= opaque && argb[i] >>> 24 == 0xFF) {
        throw in.damaged();
      }
    }
    boolean fits = images == 0 ? argb.length == 0 : images > 1 || total <= Integer.MAX_VALUE;
    if (in.at != bytes.length || !fits) {
      throw in.damaged();
    }
    return new Parsed(images, ColorSum.of(argb, weights, flags & MOST_BITS, (flags & JOINED) != 0));
  }

  private long next(long most) {
    long number = 0;
    for (int i = 0; i < MOST_BYTES && at < bytes.length; i++) {
      byte one = bytes[at++];
      number |= (one & 0x7FL) << 7 * i;
      if (one >= 0) {
        if (number > most || one == 0 && i > 0) {
          break;
        }
        return number;
      }
    }
    throw damaged();
  }

  private IllegalArgumentException damaged() {
    return new IllegalArgumentException("the histogram is damaged at byte " + at);
  }

  private static int opaque(long key) {
    return channels((int) key, 3) | 0xFF000000;
  }

  private static int other(long key) {
    return channels((int) key, 4);
  }

  /** Takes the interleaved bits of the channels apart, blue in the lowest. */
  private static int channels(int interleaved, int count) {
    int argb = 0;
    for (int bit = 0; bit < 8; bit++) {
      int bits = interleaved >>> count * bit;
      for (int channel = 0; channel < count; channel++) {
        argb |= (bits >>> channel & 1) << 8 * channel + bit;
      }
    }
    return argb;
  }
}
