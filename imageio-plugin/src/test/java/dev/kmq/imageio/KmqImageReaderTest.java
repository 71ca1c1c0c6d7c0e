package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

final class KmqImageReaderTest {
  @Test
  void sizeAndTypesNeedTheHeaderAlone() throws IOException {
    byte[] file = Pictures.write(Pictures.indexed(30, 20, 16, false, 1), null);
    byte[] header = Arrays.copyOf(file, 24 + 3 * 16 + 4);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(header), true, true);
    assertEquals(30, reader.getWidth(0));
    assertEquals(20, reader.getHeight(0));
    assertEquals(1, reader.getNumImages(false));
    assertThrows(IllegalStateException.class, () -> reader.getNumImages(true));
    assertEquals(
        BufferedImage.TYPE_3BYTE_BGR, reader.getImageTypes(0).next().getBufferedImageType());
    assertThrows(IIOException.class, () -> reader.read(0));
  }

  @Test
  void defaultTypes() throws IOException {
    for (int colors : new int[] {1, 2, 3, 5, 16, 256, 257, 65536}) {
      for (boolean alpha : new boolean[] {false, true}) {
        BufferedImage image = Pictures.indexed(300, 220, colors, alpha, 1);
        byte[] file = Pictures.write(image, null);
        BufferedImage read = Pictures.read(file);
        int expected = alpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR;
        assertEquals(expected, read.getType());
        assertArrayEquals(argb(image), argb(read));
        IndexedRoundTripTest.assertSame(image, Pictures.readIndexed(file));
      }
    }
  }

  private static int[] argb(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** The indexed type is the second one of all images, and is read on request. */
  @Test
  void indexedTypes() throws IOException {
    assertEquals(BufferedImage.TYPE_BYTE_BINARY, indexedType(1));
    assertEquals(BufferedImage.TYPE_BYTE_BINARY, indexedType(3));
    assertEquals(BufferedImage.TYPE_BYTE_BINARY, indexedType(16));
    assertEquals(BufferedImage.TYPE_BYTE_INDEXED, indexedType(5));
    assertEquals(BufferedImage.TYPE_BYTE_INDEXED, indexedType(256));
    assertEquals(BufferedImage.TYPE_CUSTOM, indexedType(257));
  }

  private static int indexedType(int colors) throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(
        Pictures.input(Pictures.write(Pictures.indexed(20, 20, colors, false, 1), null)));
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    types.next();
    ImageTypeSpecifier second = types.next();
    assertEquals(reader.getRawImageType(0), second);
    BufferedImage image = reader.read(0, Pictures.indexed());
    assertEquals(second.getBufferedImageType(), image.getType());
    return image.getType();
  }

  @Test
  void destinationsCountMoreThanIndexed() throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(Pictures.write(Pictures.indexed(9, 9, 9, false, 1), null)));
    ImageReadParam param = Pictures.indexed();
    param.setDestinationType(
        ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB));
    assertEquals(BufferedImage.TYPE_INT_RGB, reader.read(0, param).getType());
    BufferedImage own = new BufferedImage(9, 9, BufferedImage.TYPE_4BYTE_ABGR);
    param.setDestination(own);
    assertSame(own, reader.read(0, param));
  }

  /** Common user code: creates an image of the same type, and draws a line in another colour. */
  @Test
  void imagesOfTheTypeThatWasReadTakeAllColours() throws IOException {
    for (int colors : new int[] {1, 2, 12, 16, 200, 256}) {
      BufferedImage read =
          Pictures.read(Pictures.write(Pictures.indexed(20, 20, colors, false, 1), null));
      BufferedImage copy = new BufferedImage(20, 20, read.getType());
      copy.createGraphics().drawImage(read, 0, 0, null);
      assertArrayEquals(argb(read), argb(copy));
      read.setRGB(3, 4, 0xFFFE0102);
      assertEquals(0xFFFE0102, read.getRGB(3, 4));
    }
  }

  @Test
  void damageIsAnIioExceptionWhateverTheBit() throws IOException {
    byte[] file = Pictures.write(Pictures.indexed(5, 4, 5, true, 1), null);
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(damaged);
    }
    for (int length = 0; length < file.length; length++) {
      assertRefused(Arrays.copyOf(file, length));
    }
  }

  private static void assertRefused(byte[] file) throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    assertThrows(IIOException.class, () -> reader.read(0));
    reader.setInput(Pictures.input(file));
    assertThrows(IIOException.class, () -> reader.readTile(0, 0, 0));
  }

  @Test
  void limits() throws IOException {
    byte[] file = Pictures.write(Pictures.indexed(50, 40, 16, false, 1), null);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    KmqImageReadParam param = (KmqImageReadParam) reader.getDefaultReadParam();
    param.setMaxPixels(1999);
    assertThrows(IIOException.class, () -> reader.read(0, param));
    param.setMaxPixels(2000);
    param.setMaxRasterBytes(999);
    assertThrows(IIOException.class, () -> reader.read(0, param));
    param.setMaxRasterBytes(1000);
    assertThrows(IIOException.class, () -> reader.read(0, param));
    param.setIndexed(true);
    assertEquals(50, reader.read(0, param).getWidth());

    System.setProperty("dev.kmq.maxPixels", "100");
    try {
      assertThrows(IIOException.class, () -> reader.read(0));
      assertThrows(IIOException.class, () -> reader.read(0, new ImageReadParam()));
    } finally {
      System.clearProperty("dev.kmq.maxPixels");
    }
  }

  @Test
  void workIsLimited() throws IOException {
    KmqImageWriteParam mix = new KmqImageWriteParam();
    mix.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    mix.setCompressionType("Mix");
    mix.setTileSize(16);
    byte[] file = Pictures.write(Pictures.indexed(50, 40, 16, false, 1), mix);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    KmqImageReadParam param = (KmqImageReadParam) reader.getDefaultReadParam();
    param.setMaxWork(400 * 2000 - 1);
    IIOException refusal = assertThrows(IIOException.class, () -> reader.read(0, param));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("by mix takes about 800,000 ns"), message);
    param.setMaxWork(400 * 2000);
    assertEquals(50, reader.read(0, param).getWidth());
    param.setMaxWork(400 * 16 * 16);
    param.setSourceRegion(new java.awt.Rectangle(17, 17, 3, 3));
    assertEquals(3, reader.read(0, param).getWidth());
    System.setProperty("dev.kmq.maxWork", "102400");
    try {
      assertThrows(IIOException.class, () -> reader.read(0));
      assertThrows(IIOException.class, () -> reader.read(0, new ImageReadParam()));
      assertEquals(16, reader.readTile(0, 1, 1).getWidth());
    } finally {
      System.clearProperty("dev.kmq.maxWork");
    }
  }

  /** Rows that a coder keeps count as memory of the image. */
  @Test
  void workingMemoryIsLimited() throws IOException {
    KmqImageWriteParam rans = new KmqImageWriteParam();
    rans.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    rans.setCompressionType("Rans");
    byte[] file = Pictures.write(Pictures.indexed(30000, 2, 200, false, 1), rans);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    KmqImageReadParam param = (KmqImageReadParam) reader.getDefaultReadParam();
    param.setDestinationType(reader.getRawImageType(0));
    param.setMaxRasterBytes(60_000 + 4 * 4 * 30_000 - 1);
    IIOException refusal = assertThrows(IIOException.class, () -> reader.read(0, param));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("working memory"), message);
    param.setMaxRasterBytes(60_000 + 4 * 4 * 30_000);
    assertEquals(30000, reader.read(0, param).getWidth());
  }

  /** 35 bytes that claim the maximum number of pixels. */
  @Test
  void hugeClaimsAreRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] one =
        Kmq.encode(
            new IndexedImage(Palette.ofRgb(0), IndexPlane.allocate(1, 1, 1)),
            EncodeOptions.builder().build());
    assertEquals(35, one.length);
    byte[] huge = withSize(one, Integer.MAX_VALUE);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(huge));
    assertEquals(Integer.MAX_VALUE, reader.getWidth(0));
    assertThrows(IIOException.class, () -> reader.read(0));
    KmqImageReadParam param = new KmqImageReadParam();
    param.setMaxPixels(Long.MAX_VALUE);
    param.setMaxRasterBytes(Long.MAX_VALUE);
    assertThrows(IIOException.class, () -> reader.read(0, param));
  }

  /** More pixels than 2^31 in all, of which a few are read. */
  @Test
  void smallRegionsOfHugePictures() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTileSize(16);
    byte[] one = Pictures.write(Pictures.indexed(1, 1, 1, false, 1), param);
    one[23] = 0x77; // tiles of 1024x1024, each no more than a checksum
    byte[] huge = Arrays.copyOf(withSize(one, 100_000), 31 + 98 * 98 * 4);
    for (int tile = 0; tile < 98 * 98; tile++) {
      java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
      crc.update(huge, 27, 4); // the seed: without chunks the checksum of the header
      crc.update(java.nio.ByteBuffer.allocate(4).putInt(tile).flip());
      java.nio.ByteBuffer.wrap(huge).putInt(31 + 4 * tile, (int) crc.getValue());
    }
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(huge));
    ImageReadParam region = reader.getDefaultReadParam();
    region.setSourceRegion(new java.awt.Rectangle(99_990, 99_000, 50, 3));
    region.setDestinationType(reader.getRawImageType(0));
    BufferedImage part = reader.read(0, region);
    assertEquals(10, part.getWidth());
    assertEquals(3, part.getHeight());
  }

  private static byte[] withSize(byte[] file, int size) {
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(file.clone());
    bytes.putInt(12, size).putInt(16, size);
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(bytes.array(), 0, 27);
    return bytes.putInt(27, (int) crc.getValue()).array();
  }

  @Test
  void paletteWithAProfileIsConvertedToSrgb() throws IOException {
    ICC_Profile profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB);
    int[] rgb = {0x000000, 0x0A141E, 0x336699, 0x8040C0, 0xFFFFFF, 0x01FE7F};
    IndexPlane plane = IndexPlane.allocate(6, 1, 6);
    for (int i = 0; i < 6; i++) {
      plane.set(i, 0, i);
    }
    byte[] file =
        Kmq.encode(
            new IndexedImage(Palette.ofRgb(rgb), plane),
            EncodeOptions.builder().chunks(List.of(Chunk.iccProfile(profile.getData()))).build());
    BufferedImage image = Pictures.read(file);
    ICC_ColorSpace space = new ICC_ColorSpace(profile);
    for (int i = 0; i < 6; i++) {
      float[] srgb =
          space.toRGB(
              new float[] {
                (rgb[i] >> 16) / 255f, (rgb[i] >> 8 & 255) / 255f, (rgb[i] & 255) / 255f
              });
      for (int channel = 0; channel < 3; channel++) {
        int actual = image.getRGB(i, 0) >>> 16 - 8 * channel & 0xFF;
        assertEquals(srgb[channel] * 255, actual, 0.6, "entry " + i + ", channel " + channel);
      }
    }
  }

  @Test
  void readsInTheMiddleOfAStreamAndStopsAfterTheImage() throws IOException {
    byte[] file = Pictures.write(Pictures.indexed(33, 21, 7, false, 1), null);
    byte[] padded = new byte[file.length + 200];
    System.arraycopy(file, 0, padded, 100, file.length);
    ImageInputStream stream = Pictures.input(padded);
    stream.seek(100);
    ImageReader reader = Pictures.reader();
    assertTrue(reader.getOriginatingProvider().canDecodeInput(stream));
    assertEquals(100, stream.getStreamPosition());
    reader.setInput(stream, true, true);
    assertNotNull(reader.read(0));
    assertEquals(100 + file.length, stream.getStreamPosition());
  }

  @Test
  void probeLeavesShortAndForeignInputAlone() throws IOException {
    KmqImageReaderSpi spi = new KmqImageReaderSpi();
    for (byte[] bytes :
        new byte[][] {
          {},
          {(byte) 0xCB, 0x4B},
          "GIF89a, not kmq".getBytes(java.nio.charset.StandardCharsets.US_ASCII)
        }) {
      ImageInputStream stream = Pictures.input(bytes);
      assertFalse(spi.canDecodeInput(stream));
      assertEquals(0, stream.getStreamPosition());
    }
    assertFalse(spi.canDecodeInput("a file name"));
    assertThrows(IllegalArgumentException.class, () -> spi.canDecodeInput(null));
  }

  @Test
  void tiledPicturesOnSeveralThreads() throws IOException {
    BufferedImage image = Pictures.indexed(300, 200, 200, false, 9);
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTileSize(32);
    byte[] file = Pictures.write(image, param);
    for (String threads : new String[] {"1", "4"}) {
      System.setProperty("dev.kmq.threads", threads);
      try {
        IndexedRoundTripTest.assertSame(image, IndexedRoundTripTest.raw(file));
      } finally {
        System.clearProperty("dev.kmq.threads");
      }
    }
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    assertTrue(reader.isImageTiled(0));
    BufferedImage corner = reader.readTile(0, 9, 6);
    assertEquals(300 - 9 * 32, corner.getWidth());
    assertEquals(200 - 6 * 32, corner.getHeight());
    assertEquals(image.getRGB(299, 199), corner.getRGB(11, 7));
    assertThrows(IllegalArgumentException.class, () -> reader.readTile(0, 10, 0));
  }

  @Test
  void abortEndsReadingWithOneEventAndLeavesTheReaderUsable() throws IOException {
    BufferedImage image = Pictures.indexed(64, 300, 20, false, 2);
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTileSize(16);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(Pictures.write(image, param)));
    for (String when : new String[] {"started", "progress"}) {
      Events events = new Events(when);
      reader.addIIOReadProgressListener(events);
      reader.read(0);
      assertEquals(1, events.count("aborted"), events.seen.toString());
      assertEquals(0, events.count("complete"));
      reader.removeIIOReadProgressListener(events);
      IndexedRoundTripTest.assertSame(image, reader.read(0, Pictures.indexed()));
    }
    Events events = new Events("never");
    reader.addIIOReadProgressListener(events);
    reader.read(0);
    assertEquals("started", events.seen.get(0));
    assertEquals("complete", events.seen.get(events.seen.size() - 1));
    assertEquals(events.seen.size() - 2, events.count("progress"));
    assertTrue(events.count("progress") > 2);
  }

  private static final class Events implements IIOReadProgressListener {
    private final String abortAt;
    private final List<String> seen = new ArrayList<>();

    Events(String abortAt) {
      this.abortAt = abortAt;
    }

    long count(String event) {
      return seen.stream().filter(event::equals).count();
    }

    private void see(String event, ImageReader source) {
      seen.add(event);
      if (event.equals(abortAt)) {
        source.abort();
      }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {
      see("sequence", source);
    }

    @Override
    public void sequenceComplete(ImageReader source) {
      see("sequence", source);
    }

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {
      see("started", source);
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
      see("progress", source);
    }

    @Override
    public void imageComplete(ImageReader source) {
      see("complete", source);
    }

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {
      see("thumbnail", source);
    }

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {
      see("thumbnail", source);
    }

    @Override
    public void thumbnailComplete(ImageReader source) {
      see("thumbnail", source);
    }

    @Override
    public void readAborted(ImageReader source) {
      see("aborted", source);
    }
  }

  @Test
  void foreignDestinationsAreRefused() throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(Pictures.write(Pictures.indexed(9, 9, 9, false, 1), null)));
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(new BufferedImage(9, 9, BufferedImage.TYPE_USHORT_565_RGB));
    IIOException refusal = assertThrows(IIOException.class, () -> reader.read(0, param));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("destination"));
    assertTrue(message.contains("type"));
  }

  @Test
  void bands() throws IOException {
    BufferedImage image = Pictures.indexed(9, 9, 9, true, 1);
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(Pictures.write(image, null)));
    ImageReadParam param = reader.getDefaultReadParam();
    BufferedImage target = new BufferedImage(9, 9, BufferedImage.TYPE_3BYTE_BGR);
    param.setDestination(target);
    param.setSourceBands(new int[] {3, 0});
    param.setDestinationBands(new int[] {1, 2});
    reader.read(0, param);
    int argb = image.getRGB(4, 5);
    assertEquals(0xFF000000 | argb >>> 24 << 8 | argb >>> 16 & 0xFF, target.getRGB(4, 5));
    param.setSourceBands(new int[] {4, 0});
    assertThrows(IllegalArgumentException.class, () -> reader.read(0, param));
    ImageReadParam index = Pictures.indexed();
    index.setSourceBands(new int[] {0});
    index.setDestinationBands(new int[] {0});
    IndexedRoundTripTest.assertSame(image, reader.read(0, index));
  }

  @Test
  void withoutInputOrWithoutSuchAnImage() throws IOException {
    ImageReader reader = Pictures.reader();
    assertThrows(IllegalStateException.class, () -> reader.read(0));
    assertThrows(IllegalStateException.class, () -> reader.getWidth(0));
    reader.setInput(Pictures.input(Pictures.write(Pictures.indexed(9, 9, 9, true, 1), null)));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.read(1));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.getWidth(-1));
    reader.reset();
    assertThrows(IllegalStateException.class, () -> reader.getNumImages(true));
  }
}
