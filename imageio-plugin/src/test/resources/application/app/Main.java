package app;

import java.awt.image.BufferedImage;
import java.io.File;
import javax.imageio.ImageIO;

/** An application that uses only javax.imageio. */
public final class Main {
  public static void main(String[] arguments) throws Exception {
    BufferedImage image = new BufferedImage(37, 23, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 23; y++) {
      for (int x = 0; x < 37; x++) {
        image.setRGB(x, y, 0xFF000000 | x % 5 << 16 | y << 8);
      }
    }
    File file = new File(arguments[0]);
    if (!ImageIO.write(image, "kmq", file)) {
      throw new IllegalStateException("no writer");
    }
    BufferedImage back = ImageIO.read(file);
    if (back == null) {
      throw new IllegalStateException("no reader");
    }
    for (int y = 0; y < 23; y++) {
      for (int x = 0; x < 37; x++) {
        if (back.getRGB(x, y) != image.getRGB(x, y)) {
          throw new IllegalStateException("another pixel at " + x + ", " + y);
        }
      }
    }
    System.out.println("as it was");
  }
}
