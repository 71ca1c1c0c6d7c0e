package app;

import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Opens a file that may be too large for this JVM. */
public final class Large {
  public static void main(String[] arguments) {
    try {
      System.out.println("width " + ImageIO.read(new File(arguments[0])).getWidth());
    } catch (IOException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
