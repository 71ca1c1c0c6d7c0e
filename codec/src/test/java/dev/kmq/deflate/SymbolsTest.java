package dev.kmq.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SymbolsTest {
  /** From the tables of RFC 1951, section 3.2.5. */
  private static final int[] LENGTHS = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };

  private static final int[] DISTANCES = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };

  @Test
  void lengthsHaveTheirSymbols() {
    for (int i = 0; i < LENGTHS.length; i++) {
      int end = i + 1 < LENGTHS.length ? LENGTHS[i + 1] : 259;
      assertEquals(LENGTHS[i], Symbols.firstLength(257 + i));
      for (int length = LENGTHS[i]; length < end; length++) {
        assertEquals(257 + i, Symbols.ofLength(length));
        assertTrue(length - LENGTHS[i] < 1 << Symbols.lengthExtra(257 + i));
      }
    }
  }

  @Test
  void distancesHaveTheirSymbols() {
    for (int i = 0; i < DISTANCES.length; i++) {
      int end = i + 1 < DISTANCES.length ? DISTANCES[i + 1] : 32769;
      assertEquals(DISTANCES[i], Symbols.firstDistance(i));
      assertEquals(end - DISTANCES[i], 1 << Symbols.distanceExtra(i));
      for (int distance = DISTANCES[i]; distance < end; distance++) {
        assertEquals(i, Symbols.ofDistance(distance));
      }
    }
  }

  @Test
  void tokensKeepWhatTheyAreMadeOf() {
    int match = Token.match(258, 32767);
    assertEquals(258, Token.length(match));
    assertEquals(258, Token.span(match));
    assertEquals(32767, Token.distance(match));
    assertEquals(29, Token.slot(match));
    assertTrue(!Token.isLiteral(Token.match(3, 1)) && Token.isLiteral(255));
    assertEquals(1, Token.span(255));
  }
}
