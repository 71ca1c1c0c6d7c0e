package dev.kmq.picture;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A JPEG file. The meaning of its components is determined as in libjpeg: by JFIF, by Adobe's
 * marker, or by the component ids; YCbCr by default.
 */
final class JpegFile {
  private static final int SOS = 0xDA;
  private static final int EOI = 0xD9;
  private static final int APP0 = 0xE0;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int LOSSLESS = 0xC3;

  private final ImageInputStream in;

  /** The file without its profile: readers would convert by it, or fail if it is damaged. */
  private final Splice kept;

  private long keptTo;
  private final List<String> warnings = new ArrayList<>();
  private boolean jfif;
  private boolean adobe;
  private int process;
  private int precision;
  private int width;
  private int height;
  private byte[] ids = {};

  private JpegFile(ImageInputStream in) {
    this.in = in;
    this.kept = new Splice(in);
  }

  /** Reads the image from a stream at any position. */
  static Decoded decode(ImageInputStream in, Limits limits) throws IOException {
    JpegFile file = new JpegFile(in);
    file.walk();
    PixelLimit.check(file.width, file.height, limits);
    file.requireSupported();
    PixelLimit.checkSamples(file.width, file.height, file.ids.length);
    return file.decode();
  }

  /** Reads markers up to the first scan. */
  private void walk() throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(2);
    try {
      for (int marker = marker(); marker != SOS && marker != EOI; marker = marker()) {
        if (marker < 0xC0 || marker >= 0xD0 && marker <= 0xD8) {
          continue; // has no length
        }
        long start = in.getStreamPosition() - 2;
        long end = start + 2 + in.readUnsignedShort();
        if (marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
          frame(marker);
        } else if (marker == APP0) {
          jfif |= startsWith("JFIF\0");
        } else if (marker == APP14) {
          adobe |= startsWith("Adobe");
        } else if (marker == APP2) {
          application2(start, end);
        }
        in.seek(end);
      }
    } catch (EOFException e) {
      // The segments found so far decide.
    }
    if (ids.length == 0) {
      throw FailedInput.damaged("it has no frame header");
    }
  }

  private int marker() throws IOException {
    int last = 0;
    while (true) {
      int next = in.readUnsignedByte();
      if (last == 0xFF && next != 0 && next != 0xFF) {
        return next;
      }
      last = next;
    }
  }

  private void frame(int marker) throws IOException {
    process = marker;
    precision = in.readUnsignedByte();
    height = in.readUnsignedShort();
    width = in.readUnsignedShort();
    ids = new byte[in.readUnsignedByte()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.readByte();
      in.readUnsignedShort();
    }
  }

  /** A part of a profile, or an index of images. */
  private void application2(long start, long end) throws IOException {
    long data = in.getStreamPosition();
    if (startsWith("ICC_PROFILE\0")) {
      kept.add(keptTo, start);
      keptTo = end;
      return;
    }
    in.seek(data);
    if (startsWith("MPF\0")) {
      views(end);
    }
  }

  private boolean startsWith(String text) throws IOException {
    byte[] start = new byte[text.length()];
    in.readFully(start);
    return Arrays.equals(start, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Counts the images in a Multi-Picture Format index (CIPA DC-007) that are views of their own, as
   * from a stereo camera; previews and gain maps are not.
   */
  private void views(long end) throws IOException {
    byte[] index = new byte[(int) Math.max(0, end - in.getStreamPosition())];
    in.readFully(index);
    ByteBuffer tiff = ByteBuffer.wrap(index);
    try {
      tiff.order(index[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = tiff.getInt(4);
      int views = 0;
      for (int i = 0; i < (tiff.getShort(directory) & 0xFFFF); i++) {
        int entry = directory + 2 + 12 * i;
        if ((tiff.getShort(entry) & 0xFFFF) == 0xB002) {
          int at = tiff.getInt(entry + 8);
          for (int left = tiff.getInt(entry + 4); left >= 16; left -= 16, at += 16) {
            views += (tiff.getInt(at) & 0xFF0000) == 0x020000 ? 1 : 0;
          }
        }
      }
      if (views > 1) {
        warnings.add(Frames.ONLY + "first of " + views + " images is kept");
      }
    } catch (IndexOutOfBoundsException e) {
      // An incomplete index is ignored.
    }
  }

  private void requireSupported() throws FailedInput {
    if (process == LOSSLESS || process >= 0xC5) {
      throw notSupported(
          process >= 0xC9 && process <= 0xCB
              ? "with arithmetic coding"
              : process == LOSSLESS ? "of the lossless process" : "of a hierarchical process");
    }
    if (precision != 8) {
      throw notSupported("with " + precision + "-bit samples");
    }
    if (ids.length != 1 && ids.length != 3 && ids.length != 4) {
      throw notSupported("with " + ids.length + " components");
    }
    if (width == 0 || height == 0) {
      throw height == 0
          ? notSupported("with the height stored after the scan")
          : FailedInput.damaged("its width is 0");
    }
  }

  /** Whether three components have no declared meaning; the JDK would read them as RGB. */
  private boolean unmarked() {
    return ids.length == 3
        && !jfif
        && !adobe
        && !Arrays.equals(ids, new byte[] {1, 2, 3})
        && !Arrays.equals(ids, new byte[] {'R', 'G', 'B'});
  }

  private Decoded decode() throws IOException {
    ImageReader reader =
        unmarked()
            ? Plugins.all()
                .getServiceProviderByClass(JPEGImageReaderSpi.class)
                .createReaderInstance()
            : JdkReader.of("jpeg");
    try {
      kept.add(keptTo, Math.max(keptTo, in.length() < 0 ? Long.MAX_VALUE : in.length()));
      reader.setInput(kept, true, true);
      List<String> messages = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> messages.add(warning));
      BufferedImage image = reader.read(0);
      for (String warning : messages) {
        // Missing data is filled with grey; only a warning reports it.
        if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
          throw FailedInput.damaged(warning);
        }
      }
      return new Decoded(
          image, true, PictureReader.isCmyk(image) ? "conversion from CMYK" : null, warnings);
    } finally {
      reader.dispose();
    }
  }

  private static FailedInput notSupported(String what) {
    return FailedInput.notSupported("a JPEG " + what);
  }
}
