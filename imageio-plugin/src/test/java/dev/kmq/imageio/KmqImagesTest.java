package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KmqImagesTest {
  private static final byte[] LINEAR = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
  private static final byte[] GREY = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();

  private static int[] argb(PixelSource pixels) {
    int[] argb = new int[pixels.width() * pixels.height()];
    pixels.readRows(0, pixels.height(), argb);
    return argb;
  }

  private static int grey(int level) {
    return 0xFF000000 | level * 0x010101;
  }

  @Test
  void greyStaysAsItIs() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 128);
    EncodeOptions options = EncodeOptions.builder().build();
    byte[] file = Kmq.encode(KmqImages.pixels(image), options);
    assertEquals(grey(128), Kmq.decode(file).argb(0, 0));
    assertEquals(grey(128), Pictures.read(Pictures.write(image, null)).getRGB(0, 0));
    assertEquals(grey(128), argb(KmqImages.storedPixels(image))[0]);
    assertEquals(grey(188), image.getRGB(0, 0), "what getRGB makes of it");
  }

  @Test
  void sixteenBitsAreRoundedToTheNearest() {
    BufferedImage grey = new BufferedImage(256, 256, BufferedImage.TYPE_USHORT_GRAY);
    ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    BufferedImage rgba = components(srgb, true, DataBuffer.TYPE_USHORT, 256, 256);
    for (int i = 0; i < 65536; i++) {
      grey.getRaster().setSample(i & 255, i >> 8, 0, i);
      int[] pixel = {i, 65535 - i, i ^ 0x5555, 65535};
      rgba.getRaster().setPixel(i & 255, i >> 8, pixel);
    }
    int[] greys = argb(KmqImages.pixels(grey));
    int[] colors = argb(KmqImages.pixels(rgba));
    for (int i = 0; i < 65536; i++) {
      assertEquals(grey(to8(i)), greys[i], "sample " + i);
      int color = 0xFF000000 | to8(i) << 16 | to8(65535 - i) << 8 | to8(i ^ 0x5555);
      assertEquals(color, colors[i], "sample " + i);
    }
    assertArrayEquals(greys, argb(KmqImages.storedPixels(grey)));
    assertArrayEquals(colors, argb(KmqImages.storedPixels(rgba)));
  }

  private static int to8(int sample) {
    return (int) Math.round(sample * 255 / 65535.0);
  }

  private static BufferedImage components(
      ColorSpace space, boolean alpha, int type, int width, int height) {
    ColorModel model =
        new ComponentColorModel(
            space, alpha, false, alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
    WritableRaster raster = model.createCompatibleWritableRaster(width, height);
    return new BufferedImage(model, raster, false, null);
  }

  /** Layouts that are all sRGB, so that the image's own getRGB gives the expected pixels. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "12",
        "13",
        "masks",
        "banded",
        "banded16"
      })
  void everyLayoutIsReadByItsColorModel(String layout) {
    BufferedImage image = Pictures.noise(image(layout), 9, 4);
    int[] expected = image.getRGB(0, 0, 37, 29, null, 0, 37);
    assertArrayEquals(expected, argb(KmqImages.pixels(image)));
    assertArrayEquals(expected, argb(KmqImages.storedPixels(image)));
    assertArrayEquals(expected, argb(KmqImages.pixels(new TiledImage(image, -33, 70, 8))));
    BufferedImage part = image.getSubimage(5, 7, 20, 11);
    int[] inPart = image.getRGB(5, 7, 20, 11, null, 0, 20);
    assertArrayEquals(inPart, argb(KmqImages.pixels(part)));
    assertArrayEquals(inPart, argb(KmqImages.storedPixels(new TiledImage(part, 900, -2, 5))));
  }

  private static BufferedImage image(String layout) {
    ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    if (layout.equals("masks")) {
      ColorModel model =
          new DirectColorModel(
              srgb, 32, 0x3FF00000, 0xFFC00, 0x3FF, 0xC0000000, false, DataBuffer.TYPE_INT);
      return new BufferedImage(model, model.createCompatibleWritableRaster(37, 29), false, null);
    }
    if (layout.startsWith("banded")) {
      int type = layout.equals("banded") ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
      ColorModel model = new ComponentColorModel(srgb, true, false, Transparency.TRANSLUCENT, type);
      WritableRaster raster =
          Raster.createWritableRaster(new BandedSampleModel(type, 37, 29, 4), null);
      return new BufferedImage(model, raster, false, null);
    }
    return new BufferedImage(37, 29, Integer.parseInt(layout));
  }

  @Test
  void rowsComeInAnyPortionAndAgain() {
    BufferedImage image = Pictures.noise(image("6"), 200, 3);
    PixelSource pixels = KmqImages.pixels(new TiledImage(image, 3, 3, 16));
    int[] all = argb(pixels);
    int[] some = new int[3 * 37];
    for (int y : new int[] {20, 0, 26, 11}) {
      pixels.readRows(y, 3, some);
      assertArrayEquals(Arrays.copyOfRange(all, y * 37, (y + 3) * 37), some);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_FLOAT})
  void aProfileIsAppliedBeforeSamplesAreRounded(int type) {
    ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    BufferedImage image = components(linear, true, type, 64, 4);
    Random random = new Random(type);
    float max = type == DataBuffer.TYPE_FLOAT ? 1 : type == DataBuffer.TYPE_BYTE ? 255 : 65535;
    int[] converted = new int[256];
    int[] stored = new int[256];
    for (int i = 0; i < 256; i++) {
      float[] pixel = new float[4];
      for (int c = 0; c < 4; c++) {
        pixel[c] = max == 1 ? random.nextFloat() : random.nextInt((int) max + 1);
      }
      image.getRaster().setPixel(i % 64, i / 64, pixel);
      float[] part = {pixel[0] / max, pixel[1] / max, pixel[2] / max};
      int alpha = Math.round(pixel[3] / max * 255) << 24;
      converted[i] = alpha | rgb(linear.toRGB(part));
      stored[i] = alpha | rgb(part);
    }
    IccProfile profile = KmqImages.profile(image).orElseThrow();
    assertFalse(profile.isSrgb());
    assertArrayEquals(stored, argb(KmqImages.storedPixels(image)));
    assertNear(converted, argb(KmqImages.pixels(image)));
    BufferedImage unlabelled =
        new BufferedImage(
            components(ColorSpace.getInstance(ColorSpace.CS_sRGB), true, type, 1, 1)
                .getColorModel(),
            image.getRaster(),
            false,
            null);
    assertArrayEquals(argb(KmqImages.pixels(image)), argb(KmqImages.pixels(unlabelled, profile)));
    assertFalse(KmqImages.profile(unlabelled).isPresent());
  }

  private static int rgb(float[] c) {
    return Math.round(c[0] * 255) << 16 | Math.round(c[1] * 255) << 8 | Math.round(c[2] * 255);
  }

  /** Java converts single colours less precisely than arrays; ties may differ. */
  private static void assertNear(int[] expected, int[] actual) {
    int different = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int shift = 0; shift < 32; shift += 8) {
        int difference = (expected[i] >>> shift & 0xFF) - (actual[i] >>> shift & 0xFF);
        assertTrue(Math.abs(difference) <= 1, Integer.toHexString(actual[i]) + " at " + i);
        different += Math.abs(difference);
      }
    }
    assertTrue(different <= 1 + expected.length / 50, different + " differ");
  }

  @Test
  void packedPixelsOfOtherSpacesAreStoredOrConverted() {
    ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    ColorModel model =
        new DirectColorModel(linear, 24, 0xFF0000, 0xFF00, 0xFF, 0, false, DataBuffer.TYPE_INT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setDataElements(0, 0, new int[] {0x408000});
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertArrayEquals(new int[] {0xFF408000}, argb(KmqImages.storedPixels(image)));
    assertNear(new int[] {0xFF89BC00}, argb(KmqImages.pixels(image)));
    BufferedImage plain = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_565_RGB);
    plain.setRGB(0, 0, 0x408200);
    int[] pixel = argb(KmqImages.pixels(plain, IccProfile.of(LINEAR)));
    assertNear(new int[] {0xFF8ABD00}, pixel);
  }

  @Test
  void greySamplesTakeAProfileOfGreyOrOfRgb() {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 256; x++) {
      image.getRaster().setSample(x, 0, 0, x);
    }
    ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    int[] expected =
        IntStream.range(0, 256)
            .map(i -> 0xFF000000 | rgb(linear.toRGB(new float[] {i / 255f, i / 255f, i / 255f})))
            .toArray();
    assertNear(expected, argb(KmqImages.pixels(image, IccProfile.of(LINEAR))));
    int[] byGrey = argb(KmqImages.pixels(image, IccProfile.of(GREY)));
    assertNear(new int[] {grey(188)}, new int[] {byGrey[128]});
    Palette greys = Palette.ofRgb(IntStream.range(0, 256).map(KmqImagesTest::grey).toArray());
    assertArrayEquals(byGrey, IccProfile.of(GREY).toSrgb(greys).toArgb());
  }

  /** 256 greys with a linear profile: by ImageIO, and by hand. */
  @Test
  void paletteIsTheSameByImageIoAndByHand() throws IOException {
    Palette greys = Palette.ofRgb(IntStream.range(0, 256).map(KmqImagesTest::grey).toArray());
    IndexPlane plane = IndexPlane.allocate(16, 16, 256);
    IntStream.range(0, 256).forEach(i -> plane.set(i % 16, i / 16, i));
    List<Chunk> chunks = List.of(Chunk.iccProfile(LINEAR));
    IndexedImage image = new IndexedImage(greys, plane);
    byte[] file = Kmq.encode(image.pixels(), EncodeOptions.builder().chunks(chunks).build());
    Header header = Kmq.readHeader(new ByteArrayInputStream(file));
    IccProfile profile = IccProfile.of(header, chunks).orElseThrow();
    BufferedImage byHand = KmqImages.image(profile.toSrgb(Kmq.decode(file)));
    BufferedImage read = Pictures.read(file);
    int[] expected = read.getRGB(0, 0, 16, 16, null, 0, 16);
    assertArrayEquals(expected, byHand.getRGB(0, 0, 16, 16, null, 0, 16));
    assertEquals(grey(0x9B), expected[83], "by 8 bits a sample it is 9B9B9A");
  }

  @Test
  void profileOfAFileInSrgbDoesNotCount() throws IOException {
    byte[] file = Kmq.encode(PixelSource.of(1, 1, new int[1]), EncodeOptions.builder().build());
    Header header = Kmq.readHeader(new ByteArrayInputStream(file));
    assertTrue(IccProfile.of(header, List.of(Chunk.iccProfile(LINEAR))).isEmpty());
  }

  @Test
  void profilesSayWhyTheyCannotBeUsed() {
    assertMessage("the ICC profile is damaged", new byte[200]);
    assertMessage("the ICC profile is damaged", Arrays.copyOf(LINEAR, 200));
    byte[] abstractClass = LINEAR.clone();
    System.arraycopy(
        "abst".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, abstractClass, 12, 4);
    assertMessage("the ICC profile is of a class that does not describe images", abstractClass);
    assertMessage(
        "the ICC profile is for neither RGB nor grey nor CMYK",
        ICC_Profile.getInstance(ColorSpace.CS_PYCC).getData());
    IccProfile grey = IccProfile.of(GREY);
    assertEquals(ColorSpace.TYPE_GRAY, grey.type());
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> grey.requireType(ColorSpace.TYPE_CMYK));
    assertEquals("the ICC profile is for grey instead of CMYK", e.getMessage());
    assertTrue(grey.fromSrgb(Palette.ofRgb(0)).isEmpty());
    IccProfile linear = IccProfile.of(LINEAR);
    assertEquals(linear, linear.requireType(ColorSpace.TYPE_GRAY));
    BufferedImage inks = components(KmqImages.cmyk(), false, DataBuffer.TYPE_BYTE, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> KmqImages.pixels(inks, linear));
  }

  private static void assertMessage(String message, byte[] profile) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> IccProfile.of(profile));
    assertEquals(message, e.getMessage());
  }

  @Test
  void palettesComeBackFromAProfile() {
    IccProfile linear = IccProfile.of(LINEAR);
    assertFalse(linear.isSrgb());
    assertTrue(IccProfile.of(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData()).isSrgb());
    Palette shown = Palette.ofArgb(0x80FFFFFF, 0xFF89BC00, 0);
    Palette stored = linear.fromSrgb(shown).orElseThrow();
    assertNear(new int[] {0x80FFFFFF, 0xFF408000, 0}, stored.toArgb());
    assertNear(shown.toArgb(), linear.toSrgb(stored).toArgb());
    assertTrue(stored.hasAlpha());
  }

  @Test
  void inksTakeLightAway() {
    BufferedImage image = components(KmqImages.cmyk(), false, DataBuffer.TYPE_BYTE, 5, 1);
    int[] inks = {0, 0, 0, 0, 255, 0, 0, 0, 0, 51, 102, 0, 0, 0, 0, 204, 10, 20, 30, 255};
    image.getRaster().setPixels(0, 0, 5, 1, inks);
    int[] expected = {0xFFFFFFFF, 0xFF00FFFF, 0xFFFFCC99, 0xFF333333, 0xFF000000};
    assertArrayEquals(expected, argb(KmqImages.pixels(image)));
    assertArrayEquals(expected, argb(KmqImages.storedPixels(image)));
    ColorSpace space = KmqImages.cmyk();
    assertArrayEquals(new float[] {1, .5f, 0}, space.toRGB(space.fromRGB(new float[] {1, .5f, 0})));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void indexedImagesKeepOrderAndUnusedEntries(int bits) {
    int colors = bits == 16 ? 60000 : (1 << bits) - (bits > 2 ? 1 : 0);
    int[] palette = new Random(bits).ints(colors).map(c -> c | 0xFF000000).toArray();
    palette[colors - 1] = palette[0];
    int type = bits > 8 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    IndexColorModel model = new IndexColorModel(bits, colors, palette, 0, false, -1, type);
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(23, 9), false, null);
    int[] indices = new Random(2).ints(23 * 9, 0, Math.max(1, colors - 1)).toArray();
    image.getRaster().setPixels(0, 0, 23, 9, indices);
    for (RenderedImage one : List.of(image, new TiledImage(image, -40, 17, 8))) {
      IndexSource source = KmqImages.indexed(one).orElseThrow();
      assertArrayEquals(palette, source.palette().toArgb());
      IndexedImage indexed = new IndexedImage(source.palette(), source.rows(0, 9));
      for (int i = 0; i < indices.length; i++) {
        assertEquals(indices[i], indexed.plane().get(i % 23, i / 23));
      }
      BufferedImage back = KmqImages.image(indexed, bits);
      assertEquals(model, back.getColorModel());
      assertArrayEquals(indices, back.getRaster().getPixels(0, 0, 23, 9, (int[]) null));
    }
    BufferedImage part = image.getSubimage(3, 2, 7, 5);
    IndexSource inPart = KmqImages.indexed(part).orElseThrow();
    assertEquals(7, inPart.width());
    assertEquals(indices[6 * 23 + 9], inPart.rows(4, 1).get(6, 0));
  }

  @Property(tries = 100)
  void everyPaletteGivesAnImage(
      @ForAll @IntRange(min = 1, max = 600) int colors,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll boolean alpha,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] argb = random.ints(colors).toArray();
    Palette palette = alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
    IndexPlane plane = IndexPlane.allocate(width + 3, 6, colors);
    for (int i = 0; i < 6 * (width + 3); i++) {
      plane.set(i % (width + 3), i / (width + 3), random.nextInt(colors));
    }
    IndexedImage image = new IndexedImage(palette, plane.window(2, 1, width, 4));
    int[] expected = image.toArgb();
    BufferedImage indexed = KmqImages.image(image);
    assertArrayEquals(expected, indexed.getRGB(0, 0, width, 4, null, 0, width));
    assertEquals(ImageTypes.pixelBits(colors), indexed.getColorModel().getPixelSize());
    BufferedImage rgb = KmqImages.rgbImage(image);
    assertEquals(alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB, rgb.getType());
    assertArrayEquals(expected, rgb.getRGB(0, 0, width, 4, null, 0, width));
    assertArrayEquals(expected, argb(KmqImages.pixels(indexed)));
  }

  @Test
  void mistakesAreNamed() {
    IndexedImage three = new IndexedImage(Palette.ofRgb(1, 2, 3), IndexPlane.allocate(2, 2, 3));
    for (int bits : new int[] {0, 1, 3, 5, 32, -1, Integer.MIN_VALUE}) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> KmqImages.image(three, bits));
      assertTrue(String.valueOf(e.getMessage()).startsWith("bits must be "), e.getMessage());
    }
    assertTrue(KmqImages.indexed(image("1")).isEmpty());
    IndexColorModel two = new IndexColorModel(8, 2, new int[] {1, 2}, 0, false, -1, 0);
    BufferedImage outside =
        new BufferedImage(two, two.createCompatibleWritableRaster(3, 2), false, null);
    outside.getRaster().setSample(1, 1, 0, 2);
    IndexSource source = KmqImages.indexed(outside).orElseThrow();
    assertNotNull(source.rows(0, 1));
    Exception e = assertThrows(UncheckedIOException.class, () -> source.rows(1, 1));
    assertTrue(String.valueOf(e.getMessage()).contains("pixel value 2 in row 1"), e.getMessage());
  }

  @Test
  void oneImageIsReadByManyThreads() {
    BufferedImage image =
        components(
            new ICC_ColorSpace(ICC_Profile.getInstance(LINEAR)),
            false,
            DataBuffer.TYPE_BYTE,
            50,
            40);
    int[] samples = new Random(5).ints(3 * 50 * 40, 0, 256).toArray();
    image.getRaster().setPixels(0, 0, 50, 40, samples);
    IccProfile profile = IccProfile.of(LINEAR);
    int[] expected = argb(KmqImages.pixels(image, profile));
    IntStream.range(0, 40)
        .parallel()
        .forEach(i -> assertArrayEquals(expected, argb(KmqImages.pixels(image, profile))));
  }
}
