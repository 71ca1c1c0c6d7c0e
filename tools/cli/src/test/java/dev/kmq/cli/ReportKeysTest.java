package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs rely on these keys, their order, and on all of them for an input that failed. */
class ReportKeysTest extends CommandTest {
  private static final String ENCODE =
      "input output skipped inputBytes width height colors metric method bytes bitsPerPixel mse"
          + " psnr maxError shareAbove20 reduction droppedEntries"
          + " millis quantizeMillis warnings error";
  private static final String DECODE =
      "input output skipped inputBytes width height colors method bytes bitsPerPixel mse psnr"
          + " millis quantizeMillis warnings error";
  private static final String CHECK =
      "input width height colors method tiles intactTiles bytes reason offset warnings error";
  private static final String INFO =
      "input width height colors bitsPerIndex alpha method matches codedPalette shortFrame"
          + " colorSpace tileWidth tileHeight tiles chunks bytes headerBytes chunkBytes tableBytes"
          + " tileBytes bitsPerPixel packedBytes palette paletteNames tables tileList partBits"
          + " warnings error";
  private static final String SWEEP =
      "input inputBytes width height k colors metric method bytes bitsPerPixel pngBytes mse psnr"
          + " ssim ssimulacra2 maxError quantizeMillis warnings error";
  private static final String COMPARE =
      "a b mse psnr ssim ssimulacra2 dssim maxError warnings error";
  private static final String THUMBNAIL = "input output width height warnings error";
  private static final String PALETTE = "input output inputs colors palette warnings error";

  private static String keys(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return String.join(" ", names);
  }

  private static void assertKeys(String expected, Object... args) {
    List<JsonNode> objects = kmq(args).json();
    assertEquals(2, objects.size(), "one object each, failures included");
    objects.forEach(object -> assertEquals(expected, keys(object)));
  }

  @Test
  void keysOfEveryCommand() throws IOException {
    Path image = png("a.png", quarters(8, 8));
    Path broken = Files.writeString(folder.resolve("b.png"), "not an image");
    assertKeys(ENCODE, "encode", "--json", image, broken);
    Path kmq = folder.resolve("a.kmq");
    Path damaged = Files.writeString(folder.resolve("b.kmq"), "not an image");
    assertKeys(DECODE, "decode", "--json", "--out-dir", folder.resolve("out"), kmq, damaged);
    assertKeys(CHECK, "check", "--json", kmq, damaged);
    assertKeys(INFO, "info", "--json", kmq, damaged);
    Path csv = folder.resolve("t.csv");
    assertKeys(SWEEP, "sweep", "--json", "-k", "2", "--csv", csv, image, broken);
    assertEquals(SWEEP.replace(' ', ','), Files.readAllLines(csv).get(0));
    assertKeys(PALETTE, "palette", "--json", image, broken);
    for (Path other : List.of(kmq, broken)) {
      Path small = folder.resolve("small.png");
      assertEquals(THUMBNAIL, keys(kmq("thumbnail", "--json", "-o", small, other).json().get(0)));
      List<JsonNode> objects = kmq("compare", "--json", image, other).json();
      assertEquals(1, objects.size());
      assertEquals(COMPARE, keys(objects.get(0)));
    }
  }

  @Test
  void keysOfNestedObjects() throws IOException {
    Path image = png("a.png", quarters(40, 40));
    Path kmq = folder.resolve("a.kmq");
    kmq("encode", image, "-o", kmq, "--method", "rans", "--alt-palette", "x=" + image);
    JsonNode info = kmq("info", "--json", "--bits", kmq).json().get(0);
    assertEquals("type length", keys(info.get("chunks").get(0)));
    assertEquals("offset length", keys(info.get("palette")));
    assertEquals("offset length", keys(info.get("tables")));
    assertEquals("offset length", keys(info.get("tileList").get(0)));
    assertEquals("group part bits", keys(info.get("partBits").get(0)));
  }
}
