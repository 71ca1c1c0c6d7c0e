package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames before damage are read, and no frame is lost without a failure. */
class DamagedAnimationTest {
  private static final int RED = 0xFFFF0000;
  private static final int BLUE = 0xFF0000FF;

  /** Small animations of four frames. */
  enum Sample {
    GIF,
    PNG,
    PNG_WITH_STILL,
    WEBP;

    byte[] file() {
      return switch (this) {
        case GIF -> AnimationTest.gif(0, 1, "RRRRRR", 1, 2, "GG", 3, 3, "BBB", 0, 0, "G.G");
        case PNG -> png(true);
        case PNG_WITH_STILL -> png(false);
        case WEBP ->
            TestWebp.animation(
                4,
                1,
                TestWebp.frame(0, 0, 4, 1, 0, RED),
                TestWebp.frame(2, 0, 1, 1, 3, BLUE),
                TestWebp.frame(0, 0, 2, 1, 1, BLUE),
                TestWebp.frame(2, 0, 2, 1, 0, 0x80FF00FF));
      };
    }

    private static byte[] png(boolean stillIsFrame) {
      int[] row = {RED, RED, RED, RED};
      int[] half = {0x8000FF00, BLUE};
      return AnimationTest.png(
          stillIsFrame, 0, 0, 0, row, 0, 1, 1, half, 2, 2, 0, half, 1, 0, 1, half);
    }

    /** Where the data of each frame ends. */
    List<Integer> ends() {
      byte[] file = file();
      List<Integer> ends = new ArrayList<>();
      String text = new String(file, StandardCharsets.ISO_8859_1);
      String start = this == GIF ? "!\u00F9" : this == WEBP ? "ANMF" : "fcTL";
      int before = start.equals("fcTL") ? 4 : 0;
      int at = text.indexOf(start);
      while ((at = text.indexOf(start, at + 1)) >= 0) {
        ends.add(at - before);
      }
      ends.add(file.length - (this == GIF ? 1 : this == WEBP ? 0 : 12));
      assertEquals(4, ends.size());
      return ends;
    }
  }

  static final class Outcome {
    final List<int[]> screens = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
  }

  static Outcome read(byte[] file) {
    Outcome outcome = new Outcome();
    try {
      AnimationTest.open(
          file,
          frames -> {
            for (int i = 0; i < frames.count(); i++) {
              try {
                Picture picture = frames.read(i);
                outcome.screens.add(Reading.argb(picture));
                outcome.warnings.addAll(picture.warnings());
              } catch (FailedInput e) {
                outcome.failures.add(String.valueOf(e.getMessage()));
              }
            }
            return frames;
          });
    } catch (IOException e) {
      outcome.failures.add(String.valueOf(e.getMessage()));
    }
    return outcome;
  }

  @ParameterizedTest
  @EnumSource
  void noFrameOfATruncatedFileIsLost(Sample sample) throws IOException {
    byte[] whole = sample.file();
    List<int[]> screens = read(whole).screens;
    assertEquals(4, screens.size());
    List<Integer> ends = sample.ends();
    for (int n = 12; n < whole.length; n++) {
      byte[] cut = Arrays.copyOf(whole, n);
      String at = sample + " cut after " + n;
      int length = n;
      int complete = (int) ends.stream().filter(end -> end <= length).count();
      if (complete == 0 && sample.name().startsWith("PNG") && !isAnimated(cut)) {
        assertThrows(IOException.class, () -> Reading.read(cut), at);
        continue;
      }
      Outcome found = read(cut);
      assertTrue(found.screens.size() >= complete, at);
      for (int i = 0; i < found.screens.size(); i++) {
        assertArrayEquals(screens.get(i), found.screens.get(i), at);
      }
      if (found.screens.size() == 4) {
        assertEquals(List.of(), found.failures, at);
      } else if (found.failures.isEmpty()) {
        // Neither the last code, which ends the data, nor the empty block are needed.
        assertEquals(Sample.GIF, sample, at);
        assertTrue(n > ends.get(found.screens.size() - 1) - 3, at);
        assertTrue(n <= ends.get(found.screens.size() - 1), at);
        assertEquals(
            List.of("the file ends without a trailer after frame " + found.screens.size()),
            found.warnings,
            at);
      } else {
        assertEquals(1, found.failures.size(), () -> at + found.failures);
        assertTrue(found.failures.get(0).startsWith("damaged image: "), found.failures.get(0));
      }
      if (!found.screens.isEmpty() && n < whole.length - 12) {
        List<String> warnings = Reading.read(cut).warnings();
        String after = "after frame " + found.screens.size();
        assertTrue(warnings.stream().anyMatch(w -> w.contains(after)), at + ": " + warnings);
      }
    }
  }

