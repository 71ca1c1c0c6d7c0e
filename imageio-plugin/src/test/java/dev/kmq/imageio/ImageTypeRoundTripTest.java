package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of every type keep their colours, if these are few enough. */
final class ImageTypeRoundTripTest {
  @Property(tries = 200)
  void everyStandardType(
      @ForAll @IntRange(min = 1, max = 13) int type,
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 256) int levels,
      @ForAll long seed)
      throws IOException {
    BufferedImage image = Pictures.noise(new BufferedImage(width, height, type), levels, seed);
    assertSameColors(image, roundTrip(image));
  }

  @Test
  void aPartOfAnImage() throws IOException {
    BufferedImage image =
        Pictures.noise(new BufferedImage(50, 40, BufferedImage.TYPE_INT_ARGB), 9, 3);
    BufferedImage part = image.getSubimage(7, 11, 30, 20);
    assertSameColors(part, roundTrip(part));
    BufferedImage bits = Pictures.indexed(50, 40, 3, false, 1).getSubimage(5, 3, 31, 21);
    IndexedRoundTripTest.assertSame(bits, IndexedRoundTripTest.raw(Pictures.write(bits, null)));
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_FLOAT})
  void componentsOfAnyDepthInSrgb(int type) throws IOException {
    BufferedImage image = components(ColorSpace.getInstance(ColorSpace.CS_sRGB), true, type);
    assertSameColors(image, roundTrip(image));
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_FLOAT})
  void otherColourSpacesAreConverted(int type) throws IOException {
    BufferedImage image = components(ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB), false, type);
    BufferedImage back = roundTrip(image);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        assertClose(image.getRGB(x, y), back.getRGB(x, y), 1);
      }
    }
  }

  /** Cyan, magenta, yellow and black by the simplest formula. */
  private static final class SimpleCmyk extends ColorSpace {
    private static final long serialVersionUID = 1L;

    SimpleCmyk() {
      super(ColorSpace.TYPE_CMYK, 4);
    }

    @Override
    public float[] toRGB(float[] c) {
      float light = 1 - c[3];
      return new float[] {(1 - c[0]) * light, (1 - c[1]) * light, (1 - c[2]) * light};
    }

    @Override
    public float[] fromRGB(float[] rgb) {
      return new float[] {1 - rgb[0], 1 - rgb[1], 1 - rgb[2], 0};
    }

    @Override
    public float[] toCIEXYZ(float[] color) {
      return ColorSpace.getInstance(ColorSpace.CS_sRGB).toCIEXYZ(toRGB(color));
    }

    @Override
    public float[] fromCIEXYZ(float[] xyz) {
      return fromRGB(ColorSpace.getInstance(ColorSpace.CS_sRGB).fromCIEXYZ(xyz));
    }
  }

  @Test
  void spacesOfOthersAreConverted() throws IOException {
    SimpleCmyk space = new SimpleCmyk();
    ColorModel model =
        new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
    raster.setPixel(0, 0, new int[] {255, 0, 51, 0});
    raster.setPixel(1, 0, new int[] {0, 0, 0, 204});
    BufferedImage back = roundTrip(new BufferedImage(model, raster, false, null));
    assertEquals(0xFF00FFCC, back.getRGB(0, 0));
    assertEquals(0xFF333333, back.getRGB(1, 0));
  }

  @Test
  void samplesOutsideTheirRangeAreTheNearestWithin() throws IOException {
    ColorSpace space = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    ColorModel model =
        new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new float[] {3.5f, -2f, Float.NaN});
    BufferedImage back = roundTrip(new BufferedImage(model, raster, false, null));
    assertEquals(0xFFFF0000, back.getRGB(0, 0));
  }

  @Test
  void greyIsTakenAsItIs() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
      BufferedImage image = new BufferedImage(256, 1, type);
      for (int x = 0; x < 256; x++) {
        image.getRaster().setSample(x, 0, 0, type == BufferedImage.TYPE_BYTE_GRAY ? x : x * 257);
      }
      BufferedImage back = roundTrip(image);
      for (int x = 0; x < 256; x++) {
        assertEquals(0xFF000000 | x * 0x010101, back.getRGB(x, 0));
      }
    }
  }

  @Test
  void rastersAreGreyOrRgbByTheNumberOfBands() throws IOException {
    int[] pixel = {10, 200, 30, 128};
    int[] expected = {0xFF0A0A0A, 0xC80A0A0A, 0xFF0AC81E, 0x800AC81E};
    for (int bands = 1; bands <= 4; bands++) {
      WritableRaster raster =
          Raster.createWritableRaster(
              new BandedSampleModel(DataBuffer.TYPE_BYTE, 3, 2, bands), new Point(-5, 9));
      for (int band = 0; band < bands; band++) {
        for (int y = 9; y < 11; y++) {
          raster.setSamples(-5, y, 3, 1, band, new int[] {0, 0, pixel[band]});
        }
      }
      BufferedImage back = Pictures.read(Pictures.write(new IIOImage(raster, null, null), null));
      assertEquals(expected[bands - 1], back.getRGB(2, 1), bands + " bands");
    }
  }

  @Test
  void anyRenderedImageWithItsCornerAnywhere() throws IOException {
    BufferedImage image =
        Pictures.noise(new BufferedImage(70, 45, BufferedImage.TYPE_INT_RGB), 6, 8);
    for (Point corner : new Point[] {new Point(0, 0), new Point(-33, 12), new Point(100, -7)}) {
      TiledImage tiled = new TiledImage(image, corner.x, corner.y, 16);
      BufferedImage back = Pictures.read(Pictures.write(new IIOImage(tiled, null, null), null));
      assertSameColors(image, back);
    }
  }

  private static BufferedImage components(ColorSpace space, boolean alpha, int type) {
    ColorModel model =
        new ComponentColorModel(
            space, alpha, false, alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
    WritableRaster raster = model.createCompatibleWritableRaster(31, 17);
    Random random = new Random(type);
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 31; x++) {
        float[] pixel = new float[model.getNumComponents()];
        for (int band = 0; band < pixel.length; band++) {
          pixel[band] = random.nextFloat();
          if (type != DataBuffer.TYPE_FLOAT) {
            pixel[band] = Math.round(pixel[band] * (type == DataBuffer.TYPE_BYTE ? 255 : 65535));
          }
        }
        raster.setPixel(x, y, pixel);
      }
    }
    return new BufferedImage(model, raster, false, null);
  }

  private static BufferedImage roundTrip(BufferedImage image) throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setColors(65536);
    return Pictures.read(Pictures.write(image, param));
  }

  private static void assertClose(int expected, int actual, int tolerance) {
    for (int shift = 0; shift < 32; shift += 8) {
      int difference = Math.abs((expected >>> shift & 0xFF) - (actual >>> shift & 0xFF));
      assertEquals(true, difference <= tolerance, Integer.toHexString(expected ^ actual));
    }
  }

  /** Compares colours; transparent pixels have none. Java's grey is compared unconverted. */
  static void assertSameColors(BufferedImage expected, BufferedImage actual) {
    boolean grey = expected.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        int rgb = expected.getRGB(x, y);
        if (grey) {
          int sample = expected.getRaster().getSample(x, y, 0);
          int max = expected.getColorModel().getPixelSize() == 8 ? 255 : 65535;
          rgb = 0xFF000000 | (sample * 255 + max / 2) / max * 0x010101;
        }
        int other = actual.getRGB(x, y);
        assertEquals(rgb >>> 24, other >>> 24, "alpha at " + x + ", " + y);
        if (rgb >>> 24 > 0) {
          assertEquals(rgb, other, "colour at " + x + ", " + y);
        }
      }
    }
  }
}
