package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.picture.TestPng.Chunk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames are the screen as it is shown. The letters of a row stand for its colours. */
class AnimationTest {
  private static final int[] TABLE = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};
  private static final String LETTERS = "RGBW";
  private static final int NONE = 3;

  /** A screen of one row: '.' is transparent. */
  private static String letters(Picture picture) {
    StringBuilder row = new StringBuilder();
    for (int argb : Reading.argb(picture)) {
      int at = -1;
      for (int i = 0; i < TABLE.length; i++) {
        at = argb == (0xFF000000 | TABLE[i]) ? i : at;
      }
      row.append(argb >>> 24 == 0 ? '.' : at < 0 ? '?' : LETTERS.charAt(at));
    }
    return row.toString();
  }

  static <T> T open(byte[] file, Reader<T> work) throws IOException {
    Inputs.Selection all = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs = Inputs.find(List.of("-"), new ByteArrayInputStream(file), all)) {
      Input input = Objects.requireNonNull(inputs.found().get(0).input());
      PictureReader reader =
          new PictureReader(Limits.defaults(), MetadataPolicy.COLOR, false, null);
      return work.of(reader.frames(input));
    }
  }

  interface Reader<T> {
    T of(FrameReader frames) throws IOException;
  }

  private static List<String> screens(byte[] file) throws IOException {
    return open(
        file,
        frames -> {
          List<String> screens = new ArrayList<>();
          for (int i = 0; i < frames.count(); i++) {
            screens.add(letters(frames.read(i)));
          }
          return screens;
        });
  }

  /** Draws frames at a place of a row of six pixels, with a disposal each. */
  static byte[] gif(Object... frames) {
    TestGif gif = new TestGif(6, 1, TABLE);
    for (int i = 0; i < frames.length; i += 3) {
      String letters = (String) frames[i + 2];
      byte[] indices = new byte[letters.length()];
      for (int x = 0; x < indices.length; x++) {
        indices[x] = (byte) (letters.charAt(x) == '.' ? NONE : LETTERS.indexOf(letters.charAt(x)));
      }
      gif.control((int) frames[i + 1], NONE);
      gif.image((int) frames[i], 0, indices.length, 1, false, 2, indices);
    }
    return gif.bytes();
  }

  private static final byte[] DISPOSALS =
      gif(0, 1, "RRRRRR", 1, 2, "GG", 3, 3, "BBB", 0, 0, "G.G", 5, 7, "B");

  private static final List<String> SCREENS =
      List.of("RRRRRR", "RGGRRR", "R..BBB", "G.GRRR", "G.GRRB");

  @Test
  void gifFramesAreDisposedOf() throws IOException {
    assertEquals(SCREENS, screens(DISPOSALS));
  }

  @Test
  void orderOfReadingDoesNotMatter() throws IOException {
    for (List<Integer> order :
        List.of(List.of(4, 3, 2, 1, 0), List.of(1, 0, 4, 2, 3), List.of(3, 3, 0, 4, 4))) {
      List<String> expected = order.stream().map(SCREENS::get).toList();
      List<String> found =
          open(
              DISPOSALS,
              frames -> {
                List<String> screens = new ArrayList<>();
                for (int index : order) {
                  screens.add(letters(frames.read(index)));
                }
                return screens;
              });
      assertEquals(expected, found, order::toString);
    }
  }

  @Test
  void theFirstFrameIsTheStillImage() throws IOException {
    byte[] small = gif(2, 1, "GG", 0, 1, "R", 4, 1, "BBBB");
    assertEquals(letters(Reading.read(small)), screens(small).get(0));
    assertEquals(List.of("..GG..", "R.GG..", "R.GGBB"), screens(small), "cut off at the screen");
  }

  @Test
  void transparencyIsThatOfOneImage() throws IOException {
    byte[] file =
        new TestGif(2, 1, TABLE)
            .transparent(0)
            .image(0, 0, 2, 1, false, 2, new byte[] {0, 1})
            .image(0, 0, 2, 1, false, 2, new byte[] {0, 1})
            .bytes();
    assertEquals(List.of(".G", "RG"), screens(file));
  }

  @Test
  void framesOverADamagedOneFailToo() throws IOException {
    byte[] file = gif(0, 1, "RRRRRR", 0, 1, "GGGGGG", 0, 1, "B", 0, 1, "BBBBBB", 0, 1, "R");
    // The codes of the second image end at once.
    int second = indexOf(file, new byte[] {0x2C}, indexOf(file, new byte[] {0x2C}, 0) + 1);
    file[second + 12] = (byte) (file[second + 12] & 0xF8 | 5);
    List<String> outcomes =
        open(
            file,
            frames -> {
              List<String> all = new ArrayList<>();
              for (int i = 0; i < frames.count(); i++) {
                try {
                  all.add(letters(frames.read(i)));
                } catch (FailedInput e) {
                  all.add(String.valueOf(e.getMessage()));
                }
              }
              return all;
            });
    assertEquals("RRRRRR", outcomes.get(0));
    assertTrue(outcomes.get(1).startsWith("damaged image: "), outcomes.get(1));
    assertEquals("it is drawn over frame 2, which cannot be read", outcomes.get(2));
    assertEquals(List.of("BBBBBB", "RBBBBB"), outcomes.subList(3, 5));
  }

  @Test
  void aCoveringFrameThatIsRestoredHidesADamagedOneOnce() throws IOException {
    byte[] file = gif(0, 1, "RRRRRR", 0, 1, "GGGGGG", 0, 3, "BBBBBB", 0, 1, "R", 0, 1, "BBBBBB");
    int second = indexOf(file, new byte[] {0x2C}, indexOf(file, new byte[] {0x2C}, 0) + 1);
    file[second + 12] = (byte) (file[second + 12] & 0xF8 | 5);
    assertEquals("BBBBBB", open(file, frames -> letters(frames.read(2))));
    FailedInput failure =
        assertThrows(FailedInput.class, () -> open(file, frames -> frames.read(3)));
    assertEquals("it is drawn over frame 2, which cannot be read", failure.getMessage());
    assertEquals("BBBBBB", open(file, frames -> letters(frames.read(4))));
  }

  static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int i = from; ; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
  }

  /** An animated PNG of one row of RGBA; each frame has a place, disposal, blending and pixels. */
  static byte[] png(boolean stillIsFrame, Object... frames) {
    List<Chunk> chunks = new ArrayList<>();
    chunks.add(TestPng.header(4, 1, 8, 6));
    chunks.add(TestPng.ofInts("acTL", frames.length / 4, 0));
    int sequence = 0;
    if (!stillIsFrame) {
      chunks.add(new Chunk("IDAT", pixels(0x11, 0x22, 0x33, 0x44)));
    }
    for (int i = 0; i < frames.length; i += 4) {
      int[] argb = (int[]) frames[i + 3];
      ByteBuffer control = ByteBuffer.allocate(26).putInt(sequence++);
      control.putInt(argb.length).putInt(1).putInt((int) frames[i]).putInt(0).putInt(0);
      control.put((byte) (int) frames[i + 1]).put((byte) (int) frames[i + 2]);
      chunks.add(new Chunk("fcTL", control.array()));
      byte[] data = pixels(argb);
      if (stillIsFrame && i == 0) {
        chunks.add(new Chunk("IDAT", data));
        continue;
      }
      // In two chunks, as encoders may divide it.
      for (byte[] half :
          List.of(Arrays.copyOf(data, 5), Arrays.copyOfRange(data, 5, data.length))) {
        ByteBuffer part = ByteBuffer.allocate(4 + half.length).putInt(sequence++).put(half);
        chunks.add(new Chunk("fdAT", part.array()));
      }
    }
    chunks.add(new Chunk("IEND", new byte[0]));
    return TestPng.of(chunks.toArray(Chunk[]::new));
  }

  private static byte[] pixels(int... argb) {
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    row.write(0);
    for (int color : argb) {
      row.writeBytes(
          new byte[] {
            (byte) (color >> 16), (byte) (color >> 8), (byte) color, (byte) (color >>> 24)
          });
    }
    return TestPng.deflate(row.toByteArray());
  }

  private static final int RED = 0xFFFF0000;
  private static final int BLUE = 0xFF0000FF;
  private static final int HALF_BLUE = 0x800000FF;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pngFramesAreBlendedAndDisposedOf(boolean stillIsFrame) throws IOException {
    byte[] file =
        png(
            stillIsFrame,
            0,
            0,
            0,
            new int[] {RED, RED, RED, RED},
            1,
            1,
            0,
            new int[] {HALF_BLUE, 0},
            2,
            2,
            1,
            new int[] {HALF_BLUE, 0},
            0,
            0,
            1,
            new int[] {BLUE});
    Function<Picture, int[]> argb = Reading::argb;
    List<int[]> screens =
        open(
            file,
            frames -> {
              List<int[]> all = new ArrayList<>();
              for (int i = 0; i < frames.count(); i++) {
                all.add(argb.apply(frames.read(i)));
              }
              return all;
            });
    assertEquals(4, screens.size());
    assertArrayEquals(new int[] {RED, RED, RED, RED}, screens.get(0));
    assertArrayEquals(new int[] {RED, HALF_BLUE, 0, RED}, screens.get(1));
    // The second frame's area is clear; blue at half over nothing, and nothing over red.
    assertArrayEquals(new int[] {RED, 0, HALF_BLUE, RED}, screens.get(2));
    assertArrayEquals(new int[] {BLUE, 0, 0, RED}, screens.get(3));
    List<String> warnings = open(file, frames -> frames.read(0).warnings());
    assertEquals(stillIsFrame ? 0 : 1, warnings.size(), warnings::toString);
  }

  @Test
  void compositingRoundsToTheNearestLevel() {
    for (int above : new int[] {0, 1, 77, 128, 254, 255}) {
      for (int below : new int[] {0, 1, 90, 255}) {
        int found = Compositing.over(above << 24 | 200, below << 24 | 40);
        double alpha = above / 255.0 + below / 255.0 * (1 - above / 255.0);
        assertEquals(Math.round(255 * alpha), found >>> 24);
        if (above > 0 || below > 0) {
          double blue = (above / 255.0 * 200 + below / 255.0 * (1 - above / 255.0) * 40) / alpha;
          assertEquals(blue, found & 0xFF, 0.501);
        }
      }
    }
  }

  @Test
  void damagedPngFramesAreNamed() {
    byte[] file = png(true, 0, 0, 0, new int[] {RED, RED, RED, RED}, 0, 0, 0, new int[] {BLUE});
    int second = indexOf(file, new byte[] {'f', 'd', 'A', 'T'}, 0);
    file[second + 9] ^= 1;
    FailedInput failure =
        assertThrows(FailedInput.class, () -> open(file, frames -> frames.read(1)));
    assertEquals("damaged image: the checksum of its fdAT chunk is wrong", failure.getMessage());
  }

  @Test
  void framesMustBeWithinTheImage() throws IOException {
    byte[] file = png(true, 0, 0, 0, new int[] {RED, RED, RED, RED}, 3, 0, 0, new int[] {1, 2});
    FailedInput failure =
        assertThrows(FailedInput.class, () -> open(file, frames -> frames.read(1)));
    assertEquals("damaged image: frame 2 is not within the image", failure.getMessage());
  }
}
