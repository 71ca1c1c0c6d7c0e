package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.image.Palette;
import dev.kmq.imageio.KmqImages;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/**
 * A file of Netpbm: PBM, PGM and PPM, plain or raw (P1 to P6), and PAM (P7). Samples are scaled
 * from their maximum to 8 or 16 bits. A bitmap is a palette of white and black.
 */
final class PnmFile {
  private static final int MOST_HEADER_BYTES = 1 << 16;
  private static final int[] BITMAP = {0xFFFFFFFF, 0xFF000000};
  private static final String TRUNCATED = "it is truncated";

  private final Input input;
  private final int kind;
  private int width;
  private int height;
  private int samples;
  private int maximum;

  /** Where the samples begin. */
  private long start;

  private PnmFile(Input input, int kind) {
    this.input = input;
    this.kind = kind;
  }

  /**
   * Reads the first image.
   *
   * @param most the most pixels to hold in memory
   */
  static Decoded decode(Input input, Limits limits, long most) throws IOException {
    Bytes in = new Bytes(input.open());
    in.next();
    PnmFile file = new PnmFile(input, in.next() - '0');
    try {
      if (file.kind == 7) {
        file.readPam(in);
      } else {
        file.readHeader(in);
      }
    } catch (EOFException e) {
      throw FailedInput.truncated(e);
    }
    file.check(limits);
    file.start = in.position;
    return file.image(most);
  }

  private void readHeader(Bytes in) throws IOException {
    width = in.number();
    height = in.number();
    samples = kind == 3 || kind == 6 ? 3 : 1;
    maximum = isBitmap() ? 1 : in.number();
    // number() has taken the one space after the header.
  }

  private void readPam(Bytes in) throws IOException {
    String type = "";
    for (String line = in.line(); !line.equals("ENDHDR"); line = in.line()) {
      String[] words = line.trim().split("\\s+", 2);
      String value = words.length > 1 ? words[1] : "";
      switch (words[0]) {
        case "WIDTH" -> width = number(value);
        case "HEIGHT" -> height = number(value);
        case "DEPTH" -> samples = number(value);
        case "MAXVAL" -> maximum = number(value);
        case "TUPLTYPE" -> type = value;
        default -> {}
      }
    }
    String known =
        type.replace("_ALPHA", "").replace("BLACKANDWHITE", "GRAYSCALE").toUpperCase(Locale.ROOT);
    boolean fits =
        known.isEmpty()
            || known.equals("GRAYSCALE") && samples <= 2
            || known.equals("RGB") && samples >= 3;
    if (samples > 4 || !fits) {
      throw FailedInput.notSupported(
          "a PAM of type '" + type + "' with " + samples + " samples a pixel");
    }
  }

  private static int number(String text) throws FailedInput {
    if (!text.matches("\\d{1,9}")) {
      throw FailedInput.damaged("its header has no number where one belongs");
    }
    return Integer.parseInt(text);
  }

  private void check(Limits limits) throws FailedInput {
    if (width < 1 || height < 1 || samples < 1) {
      throw FailedInput.damaged("the size of its image is missing");
    }
    if (maximum < 1 || maximum > 65535) {
      throw FailedInput.damaged("its maximum is " + maximum + ", not 1 to 65535");
    }
    PixelLimit.check(width, height, limits);
  }

  private boolean isBitmap() {
    return kind == 1 || kind == 4;
  }

  private boolean isPlain() {
    return kind <= 3;
  }

  private Decoded image(long most) throws IOException {
    boolean wide = maximum > 255;
    int type = wide ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    RowImage rows = new Pixels(isBitmap() ? bitmap() : model(type), type);
    String reduction = wide && Samples.needs16Bits(rows) ? Samples.ROUNDED_16 : null;
    if (Picture.isLarge(width, height, most)) {
      return new Decoded(rows, true, reduction, List.of());
    }
    Raster all = rows.getData();
    BufferedImage image =
        new BufferedImage(rows.getColorModel(), (WritableRaster) all, false, null);
    return new Decoded(image, true, reduction, List.of());
  }

  private static ColorModel bitmap() {
    return KmqImages.colorModel(Palette.ofRgb(BITMAP), 8);
  }

