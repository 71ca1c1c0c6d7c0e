package dev.kmq.spark;

import dev.kmq.picture.TestWebp;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Writes images of all kinds for tests. */
final class Collection {
  private Collection() {}

  static BufferedImage image(long seed, int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(seed);
    Graphics2D g = image.createGraphics();
    for (int i = 0; i < 40; i++) {
      int alpha = image.getColorModel().hasAlpha() ? random.nextInt(256) : 255;
      g.setColor(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256), alpha));
      g.fillOval(
          random.nextInt(width), random.nextInt(height), random.nextInt(width), height / 3 + 1);
    }
    g.dispose();
    boolean grey = type == BufferedImage.TYPE_BYTE_GRAY;
    for (int y = 0; y < height && !(image.getColorModel() instanceof IndexColorModel); y++) {
      for (int x = 0; x < width && !grey; x++) {
        image.setRGB(x, y, image.getRGB(x, y) ^ random.nextInt(16) * 0x010101);
      }
    }
    return image;
  }

  private static byte[] bytes(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer of " + format);
    }
    return out.toByteArray();
  }

  static byte[] png(long seed, int width, int height) throws IOException {
    return bytes(image(seed, width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  /** A JPEG that is turned by Exif and has a profile other than sRGB. */
  static byte[] jpeg(long seed, int orientation, boolean profile) throws IOException {
    byte[] plain = bytes(image(seed, 70, 50, BufferedImage.TYPE_INT_RGB), "jpg");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 2);
    ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation);
    segment(out, 0xE1, exif.array());
    if (profile) {
      byte[] icc = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
      ByteBuffer data = ByteBuffer.allocate(14 + icc.length);
      data.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1)).put(icc);
      segment(out, 0xE2, data.array());
    }
    out.write(plain, 2, plain.length - 2);
    return out.toByteArray();
  }

  private static void segment(ByteArrayOutputStream out, int marker, byte[] data) {
    out.write(0xFF);
    out.write(marker);
    out.write(data.length + 2 >> 8);
    out.write(data.length + 2);
    out.writeBytes(data);
  }

  /** A folder with an image of each kind, in subfolders, and two that fail. */
  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.createDirectories(folder.resolve("c d"));
    Files.write(folder.resolve("a/opaque.png"), png(1, 90, 60));
    Files.write(
        folder.resolve("a/clear.png"), bytes(image(2, 64, 64, BufferedImage.TYPE_INT_ARGB), "png"));
    Files.write(
        folder.resolve("a/grey.png"), bytes(image(3, 64, 40, BufferedImage.TYPE_BYTE_GRAY), "png"));
    Files.write(folder.resolve("a/b/turned.jpg"), jpeg(4, 6, false));
    Files.write(folder.resolve("a/b/profile.JPG"), jpeg(5, 3, true));
    Files.write(
        folder.resolve("c d/indexed.gif"),
        bytes(image(6, 50, 50, BufferedImage.TYPE_BYTE_INDEXED), "gif"));
    Files.write(
        folder.resolve("c d/plain.bmp"),
        bytes(image(7, 33, 21, BufferedImage.TYPE_INT_RGB), "bmp"));
    Files.write(
        folder.resolve("c d/\u00fcnic\u00f6de.tif"),
        bytes(image(8, 40, 40, BufferedImage.TYPE_INT_RGB), "tif"));
    Files.write(
        folder.resolve("moving.webp"),
        TestWebp.animation(8, 6, TestWebp.frame(0, 0, 8, 6, 0, 0xFF336699)));
    Files.write(folder.resolve("large.png"), png(9, 400, 300));
    for (int i = 0; i < 12; i++) {
      Files.write(folder.resolve("icon-" + i + ".png"), png(100 + i, 32, 32));
    }
    byte[] broken = png(10, 80, 80);
    Files.write(folder.resolve("broken.png"), Arrays.copyOf(broken, broken.length / 2));
    Files.write(folder.resolve("no-picture.png"), new byte[] {1, 2, 3});
    Files.writeString(folder.resolve("notes.txt"), "not an image");
    return folder;
  }
}
