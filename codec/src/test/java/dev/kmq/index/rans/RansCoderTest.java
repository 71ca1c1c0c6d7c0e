package dev.kmq.index.rans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.PayloadException;
import dev.kmq.index.PayloadException.Fault;
import dev.kmq.index.Planes;
import dev.kmq.index.Tile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RansCoderTest {
  private static final int BIG_ENOUGH = 1 << 20;

  /** A plane, its tables and its payload, which is complete even if packed is smaller. */
  private static final class Coded {
    private final Palette palette;
    private final IndexPlane plane;
    private final RansTables tables;
    private final byte[] payload;

    private Coded(Palette palette, IndexPlane plane, RansTables tables, byte[] payload) {
      this.palette = palette;
      this.plane = plane;
      this.tables = tables;
      this.payload = payload;
    }

    static Coded of(int width, int height, int colors, int kind, Random random) {
      return of(width, height, colors, kind, random.nextBoolean(), random);
    }

    static Coded of(int width, int height, int colors, int kind, boolean memory, Random random) {
      Palette palette = Planes.palette(colors, random);
      return of(palette, Planes.plane(width, height, colors, kind, random), memory);
    }

    static Coded of(Tile tile) {
      return of(tile.palette(), tile.plane(), tile.random().nextBoolean());
    }

    private static Coded of(Palette palette, IndexPlane plane, boolean memory) {
      RansTableBuilder survey = new RansTableBuilder(palette);
      survey.add(plane);
      RansTables own = memory ? survey.memoryTables() : survey.plainTables();
      RansTables tables = tables(own.toBytes(), palette);
      byte[] payload = new TileEncoder(tables).encode(new ColorRanks(palette), plane, BIG_ENOUGH);
      return new Coded(palette, plane, tables, payload);
    }

    static RansTables tables(byte[] bytes, Palette palette) {
      try {
        return RansTables.read(bytes, Tokens.alphabet(palette));
      } catch (PayloadException e) {
        throw new AssertionError(e);
      }
    }

    IndexPlane decode(byte[] bytes) throws IOException {
      IndexPlane decoded = IndexPlane.allocate(plane.width(), plane.height(), palette.size());
      RansCoder coder = RansCoder.read(tables.toBytes(), palette);
      coder.decode(new ByteArrayInputStream(bytes), palette, decoded);
      return decoded;
    }
  }

  @Property(tries = 100)
  void decodersGiveWhatWasEncoded(@ForAll(supplier = Tile.Any.class) Tile tile) throws IOException {
    Coded coded = Coded.of(tile);
    Planes.assertSame(coded.plane, coded.decode(coded.payload));
    ReferenceDecoder reference = new ReferenceDecoder(coded.palette, coded.tables, coded.payload);
    Planes.assertSame(coded.plane, reference.decode(tile.width(), tile.height()));
  }

  @Test
  void theLargestPalettesRoundTrip() throws IOException {
    for (int colors : new int[] {65535, 65536}) {
      Coded coded = Coded.of(300, 200, colors, 2, false, new Random(1));
      Planes.assertSame(coded.plane, coded.decode(coded.payload));
    }
  }

  @Test
  void payloadsTakeTheBitsThatTheTablesPromise() {
    for (int kind = 0; kind < 5; kind++) {
      Coded coded = Coded.of(200, 150, 100, kind, false, new Random(kind));
      TileSymbols symbols = new TileSymbols(new ColorRanks(coded.palette), coded.plane);
      double bits = 0;
      for (int y = 0; y < 150; y++) {
        symbols.row(y);
        for (int x = 0; x < 200; x++) {
          int symbol = TileSymbols.symbol(symbols.symbols()[x]);
          int cluster = coded.tables.cluster(symbols.contexts()[x]);
          bits += 12 - Math.log(coded.tables.frequency(cluster, symbol)) / Math.log(2);
          bits += symbol < 4 ? 0 : Tokens.rawBits(symbol - 4);
        }
      }
      double bytes = coded.payload.length;
      assertTrue(bytes > bits / 8, kind + ": " + bytes + " bytes for " + bits + " bits");
      assertTrue(
          bytes < bits / 8 * 1.002 + 9, kind + ": " + bytes + " bytes for " + bits + " bits");
    }
  }

  @Test
  void tilesShareTables() throws IOException {
    Random random = new Random(5);
    Palette palette = Planes.palette(40, random);
    RansTableBuilder builder = new RansTableBuilder(palette);
    RansTableBuilder sibling = builder.sibling();
    RansTableBuilder alone = new RansTableBuilder(palette);
    IndexPlane[] tiles = new IndexPlane[4];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = Planes.plane(60, 40, 40, i + 1, random);
      (i % 2 == 0 ? builder : sibling).add(tiles[i]);
      alone.add(tiles[i]);
    }
    builder.add(sibling);
    RansCoder coder = builder.method();
    assertArrayEquals(alone.method().tables(), coder.tables());
    RansCoder read = RansCoder.read(coder.tables(), palette);
    for (int i = 1; i < tiles.length; i++) {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      coder.encode(tiles[i], palette, payload);
      IndexPlane decoded = IndexPlane.allocate(60, 40, 40);
      read.decode(new ByteArrayInputStream(payload.toByteArray()), palette, decoded);
      Planes.assertSame(tiles[i], decoded);
    }
  }

  @Test
  void mapsOfTilesAreRememberedAndPhotographsAreNot() {
    Random random = new Random(11);
    for (int colors : new int[] {4, 40, 256, 1000}) {
      Palette palette = Planes.palette(colors, random);
      for (int kind : new int[] {1, 2, 5}) {
        RansTableBuilder builder = new RansTableBuilder(palette);
        IndexPlane plane = Planes.plane(300, 300, colors, kind, random);
        builder.add(plane);
        assertEquals(kind == 5, builder.tables().remembers(300, 300), colors + ", " + kind);
        ColorRanks ranks = new ColorRanks(palette);
        long plain = new TileEncoder(builder.plainTables()).encode(ranks, plane, 1 << 30).length;
        long chosen = new TileEncoder(builder.tables()).encode(ranks, plane, 1 << 30).length;
        assertTrue(chosen <= plain / (kind == 5 ? 2 : 1), chosen + " of " + plain + " bytes");
      }
    }
  }

  /** A tile without useful repetition is coded the same after or before one with it. */
  @Test
  void theOrderOfTilesDoesNotMatter() {
    Random random = new Random(12);
    Palette palette = Planes.palette(64, random);
    IndexPlane map = Planes.plane(300, 300, 64, 5, random);
    IndexPlane noise = Planes.plane(300, 300, 64, 1, random);
    RansTableBuilder one = new RansTableBuilder(palette);
    one.add(map);
    one.add(noise);
    RansTableBuilder other = new RansTableBuilder(palette);
    RansTableBuilder sibling = other.sibling();
    other.add(noise);
    sibling.add(map);
    other.add(sibling);
    assertArrayEquals(one.method().tables(), other.method().tables());
  }

  @Test
  void encoderStopsWherePackedIsSmaller() throws IOException {
    Random random = new Random(6);
    Palette palette = Planes.palette(256, random);
    RansTableBuilder builder = new RansTableBuilder(palette);
    IndexPlane noise = Planes.plane(100, 1000, 256, 1, random);
    builder.add(noise);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    builder.method().encode(noise, palette, payload);
    assertTrue(payload.size() >= 100_000 && payload.size() < 101_000, payload.size() + " bytes");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyTruncationIsRefused(boolean memory) {
    Coded coded = Coded.of(23, 19, 64, 5, memory, new Random(7));
    for (int length = 0; length < coded.payload.length; length++) {
      byte[] cut = Arrays.copyOf(coded.payload, length);
      PayloadException e = assertThrows(PayloadException.class, () -> coded.decode(cut));
      assertEquals(Fault.SHORT, e.fault(), length + " bytes");
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    Coded coded = Coded.of(23, 19, 64, 2, new Random(8));
    for (int more = 1; more < 5; more++) {
      byte[] longer = Arrays.copyOf(coded.payload, coded.payload.length + more);
      PayloadException e = assertThrows(PayloadException.class, () -> coded.decode(longer));
      assertEquals(Fault.TRAILING_BYTES, e.fault());
    }
  }

  @Test
  void statesThatBeginTooLowAreRefused() {
    Coded coded = Coded.of(23, 19, 64, 2, new Random(9));
    for (int state = 0; state < 8; state += 4) {
      byte[] low = coded.payload.clone();
      low[state] = 0;
      low[state + 1] = 0;
      PayloadException e = assertThrows(PayloadException.class, () -> coded.decode(low));
      assertEquals(Fault.CORRUPT, e.fault());
    }
  }

  @Property(tries = 150)
  void damageGivesARefusalOrAnImage(
      @ForAll @IntRange(min = 0, max = 15) int colors, @ForAll Random random) throws IOException {
    int k = Planes.colors(colors);
    Coded coded = Coded.of(31, 17, k, 1 + random.nextInt(5), random);
    byte[] damaged = coded.payload.clone();
    if (random.nextBoolean()) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    } else {
      random.nextBytes(damaged);
      damaged[0] |= 1;
      damaged[4] |= 1;
    }
    Set<Fault> documented =
        EnumSet.of(Fault.CORRUPT, Fault.SHORT, Fault.TRAILING_BYTES, Fault.INDEX_OUT_OF_RANGE);
    try {
      assertTrue(coded.decode(damaged).allBelow(k));
    } catch (PayloadException e) {
      assertTrue(documented.contains(e.fault()), e.toString());
    }
  }

  @Property(tries = 60)
  void symbolsTakeAllBitsOfThePayloadButThoseOfTheStates(
      @ForAll(supplier = Tile.Any.class) Tile tile) throws IOException {
    Coded coded = Coded.of(tile);
    byte[] tables = coded.tables.toBytes();
    RansCoder coder = RansCoder.read(tables, coded.palette);
    double[] bits = new double[coder.parts().size()];
    coder.measureTables(bits);
    // Frequencies are the rest of the tables after clusters, states that of the payload after
    // symbols.
    assertTrue(bits[TileBitBreakdown.CLUSTERS] >= 6 && bits[TileBitBreakdown.FREQUENCIES] > 0);
    IndexPlane decoded = IndexPlane.allocate(tile.width(), tile.height(), coded.palette.size());
    coder.measure(coded.payload, coded.palette, decoded, bits);
    Planes.assertSame(coded.plane, decoded);
    double all = 8.0 * (tables.length + coded.payload.length);
    double states = bits[TileBitBreakdown.STATES];
    assertTrue(states > 31 && states < 64 + 0.002 * all, states + " bits");
  }

  @Test
  void bitsAreThoseOfTheSymbolsThatAPlaneHas() throws IOException {
    Random random = new Random(10);
    Palette palette = Planes.palette(64, random);
    IndexPlane columns = IndexPlane.allocate(50, 50, 64);
    for (int i = 0; i < 2500; i++) {
      columns.set(i % 50, i / 50, i / 50 == 0 ? random.nextInt(64) : columns.get(i % 50, 0));
    }
    RansTableBuilder builder = new RansTableBuilder(palette);
    builder.add(columns);
    RansCoder coder = builder.method();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    coder.encode(columns, palette, payload);
    double[] bits = new double[coder.parts().size()];
    coder.measure(payload.toByteArray(), palette, IndexPlane.allocate(50, 50, 64), bits);
    double direct = bits[coder.parts().indexOf("tokens")];
    assertTrue(direct > 100 && direct < 500, direct + " bits for colours not among neighbours");
    assertEquals(0, bits[TileBitBreakdown.CLUSTERS]);
    assertTrue(bits[coder.parts().indexOf("symbol 3 (NW)")] < 100);
  }
}
