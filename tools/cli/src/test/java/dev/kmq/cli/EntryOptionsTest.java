package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.colors.NamedPalette;
import dev.kmq.colors.PaletteFormat;
import dev.kmq.container.Chunk;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries kept, dropped and moved; named and alternative palettes. */
class EntryOptionsTest extends CommandTest {
  /** Entry 3 is transparent, entries 1 and 4 are equal, entry 5 has no pixel. */
  private static final Palette SIX =
      Palette.ofArgb(0xFF0000FF, 0xFFFF0000, 0xFF00FF00, 0, 0xFFFF0000, 0xFF123456);

  private static final Palette NIGHT = Palette.ofRgb(1, 2, 3, 4, 5, 6);

  private Path sprite(Chunk... chunks) throws IOException {
    IndexPlane plane = IndexPlane.allocate(5, 1, 6);
    for (int x = 0; x < 5; x++) {
      plane.set(x, 0, x);
    }
    Path file = folder.resolve("sprite.kmq");
    EncodeOptions options = EncodeOptions.builder().chunks(List.of(chunks)).build();
    return Files.write(file, Kmq.encode(new IndexedImage(SIX, plane), options));
  }

  private Run encode(Path in, Object... options) {
    Object[] args =
        Arrays.copyOf(new Object[] {"encode", "-f", "-o", out(), in}, 5 + options.length);
    System.arraycopy(options, 0, args, 5, options.length);
    return kmq(args);
  }

  private Path out() {
    return folder.resolve("out.kmq");
  }

  private IndexedImage image() throws IOException {
    return Kmq.decode(Files.readAllBytes(out()));
  }

  @Test
  void indexedInputsKeepOrderUnusedAndEqualEntries() throws IOException {
    assertEquals(0, encode(sprite()).exit());
    assertEquals(SIX, image().palette());
  }

  @Test
  void unusedEntriesAreDroppedOnRequestAndCounted() throws IOException {
    Path sprite = sprite();
    JsonNode json = encode(sprite, "--drop-unused", "--json").json().get(0);
    assertEquals(1, json.get("droppedEntries").asInt());
    assertEquals(0, json.get("mse").asDouble());
    assertArrayEquals(Arrays.copyOf(SIX.toArgb(), 5), image().palette().toArgb());
    assertTrue(
        encode(sprite, "--drop-unused").out().contains("5 colours (1 unused dropped), exact"));
    assertTrue(encode(sprite, "--json").json().get(0).get("droppedEntries").isNull());
  }

