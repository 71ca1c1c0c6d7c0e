package dev.kmq.web.page;

import dev.kmq.picture.TestPng;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** PNG files with colour profiles. */
final class Profiles {
  /** Signature and IHDR of a PNG. */
  private static final int START = 33;

  private Profiles() {}

  /** The profile of linear light, made of curves and a matrix. */
  static byte[] linear() {
    return ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
  }

  /** An image whose colours are those of a profile. */
  static byte[] png(BufferedImage image, byte[] icc) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    byte[] png = out.toByteArray();
    byte[] packed = TestPng.deflate(icc);
    ByteBuffer chunk = ByteBuffer.allocate(12 + 3 + packed.length);
    chunk.putInt(3 + packed.length).put("iCCPp".getBytes(StandardCharsets.US_ASCII));
    chunk.put((byte) 0).put((byte) 0).put(packed);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, chunk.position() - 4);
    chunk.putInt((int) crc.getValue());
    return ByteBuffer.allocate(png.length + chunk.capacity())
        .put(png, 0, START)
        .put(chunk.array())
        .put(png, START, png.length - START)
        .array();
  }
}
