package app;

import java.io.File;
import javax.imageio.ImageIO;

/** Prints which of some formats have readers, and opens a file. */
public final class Formats {
  public static void main(String[] arguments) throws Exception {
    for (int i = 1; i < arguments.length; i++) {
      boolean found = ImageIO.getImageReadersByFormatName(arguments[i]).hasNext();
      System.out.println(arguments[i] + (found ? " yes" : " no"));
    }
    System.out.println(ImageIO.read(new File(arguments[0])).getWidth());
  }
}
