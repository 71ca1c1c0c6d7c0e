package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Method;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@code javax.imageio} for a reader, for every kind of file. */
@ParameterizedClass
@MethodSource("samples")
final class ReaderContractTest {
  private static final int WIDTH = 56;
  private static final int HEIGHT = 40;

  /** One kind of file. */
  record Sample(int colors, boolean alpha, Method method, int tileSize) {
    byte[] file() throws IOException {
      KmqImageWriteParam param = new KmqImageWriteParam();
      param.setCompressionMode(KmqImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(KmqImageWriteParam.name(method));
      param.setTileSize(tileSize);
      return Pictures.write(image(), param);
    }

    BufferedImage image() {
      return Pictures.indexed(WIDTH, HEIGHT, colors, alpha, colors);
    }
  }

  /** All palette widths, alternately with and without alpha, by all methods and tilings. */
  static Stream<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    int[] colors = {1, 2, 3, 5, 12, 16, 30, 64, 100, 256, 257, 600, 2000, 2500};
    for (int i = 0; i < colors.length; i++) {
      for (Method method : Method.values()) {
        for (int tileSize : new int[] {0, 16, 32}) {
          samples.add(new Sample(colors[i], i % 2 == 1, method, tileSize));
        }
      }
    }
    return samples.stream();
  }

  private final Sample sample;
  private final BufferedImage image;
  private final byte[] file;
  private final ImageReader reader = Pictures.reader();

  ReaderContractTest(Sample sample) throws IOException {
    this.sample = sample;
    this.image = sample.image();
    this.file = sample.file();
    reader.setInput(Pictures.input(file));
  }

  private BufferedImage raw() throws IOException {
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestinationType(reader.getRawImageType(0));
    return reader.read(0, param);
  }

