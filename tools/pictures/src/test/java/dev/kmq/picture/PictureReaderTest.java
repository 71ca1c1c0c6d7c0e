package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import dev.kmq.container.Limits;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureReaderTest {
  @TempDir Path folder;

  /** A JPEG with segments inserted after its first marker. */
  private Path jpeg(byte[]... segments) throws IOException {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 128; i++) {
      image.setRGB(i % 16, i / 16, i < 64 ? 0xE06020 : 0x2040C0);
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", plain);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain.toByteArray(), 0, 2);
    for (byte[] segment : segments) {
      file.writeBytes(segment);
    }
    file.write(plain.toByteArray(), 2, plain.size() - 2);
    return Files.write(folder.resolve("a.jpg"), file.toByteArray());
  }

  private static byte[] segment(int marker, String preamble, byte[] data) {
    byte[] start = preamble.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer segment = ByteBuffer.allocate(4 + start.length + data.length);
    segment.put((byte) 0xFF).put((byte) marker).putShort((short) (segment.capacity() - 2));
    return segment.put(start).put(data).array();
  }

  private static byte[] exif(int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(26);
    tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return tiff.array();
  }

  private static Picture read(Path path, MetadataPolicy policy, boolean toSrgb) throws IOException {
    Inputs.Selection all = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs =
        Inputs.find(List.of(path.toString()), InputStream.nullInputStream(), all)) {
      Input input = Objects.requireNonNull(inputs.found().get(0).input());
      return new PictureReader(Limits.defaults(), policy, toSrgb, null).read(input);
    }
  }

  @Test
  void exifOrientationIsAppliedAndReset() throws IOException {
    Path file = jpeg(segment(0xE1, "Exif\0\0", exif(6)));
    Picture picture = read(file, MetadataPolicy.ALL, false);
    assertEquals(8, picture.width());
    assertEquals(16, picture.height());
    int[] row = new int[8];
    picture.pixels().readRows(0, 1, row);
    assertTrue((row[7] >>> 16 & 0xFF) > (row[0] >>> 16 & 0xFF), "what was above is on the right");
    Chunk kept =
        picture.chunks().stream()
            .filter(c -> c.type().equals(Chunk.EXIF))
            .findFirst()
            .orElseThrow();
    assertArrayEquals(exif(1), kept.data());
    assertTrue(read(file, MetadataPolicy.COLOR, false).chunks().isEmpty());
  }

  @Test
  void profilesAreRecognizedByWhatTheyDo() throws IOException {
    byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    assertTrue(Objects.requireNonNull(Profiles.of(srgb, new ArrayList<>())).isSrgb());
    assertFalse(Objects.requireNonNull(Profiles.of(linear, new ArrayList<>())).isSrgb());
    Picture plain =
        read(jpeg(segment(0xE2, "ICC_PROFILE\0\1\1", srgb)), MetadataPolicy.COLOR, false);
    assertTrue(plain.chunks().isEmpty());
    Path file = jpeg(segment(0xE2, "ICC_PROFILE\0\1\1", linear));
    Picture kept = read(file, MetadataPolicy.COLOR, false);
    assertArrayEquals(linear, kept.chunks().get(0).data());
    Picture converted = read(file, MetadataPolicy.COLOR, true);
    assertTrue(converted.chunks().isEmpty());
    int[] before = new int[16];
    int[] after = new int[16];
    kept.pixels().readRows(7, 1, before);
    converted.pixels().readRows(7, 1, after);
    assertEquals(0x40, before[8] >>> 8 & 0xFF, 6);
    assertEquals(0x89, after[8] >>> 8 & 0xFF, 8, "a linear 64 is 137 in sRGB");
    assertArrayEquals(after, rowOf(read(file, MetadataPolicy.NONE, false)));
  }

  private static int[] rowOf(Picture picture) {
    int[] row = new int[picture.width()];
    picture.pixels().readRows(7, 1, row);
    return row;
  }

  @Test
  void resolutionOfJpegIsKept() throws IOException {
    byte[] jfif = {1, 2, 1, 0, 72, 0, (byte) 144, 0, 0};
    Path file = jpeg(segment(0xE0, "JFIF\0", jfif));
    Chunk phys = read(file, MetadataPolicy.ALL, false).chunks().get(0);
    assertEquals(2835, phys.pixelsPerMetreX());
    assertEquals(5669, phys.pixelsPerMetreY());
  }
}
