package dev.kmq.container;

import dev.kmq.index.IndexMethod;
import dev.kmq.index.deflate.DeflateMethod;
import dev.kmq.index.mix.MixMethod;
import dev.kmq.index.packed.PackedMethod;
import dev.kmq.index.rans.RansMethod;
import java.util.Locale;

/** How the indices of a tile are stored (specification, section Index methods). */
public enum Method {
  /** Method 0: every index in ceil(log2 K) bits. */
  PACKED(0, 1, new PackedMethod()),
  /** Method 1: raw DEFLATE (RFC 1951). */
  DEFLATE(1, 4, new DeflateMethod()),
  /** Method 2: static rANS with tables that the tiles share. */
  RANS(2, 20, new RansMethod()),
  /** Method 3: adaptive binary arithmetic coding with logistic mixing. */
  MIX(3, 400, new MixMethod(false));

  /** The coder of method 3 with matches. */
  static final IndexMethod MIX_WITH_MATCHES = new MixMethod(true);

  /** As {@link #decodingCost}, of method 3 with matches. */
  static final int MATCHES_DECODING_COST = 700;

  private final int code;
  private final int decodingCost;
  private final IndexMethod coder;

  Method(int code, int decodingCost, IndexMethod coder) {
    this.code = code;
    this.decodingCost = decodingCost;
    this.coder = coder;
  }

  /** {@return the number that is stored in the header} */
  public int code() {
    return code;
  }

  /**
   * {@return the method's name in the specification, on the command line and in {@code ImageIO}}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the approximate decoding time in nanoseconds per pixel, on one core, for a photograph
   * with many colours} A constant for choosing a method, not measured on this machine.
   */
  public int decodingCost() {
    return decodingCost;
  }

  /** Whether tables precede the tiles; the coder is then made with them. */
  boolean sharesTables() {
    return coder.sharedTables().isPresent();
  }

  /** The coder, without the tables that tiles share. */
  IndexMethod coder() {
    return coder;
  }
}
