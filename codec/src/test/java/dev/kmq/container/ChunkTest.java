package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.image.Palette;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkTest {
  @Test
  void textsAreUtf8() {
    Chunk chunk = Chunk.text("Äuthor", "名前\0more");
    assertEquals("Äuthor", chunk.keyword());
    assertEquals("名前\0more", chunk.text());
    assertEquals(7 + 1 + 6 + 5, chunk.length());
  }

  @Test
  void resolutionsAreUnsigned() {
    Chunk chunk = Chunk.pixelsPerMetre(-1, 2835);
    assertEquals(-1, chunk.pixelsPerMetreX());
    assertEquals(2835, chunk.pixelsPerMetreY());
    assertThrows(IllegalStateException.class, chunk::text);
  }

  @Test
  void dataIsCopied() {
    byte[] data = {1, 2};
    Chunk chunk = Chunk.of("teSt", data);
    data[0] = 9;
    chunk.data()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, chunk.data());
    assertEquals(Chunk.of("teSt", new byte[] {1, 2}), chunk);
    assertNotEquals(Chunk.of("teSt", new byte[] {1, 3}), chunk);
    assertNotEquals(Chunk.of("teSu", new byte[] {1, 2}), chunk);
  }

  @Test
  void mapsOnlyAlternativePalettes() {
    Chunk text = Chunk.text("a", "b");
    List<Chunk> chunks = List.of(text, Chunk.palette("night", Palette.ofRgb(1, 2)));
    List<Chunk> mapped =
        Chunk.mapPalettes(chunks, palette -> Palette.ofArgb(palette.argb(1), palette.argb(0)));
    assertEquals(
        List.of(text, Chunk.palette("night", Palette.ofArgb(0xFF000002, 0xFF000001))), mapped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "abcd", "abCde", "ab C", "KPIX", "abÇd", "12Cd"})
  void refusesTypes(String type) {
    assertThrows(IllegalArgumentException.class, () -> Chunk.of(type, new byte[0]));
  }

  @Test
  void refusesDataThatBreaksTheRulesOfItsType() {
    assertThrows(IllegalArgumentException.class, () -> Chunk.iccProfile(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> Chunk.of(Chunk.PHYS, new byte[9]));
    assertThrows(IllegalArgumentException.class, () -> Chunk.text("", "text"));
    assertThrows(IllegalArgumentException.class, () -> Chunk.text("a\0b", "text"));
    assertThrows(IllegalArgumentException.class, () -> Chunk.text("Ä".repeat(40), "text"));
    Chunk.text("Ä".repeat(39) + "k", "79 bytes");
  }
}
