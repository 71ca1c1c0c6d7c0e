package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Regions, steps, offsets and destinations, compared with pixels of the whole image. */
final class RegionReadingTest {
  private static final int[] COLORS = {1, 2, 3, 4, 6, 11, 16, 40, 256, 300};
  private static final int MARK = 0xFF123456;

  @Property(tries = 300)
  void regionsAreThatPartOfThePicture(
      @ForAll @IntRange(min = 1, max = 80) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(max = 9) int which,
      @ForAll boolean alpha,
      @ForAll boolean tiled,
      @ForAll boolean steps,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    BufferedImage image = Pictures.indexed(width, height, COLORS[which], alpha, seed);
    KmqImageWriteParam writing = new KmqImageWriteParam();
    writing.setTileSize(tiled ? 16 : 0);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(Pictures.write(image, writing)));

    ImageReadParam param = reader.getDefaultReadParam();
    Rectangle region = new Rectangle(random.nextInt(width), random.nextInt(height), 0, 0);
    region.width = 1 + random.nextInt(width - region.x);
    region.height = 1 + random.nextInt(height - region.y);
    param.setSourceRegion(region);
    if (steps) {
      int stepX = 1 + random.nextInt(Math.min(5, region.width));
      int stepY = 1 + random.nextInt(Math.min(5, region.height));
      param.setSourceSubsampling(stepX, stepY, random.nextInt(stepX), random.nextInt(stepY));
    }
    Point offset = new Point(random.nextInt(20) - 3, random.nextInt(20) - 3);
    param.setDestinationOffset(offset);
    List<ImageTypeSpecifier> types = new ArrayList<>();
    reader.getImageTypes(0).forEachRemaining(types::add);
    ImageTypeSpecifier type = types.get(random.nextInt(types.size()));
    BufferedImage target = type.createBufferedImage(45, 33);
    boolean marked = target.getType() == BufferedImage.TYPE_INT_ARGB;
    if (marked) {
      mark(target);
    }
    param.setDestination(target);
    boolean visible = offset.x + columns(param) > 0 && offset.y + rows(param) > 0;
    if (!visible) {
      return;
    }
    reader.read(0, param);
    for (int y = 0; y < target.getHeight(); y++) {
      for (int x = 0; x < target.getWidth(); x++) {
        int column = x - offset.x;
        int row = y - offset.y;
        boolean within = column >= 0 && row >= 0 && column < columns(param) && row < rows(param);
        int sourceX =
            region.x + param.getSubsamplingXOffset() + column * param.getSourceXSubsampling();
        int sourceY =
            region.y + param.getSubsamplingYOffset() + row * param.getSourceYSubsampling();
        int empty = marked ? MARK : type.createBufferedImage(1, 1).getRGB(0, 0);
        int expected = within ? image.getRGB(sourceX, sourceY) : empty;
        if (within && !target.getColorModel().hasAlpha()) {
          expected |= 0xFF000000;
        }
        assertEquals(
            expected, target.getRGB(x, y), type.getBufferedImageType() + ": " + x + ", " + y);
      }
    }
  }

  private static int columns(ImageReadParam param) {
    int left = param.getSourceRegion().width - param.getSubsamplingXOffset();
    return (left + param.getSourceXSubsampling() - 1) / param.getSourceXSubsampling();
  }

  private static int rows(ImageReadParam param) {
    int left = param.getSourceRegion().height - param.getSubsamplingYOffset();
    return (left + param.getSourceYSubsampling() - 1) / param.getSourceYSubsampling();
  }

  private static void mark(BufferedImage image) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, MARK);
      }
    }
  }
}
