package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The files of the specification with changed bytes and often corrected checksums: every method of
 * the reader returns a result or throws an {@link IIOException}.
 */
final class MutatedVectorsTest {
  private static final int MUTANTS = 2;

  /** Files above this number of bytes, whose palettes take long, are only read unchanged. */
  private static final int LARGE = 1 << 12;

  private static final int HEADER = 24;

  private interface Call {
    void on(ImageReader reader) throws IOException;
  }

  private static final List<Call> CALLS =
      List.of(
          reader -> reader.getNumImages(true),
          reader -> reader.getWidth(0),
          reader -> reader.getHeight(0),
          reader -> reader.getAspectRatio(0),
          reader -> reader.isRandomAccessEasy(0),
          reader -> reader.isImageTiled(0),
          reader -> reader.getTileWidth(0),
          reader -> reader.getTileHeight(0),
          reader -> reader.getTileGridXOffset(0),
          reader -> reader.getTileGridYOffset(0),
          reader -> reader.getNumThumbnails(0),
          reader -> reader.hasThumbnails(0),
          reader -> reader.getFormatName(),
          reader -> reader.getRawImageType(0),
          reader -> reader.getImageTypes(0),
          reader -> reader.getStreamMetadata(),
          MutatedVectorsTest::metadata,
          reader -> reader.read(0),
          MutatedVectorsTest::everyType,
          MutatedVectorsTest::region,
          MutatedVectorsTest::copy,
          reader -> reader.readAll(List.<ImageReadParam>of().iterator()).next(),
          reader -> reader.readAsRenderedImage(0, null).getData(),
          reader -> reader.readTile(0, 0, 0),
          reader -> reader.readRaster(0, null),
          reader -> reader.readTileRaster(0, 0, 0));

  private static void metadata(ImageReader reader) throws IOException {
    IIOMetadata metadata = reader.getImageMetadata(0);
    PictureFacts facts = ((KmqImageMetadata) metadata).facts();
    metadata.mergeTree(
        KmqImageMetadata.NATIVE_FORMAT, metadata.getAsTree(KmqImageMetadata.NATIVE_FORMAT));
    metadata.setFromTree(
        KmqImageMetadata.NATIVE_FORMAT, metadata.getAsTree(KmqImageMetadata.NATIVE_FORMAT));
    assertEquals(facts.method(), ((KmqImageMetadata) metadata).facts().method());
    assertEquals(facts.palette(), ((KmqImageMetadata) metadata).facts().palette());
    String standard = IIOMetadataFormatImpl.standardMetadataFormatName;
    metadata.mergeTree(standard, metadata.getAsTree(standard));
    metadata.setFromTree(standard, metadata.getAsTree(standard));
  }

