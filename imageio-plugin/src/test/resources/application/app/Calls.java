package app;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Calls methods of a reader one by one and prints the results. */
public final class Calls {
  public static void main(String[] arguments) throws Exception {
    try (ImageInputStream in = ImageIO.createImageInputStream(new File(arguments[0]))) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("kmq").next();
      for (Callable<?> call :
          new Callable<?>[] {
            () -> reader.getWidth(0),
            () -> reader.getImageTypes(0).next(),
            () -> reader.getImageMetadata(0),
            () -> reader.read(0),
            () -> reader.readRaster(0, null),
            () -> reader.readAll(0, null)
          }) {
        in.seek(0);
        reader.setInput(in);
        try {
          System.out.println("gives: " + call.call().getClass());
        } catch (IOException e) {
          System.out.println("refused: " + e.getMessage());
        }
      }
    }
  }
}
