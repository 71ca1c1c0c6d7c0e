package dev.kmq.web.jdk;

import org.teavm.backend.javascript.spi.InjectedBy;

/** Rounding to {@code float} in JavaScript, whose numbers are all {@code double}. */
public final class Floats {
  private Floats() {}

  /** The nearest {@code float}. */
  @InjectedBy(dev.kmq.web.compile.Fround.class)
  public static native float round(float value);
}
