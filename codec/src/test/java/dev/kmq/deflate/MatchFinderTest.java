package dev.kmq.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class MatchFinderTest {
  private static int common(byte[] window, int a, int b, int most) {
    int n = 0;
    while (n < most && window[a + n] == window[b + n]) {
      n++;
    }
    return n;
  }

  private static byte[] window(byte[] bytes) {
    byte[] window = Arrays.copyOf(bytes, bytes.length + MatchFinder.SLACK);
    Arrays.fill(window, bytes.length, window.length, (byte) 5);
    return window;
  }

  /** Random strings over few letters give trees within the depth bound, and few long matches. */
  @Property(tries = 100)
  void findsTheNearestMatchOfEveryLength(@ForAll long seed) {
    Random random = new Random(seed);
    int letters = 2 + random.nextInt(20);
    byte[] bytes = new byte[random.nextInt(3000)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(letters) - 3);
    }
    byte[] window = window(bytes);
    int middle = random.nextInt(bytes.length + 1);
    int ahead = Math.min(middle + Symbols.MAX_LENGTH, bytes.length);
    MatchFinder finder = new MatchFinder(bytes.length);
    Matches matches = new Matches();
    finder.find(window, 0, middle, ahead, matches);
    compare(window, 0, middle, matches);
    finder.find(window, middle, bytes.length, bytes.length, matches);
    compare(window, middle, bytes.length, matches);
  }

  private static void compare(byte[] window, int from, int to, Matches matches) {
    for (int at = from; at < to; at++) {
      int first = matches.first()[at - from];
      int end = matches.first()[at - from + 1];
      int longest = 2;
      List<Integer> expected = new ArrayList<>();
      for (int a = at - 1; a >= 0; a--) {
        int length = common(window, a, at, Math.min(to - at, Symbols.MAX_LENGTH));
        if (length > longest) {
          expected.add(Token.match(length, at - a));
          longest = length;
        }
      }
      if (expected.size() > Matches.MOST) {
        expected.subList(Matches.MOST - 1, expected.size() - 1).clear();
      }
      List<Integer> found = Arrays.stream(matches.tokens(), first, end).boxed().toList();
      assertEquals(expected, found, "position " + at);
    }
  }

  @Test
  void matchesAreTrueInAWindowThatMoves() {
    byte[] bytes = Inputs.bytes(2, 400_000, 11);
    int reach = MatchFinder.REACH;
    byte[] window = window(Arrays.copyOf(bytes, 3 * reach));
    MatchFinder finder = new MatchFinder(3 * reach);
    Matches matches = new Matches();
    finder.find(window, 0, 2 * reach, 3 * reach, matches);
    finder.move(reach);
    window = window(Arrays.copyOfRange(bytes, reach, 4 * reach));
    finder.find(window, reach, 2 * reach, 3 * reach, matches);
    int found = 0;
    for (int at = 0; at < reach; at++) {
      for (int i = matches.first()[at]; i < matches.first()[at + 1]; i++) {
        int match = matches.tokens()[i];
        int length = Token.length(match);
        int here = reach + at;
        assertEquals(length, common(window, here, here - Token.distance(match), length));
        assertTrue(length <= reach - at && Token.distance(match) < reach);
        found++;
      }
    }
    assertTrue(found >= reach / Symbols.MAX_LENGTH, "only " + found);
  }

  @Test
  void keepsTheNearestAndTheLongestOfManyMatches() {
    Matches matches = new Matches();
    matches.clear(2);
    matches.begin(0);
    for (int length = 3; length < 40; length++) {
      matches.add(length, 10 * length);
    }
    matches.begin(1);
    assertEquals(Matches.MOST, matches.first()[1]);
    assertEquals(Token.match(3, 30), matches.tokens()[0]);
    assertEquals(Token.match(39, 390), matches.tokens()[Matches.MOST - 1]);
  }
}
