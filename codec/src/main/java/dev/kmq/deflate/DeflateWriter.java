package dev.kmq.deflate;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a raw DEFLATE stream (RFC 1951) of nearly minimal size. Input is processed piece by piece,
 * with the 32 KiB before each piece as window. Memory grows with the input up to a full window:
 * about 7 MB for photographs, 25 MB at most. The same bytes give the same stream on every machine,
 * however they are split into calls.
 */
public final class DeflateWriter extends OutputStream {
  /** Size of a piece in bytes. */
  static final int PIECE = 1 << 18;

  /**
   * A full window: the bytes before a piece, the piece, and the bytes that its last matches may
   * reach into.
   */
  static final int FULL = MatchFinder.REACH + PIECE + Symbols.MAX_LENGTH;

  private static final int FIRST_ROOM = 1 << 10;

  private final BitOutput out;
  private final PieceEncoder encoder;
  private @Nullable MatchFinder finder;
  private byte[] window = new byte[FIRST_ROOM];
  private int from;
  private int end;

  /** A writer that does not close its target. */
  public DeflateWriter(OutputStream target) {
    out = new BitOutput(target);
    encoder = new PieceEncoder(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0, n; done < length; done += n) {
      if (end == FULL) {
        encode(from + PIECE, false);
        move();
      }
      n = Math.min(length - done, FULL - end);
      reserve(end + n);
      System.arraycopy(bytes, offset + done, window, end, n);
      end += n;
    }
  }

  private void reserve(int bytes) {
    int room = bytes + MatchFinder.SLACK;
    if (room > window.length) {
      int doubled = Math.min(2 * window.length, FULL + MatchFinder.SLACK);
      window = Arrays.copyOf(window, Math.max(room, doubled));
    }
  }

  /** Makes room for another piece; the first one has fewer bytes before it. */
  private void move() {
    int distance = from - MatchFinder.REACH;
    System.arraycopy(window, distance, window, 0, end - distance);
    finder().move(distance);
    from -= distance;
    end -= distance;
  }

  private MatchFinder finder() {
    if (finder == null) {
      finder = new MatchFinder(end);
    }
    return finder;
  }

  private void encode(int to, boolean last) throws IOException {
    encoder.encode(window, from, to, end, finder(), last);
    from = to;
  }

  /** Writes the remaining input and the final block. Nothing may be written after it. */
  public void finish() throws IOException {
    if (end - from > PIECE) {
      encode(from + PIECE, false);
    }
    encode(end, true);
    out.align();
    out.flush();
  }
}