  @Test
  void theTransparentEntryOfAnIndexedInputChangesPlaces() throws IOException {
    assertEquals(0, encode(sprite(), "--transparent-index", 0).exit());
    IndexedImage image = image();
    assertEquals(0, image.palette().argb(0));
    assertEquals(SIX.argb(0), image.palette().argb(3));
    assertArrayEquals(new byte[] {3, 1, 2, 0, 4}, image.plane().bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 15})
  void theTransparentEntryOfANewPaletteGetsTheRequestedIndex(int index) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);
    BufferedImage noise = noise(40, 15, 4);
    image.createGraphics().drawImage(noise, 0, 0, null);
    Path png = png("t.png", image);
    Run run = encode(png, "-k", 16, "--transparent-index", index, "--keep-color", "#010203");
    assertEquals(0, run.exit(), run.err());
    assertEquals(0, image().palette().argb(index));
    assertEquals(0xFF010203, image().palette().argb(index == 0 ? 1 : 0));
    assertEquals(index, image().plane().get(0, 29));
  }

  @Test
  void whatCannotBeMadeTransparentIsReportedAndWritesNothing() throws IOException {
    Run opaque = encode(png("o.png", quarters(8, 8)), "--transparent-index", 0);
    assertEquals(3, opaque.exit());
    assertTrue(opaque.err().contains("no fully transparent entry"), opaque.err());
    Run beyond = encode(sprite(), "--transparent-index", 6);
    assertEquals(3, beyond.exit());
    assertTrue(beyond.err().contains("6 entries, 0 to 5"), beyond.err());
    Path twice = Files.writeString(folder.resolve("twice.hex"), "#00000000\n#ffffff\n#ffffff00\n");
    Run both = encode(sprite(), "--transparent-index", 1, "--palette", twice);
    assertEquals(3, both.exit());
    assertTrue(both.err().contains("entries 0 and 2"), both.err());
    assertEquals(2, encode(sprite(), "--transparent-index", -1).exit());
    assertEquals(2, encode(sprite(), "--transparent-index", 4, "-k", 4).exit());
    assertEquals(2, encode(sprite(), "--drop-unused", "--keep-color", "#010203").exit());
    assertTrue(Files.notExists(out()));
  }

  @Test
  void aTransparentEntryOfAGivenPaletteChangesPlaces() throws IOException {
    Path given = Files.writeString(folder.resolve("g.hex"), "#ff0000\n#00ff00\n#00000000\n");
    assertEquals(0, encode(sprite(), "--transparent-index", 0, "--palette", given).exit());
    assertArrayEquals(new int[] {0, 0xFF00FF00, 0xFFFF0000}, image().palette().toArgb());
  }

  @Test
  void sharedPalettesHaveItToo() throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);
    image.createGraphics().drawImage(noise(40, 15, 4), 0, 0, null);
    Path png = png("t.png", image);
    Path hex = folder.resolve("all.hex");
    Run run = kmq("palette", png, "-k", 8, "--transparent-index", 5, "-o", hex);
    assertEquals(0, run.exit(), run.err());
    assertEquals("#00000000", Files.readAllLines(hex).get(5));
    Run swapped = kmq("palette", hex, "--transparent-index", 1);
    assertEquals("#00000000", swapped.out().lines().toList().get(1));
    assertEquals(Files.readAllLines(hex).get(1), swapped.out().lines().toList().get(5));
    Path opaque = Files.writeString(folder.resolve("o.hex"), "#010203\n");
    assertEquals(3, kmq("palette", opaque, "--transparent-index", 0).exit());
  }

  @Test
  void palettesAreKnownByNameAndListed() throws IOException {
    Path png = png("n.png", noise(16, 16, 1));
    for (NamedPalette named : NamedPalette.values()) {
      Run run = encode(png, "--palette", named.label(), "--dither", "bayer");
      assertEquals(0, run.exit(), run.err());
      assertEquals(NamedPalette.of(named.label()), image().palette());
    }
    assertArrayEquals(
        new int[] {0xFF000000, 0xFF555555, 0xFFAAAAAA, 0xFFFFFFFF},
        java.util.Objects.requireNonNull(NamedPalette.of("grey4")).toArgb());
    Run list = kmq("palette", "--list-palettes");
    assertEquals(0, list.exit(), list.err());
    assertTrue(list.out().contains("bwr       #000000 #ffffff #ff0000\n"), list.out());
    for (NamedPalette named : NamedPalette.values()) {
      assertTrue(list.out().contains(named.label() + " "), list.out());
    }
    // A file of that name needs a path.
    Path file = Files.writeString(folder.resolve("grey4"), "#ff0000\n#00ff00\n");
    assertEquals(0, encode(png, "--palette", file).exit());
    assertEquals(2, image().palette().size());
  }

  @Test
  void furtherPalettesAreAddedListedAndApplied() throws IOException {
    Path hex =
        Files.writeString(folder.resolve("night.hex"), String.join("\n", PaletteFormat.hex(NIGHT)));
    Run run = encode(sprite(), "--alt-palette", "night=" + hex, "--transparent-index", 0);
    assertEquals(0, run.exit(), run.err());
    assertEquals(
        "night", kmq("info", "--json", out()).json().get(0).get("paletteNames").get(0).asText());
    assertTrue(kmq("info", out()).out().contains("palette 'night', RGB"));
    Path png = folder.resolve("night.png");
    Run decoded = kmq("decode", "--palette-name", "night", "-o", png, out());
    assertEquals(0, decoded.exit(), decoded.err());
    // Entries move with those of the image, so pixels have the given colours.
    BufferedImage shown = ImageIO.read(png.toFile());
    for (int x = 0; x < 5; x++) {
      assertEquals(NIGHT.argb(x), shown.getRGB(x, 0));
    }
    Run missing = kmq("decode", "--palette-name", "day", "-o", folder.resolve("d.png"), out());
    assertEquals(1, missing.exit());
    assertTrue(
        missing.err().contains("no alternative palette is named 'day'; available: night"),
        missing.err());
  }

  @Test
  void furtherPalettesThatDoNotFitAreRefused() throws IOException {
    Run size = encode(sprite(), "--alt-palette", "a=grey4");
    assertEquals(1, size.exit());
    assertTrue(size.err().contains("has 4 colours, but the image has 6"), size.err());
    assertEquals(2, encode(sprite(), "--alt-palette", "grey4").exit());
    assertEquals(2, encode(sprite(), "--alt-palette", "=grey4").exit());
    assertEquals(2, encode(sprite(), "--alt-palette", "a=grey4", "--alt-palette", "a=bw").exit());
    assertEquals(2, encode(sprite(), "--alt-palette", "a".repeat(80) + "=bw").exit());
    assertEquals(2, encode(sprite(), "--alt-palette", "a=bw", "--target-bytes", 100).exit());
    assertTrue(Files.notExists(out()));
  }

  @Test
  void furtherPalettesOfAnInputStayAsLongAsTheIndicesDo() throws IOException {
    Path sprite = sprite(Chunk.palette("night", NIGHT));
    assertEquals(0, encode(sprite, "--drop-unused").exit());
    JsonNode info = kmq("info", "--json", out()).json().get(0);
    assertEquals(1, info.get("paletteNames").size());
    assertEquals(5, info.get("colors").asInt());
    Run fewer = encode(sprite, "-k", 3);
    assertEquals(0, fewer.exit());
    assertTrue(fewer.err().contains("its alternative palettes are dropped"), fewer.err());
    assertEquals(0, kmq("info", "--json", out()).json().get(0).get("paletteNames").size());
    assertEquals(0, encode(sprite, "--alpha", "drop").exit());
    assertEquals(1, kmq("info", "--json", out()).json().get(0).get("paletteNames").size());
  }
}
