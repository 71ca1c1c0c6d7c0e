package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
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

final class MixMethodTest {
  private static final MixMethod METHOD = new MixMethod(false);
  private static final MixMethod MATCHES = new MixMethod(true);

  private static byte[] encode(IndexPlane plane, Palette palette) throws IOException {
    return encode(METHOD, plane, palette);
  }

  private static byte[] encode(MixMethod method, IndexPlane plane, Palette palette)
      throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    method.encode(plane, palette, payload);
    return payload.toByteArray();
  }

  private static IndexPlane decode(byte[] payload, Palette palette, int width, int height)
      throws IOException {
    IndexPlane plane = IndexPlane.allocate(width, height, palette.size());
    METHOD.decode(new ByteArrayInputStream(payload), palette, plane);
    return plane;
  }

  private static void assertRoundTrip(IndexPlane plane, Palette palette) throws IOException {
    assertRoundTrip(METHOD, plane, palette);
    assertRoundTrip(MATCHES, plane, palette);
  }

  private static void assertRoundTrip(IndexMethod method, IndexPlane plane, Palette palette)
      throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    method.encode(plane, palette, payload);
    IndexPlane back = IndexPlane.allocate(plane.width(), plane.height(), palette.size());
    method.decode(new ByteArrayInputStream(payload.toByteArray()), palette, back);
    Planes.assertSame(plane, back);
  }

  @Property(tries = 150)
  void decodingGivesWhatWasEncoded(@ForAll(supplier = Tile.Any.class) Tile tile)
      throws IOException {
    assertRoundTrip(tile.plane(), tile.palette());
  }

  @Property(tries = 60)
  void theReferenceDecodesWhatWasEncoded(
      @ForAll(supplier = Tile.Any.class) Tile tile, @ForAll boolean matches) throws IOException {
    byte[] payload = encode(matches ? MATCHES : METHOD, tile.plane(), tile.palette());
    Planes.assertSame(tile.plane(), reference(payload, tile, matches));
  }

  private static IndexPlane reference(byte[] payload, Tile tile, boolean matches)
      throws PayloadException {
    return new ReferenceDecoder(payload, tile.palette(), tile.width(), tile.height(), matches)
        .decode();
  }

  /** A payload with a flipped bit gives the same plane or the same fault. */
  @Property(tries = 100)
  void theReferenceRefusesWhatTheDecoderRefuses(
      @ForAll(supplier = Tile.Small.class) Tile tile, @ForAll boolean matches) throws IOException {
    MixMethod method = matches ? MATCHES : METHOD;
    byte[] payload = encode(method, tile.plane(), tile.palette());
    payload[tile.random().nextInt(payload.length)] ^= (byte) (1 << tile.random().nextInt(8));
    IndexPlane decoded = IndexPlane.allocate(tile.width(), tile.height(), tile.colors());
    try {
      method.decode(new ByteArrayInputStream(payload), tile.palette(), decoded);
    } catch (PayloadException e) {
      Fault fault =
          assertThrows(PayloadException.class, () -> reference(payload, tile, matches)).fault();
      assertEquals(e.fault(), fault);
      return;
    }
    Planes.assertSame(decoded, reference(payload, tile, matches));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 17, 256, 257, 1000, 32768, 65536})
  void everySizeOfPaletteIsCoded(int colors) throws IOException {
    Random random = new Random(colors);
    Palette palette = Planes.palette(colors, random);
    int[][] sizes = {{1, 1}, {1, 97}, {97, 1}, {2, 3}, {41, 37}};
    for (MixMethod method : new MixMethod[] {METHOD, MATCHES}) {
      IndexMethod prepared = method.forPalette(palette);
      for (int kind = 0; kind < 5; kind++) {
        int[] size = sizes[(kind + colors) % 5];
        assertRoundTrip(prepared, Planes.plane(size[0], size[1], colors, kind, random), palette);
        assertRoundTrip(prepared, Planes.plane(21, 13, colors, kind, random), palette);
      }
    }
  }

  @Test
  void aPaletteOfOneColorRepeatedIsCoded() throws IOException {
    Random random = new Random(1);
    Palette palette = Palette.ofRgb(new int[300]);
    assertRoundTrip(Planes.plane(30, 30, 300, 1, random), palette);
  }

  @Test
  void anEvenPlaneTakesHardlyAnyBits() throws IOException {
    Palette palette = Planes.palette(256, new Random(2));
    byte[] payload = encode(Planes.plane(600, 400, 256, 0, new Random(3)), palette);
    assertTrue(payload.length < 48, payload.length + " bytes");
  }

  /** Ten images of 9x7 pixels, placed in any order. */
  @Test
  void matchesMakeRepetitiveImagesSmaller() throws IOException {
    Random random = new Random(8);
    Palette palette = Planes.palette(64, random);
    int[][] pictures = new int[10][];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = random.ints(63, 0, 64).toArray();
    }
    IndexPlane plane = IndexPlane.allocate(180, 140, 64);
    for (int y = 0; y < 140; y += 7) {
      for (int x = 0; x < 180; x += 9) {
        int[] picture = pictures[random.nextInt(pictures.length)];
        for (int i = 0; i < 63; i++) {
          plane.set(x + i % 9, y + i / 9, picture[i]);
        }
      }
    }
    int without = encode(plane, palette).length;
    int with = encode(MATCHES, plane, palette).length;
    assertTrue(with < 0.9 * without, with + " of " + without);
  }

  @Test
  void noiseTakesLittleMoreThanPacked() throws IOException {
    Palette palette = Planes.palette(256, new Random(4));
    byte[] payload = encode(Planes.plane(200, 200, 256, 1, new Random(5)), palette);
    assertTrue(payload.length < 40_000 * 1.04, payload.length + " bytes");
  }

  @Property(tries = 100)
  void garbageIsRefusedOrIsWhatAnEncoderWrites(
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 0, max = 15) int colors,
      @ForAll @IntRange(min = 0, max = 40) int length,
      @ForAll Random random)
      throws IOException {
    Palette palette = Planes.palette(Planes.colors(colors), random);
    byte[] garbage = new byte[length];
    random.nextBytes(garbage);
    try {
      IndexPlane decoded = decode(garbage, palette, width, height);
      assertArrayEquals(garbage, encode(decoded, palette));
    } catch (PayloadException e) {
      Set<Fault> documented = EnumSet.of(Fault.CORRUPT, Fault.SHORT, Fault.TRAILING_BYTES);
      assertTrue(documented.contains(e.fault()), e.fault().toString());
    }
  }

  /** Payloads of one or two bytes for a tile of two pixels: those accepted are canonical. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void shortPayloadsAreAcceptedOnlyAsWritten(int colors) throws IOException {
    Palette palette = Planes.palette(colors, new Random(6));
    int accepted = 0;
    for (int i = 0; i < 1 << 16; i += i < 256 ? 1 : 23) {
      byte[] payload = i < 256 ? new byte[] {(byte) i} : new byte[] {(byte) (i >> 8), (byte) i};
      try {
        IndexPlane decoded = decode(payload, palette, 2, 1);
        accepted++;
        assertArrayEquals(payload, encode(decoded, palette));
      } catch (PayloadException e) {
        assertTrue(e.fault() != Fault.LONG, "fault");
      }
    }
    assertTrue(accepted >= 2, accepted + " accepted");
  }

  @Property(tries = 60)
  void longerPayloadsAreRefusedAndShorterOnesAreDistinct(
      @ForAll(supplier = Tile.Any.class) Tile tile) throws IOException {
    Palette palette = tile.palette();
    byte[] payload = encode(tile.plane(), palette);
    byte[] cut = Arrays.copyOf(payload, tile.random().nextInt(payload.length));
    try {
      IndexPlane decoded = decode(cut, palette, tile.width(), tile.height());
      assertArrayEquals(cut, encode(decoded, palette));
    } catch (PayloadException e) {
      assertTrue(e.fault() == Fault.SHORT || e.fault() == Fault.CORRUPT, e.fault().toString());
    }
    byte[] longer = Arrays.copyOf(payload, payload.length + 1);
    PayloadException e =
        assertThrows(
            PayloadException.class, () -> decode(longer, palette, tile.width(), tile.height()));
    assertEquals(Fault.TRAILING_BYTES, e.fault());
  }

  @Test
  void eachFaultIsNamed() {
    Palette palette = Planes.palette(256, new Random(7));
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xFF);
    assertEquals(Fault.CORRUPT, fault(ones, palette));
    assertEquals(Fault.SHORT, fault(new byte[0], palette));
    assertEquals(Fault.TRAILING_BYTES, fault(new byte[4000], palette));
  }

  private static Fault fault(byte[] payload, Palette palette) {
    return assertThrows(PayloadException.class, () -> decode(payload, palette, 20, 20)).fault();
  }

  @Test
  void theMethodForAPaletteIsTheSameMethod() throws IOException {
    Random random = new Random(8);
    Palette palette = Palette.ofRgb(random.ints(40).toArray());
    Palette other = Palette.ofRgb(random.ints(40).toArray());
    IndexPlane plane = Planes.plane(30, 20, 40, 1, random);
    IndexMethod prepared = METHOD.forPalette(palette);
    for (Palette given : new Palette[] {palette, other, palette}) {
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      ByteArrayOutputStream actual = new ByteArrayOutputStream();
      METHOD.encode(plane, given, expected);
      prepared.encode(plane, given, actual);
      assertArrayEquals(expected.toByteArray(), actual.toByteArray());
    }
  }

  private static double[] measure(IndexPlane plane, Palette palette) throws IOException {
    double[] bits = new double[METHOD.parts().size()];
    byte[] payload = encode(plane, palette);
    IndexPlane decoded = IndexPlane.allocate(plane.width(), plane.height(), palette.size());
    METHOD.measure(payload, palette, decoded, bits);
    Planes.assertSame(plane, decoded);
    return bits;
  }

  @Property(tries = 60)
  void decisionsTakeAllBitsOfThePayloadButThoseOfItsLastByte(
      @ForAll(supplier = Tile.Any.class) Tile tile) throws IOException {
    double[] bits = measure(tile.plane(), tile.palette());
    // END is the rest of the payload after the decisions.
    double end = bits[DecisionKind.END];
    assertTrue(end > -1e-6 && end < 8 + 1e-6, end + " bits");
  }

  @Test
  void bitsAreThoseOfTheDecisionsThatAPlaneHas() throws IOException {
    Palette palette = Planes.palette(16, new Random(9));
    double[] even = measure(Planes.plane(60, 40, 16, 0, new Random(10)), palette);
    assertTrue(even[DecisionKind.EVEN] > 0);
    double[] noise = measure(Planes.plane(60, 40, 16, 1, new Random(11)), palette);
    assertTrue(noise[DecisionKind.NODE] > noise[DecisionKind.FLAG] + noise[DecisionKind.FLAG + 1]);
    Palette two = Planes.palette(2, new Random(12));
    double[] bilevel = measure(Planes.plane(60, 40, 2, 1, new Random(13)), two);
    assertTrue(bilevel[DecisionKind.FLAG] > 2000);
    assertEquals(0, bilevel[DecisionKind.FLAG + 1] + bilevel[DecisionKind.NODE]);
  }
}
