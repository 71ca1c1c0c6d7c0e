package dev.kmq.container;

import dev.kmq.index.IndexMethod;
import dev.kmq.index.deflate.DeflateMethod;
import dev.kmq.index.mix.MixMethod;
import dev.kmq.index.packed.PackedMethod;
import java.util.Locale;

/** How the indices of a tile are stored (specification, section Index methods). */
public enum Method {
  /** Method 0: every index in ceil(log2 K) bits. */
  PACKED(0, new PackedMethod()),
  /** Method 1: raw DEFLATE (RFC 1951). */
  DEFLATE(1, new DeflateMethod()),
  /** Method 3: adaptive binary arithmetic coding with logistic mixing. */
  MIX(3, new MixMethod());

  private final int code;
  private final IndexMethod coder;

  Method(int code, IndexMethod coder) {
    this.code = code;
    this.coder = coder;
  }

  /** The number that stands in the header. */
  public int code() {
    return code;
  }

  /** The method's name in the specification, on the command line and in {@code ImageIO}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  IndexMethod coder() {
    return coder;
  }
}
