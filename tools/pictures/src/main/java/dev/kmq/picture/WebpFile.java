package dev.kmq.picture;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A WebP file. A library decodes the pixels of an image by itself, without profile and animation.
 * What it is known to decode wrongly is refused.
 */
final class WebpFile {
  private static final String LOSSY = "VP8 ";
  private static final String LOSSLESS = "VP8L";
  private static final String ALPHA = "ALPH";
  private static final int LOSSLESS_SIGNATURE = 0x2F;
  private static final int SIDE_BITS = 14;
  private static final int PALETTE_TRANSFORM = 3;

  /**
   * The last index of a quantiser for the mean of chroma blocks that the library takes from the
   * table: the format limits those above, the library does not.
   */
  private static final int CHROMA_LIMIT = 117;

  /** The library reads eight bytes after the header of lossless data, even if there are fewer. */
  private static final int LIBRARY_BYTES = 5 + 8;

  private static final String APPROXIMATE =
      "a lossy WebP is decoded approximately; chroma and block edges differ slightly";

  private WebpFile() {}

  /** Reads the first image from a stream at any position. */
  static Decoded decode(ImageInputStream in, Limits limits) throws IOException {
    WebpChunks chunks = WebpChunks.ofFile(in);
    WebpAnimation animation = WebpAnimation.of(chunks, limits);
    return animation == null ? image(chunks, limits) : Frames.first(animation);
  }

  /** Decodes the image in the chunks of a file or a frame. */
  static Decoded image(WebpChunks chunks, Limits limits) throws IOException {
    byte[] lossless = chunks.data(LOSSLESS);
    if (lossless != null) {
      int[] size = losslessSize(lossless);
      byte[] padded = Arrays.copyOf(lossless, Math.max(lossless.length, LIBRARY_BYTES));
      Decoded decoded = decode(riff(LOSSLESS, padded), size, limits, false);
      if (hasLargePaletteAndAlpha(padded)
          && !hasTransparentBlack((BufferedImage) decoded.image())) {
        throw FailedInput.notSupported(
            "a lossless WebP with alpha and a palette of more than 16 colours");
      }
      return decoded;
    }
    byte[] lossy = chunks.data(LOSSY);
    if (lossy == null) {
      throw FailedInput.damaged("it has no image");
    }
    Vp8Header header = Vp8Header.of(lossy);
    if (header.chromaIndex() > CHROMA_LIMIT) {
      throw FailedInput.notSupported("a lossy WebP of the lowest quality");
    }
    byte[] alpha = chunks.data(ALPHA);
    if (alpha != null && (alpha.length == 0 || (alpha[0] & 3) != 1)) {
      throw FailedInput.notSupported("a WebP with uncompressed alpha");
    }
    byte[] file = alpha == null ? riff(LOSSY, lossy) : riff(header, alpha, lossy);
    return decode(file, new int[] {header.width(), header.height()}, limits, true);
  }

  private static Decoded decode(byte[] file, int[] size, Limits limits, boolean lossy)
      throws IOException {
    PixelLimit.check(size[0], size[1], limits);
    ImageReader reader =
        Plugins.all().getServiceProviderByClass(WebPImageReaderSpi.class).createReaderInstance();
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(stream, false, true);
      List<String> messages = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> messages.add(warning));
      BufferedImage image = reader.read(0);
      if (!messages.isEmpty()) {
        throw FailedInput.damaged(messages.get(0));
      }
      return lossy
          ? new Decoded(image, true, "approximate decoding", List.of(APPROXIMATE))
          : new Decoded(image, true, null, List.of());
    } finally {
      reader.dispose();
    }
  }

  /**
   * Whether indices may exceed the palette, which means transparent black. The library takes the
   * last entry for them if there are more than 16. An encoder that uses this has no transparent
   * black in the palette, so that it is missing in what the library decodes.
   */
  private static boolean hasLargePaletteAndAlpha(byte[] data) {
    int bits = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
    boolean alpha = (bits >>> 2 * SIDE_BITS & 1) != 0;
    int transform = (data[5] & 0xFF) | (data[6] & 0xFF) << 8; // its presence, type and size
    boolean palette = (transform & 1) != 0 && (transform >> 1 & 3) == PALETTE_TRANSFORM;
    return alpha && palette && 1 + (transform >> 3 & 0xFF) > 16;
  }

  private static boolean hasTransparentBlack(BufferedImage image) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) == 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static int[] losslessSize(byte[] data) throws FailedInput {
    if (data.length < 5 || data[0] != LOSSLESS_SIGNATURE) {
      throw FailedInput.damaged("its VP8L data does not start with a header");
    }
    int bits = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
    int mask = (1 << SIDE_BITS) - 1;
    return new int[] {1 + (bits & mask), 1 + (bits >>> SIDE_BITS & mask)};
  }

  /** A file of one chunk. */
  private static byte[] riff(String type, byte[] data) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    chunk(body, type, data);
    return riff(body);
  }

  /** A file of an image with alpha. */
  private static byte[] riff(Vp8Header header, byte[] alpha, byte[] lossy) {
    ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    extended.put((byte) 0x10).position(4); // has alpha
    extended.putShort((short) (header.width() - 1)).put((byte) 0);
    extended.putShort((short) (header.height() - 1)).put((byte) 0);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    chunk(body, "VP8X", extended.array());
    chunk(body, ALPHA, alpha);
    chunk(body, LOSSY, lossy);
    return riff(body);
  }

  private static byte[] riff(ByteArrayOutputStream body) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("RIFF".getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(littleEndian(4 + body.size()));
    file.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(body.toByteArray());
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    out.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(littleEndian(data.length));
    out.writeBytes(data);
    if (data.length % 2 != 0) {
      out.write(0);
    }
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** The ICC profile of a file, or null. */
  static byte @Nullable [] profile(ImageInputStream in) throws IOException {
    return WebpChunks.ofFile(in).data("ICCP");
  }

  /** The Exif data of a file, or null. */
  static byte @Nullable [] exif(ImageInputStream in) throws IOException {
    return WebpChunks.ofFile(in).data("EXIF");
  }
}
