package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.IndexSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class GifFileTest {
  private static final int[] TABLE = {0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF};
  private static final int WHITE = 0xFFFFFFFF;
  private static final int RED = 0xFFFF0000;
  private static final int GREEN = 0xFF00FF00;
  private static final int BLUE = 0xFF0000FF;

  private static byte[] one(int... indices) {
    byte[] bytes = new byte[indices.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) indices[i];
    }
    return bytes;
  }

  @Test
  void interlacedRowsComeToTheirPlacesAtEveryHeight() throws IOException {
    int[] table = new int[32];
    Arrays.setAll(table, i -> i * 0x070503);
    for (int height = 1; height <= 32; height++) {
      // The order of the four passes, as literals.
      int[] order = new int[height];
      int n = 0;
      for (int y = 0; y < height; y += 8) {
        order[n++] = y;
      }
      for (int y = 4; y < height; y += 8) {
        order[n++] = y;
      }
      for (int y = 2; y < height; y += 4) {
        order[n++] = y;
      }
      for (int y = 1; y < height; y += 2) {
        order[n++] = y;
      }
      byte[] stored = new byte[3 * height];
      for (int i = 0; i < height; i++) {
        Arrays.fill(stored, 3 * i, 3 * i + 3, (byte) order[i]);
      }
      int[] seen =
          Reading.argb(
              new TestGif(3, height, table).image(0, 0, 3, height, true, 5, stored).bytes());
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < 3; x++) {
          assertEquals(0xFF000000 | table[y], seen[3 * y + x], "row " + y + " of " + height);
        }
      }
    }
  }

  @Test
  void theScreenIsTheSizeAndWhatIsUncoveredIsTransparent() throws IOException {
    byte[] file = new TestGif(4, 3, TABLE).image(1, 1, 2, 1, false, 2, one(0, 3)).bytes();
    Picture picture = Reading.read(file);
    assertEquals(4, picture.width());
    assertEquals(3, picture.height());
    int[] expected = new int[12];
    expected[5] = WHITE;
    expected[6] = BLUE;
    assertArrayEquals(expected, Reading.argb(picture));
    IndexSource indexed = Objects.requireNonNull(picture.indexed());
    assertArrayEquals(new int[] {WHITE, RED, GREEN, BLUE, 0}, indexed.palette().toArgb());
  }

  @Test
  void theTransparentIndexCoversTheRestOfTheScreen() throws IOException {
    byte[] file =
        new TestGif(3, 1, TABLE).transparent(2).image(0, 0, 2, 1, false, 2, one(1, 2)).bytes();
    Picture picture = Reading.read(file);
    assertEquals(4, Objects.requireNonNull(picture.indexed()).palette().size());
    assertArrayEquals(new int[] {RED, 0x0000FF00, 0x0000FF00}, Reading.argb(picture));
  }

  @Test
  void aFullTableGivesAnUnusedEntryOrGrows() throws IOException {
    int[] table = new int[256];
    Arrays.setAll(table, i -> i * 0x010203 & 0xFFFFFF);
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    Picture grown =
        Reading.read(new TestGif(257, 1, table).image(0, 0, 256, 1, false, 8, all).bytes());
    assertEquals(257, Objects.requireNonNull(grown.indexed()).palette().size());
    int[] seen = Reading.argb(grown);
    assertEquals(0, seen[256]);
    assertEquals(0xFF000000 | table[255], seen[255]);
    all[7] = 8;
    Picture reused =
        Reading.read(new TestGif(257, 1, table).image(0, 0, 256, 1, false, 8, all).bytes());
    assertEquals(256, Objects.requireNonNull(reused.indexed()).palette().size());
    assertEquals(0, Reading.argb(reused)[256]);
  }

  @Test
  void anImageBeyondTheScreenEnlargesIt() throws IOException {
    Picture picture =
        Reading.read(new TestGif(2, 1, TABLE).image(1, 1, 2, 1, false, 2, one(1, 2)).bytes());
    assertEquals(3, picture.width());
    assertEquals(2, picture.height());
    assertArrayEquals(new int[] {0, 0, 0, 0, RED, GREEN}, Reading.argb(picture));
    assertEquals(
        2,
        Reading.read(new TestGif(0, 0, TABLE).image(0, 0, 2, 1, false, 2, one(1, 2)).bytes())
            .width());
  }

  @Test
  void aTransparentIndexOutsideTheTableIsNone() throws IOException {
    for (int index : new int[] {4, 200, 255}) {
      byte[] file =
          new TestGif(4, 1, TABLE)
              .transparent(index)
              .image(0, 0, 4, 1, false, 2, one(0, 1, 2, 3))
              .bytes();
      Picture picture = Reading.read(file);
      assertArrayEquals(new int[] {WHITE, RED, GREEN, BLUE}, Reading.argb(picture));
      assertFalse(Objects.requireNonNull(picture.indexed()).palette().hasAlpha());
    }
  }

  @Test
  void indicesOutsideTheTableAreBlackOrTransparent() throws IOException {
    TestGif gif = new TestGif(4, 1, TABLE).image(0, 0, 4, 1, false, 3, one(0, 5, 7, 3));
    Picture picture = Reading.read(gif.bytes());
    assertArrayEquals(new int[] {WHITE, 0xFF000000, 0xFF000000, BLUE}, Reading.argb(picture));
    assertEquals(
        List.of("2 pixels have an index without an entry in the palette and are black"),
        picture.warnings());
    gif = new TestGif(4, 1, TABLE).transparent(5).image(0, 0, 4, 1, false, 3, one(0, 5, 5, 3));
    picture = Reading.read(gif.bytes());
    assertArrayEquals(new int[] {WHITE, 0, 0, BLUE}, Reading.argb(picture));
    assertEquals(List.of(), picture.warnings());
  }

  @Test
  void framesBeyondTheFirstAreAnnounced() throws IOException {
    TestGif gif = new TestGif(2, 1, TABLE).comment("hello").image(0, 0, 2, 1, false, 2, one(1, 2));
    assertEquals(List.of(), Reading.read(gif.bytes()).warnings());
    gif.transparent(0).image(0, 0, 1, 1, false, 2, one(3)).image(1, 0, 1, 1, false, 2, one(3));
    Picture picture = Reading.read(gif.bytes());
    assertEquals(
        List.of("only the first of 3 frames is kept; use encode --all-frames to write all"),
        picture.warnings());
    assertArrayEquals(new int[] {RED, GREEN}, Reading.argb(picture));
  }

  @Test
  void whatIsMissingIsNotFilledUp() {
    byte[] short1 = new TestGif(4, 1, TABLE).image(0, 0, 4, 1, false, 2, one(1, 2)).bytes();
    assertEquals("damaged image: its image data ends after 2 of 4 pixels", Reading.refusal(short1));
    byte[] whole = new TestGif(4, 4, TABLE).image(0, 0, 4, 4, false, 2, new byte[16]).bytes();
    for (int n = 6; n < whole.length - 3; n++) {
      String message = Reading.refusal(Arrays.copyOf(whole, n));
      assertTrue(message.startsWith("damaged image: "), n + ": " + message);
    }
  }

  @Test
  void withoutATableThereAreNoColors() {
    byte[] file = new TestGif(2, 1).image(0, 0, 2, 1, false, 2, one(0, 1)).bytes();
    assertTrue(Reading.refusal(file).startsWith("not supported: a GIF without a colour table"));
  }

  /** The JDK's writer fills the dictionary. */
  @Test
  void dictionariesAreFollowedToTheirEnd() throws IOException {
    Random random = new Random(1);
    for (int colors : new int[] {2, 3, 16, 200, 256}) {
      byte[] map = new byte[colors];
      for (int i = 0; i < colors; i++) {
        map[i] = (byte) i;
      }
      BufferedImage image =
          new BufferedImage(
              211,
              97,
              BufferedImage.TYPE_BYTE_INDEXED,
              new java.awt.image.IndexColorModel(8, colors, map, map, map));
      int value = 0;
      for (int i = 0; i < 211 * 97; i++) {
        value = random.nextInt(4) > 0 ? value : random.nextInt(colors);
        image.getRaster().setSample(i % 211, i / 211, 0, value);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "gif", out);
      int[] seen = Reading.argb(out.toByteArray());
      for (int i = 0; i < seen.length; i++) {
        assertEquals(Reading.grey(image.getRaster().getSample(i % 211, i / 211, 0)), seen[i]);
      }
    }
  }
}
