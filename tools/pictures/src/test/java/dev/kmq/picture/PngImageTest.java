package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Limits;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.image.IndexSource;
import dev.kmq.imageio.KmqImages;
import dev.kmq.png.PngFile;
import dev.kmq.png.PngSamples;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A PNG is the same by rows, at once, with and without {@code java.awt}, and as in the JDK. */
class PngImageTest {
  private interface Use {
    void of(Input input) throws IOException;
  }

  private static void with(byte[] file, Use use) throws IOException {
    Inputs.Selection all = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs = Inputs.find(List.of("-"), new ByteArrayInputStream(file), all)) {
      use.of(Objects.requireNonNull(inputs.found().get(0).input()));
    }
  }

  private static int[] argb(Decoded decoded) {
    int width = decoded.image().getWidth();
    int height = decoded.image().getHeight();
    int[] argb = new int[width * height];
    KmqImages.indexed(decoded.image())
        .map(indexed -> indexed.pixels())
        .orElseGet(() -> KmqImages.storedPixels(decoded.image()))
        .readRows(0, height, argb);
    return argb;
  }

  @Property(tries = 250)
  void rowsAreThoseOfTheWhole(
      @ForAll @IntRange(max = 14) int kind,
      @ForAll @IntRange(min = 1, max = 19) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll long seed)
      throws IOException {
    int[] one = RowsTest.DEPTHS[kind];
    byte[] file = RowsTest.png(new Random(seed), one[0], one[1], width, height);
    with(
        file,
        input -> {
          Decoded whole = PngImage.decode(file, Limits.defaults());
          Decoded rows =
              PngImage.decode(PngInput.file(input, Limits.defaults()), input, Long.MAX_VALUE);
          assertArrayEquals(argb(whole), argb(rows));
          assertEquals(whole.reduction(), rows.reduction());
          assertEquals(whole.warnings(), rows.warnings());
          assertEquals(
              KmqImages.indexed(whole.image()).map(i -> i.palette()),
              KmqImages.indexed(rows.image()).map(i -> i.palette()));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, 6})
  void theLastChunkMayBeMissing(int colorType) throws IOException {
    byte[] file = RowsTest.png(new Random(1), colorType, 8, 5, 4);
    byte[] cut = Arrays.copyOf(file, file.length - 12);
    for (long most : new long[] {0, Long.MAX_VALUE}) {
      with(
          cut,
          input -> {
            Picture picture =
                new PictureReader(Limits.defaults(), MetadataPolicy.ALL, false, null, most)
                    .read(input);
            String warnings = picture.warnings().toString();
            assertTrue(warnings.contains("the file ends without an IEND chunk"), warnings);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, 6})
  void theLastChunkOfAnInterlacedImageMayBeMissing(int colorType) throws IOException {
    TestPng.Chunk palette = new TestPng.Chunk("PLTE", new byte[3 * 256]);
    List<TestPng.Chunk> chunks =
        new ArrayList<>(TestPng.chunks(TestPng.row(colorType, new byte[12], palette)));
    int pixels = ByteBuffer.wrap(chunks.get(0).data()).getInt();
    chunks.get(0).data()[12] = 1;
    ByteArrayOutputStream passes = new ByteArrayOutputStream();
    // In one row: every eighth pixel, those between, and so on.
    for (int[] pass : new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
      int columns = (pixels - pass[0] + pass[1] - 1) / pass[1];
      passes.writeBytes(new byte[columns > 0 ? 1 + columns * (12 / pixels) : 0]);
    }
    chunks.set(2, new TestPng.Chunk("IDAT", TestPng.deflate(passes.toByteArray())));
    byte[] file = TestPng.of(chunks.toArray(TestPng.Chunk[]::new));
    for (int missing : new int[] {0, 6, 12}) {
      with(
          Arrays.copyOf(file, file.length - missing),
          input -> {
            PictureReader reader =
                new PictureReader(Limits.defaults(), MetadataPolicy.COLOR, false, null);
            Picture picture = reader.read(input);
            assertEquals(pixels, picture.width());
            assertEquals(missing > 0, picture.warnings().toString().contains("IEND"));
          });
    }
  }

  @Test
  void presetDictionariesAreRefusedAsSuch() throws IOException {
    List<TestPng.Chunk> chunks = new ArrayList<>(TestPng.chunks(TestPng.row(2, new byte[24])));
    chunks.set(1, TestPng.ofBytes("IDAT", 0x78, 0xBB, 0, 0, 0, 1, 3, 0));
    with(
        TestPng.of(chunks.toArray(TestPng.Chunk[]::new)),
        input -> {
          PictureReader reader =
              new PictureReader(Limits.defaults(), MetadataPolicy.ALL, false, null);
          assertEquals(
              "damaged image: its compressed pixels are not valid",
              assertThrows(IOException.class, () -> reader.read(input)).getMessage());
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 6})
  void theChecksumOfTheSamplesIsVerified(int colorType) throws IOException {
    byte[] file = TestPng.row(colorType, new byte[24]);
    List<TestPng.Chunk> chunks = new ArrayList<>(TestPng.chunks(file));
    byte[] data = chunks.get(1).data().clone();
    data[data.length - 1] ^= 1;
    chunks.set(1, new TestPng.Chunk("IDAT", data));
    for (long most : new long[] {0, Long.MAX_VALUE}) {
      with(
          TestPng.of(chunks.toArray(TestPng.Chunk[]::new)),
          input -> {
            PictureReader reader =
                new PictureReader(Limits.defaults(), MetadataPolicy.ALL, false, null, most);
            Exception e =
                assertThrows(
                    Exception.class,
                    () -> {
                      Picture picture = reader.read(input);
                      picture.pixels().readRows(0, 1, new int[picture.width()]);
                    });
            assertEquals(
                "damaged image: its compressed pixels are not valid",
                Objects.requireNonNull(e instanceof UncheckedIOException ? e.getCause() : e)
                    .getMessage());
          });
    }
  }

  /** With the depth of its samples, as for a profile, the image is the same. */
  @Property(tries = 250)
  void plainPixelsAreThoseOfTheSamples(
      @ForAll @IntRange(max = 14) int kind,
      @ForAll @IntRange(min = 1, max = 19) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll long seed)
      throws IOException {
    int[] one = RowsTest.DEPTHS[kind];
    byte[] file = RowsTest.png(new Random(seed), one[0], one[1], width, height);
    Decoded decoded = PngImage.decode(file, Limits.defaults());
    PngFile plainFile = PngInput.file(file, Limits.defaults());
    assertNull(PngImage.plain(plainFile, (long) width * height - 1), "too large");
    Picture plain =
        Objects.requireNonNull(PngImage.plain(plainFile, Long.MAX_VALUE), "of usual size");
    int[] argb = new int[width * height];
    plain.pixels().readRows(0, height, argb);
    assertArrayEquals(argb(decoded), argb);
    assertEquals(decoded.reduction(), plain.reduction());
    assertEquals(decoded.warnings(), plain.warnings());
    IndexSource indexed = plain.indexed();
    assertEquals(
        KmqImages.indexed(decoded.image()).map(i -> i.palette()),
        Optional.ofNullable(indexed).map(i -> i.palette()));
  }

  /** A file of critical chunks, which the JDK's reader decodes to the same samples. */
  @ParameterizedTest
  @CsvSource({
    "0,1", "0,2", "0,4", "0,8", "0,16", "2,8", "2,16", "3,1", "3,2", "3,4", "3,8", "4,8", "4,16",
    "6,8", "6,16"
  })
  void samplesAreThoseOfTheJdk(int type, int depth) throws IOException {
    ImageReader reader = JdkReader.of("png");
    Random random = new Random(100L * type + depth);
    try {
      for (int size = 0; size < 100; size++) {
        boolean interlaced = size % 2 == 0;
        byte[] file =
            RowsTest.samples(
                random, type, depth, 1 + random.nextInt(20), 1 + random.nextInt(20), interlaced);
        PngFile png = PngInput.file(file, Limits.defaults());
        int[] samples = depth == 16 ? ints(PngSamples.shorts(png)) : ints(PngSamples.bytes(png));
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
        Raster raster = reader.read(0).getRaster();
        int[] expected = new int[samples.length];
        raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), expected);
        assertArrayEquals(expected, samples, file.length + " bytes, " + interlaced);
      }
    } finally {
      reader.dispose();
    }
  }

  private static int[] ints(byte[] samples) {
    int[] ints = new int[samples.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = samples[i] & 0xFF;
    }
    return ints;
  }

  private static int[] ints(short[] samples) {
    int[] ints = new int[samples.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = samples[i] & 0xFFFF;
    }
    return ints;
  }
}
