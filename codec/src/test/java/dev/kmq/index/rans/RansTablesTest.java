package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RansTablesTest {
  private static final int ALPHABET = 12;

  @Property(tries = 200)
  void frequenciesAreCompleteAndComeBack(
      @ForAll @IntRange(min = 5, max = 38) int alphabet,
      @ForAll @IntRange(min = 1, max = 64) int count,
      @ForAll boolean memory,
      @ForAll Random random)
      throws PayloadException {
    int[][] frequencies = new int[count][];
    for (int i = 0; i < count; i++) {
      long[] counts = new long[alphabet];
      counts[random.nextInt(alphabet)] = 1L + random.nextInt(1 << random.nextInt(31));
      for (int symbol = 0; symbol < alphabet; symbol++) {
        counts[symbol] += random.nextInt(3) > 0 ? random.nextInt(1 << random.nextInt(31)) : 0;
      }
      frequencies[i] = Frequencies.of(counts);
      for (int symbol = 0; symbol < alphabet; symbol++) {
        assertEquals(counts[symbol] > 0, frequencies[i][symbol] > 0);
      }
    }
    byte[] clusters = new byte[Contexts.ALL];
    for (int context = 1; context < Contexts.ALL; context++) {
      clusters[context] =
          random.nextInt(4) > 0 ? clusters[context - 1] : (byte) random.nextInt(count);
    }
    byte[] bytes = new RansTables(clusters, frequencies, memory).toBytes();
    RansTables read = RansTables.read(bytes, alphabet);
    assertArrayEquals(bytes, read.toBytes());
    for (int i = 0; i < count; i++) {
      int sum = 0;
      for (int symbol = 0; symbol < alphabet; symbol++) {
        assertEquals(frequencies[i][symbol], read.frequency(i, symbol));
        sum += read.frequency(i, symbol);
      }
      assertEquals(RansTables.SUM, sum);
    }
    assertEquals(memory, read.remembers(9, 9));
    for (int context : Contexts.possible()) {
      assertEquals(clusters[context], read.cluster(context));
    }
    for (int context = Contexts.COUNT; memory && context < Contexts.ALL; context++) {
      assertEquals(clusters[context], read.cluster(context));
    }
  }

  @Test
  void evenEqualCountsLeaveRoomForTheLast() {
    for (int alphabet = 5; alphabet <= 38; alphabet++) {
      for (int used = 1; used <= alphabet; used++) {
        long[] counts = new long[alphabet];
        Arrays.fill(counts, 0, used, 1000);
        assertEquals(RansTables.SUM, Arrays.stream(Frequencies.of(counts)).sum());
        assertTrue(Arrays.stream(Frequencies.of(counts), 0, used).allMatch(f -> f > 0));
      }
    }
  }

  /** Every string of up to 18 bits after the number of clusters, read as tables of one cluster. */
  @Test
  void shortTablesAreEitherCompleteOrRefused() {
    int complete = 0;
    Set<Fault> refused = EnumSet.noneOf(Fault.class);
    for (int length = 1; length <= 3; length++) {
      for (int bits = 0; bits < 1 << (8 * length - 6); bits++) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
          bytes[i] = (byte) (bits >>> 8 * (length - 1 - i));
        }
        try {
          RansTables read = RansTables.read(bytes, 5);
          int sum = 0;
          for (int symbol = 0; symbol < 5; symbol++) {
            assertTrue(read.frequency(0, symbol) >= 0);
            sum += read.frequency(0, symbol);
          }
          assertEquals(RansTables.SUM, sum);
          complete++;
        } catch (PayloadException e) {
          refused.add(e.fault());
        }
      }
    }
    assertTrue(complete > 1000, complete + " complete");
    assertEquals(
        EnumSet.of(Fault.CORRUPT, Fault.SHORT, Fault.TRAILING_BYTES, Fault.SPARE_BITS), refused);
  }

  @Test
  void overfullFrequenciesAreRefused() {
    BitWriter out = new BitWriter();
    out.write(0, 6);
    out.write(0, 4);
    out.write(3, 4);
    out.writeSigned(12 - 6);
    out.write(0, 2);
    out.writeSigned(0);
    out.write(0, 2);
    assertRefused(Fault.CORRUPT, out.toBytes());
  }

  @Test
  void frequenciesThatAreTooLongAreRefused() {
    for (int length : new int[] {-1, 13}) {
      BitWriter out = new BitWriter();
      out.write(0, 6);
      out.write(0, 4);
      out.write(2, 4);
      out.writeSigned(length - 6);
      out.write(0, 2);
      assertRefused(Fault.CORRUPT, out.toBytes());
    }
  }

  @Test
  void symbolsOutsideTheAlphabetAreRefused() {
    for (int[] fields : new int[][] {{ALPHABET, 0}, {0, ALPHABET + 1}, {15, 15}}) {
      BitWriter out = new BitWriter();
      out.write(0, 6);
      out.write(fields[0], 4);
      out.write(fields[1], 4);
      assertRefused(Fault.CORRUPT, out.toBytes());
    }
  }

  @Test
  void clustersOutsideTheCountAreRefused() {
    for (int cluster : new int[] {-1, 2, 60}) {
      BitWriter out = new BitWriter();
      out.write(1, 6);
      out.writeSigned(cluster);
      out.writeGamma(4);
      assertRefused(Fault.CORRUPT, out.toBytes());
    }
  }

  @Test
  void runsAfterTheLastContextAreRefused() {
    BitWriter out = new BitWriter();
    out.write(1, 6);
    out.writeSigned(0);
    out.writeGamma(8000);
    assertRefused(Fault.CORRUPT, out.toBytes());
    BitWriter endless = new BitWriter();
    endless.write(1, 6);
    endless.writeSigned(0);
    endless.write(0, 20);
    assertRefused(Fault.CORRUPT, endless.toBytes());
  }

  @Test
  void endsAreExact() throws PayloadException {
    long[] counts = {5, 4, 3, 2, 1, 0, 0, 7, 1, 0, 0, 2};
    int[][] frequencies = {Frequencies.of(counts)};
    byte[] bytes = new RansTables(new byte[Contexts.ALL], frequencies, false).toBytes();
    RansTables.read(bytes, ALPHABET);
    for (int length = 0; length < bytes.length; length++) {
      assertRefused(Fault.SHORT, Arrays.copyOf(bytes, length));
    }
    assertRefused(Fault.TRAILING_BYTES, Arrays.copyOf(bytes, bytes.length + 1));
    byte[] spare = bytes.clone();
    spare[spare.length - 1] |= 1;
    assertRefused(Fault.SPARE_BITS, spare);
  }

  /** The memory flag starts a new byte if the frequencies end at a byte boundary. */
  @Test
  void memoryTakesOneBit() throws PayloadException {
    int[][] frequencies = {{4096, 0, 0, 0, 0}};
    byte[] plain = new RansTables(new byte[Contexts.ALL], frequencies, false).toBytes();
    byte[] memory = new RansTables(new byte[Contexts.ALL], frequencies, true).toBytes();
    assertEquals(2, plain.length);
    assertEquals(2, memory.length);
    assertEquals(8, (plain[1] ^ memory[1]) & 0xFF);
    assertTrue(RansTables.read(memory, 5).remembers(1, 1));
    assertFalse(RansTables.read(plain, 5).remembers(1, 1));
    assertThrows(PayloadException.class, () -> RansTables.read(new byte[] {0, 0, (byte) 0x80}, 5));
  }

  @Test
  void theSecondMapIsCompleteOrRefused() {
    for (int[] run : new int[][] {{-1, 432}, {2, 432}, {0, 433}, {0, 431}, {0, 1}}) {
      BitWriter out = new BitWriter();
      out.write(1, 6);
      out.writeSigned(0);
      out.writeGamma(1872);
      for (int cluster = 0; cluster < 2; cluster++) {
        out.write(0, 4);
        out.write(0, 4);
      }
      out.write(1, 1);
      out.writeSigned(run[0]);
      out.writeGamma(run[1]);
      boolean ends = run[0] == 0 && run[1] < 432;
      assertRefused(ends ? Fault.SHORT : Fault.CORRUPT, out.toBytes());
    }
  }

  @Test
  void theLargestTilesAreCodedWithoutMemory() throws PayloadException {
    RansTables memory =
        new RansTables(new byte[Contexts.ALL], new int[][] {{4096, 0, 0, 0, 0}}, true);
    assertTrue(memory.remembers(8188, 8190));
    assertFalse(memory.remembers(8189, 8190));
    assertFalse(memory.remembers(1, Integer.MAX_VALUE));
    assertFalse(memory.remembers(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  private static void assertRefused(Fault fault, byte[] bytes) {
    PayloadException e =
        assertThrows(PayloadException.class, () -> RansTables.read(bytes, ALPHABET));
    assertEquals(fault, e.fault(), e.toString());
  }
}