  private static void everyType(ImageReader reader) throws IOException {
    for (Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0); types.hasNext(); ) {
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestinationType(types.next());
      reader.read(0, param);
    }
  }

  private static void region(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(new Rectangle(width / 3, height / 3, width / 2 + 1, height / 2 + 1));
    param.setSourceSubsampling(2, 3, 0, 0);
    reader.read(0, param);
  }

  /** Images that can be read can be written, and stay the same. */
  private static void copy(ImageReader reader) throws IOException {
    IIOImage image = reader.readAll(0, null);
    BufferedImage read = (BufferedImage) image.getRenderedImage();
    BufferedImage back = Pictures.read(Pictures.write(image, null));
    assertArrayEquals(argb(read), argb(back));
  }

  private static int[] argb(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** Is removed at one of the first events, after which another listener receives the rest. */
  private static final class Leaving extends ReadEvents implements IIOReadWarningListener {
    private int left;

    Leaving(int events) {
      left = events;
    }

    void addTo(ImageReader reader) {
      reader.addIIOReadProgressListener((IIOReadProgressListener) this);
      reader.addIIOReadUpdateListener((IIOReadUpdateListener) this);
      reader.addIIOReadWarningListener(this);
    }

    @Override
    void see(ImageReader source, String event) {
      if (left-- == 0) {
        source.removeIIOReadProgressListener(this);
        source.removeIIOReadUpdateListener(this);
        source.removeIIOReadWarningListener(this);
      }
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      see(source, warning);
    }
  }

  @BeforeEach
  void limit() {
    System.setProperty("dev.kmq.maxPixels", "65536");
    System.setProperty("dev.kmq.maxRasterBytes", "1048576");
  }

  @AfterEach
  void unlimit() {
    System.clearProperty("dev.kmq.maxPixels");
    System.clearProperty("dev.kmq.maxRasterBytes");
  }

  private static List<Path> vectors() throws IOException {
    Path folder = Path.of(System.getProperty("kmq.root"), "spec", "vectors");
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".kmq")).sorted().toList();
    }
  }

  @Test
  void answersOrIioExceptions() throws IOException {
    int read = 0;
    int refused = 0;
    for (Path vector : vectors()) {
      byte[] file = Files.readAllBytes(vector);
      Random random = new Random(vector.getFileName().toString().hashCode());
      int mutants = file.length == 0 || file.length > LARGE ? 1 : MUTANTS;
      for (int i = 0; i < mutants; i++) {
        byte[] mutant = i == 0 ? file : mutant(file, random);
        int refusedBefore = refused;
        refused += answers(vector + ", mutant " + i, mutant, random);
        read += refused == refusedBefore ? 1 : 0;
      }
    }
    assertTrue(read > 100, read + " read");
    assertTrue(refused > 1000, refused + " refused");
  }

  /** Calls all methods; returns how many refuse. */
  private static int answers(String name, byte[] file, Random random) throws IOException {
    ImageReader reader = Pictures.reader();
    int refused = 0;
    for (int i = 0; i < CALLS.size(); i++) {
      if (i == 0 || random.nextBoolean()) {
        reader.setInput(Pictures.input(file), false, random.nextInt(4) == 0);
      }
      new Leaving(random.nextInt(8)).addTo(reader);
      new Leaving(random.nextInt(8)).addTo(reader);
      try {
        CALLS.get(i).on(reader);
      } catch (IIOException e) {
        assertTrue(e.getMessage() != null && !e.getMessage().isEmpty(), name);
        refused++;
      } catch (IOException | RuntimeException | Error e) {
        fail(name + ", call " + i, e);
      }
      reader.removeAllIIOReadProgressListeners();
      reader.removeAllIIOReadUpdateListeners();
      reader.removeAllIIOReadWarningListeners();
    }
    return refused;
  }

  private static byte[] mutant(byte[] file, Random random) {
    byte[] mutant = file.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(random.nextBoolean() ? Math.min(mutant.length, 120) : mutant.length);
      if (at >= 8) {
        mutant[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (mutant[at] ^ 1);
      }
    }
    if (random.nextInt(5) == 0) {
      mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length) + 1);
    }
    if (random.nextInt(8) != 0) {
      repair(mutant);
    }
    return mutant;
  }

  /** Corrects the checksums of the header and of the chunks. */
  private static void repair(byte[] file) {
    if (file.length < HEADER) {
      return;
    }
    int entry = file[11] == 0 ? 3 : 4;
    int at = HEADER + entry * (((file[20] & 0xFF) << 8 | file[21] & 0xFF) + 1);
    if (!repair(file, 0, at)) {
      return;
    }
    at += 4;
    ByteBuffer bytes = ByteBuffer.wrap(file);
    while (at + 12 <= file.length && isType(file, at)) {
      long end = at + 8 + Integer.toUnsignedLong(bytes.getInt(at + 4));
      if (end > file.length || !repair(file, at, (int) end)) {
        return;
      }
      at = (int) end + 4;
    }
  }

  private static boolean isType(byte[] file, int at) {
    for (int i = at; i < at + 4; i++) {
      if (!Character.isAlphabetic(file[i] & 0x7F) || file[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean repair(byte[] file, int start, int end) {
    if (end + 4L > file.length) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(file, start, end - start);
    ByteBuffer.wrap(file).putInt(end, (int) crc.getValue());
    return true;
  }
}
