package dev.kmq.bench;

import java.awt.Rectangle;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads a region of a file through ImageIO, as a program of its own. */
public final class RegionRead {
  private RegionRead() {}

  /**
   * Reads the region.
   *
   * @param args file, x, y, width and height
   */
  public static void main(String[] args) throws IOException {
    int[] numbers = Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
    try (ImageInputStream stream = ImageIO.createImageInputStream(new File(args[0]))) {
      ImageReader reader = ImageIO.getImageReaders(stream).next();
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceRegion(new Rectangle(numbers[0], numbers[1], numbers[2], numbers[3]));
      reader.setInput(stream, true, true);
      reader.read(0, param);
    }
  }
}
