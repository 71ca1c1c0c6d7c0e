package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Indexed images come back with the same palette and the same indices. */
final class IndexedRoundTripTest {
  private static final int[] COLORS = {
    1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 64, 100, 128, 255, 256, 257, 1000
  };

  @Property(tries = 150)
  void everyPaletteWidth(
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(max = 18) int which,
      @ForAll boolean alpha,
      @ForAll boolean tiled,
      @ForAll @IntRange(max = 1) int method,
      @ForAll long seed)
      throws IOException {
    BufferedImage image = Pictures.indexed(width, height, COLORS[which], alpha, seed);
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType(param.getCompressionTypes()[method]);
    param.setTileSize(tiled ? 16 : -1);
    assertSame(image, raw(Pictures.write(image, param)));
  }

  @Test
  void theLargestPalette() throws IOException {
    BufferedImage image = Pictures.indexed(300, 300, 65536, true, 1);
    assertSame(image, raw(Pictures.write(image, new KmqImageWriteParam())));
  }

  @Test
  void fewEntriesInAWideRaster() throws IOException {
    byte[] grey = {5, 7, 9};
    IndexColorModel model = new IndexColorModel(16, 3, grey, grey, grey);
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 4, 4, 1, new Point());
    raster.setSample(1, 2, 0, 2);
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertSame(image, raw(Pictures.write(image, null)));
  }

  @Test
  void fewerColoursOnDemandOnly() throws IOException {
    BufferedImage image = Pictures.indexed(40, 40, 100, false, 5);
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(1);
    assertSame(image, raw(Pictures.write(image, param)));
    param.setCompressionQuality(3 / 7f);
    assertEquals(16, mapSize(raw(Pictures.write(image, param))));
    param.setColors(77);
    assertEquals(77, mapSize(raw(Pictures.write(image, param))));
    param.setColors(100);
    assertSame(image, raw(Pictures.write(image, param)));
  }

  @Test
  void refusesPixelValuesBeyondThePalette() {
    BufferedImage image = Pictures.indexed(8, 8, 5, false, 5);
    image.getRaster().setSample(3, 6, 0, 5);
    IIOException refusal =
        Assertions.assertThrows(IIOException.class, () -> Pictures.write(image, null));
    assertEquals("pixel value 5 in row 6 is not below the palette's size, 5", refusal.getMessage());
  }

  /** Read as colours and written with the metadata of the file: the same bytes. */
  @Test
  void metadataBringsThePaletteBack() throws IOException {
    for (int colors : new int[] {1, 2, 5, 16, 256, 300, 1000}) {
      for (boolean alpha : new boolean[] {false, true}) {
        BufferedImage image = Pictures.indexed(80, 70, colors, alpha, 7);
        byte[] file = Pictures.write(image, null);
        ImageReader reader = Pictures.reader();
        reader.setInput(Pictures.input(file));
        IIOImage read = reader.readAll(0, null);
        assertFalse(read.getRenderedImage().getColorModel() instanceof IndexColorModel);
        assertArrayEquals(file, Pictures.write(read, null));
        ImageTypeSpecifier type = new ImageTypeSpecifier(read.getRenderedImage());
        read.setMetadata(Pictures.writer().convertImageMetadata(read.getMetadata(), type, null));
        assertArrayEquals(file, Pictures.write(read, null));
      }
    }
  }

  @Test
  void unusedAndEqualEntriesAreKept() throws IOException {
    int[] argb = {0xFF010203, 0xFF0A0B0C, 0xFF010203, 0xFFF0F1F2, 0xFF777777};
    IndexColorModel model = new IndexColorModel(8, 5, argb, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, model);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {3, 2, 1});
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(Pictures.write(image, null)));
    BufferedImage back = Pictures.readIndexed(Pictures.write(reader.readAll(0, null), null));
    image.getRaster().setSample(1, 0, 0, 0);
    assertSame(image, back);
  }

  @Test
  void colorsThatAreNotInThePaletteMakeAnother() throws IOException {
    byte[] file = Pictures.write(Pictures.indexed(20, 20, 9, false, 7), null);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    IIOImage read = reader.readAll(0, null);
    ((BufferedImage) read.getRenderedImage()).setRGB(19, 19, 0xFF123456);
    BufferedImage back = Pictures.readIndexed(Pictures.write(read, null));
    assertEquals(10, mapSize(back));
    assertEquals(0xFF123456, back.getRGB(19, 19));
    KmqImageWriteParam fewer = new KmqImageWriteParam();
    fewer.setColors(4);
    assertEquals(4, mapSize(Pictures.readIndexed(Pictures.write(read, fewer))));
  }

  /** Without metadata the entries are those that the image uses; no colour under alpha 0 is. */
  @Test
  void plainCopiesHaveTheSamePixels() throws IOException {
    for (int colors : new int[] {1, 2, 12, 16, 200, 256}) {
      BufferedImage read =
          Pictures.read(Pictures.write(Pictures.indexed(30, 20, colors, true, 7), null));
      BufferedImage back = Pictures.read(Pictures.write(read, null));
      assertArrayEquals(visible(read), visible(back));
    }
  }

  private static int[] visible(BufferedImage image) {
    int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(argb).map(c -> c >>> 24 == 0 ? 0 : c).toArray();
  }

  private static int mapSize(BufferedImage image) {
    return ((IndexColorModel) image.getColorModel()).getMapSize();
  }

  /** The image as the type that the file holds. */
  static BufferedImage raw(byte[] file) throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestinationType(reader.getRawImageType(0));
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    Assertions.assertTrue(types.hasNext());
    return reader.read(0, param);
  }

  static void assertSame(BufferedImage expected, BufferedImage actual) {
    assertEquals(expected.getWidth(), actual.getWidth());
    assertEquals(expected.getHeight(), actual.getHeight());
    assertArrayEquals(palette(expected), palette(actual));
    int n = expected.getWidth();
    for (int y = 0; y < expected.getHeight(); y++) {
      assertArrayEquals(
          expected.getRaster().getSamples(0, y, n, 1, 0, (int[]) null),
          actual.getRaster().getSamples(0, y, n, 1, 0, (int[]) null),
          "row " + y);
    }
  }

  private static int[] palette(BufferedImage image) {
    IndexColorModel model = (IndexColorModel) image.getColorModel();
    int[] argb = new int[model.getMapSize()];
    model.getRGBs(argb);
    return argb;
  }
}
