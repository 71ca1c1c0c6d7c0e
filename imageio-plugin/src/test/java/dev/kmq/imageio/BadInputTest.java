package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid files: only documented exceptions, and no memory allocated for mere claims. */
final class BadInputTest {
  /** A call of the reader that may refuse bad data. */
  private interface Call {
    void on(ImageReader reader) throws IOException;
  }

  private static final List<Call> CALLS =
      List.of(
          reader -> reader.getWidth(0),
          reader -> reader.getImageTypes(0),
          reader -> reader.getImageMetadata(0),
          reader -> reader.getImageMetadata(0).getAsTree("javax_imageio_1.0"),
          reader -> reader.isImageTiled(0),
          reader -> reader.read(0),
          reader -> reader.read(0, small(reader)),
          reader -> reader.readAll(0, null),
          reader -> reader.readRaster(0, null),
          reader -> reader.readTile(0, 0, 0),
          reader -> reader.readTileRaster(0, 0, 0));

  private static ImageReadParam small(ImageReader reader) {
    KmqImageReadParam param = (KmqImageReadParam) reader.getDefaultReadParam();
    param.setMaxPixels(1 << 20);
    param.setMaxRasterBytes(1 << 22);
    return param;
  }

  private static byte[] sample(Random random) throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    Method[] methods = Method.values();
    param.setCompressionMode(KmqImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType(KmqImageWriteParam.name(methods[random.nextInt(methods.length)]));
    param.setTileSize(random.nextBoolean() ? 16 : 0);
    BufferedImage image =
        Pictures.indexed(
            1 + random.nextInt(40), 1 + random.nextInt(40), 1 + random.nextInt(20), false, 1);
    KmqImageMetadata metadata =
        new KmqImageMetadata(
            PictureFacts.NONE.withChunks(
                random.nextBoolean()
                    ? List.of()
                    : List.of(
                        Chunk.text("a", "b"),
                        Chunk.exif(ExifOrientation.with(null, 3)),
                        Chunk.iccProfile(profile()))));
    return Pictures.write(new IIOImage(image, null, metadata), param);
  }

  private static byte[] profile() {
    return java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB)
        .getData();
  }

  /** Changes bytes, often of the header, and often corrects the header's checksum. */
  @Property(tries = 400)
  void damageIsAnIioExceptionFromEveryMethod(
      @ForAll long seed, @ForAll @IntRange(max = 10) int call) throws IOException {
    Random random = new Random(seed);
    byte[] file = sample(random);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int within = random.nextBoolean() ? Math.min(64, file.length) : file.length;
      file[8 + random.nextInt(within - 8)] = (byte) random.nextInt();
    }
    if (random.nextBoolean()) {
      repairHeader(file);
    }
    if (random.nextInt(4) == 0) {
      file = Arrays.copyOf(file, random.nextInt(file.length));
    }
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    try {
      System.setProperty("dev.kmq.maxRasterBytes", "4194304");
      CALLS.get(call).on(reader);
    } catch (IIOException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
    } finally {
      System.clearProperty("dev.kmq.maxRasterBytes");
    }
  }

  private static void repairHeader(byte[] file) {
    int entry = file[11] == 0 ? 3 : 4;
    int end = 24 + entry * (((file[20] & 0xFF) << 8 | file[21] & 0xFF) + 1);
    if (end + 4 <= file.length) {
      CRC32C crc = new CRC32C();
      crc.update(file, 0, end);
      ByteBuffer.wrap(file).putInt(end, (int) crc.getValue());
    }
  }

  /** A profile with every byte of its header and tags changed in turn: read, or with a warning. */
  @Test
  void profilesOfAnyBytesLeaveThePictureReadable() throws IOException {
    BufferedImage image = Pictures.indexed(9, 9, 9, false, 1);
    byte[] profile = profile();
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] changed = profile.clone();
      changed[random.nextInt(profile.length)] = (byte) random.nextInt();
      byte[] file =
          dev.kmq.Kmq.encode(
              dev.kmq.Kmq.decode(Pictures.write(image, null)),
              dev.kmq.EncodeOptions.builder().chunks(List.of(Chunk.iccProfile(changed))).build());
      assertTrue(Pictures.read(file).getWidth() == 9);
    }
  }

  /** 8000x8000 pixels that are claimed by a header alone. */
  private static byte[] claim() throws IOException {
    byte[] file = Pictures.write(Pictures.indexed(20, 20, 256, false, 1), null);
    ByteBuffer.wrap(file).putInt(12, 8000).putInt(16, 8000);
    repairHeader(file);
    return file;
  }

  @TempDir File folder;

  @Test
  void noMemoryIsTakenForDataThatDoesNotCome() throws IOException {
    byte[] file = claim();
    File named = new File(folder, "claim.kmq");
    java.nio.file.Files.write(named.toPath(), file);
    assertTakesLittle(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
    try (ImageInputStream stream = new FileImageInputStream(named)) {
      assertTakesLittle(stream);
    }
  }

  private static void assertTakesLittle(ImageInputStream stream) {
    ImageReader reader = Pictures.reader();
    reader.setInput(stream);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThrows(IIOException.class, () -> reader.read(0));
    long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertTrue(taken < 8 << 20, taken + " bytes");
  }

  @Test
  void failingStreamsFailAsTheyDo() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("unplugged");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("unplugged");
          }
        };
    ImageReader reader = Pictures.reader();
    reader.setInput(new MemoryCacheImageInputStream(broken));
    IIOException e = assertThrows(IIOException.class, () -> reader.read(0));
    assertTrue(String.valueOf(e.getMessage()).contains("unplugged"));
  }
}