  private static boolean isAnimated(byte[] png) {
    return png.length > 8 + 25 + 8;
  }

  @ParameterizedTest
  @EnumSource
  void junkBetweenFramesFails(Sample sample) throws IOException {
    byte[] whole = sample.file();
    for (int frames = 1; frames < 4; frames++) {
      int at = sample.ends().get(frames - 1);
      byte[] file = new byte[whole.length + 2];
      System.arraycopy(whole, 0, file, 0, at);
      file[at] = 7;
      System.arraycopy(whole, at, file, at + 2, whole.length - at);
      Outcome found = read(file);
      assertEquals(frames, found.screens.size());
      assertEquals(1, found.failures.size(), found.failures::toString);
      List<String> warnings = Reading.read(file).warnings();
      String after = "the file is damaged after frame " + frames + " (";
      assertTrue(warnings.stream().anyMatch(w -> w.startsWith(after)), warnings::toString);
    }
  }

  @Test
  void framesThatAnAnimatedPngAnnouncesAreMissed() throws IOException {
    List<TestPng.Chunk> chunks = new ArrayList<>(TestPng.chunks(Sample.PNG.file()));
    chunks.set(1, TestPng.ofInts("acTL", 6, 0));
    byte[] file = TestPng.of(chunks.toArray(TestPng.Chunk[]::new));
    Outcome found = read(file);
    assertEquals(4, found.screens.size());
    assertEquals(List.of("damaged image: it has 4 of 6 frames"), found.failures);
    assertEquals(
        List.of(
            "only the first of 4 frames is kept; use encode --all-frames to write all",
            "the file is damaged after frame 4 (it has 4 of 6 frames)"),
        Reading.read(file).warnings());
    // The number is stored in a chunk whose checksum is wrong.
    file[8 + 25 + 8] ^= 1;
    assertEquals(
        List.of("damaged image: the checksum of its acTL chunk is wrong"), read(file).failures);
    chunks.set(1, TestPng.ofInts("acTL", 2, 0));
    assertEquals(4, read(TestPng.of(chunks.toArray(TestPng.Chunk[]::new))).screens.size());
    chunks.remove(1);
    byte[] still = TestPng.of(chunks.toArray(TestPng.Chunk[]::new));
    assertEquals(1, read(still).screens.size(), "as in browsers");
    assertEquals(List.of(), Reading.read(still).warnings());
  }

  @Test
  void anAnimationWithoutASoundFrameIsNotItsStillImage() throws IOException {
    byte[] file = Sample.PNG_WITH_STILL.file();
    int first = AnimationTest.indexOf(file, new byte[] {'f', 'c', 'T', 'L'}, 0);
    file[first + 12] ^= 1;
    Outcome found = read(file);
    assertEquals(List.of(), found.screens);
    assertEquals(List.of("damaged image: the checksum of its fcTL chunk is wrong"), found.failures);
    assertEquals(
        List.of(
            "only the still image is kept; the animation is damaged"
                + " (the checksum of its fcTL chunk is wrong)"),
        Reading.read(file).warnings());
  }
}
