package dev.kmq.png;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * ICC profiles (version 4.2, about 500 bytes) of RGB spaces defined by three primaries and one
 * curve. Equal spaces give equal bytes.
 */
public final class MatrixProfile {
  private static final int HEADER_BYTES = 128;
  private static final int TAG_BYTES = 12;
  private static final int TAGS = 10;
  private static final double ONE = 65536;
  private static final double MOST_EXPONENT = 100;
  private static final double SRGB_EXPONENT = 2.2;

  /** Threshold of libpng and browsers for different gammas. */
  private static final double TOLERANCE = 0.05;

  private final ByteBuffer out = ByteBuffer.allocate(1024);
  private int entry = HEADER_BYTES + 4;
  private int begun;

  private MatrixProfile() {}

  /**
   * A profile.
   *
   * @param description name for applications, ASCII
   * @param primaries must be valid
   */
  static byte[] of(String description, Primaries primaries, Curve curve) {
    return new MatrixProfile().write(description, primaries, curve);
  }

  /** Whether a curve of this exponent gives more than black and white. */
  public static boolean isGamma(double exponent) {
    return exponent >= 1 / MOST_EXPONENT && exponent <= MOST_EXPONENT;
  }

  /** A profile with a power curve; null if it is sRGB, which 2.2 denotes with sRGB's primaries. */
  public static byte @Nullable [] ofGamma(
      String description, Primaries primaries, double exponent) {
    boolean srgb = Math.abs(SRGB_EXPONENT / exponent - 1) <= TOLERANCE && primaries.isSrgb();
    return srgb ? null : of(description, primaries, Curve.ofExponent(exponent));
  }

  private byte[] write(String description, Primaries primaries, Curve curve) {
    double[][] toD50 = primaries.toD50();
    double[][] matrix = Primaries.times(toD50, primaries.toXyz());
    out.position(entry + TAGS * TAG_BYTES);
    text("desc", description);
    text("cprt", "CC0");
    xyz("wtpt", Primaries.D50);
    begin("sf32");
    for (double[] row : toD50) {
      fixed(row);
    }
    end("chad");
    String[] colors = {"r", "g", "b"};
    for (int c = 0; c < 3; c++) {
      xyz(colors[c] + "XYZ", new double[] {matrix[0][c], matrix[1][c], matrix[2][c]});
    }
    int start = begin("para");
    out.putShort((short) curve.type()).putShort((short) 0);
    fixed(curve.parameters());
    int length = out.position() - start;
    for (String color : colors) {
      entry(color + "TRC", start, length);
    }
    int size = out.position();
    header(size);
    byte[] profile = new byte[size];
    out.get(0, profile);
    return profile;
  }

  private void header(int size) {
    out.putInt(0, size);
    out.putInt(8, 0x04200000);
    ascii(12, "mntrRGB XYZ ");
    for (int i = 0; i < 3; i++) {
      // A fixed date, so that the bytes do not vary.
      out.putShort(24 + 2 * i, (short) new int[] {2000, 1, 1}[i]);
    }
    ascii(36, "acsp");
    for (int i = 0; i < 3; i++) {
      out.putInt(68 + 4 * i, s15Fixed16(Primaries.D50[i]));
    }
    out.putInt(HEADER_BYTES, TAGS);
  }

  private void text(String tag, String text) {
    byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
    begin("mluc");
    int records = 1;
    int recordBytes = 12;
    out.putInt(records).putInt(recordBytes);
    out.put("enUS".getBytes(StandardCharsets.US_ASCII)).putInt(utf16.length).putInt(28).put(utf16);
    end(tag);
  }

  private void xyz(String tag, double[] values) {
    begin("XYZ ");
    fixed(values);
    end(tag);
  }

  private void fixed(double... values) {
    for (double value : values) {
      out.putInt(s15Fixed16(value));
    }
  }

  private static int s15Fixed16(double value) {
    return (int) Math.round(value * ONE);
  }

  /** Begins an element of a type, at a multiple of 4. */
  private int begin(String type) {
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
    begun = out.position();
    out.put(type.getBytes(StandardCharsets.US_ASCII)).putInt(0);
    return begun;
  }

  private void end(String tag) {
    entry(tag, begun, out.position() - begun);
  }

  private void entry(String tag, int offset, int length) {
    ascii(entry, tag);
    out.putInt(entry + 4, offset).putInt(entry + 8, length);
    entry += TAG_BYTES;
  }

  private void ascii(int at, String text) {
    out.put(at, text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * How encoded values become linear light: a parametric curve of ICC.
   *
   * @param type of the function: 0 is x^g; 3 is (ax + b)^g for x >= d, else cx
   * @param g exponent
   * @param a factor
   * @param b offset
   * @param c slope near black
   * @param d end of the straight part
   */
  record Curve(int type, double g, double a, double b, double c, double d) {
    static final Curve SRGB = new Curve(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

    /** Displays for video, ITU-R BT.1886. */
    static final Curve BT1886 = ofExponent(2.4);

    /** The inverse of the curve in SMPTE 240M. */
    static final Curve SMPTE240 =
        new Curve(3, 1 / 0.45, 1 / 1.1115, 0.1115 / 1.1115, 1 / 4.0, 0.0913);

    /** SMPTE ST 428-1, with white at 48 cd/m2. */
    static final Curve ST428 = new Curve(3, 2.6, StrictMath.pow(52.37 / 48, 1 / 2.6), 0, 0, 0);

    static Curve ofExponent(double g) {
      return new Curve(0, g, 1, 0, 0, 0);
    }

    double[] parameters() {
      return type == 0 ? new double[] {g} : new double[] {g, a, b, c, d};
    }
  }
}
