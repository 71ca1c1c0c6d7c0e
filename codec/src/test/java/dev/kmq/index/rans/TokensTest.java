package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TokensTest {
  @Test
  void everyRankIsItsTokenAndRawBits() {
    int rank = 0;
    for (int token = 0; rank < 65536; token++) {
      assertEquals(rank, Tokens.rank(token));
      for (int raw = 0; raw < 1 << Tokens.rawBits(token); raw++) {
        assertEquals(token, Tokens.of(rank), "rank " + rank);
        rank++;
      }
    }
    assertEquals(65536, rank);
  }

  @Test
  void alphabetsHoldTheLargestRankAndNoMore() {
    assertEquals(5, Tokens.alphabet(2));
    assertEquals(4 + 20, Tokens.alphabet(512));
    assertEquals(4 + 34, Tokens.alphabet(65536));
    for (int ranks = 2; ranks <= 65536; ranks++) {
      assertEquals(Tokens.of(ranks - 2), Tokens.alphabet(ranks) - Tokens.NEIGHBORS - 1);
    }
    assertTrue(Tokens.alphabet(65536) < 256, "symbols fit the slots");
  }
}