  private ColorModel model(int type) {
    int space = samples < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    boolean alpha = samples % 2 == 0;
    return new ComponentColorModel(
        ColorSpace.getInstance(space),
        alpha,
        false,
        alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
        type);
  }

  /** Bytes with what the formats are made of. */
  private static final class Bytes {
    private final InputStream in;
    private long position;

    Bytes(InputStream in) {
      this.in = in;
    }

    int next() throws IOException {
      int b = in.read();
      if (b < 0) {
        throw new EOFException();
      }
      position++;
      return b;
    }

    /** A character that is not white space or in a comment. */
    int visible() throws IOException {
      int c = next();
      while (c <= ' ' || c == '#') {
        while (c == '#') {
          do {
            c = next();
          } while (c != '\n' && c != '\r');
        }
        c = c <= ' ' ? next() : c;
      }
      return c;
    }

    /** A decimal number and the character after it, which may be missing at the end. */
    int number() throws IOException {
      int c = visible();
      int value = 0;
      for (int digits = 0; c >= '0' && c <= '9'; digits++) {
        if (digits == 9) {
          throw FailedInput.damaged("a number has too many digits");
        }
        value = 10 * value + c - '0';
        c = in.read();
        position++;
      }
      if (c > ' ') {
        throw FailedInput.damaged("a number is expected, not character " + c);
      }
      return value;
    }

    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = next(); c != '\n'; c = next()) {
        line.append((char) c);
        if (position > MOST_HEADER_BYTES) {
          throw FailedInput.damaged("its header has no end");
        }
      }
      String whole = line.toString().trim();
      return whole.startsWith("#") ? "" : whole;
    }
  }

  private final class Pixels extends RowImage {
    Pixels(ColorModel model, int type) throws FailedInput {
      super(PnmFile.this.width, PnmFile.this.height, model, type, samples);
    }

    @Override
    Rows open() throws IOException {
      InputStream in = input.open();
      in.skipNBytes(start);
      return isPlain() ? new Plain(new Bytes(in)) : new Raw(in);
    }
  }

  /** Numbers in decimals; those of bitmaps are digits that need no space between them. */
  private final class Plain implements RowImage.Rows {
    private final Bytes in;

    Plain(Bytes in) {
      this.in = in;
    }

    @Override
    public void next(DataBuffer target, int offset) throws IOException {
      try {
        for (int i = 0; i < width * samples; i++) {
          target.setElem(offset + i, isBitmap() ? bit() : scaled(in.number()));
        }
      } catch (EOFException e) {
        throw FailedInput.truncated(e);
      }
    }

    private int bit() throws IOException {
      int c = in.visible();
      if (c != '0' && c != '1') {
        throw FailedInput.damaged("a pixel is neither 0 nor 1");
      }
      return c - '0';
    }

    @Override
    public void close() {
      input.release();
    }
  }

  private final class Raw implements RowImage.Rows {
    private final InputStream in;
    private final byte[] row;

    Raw(InputStream in) {
      this.in = in;
      long bytes = (long) width * samples * (maximum > 255 ? 2 : 1);
      this.row = new byte[Math.toIntExact(kind == 4 ? (width + 7L) / 8 : bytes)];
    }

    @Override
    public void next(DataBuffer target, int offset) throws IOException {
      if (in.readNBytes(row, 0, row.length) < row.length) {
        throw FailedInput.damaged(TRUNCATED);
      }
      for (int i = 0; i < width * samples; i++) {
        int value;
        if (kind == 4) {
          value = row[i >> 3] >> 7 - (i & 7) & 1;
        } else if (maximum > 255) {
          value = scaled((row[2 * i] & 0xFF) << 8 | row[2 * i + 1] & 0xFF);
        } else {
          value = scaled(row[i] & 0xFF);
        }
        target.setElem(offset + i, value);
      }
    }

    @Override
    public void close() {
      input.release();
    }
  }

  /** A sample in 8 or 16 bits, rounded to the nearest. */
  private int scaled(int sample) throws FailedInput {
    if (sample > maximum) {
      throw FailedInput.damaged("a sample is " + sample + ", above the maximum of " + maximum);
    }
    int full = maximum > 255 ? 65535 : 255;
    return maximum == full ? sample : (int) (((long) sample * full + maximum / 2) / maximum);
  }
}