  private static void assertSamePixels(BufferedImage expected, BufferedImage actual) {
    assertEquals(expected.getWidth(), actual.getWidth());
    assertEquals(expected.getHeight(), actual.getHeight());
    int opaque = actual.getColorModel().hasAlpha() ? 0 : 0xFF000000;
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        assertEquals(expected.getRGB(x, y) | opaque, actual.getRGB(x, y) | opaque);
      }
    }
  }

  @Test
  void facts() throws IOException {
    assertEquals(1, reader.getNumImages(true));
    assertEquals(0, reader.getMinIndex());
    assertEquals(WIDTH, reader.getWidth(0));
    assertEquals(HEIGHT, reader.getHeight(0));
    assertEquals(WIDTH / (float) HEIGHT, reader.getAspectRatio(0));
    assertFalse(reader.readerSupportsThumbnails());
    assertFalse(reader.hasThumbnails(0));
    assertEquals(0, reader.getNumThumbnails(0));
    assertEquals("kmq", reader.getFormatName());
    boolean tiled = sample.tileSize() > 0;
    assertEquals(tiled, reader.isImageTiled(0));
    assertEquals(tiled, reader.isRandomAccessEasy(0));
    assertEquals(tiled ? sample.tileSize() : WIDTH, reader.getTileWidth(0));
    assertEquals(tiled ? sample.tileSize() : HEIGHT, reader.getTileHeight(0));
    assertEquals(0, reader.getTileGridXOffset(0));
    assertEquals(0, reader.getTileGridYOffset(0));
    assertNull(reader.getStreamMetadata());
    assertEquals(KmqImageMetadata.NATIVE_FORMAT, nativeFormat());
  }

  private String nativeFormat() throws IOException {
    return String.valueOf(reader.getImageMetadata(0).getNativeMetadataFormatName());
  }

  @Test
  void everyTypeAsDestinationTypeAndAsDestination() throws IOException {
    IndexedRoundTripTest.assertSame(image, raw());
    List<ImageTypeSpecifier> types = new ArrayList<>();
    reader.getImageTypes(0).forEachRemaining(types::add);
    assertTrue(types.contains(reader.getRawImageType(0)));
    for (ImageTypeSpecifier type : types) {
      assertTrue(type.getBufferedImageType() != BufferedImage.TYPE_CUSTOM || sample.colors() > 256);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestinationType(type);
      BufferedImage typed = reader.read(0, param);
      assertEquals(type.getBufferedImageType(), typed.getType());
      assertSamePixels(image, typed);
      BufferedImage given = type.createBufferedImage(WIDTH, HEIGHT);
      param = reader.getDefaultReadParam();
      param.setDestination(given);
      assertSame(given, reader.read(0, param));
      assertSamePixels(image, given);
    }
    assertEquals(types.get(0).getBufferedImageType(), reader.read(0).getType());
  }

  @Test
  void foreignTypesAreRefusedByName() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_USHORT_555_RGB}) {
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestination(new BufferedImage(WIDTH, HEIGHT, type));
      assertRefusal(param);
      param = reader.getDefaultReadParam();
      param.setDestinationType(ImageTypeSpecifier.createFromBufferedImageType(type));
      assertRefusal(param);
    }
  }

  private void assertRefusal(ImageReadParam param) {
    String message =
        String.valueOf(assertThrows(IIOException.class, () -> reader.read(0, param)).getMessage())
            .toLowerCase(java.util.Locale.ROOT);
    assertTrue(message.contains("destination") && message.contains("type"), message);
  }

  @Test
  void rereadingGivesImagesOfTheirOwn() throws IOException {
    BufferedImage one = reader.read(0);
    BufferedImage two = reader.read(0);
    assertNotSame(one, two);
    assertNotSame(one.getRaster().getDataBuffer(), two.getRaster().getDataBuffer());
    one.setRGB(0, 0, 0xFF000000);
    two.setRGB(0, 0, 0xFFFFFFFF);
    assertTrue(one.getRGB(0, 0) != two.getRGB(0, 0));
    assertSamePixels(image, reader.read(0));
  }

  @Test
  void readAllAndReadAsRenderedImage() throws IOException {
    IIOImage all = reader.readAll(0, null);
    assertSamePixels(image, (BufferedImage) all.getRenderedImage());
    assertEquals(0, all.getNumThumbnails());
    RenderedImage rendered = reader.readAsRenderedImage(0, null);
    assertSamePixels(image, (BufferedImage) rendered);
    List<ImageReadParam> two = new ArrayList<>();
    two.add(null);
    two.add(null);
    List<IIOImage> images = new ArrayList<>();
    reader.readAll(two.iterator()).forEachRemaining(images::add);
    assertEquals(1, images.size());
  }

  @Test
  void regionSubsamplingAndOffset() throws IOException {
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(new Rectangle(7, 5, 100, 21));
    param.setSourceSubsampling(3, 2, 2, 1);
    param.setDestinationOffset(new Point(4, 6));
    BufferedImage part = reader.read(0, param);
    assertEquals(4 + 16, part.getWidth());
    assertEquals(6 + 10, part.getHeight());
    int opaque = part.getColorModel().hasAlpha() ? 0 : 0xFF000000;
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 16; x++) {
        assertEquals(image.getRGB(9 + 3 * x, 6 + 2 * y) | opaque, part.getRGB(4 + x, 6 + y));
      }
    }
    param.setSourceRegion(new Rectangle(WIDTH, 0, 5, 5));
    assertThrows(IllegalArgumentException.class, () -> reader.read(0, param));
  }

  @Test
  void rastersHoldTheIndices() throws IOException {
    assertTrue(reader.canReadRaster());
    Raster whole = reader.readRaster(0, null);
    assertIndices(whole, new Rectangle(WIDTH, HEIGHT), 1, 1);
    ImageReadParam param = reader.getDefaultReadParam();
    Rectangle region = new Rectangle(11, 13, 40, 20);
    param.setSourceRegion(region);
    param.setSourceSubsampling(3, 2, 0, 0);
    param.setDestinationOffset(new Point(-5, 100));
    param.setDestinationType(
        ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_USHORT_GRAY));
    Raster part = reader.readRaster(0, param);
    assertEquals(new Rectangle(-5, 100, 14, 10), part.getBounds());
    assertIndices(part, region, 3, 2);
    param.setSourceBands(new int[] {0});
    assertIndices(reader.readRaster(0, param), region, 3, 2);
    param.setSourceBands(new int[] {1});
    assertThrows(IllegalArgumentException.class, () -> reader.readRaster(0, param));
  }

  private void assertIndices(Raster raster, Rectangle region, int stepX, int stepY) {
    assertEquals(1, raster.getNumBands());
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        assertEquals(
            image.getRaster().getSample(region.x + x * stepX, region.y + y * stepY, 0),
            raster.getSample(raster.getMinX() + x, raster.getMinY() + y, 0));
      }
    }
  }

  @Test
  void tilesMakeUpThePicture() throws IOException {
    int width = reader.getTileWidth(0);
    int height = reader.getTileHeight(0);
    int columns = (WIDTH + width - 1) / width;
    int rows = (HEIGHT + height - 1) / height;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        Rectangle region =
            new Rectangle(column * width, row * height, width, height)
                .intersection(new Rectangle(WIDTH, HEIGHT));
        assertSamePixels(
            image.getSubimage(region.x, region.y, region.width, region.height),
            reader.readTile(0, column, row));
        Raster raster = reader.readTileRaster(0, column, row);
        assertEquals(new Rectangle(region.width, region.height), raster.getBounds());
        assertIndices(raster, region, 1, 1);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> reader.readTile(0, columns, 0));
    assertThrows(IllegalArgumentException.class, () -> reader.readTile(0, 0, -1));
    assertThrows(IllegalArgumentException.class, () -> reader.readTileRaster(0, 0, rows));
  }

  /** Events in order; none of them after the last one that was expected. */
  private static final class Recorder extends ReadEvents {
    private final List<String> seen = new ArrayList<>();
    private final int abortAt;

    Recorder(int abortAt) {
      this.abortAt = abortAt;
    }

    @Override
    void see(ImageReader source, String event) {
      if (seen.size() == abortAt) {
        source.abort();
      }
      seen.add(event);
    }
  }

  private Recorder record(int abortAt) throws IOException {
    Recorder recorder = new Recorder(abortAt);
    reader.addIIOReadProgressListener(recorder);
    reader.addIIOReadUpdateListener(recorder);
    reader.read(0);
    reader.removeIIOReadProgressListener(recorder);
    reader.removeIIOReadUpdateListener(recorder);
    return recorder;
  }

  @Test
  void eventsComeInOrder() throws IOException {
    List<String> seen = record(-1).seen;
    assertEquals("imageStarted", seen.get(0));
    assertEquals("imageProgress 0.0", seen.get(1));
    int bands = reader.getImageTypes(0).next().getNumBands();
    assertEquals("passStarted 0 0 " + bands, seen.get(2));
    int row = 0;
    float progress = 0;
    for (int i = 3; i < seen.size() - 2; i += 2) {
      String[] update = seen.get(i).split(" ", -1);
      assertEquals("imageUpdate", update[0]);
      assertEquals(row, Integer.parseInt(update[2]));
      assertEquals(WIDTH, Integer.parseInt(update[3]));
      row += Integer.parseInt(update[4]);
      String[] reported = seen.get(i + 1).split(" ", -1);
      assertEquals("imageProgress", reported[0]);
      assertTrue(Float.parseFloat(reported[1]) > progress);
      progress = Float.parseFloat(reported[1]);
    }
    assertEquals(HEIGHT, row);
    assertEquals(100, progress);
    assertEquals(
        List.of("passComplete", "imageComplete"), seen.subList(seen.size() - 2, seen.size()));
  }

  @Test
  void abortFromEachEventEndsInOneAbortedEvent() throws IOException {
    int events = record(-1).seen.size();
    for (int at = 0; at < events - 1; at++) {
      List<String> seen = record(at).seen;
      assertEquals("readAborted", seen.get(seen.size() - 1));
      assertEquals(at + 2, seen.size(), seen.toString());
    }
    assertSamePixels(image, reader.read(0));
  }

  @Test
  void listenersThatThrowLeaveTheReaderUsable() throws IOException {
    int events = record(-1).seen.size();
    for (int at = 0; at < events; at++) {
      int when = at;
      ReadEvents thrower =
          new ReadEvents() {
            private int seen;

            @Override
            void see(ImageReader source, String event) {
              if (seen++ == when) {
                throw new UnsupportedOperationException("from a listener");
              }
            }
          };
      reader.addIIOReadProgressListener(thrower);
      reader.addIIOReadUpdateListener(thrower);
      assertThrows(UnsupportedOperationException.class, () -> reader.read(0));
      reader.removeIIOReadProgressListener(thrower);
      reader.removeIIOReadUpdateListener(thrower);
      assertSamePixels(image, reader.read(0));
    }
  }

  @Test
  void rastersAreReadWithoutUpdates() throws IOException {
    Recorder recorder = new Recorder(-1);
    reader.addIIOReadProgressListener(recorder);
    reader.addIIOReadUpdateListener(recorder);
    reader.readRaster(0, null);
    assertTrue(recorder.seen.stream().noneMatch(event -> event.startsWith("pass")));
    assertTrue(recorder.seen.stream().noneMatch(event -> event.startsWith("imageUpdate")));
    assertEquals("imageComplete", recorder.seen.get(recorder.seen.size() - 1));
  }

  /** A stream that cannot seek, does not know its length and gives a few bytes at a time. */
  private static final class Trickle extends javax.imageio.stream.ImageInputStreamImpl {
    private final byte[] bytes;
    private int at;

    Trickle(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      bitOffset = 0;
      streamPos++;
      return at < bytes.length ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      bitOffset = 0;
      int n = Math.min(Math.min(length, 7), bytes.length - at);
      if (n <= 0) {
        return length == 0 ? 0 : -1;
      }
      for (int i = 0; i < n; i++) {
        target[offset + i] = bytes[at++];
      }
      streamPos += n;
      return n;
    }

    @Override
    public void seek(long position) throws IOException {
      throw new IOException("this stream cannot seek");
    }
  }

  @Test
  void readsWithoutSeeking() throws IOException {
    for (boolean first : new boolean[] {true, false}) {
      reader.setInput(new Trickle(file), true, true);
      if (first) {
        assertEquals(WIDTH, reader.getWidth(0));
      }
      assertSamePixels(image, reader.read(0));
    }
  }

  @Test
  void readsInTheMiddleOfAStream() throws IOException {
    byte[] padded = new byte[file.length + 77];
    System.arraycopy(file, 0, padded, 50, file.length);
    try (ImageInputStream stream = Pictures.input(padded)) {
      stream.seek(50);
      stream.flush();
      reader.setInput(stream, true, false);
      assertSamePixels(image, reader.read(0));
      assertEquals(50 + file.length, stream.getStreamPosition());
      assertSamePixels(image, reader.read(0));
    }
  }

  @Test
  void reuseAfterResetDisposeAndAnotherInput() throws IOException {
    reader.read(0);
    reader.reset();
    assertNull(reader.getInput());
    assertThrows(IllegalStateException.class, () -> reader.read(0));
    assertThrows(IllegalStateException.class, () -> reader.readRaster(0, null));
    assertThrows(IllegalStateException.class, () -> reader.readTile(0, 0, 0));
    assertThrows(IllegalStateException.class, () -> reader.getImageMetadata(0));
    assertThrows(IllegalStateException.class, () -> reader.getImageTypes(0));
    assertThrows(IllegalStateException.class, () -> reader.getNumThumbnails(0));
    reader.setInput(Pictures.input(file));
    assertSamePixels(image, reader.read(0));
    reader.dispose();
    reader.setInput(Pictures.input(file));
    assertSamePixels(image, reader.read(0));
    BufferedImage other = Pictures.indexed(3, 4, 5, false, 9);
    reader.setInput(Pictures.input(Pictures.write(other, null)));
    assertSamePixels(other, reader.read(0));
  }

  @Test
  void otherIndicesAreOutOfBounds() {
    for (int index : new int[] {-1, 1}) {
      assertThrows(IndexOutOfBoundsException.class, () -> reader.read(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.getWidth(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.getHeight(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.getAspectRatio(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.getImageTypes(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.getRawImageType(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.getImageMetadata(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.readRaster(index, null));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.readTile(index, 0, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.readAsRenderedImage(index, null));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.readAll(index, null));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.isImageTiled(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.isRandomAccessEasy(index));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.hasThumbnails(index));
    }
  }
}
