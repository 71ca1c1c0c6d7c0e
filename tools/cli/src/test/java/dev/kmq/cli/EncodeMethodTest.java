package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.Kmq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The method of outputs of {@code encode}, and warnings on their size. */
class EncodeMethodTest extends CommandTest {
  @Test
  void ransIsTheDefault() throws IOException {
    Path picture = png("a.png", noise(48, 37, 1));
    JsonNode json = kmq("encode", "-k", 9, picture, "--json").json().get(0);
    assertEquals("rans", json.get("method").asText());
    Path named = folder.resolve("b.kmq");
    assertEquals(0, kmq("encode", "-k", 9, "--method", "rans", picture, "-o", named).exit());
    assertEquals(-1, Files.mismatch(folder.resolve("a.kmq"), named));
  }

  @Test
  void outputsLargerThanTheirInputsAreWrittenWithAWarning() throws IOException {
    Path picture = png("a.png", quarters(100, 100));
    Run run = kmq("encode", "--method", "packed", picture, "--json");
    JsonNode json = run.json().get(0);
    assertEquals(Files.size(picture), json.get("inputBytes").asLong());
    assertEquals(Files.size(folder.resolve("a.kmq")), json.get("bytes").asLong());
    String warning = json.get("warnings").get(0).asText();
    assertTrue(warning.startsWith("the output (2.5 kB) is larger than the input ("), warning);
    assertTrue(warning.endsWith(" B); try --small or a smaller -k"), warning);
    assertTrue(run.err().contains("a.png: warning: " + warning), run.err());
    assertEquals(
        0, kmq("encode", "-f", "--small", picture, "--json").json().get(0).get("warnings").size());
    assertTrue(Files.size(folder.resolve("a.kmq")) < Files.size(picture));
  }

  @Test
  void smallIsTheSmallestOfAllMethods() throws IOException {
    Path picture = png("a.png", noise(60, 50, 3));
    assertEquals(0, kmq("encode", "-k", 7, "--small", picture).exit());
    Path auto = folder.resolve("b.kmq");
    assertEquals(0, kmq("encode", "-k", 7, "--method", "auto", picture, "-o", auto).exit());
    assertEquals(-1, Files.mismatch(folder.resolve("a.kmq"), auto));
    Run run = kmq("encode", "--small", "--method", "mix", picture, "-f");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("--small cannot be combined with --method"), run.err());
  }

  @Test
  void aKmqKeepsItsMethodAndTiles() throws IOException {
    Path picture = png("a.png", noise(100, 80, 4));
    Path kmq = folder.resolve("a.kmq");
    kmq("encode", "--method", "deflate", "--tile", "32x16", picture);
    assertStored(kmq, "deflate", 32, 16);
    kmq("encode", "-f", "-k", 8, kmq);
    assertStored(kmq, "deflate", 32, 16);
    assertEquals(8, Kmq.read(kmq).palette().size());
    kmq("encode", "-f", "--tile", "full", kmq);
    assertStored(kmq, "deflate", 100, 80);
    kmq("encode", "-f", "--method", "packed", kmq);
    assertStored(kmq, "packed", 100, 80);
    kmq("encode", "-f", "-k", 4, "--rdo", 1, kmq);
    assertStored(kmq, "rans", 100, 80);
  }

  @Test
  void aTargetInBytesDoesNotKeepAMethodWithoutSmallSizes() throws IOException {
    Path picture = png("a.png", quarters(400, 300));
    Path kmq = folder.resolve("a.kmq");
    kmq("encode", "--method", "packed", picture);
    assertEquals(0, kmq("encode", "-f", "--target-bytes", "1k", kmq).exit());
    assertStored(kmq, "rans", 400, 300);
    assertEquals(4, Kmq.read(kmq).palette().size());
  }

  @Test
  void aLowDecodingCostNeedsNoMethod() throws IOException {
    Path picture = png("a.png", quarters(400, 300));
    Path kmq = folder.resolve("a.kmq");
    for (Object[] cost : new Object[][] {{3, "packed"}, {5, "deflate"}, {20, "rans"}}) {
      Run run = kmq("encode", "-f", "--max-decoding-cost", cost[0], picture);
      assertEquals(0, run.exit(), run.err());
      assertStored(kmq, (String) cost[1], 400, 300);
    }
    Run none = kmq("encode", "-f", "--max-decoding-cost", 5, "--method", "rans", picture);
    assertEquals(2, none.exit());
  }

  private static void assertStored(Path file, String method, int tileWidth, int tileHeight) {
    JsonNode info = kmq("info", "--json", file).json().get(0);
    assertEquals(method, info.get("method").asText());
    assertEquals(tileWidth, info.get("tileWidth").asInt());
    assertEquals(tileHeight, info.get("tileHeight").asInt());
  }

  @Test
  void autoTakesTheSmallestMethod() throws IOException {
    Path picture = png("a.png", quarters(64, 64));
    long smallest = Long.MAX_VALUE;
    for (String method : List.of("packed", "deflate", "rans", "mix")) {
      kmq("encode", "-f", "--method", method, picture);
      smallest = Math.min(smallest, Files.size(folder.resolve("a.kmq")));
    }
    JsonNode json = kmq("encode", "-f", "--method", "auto", "--json", picture).json().get(0);
    assertEquals(smallest, json.get("bytes").asLong());
    assertEquals(smallest, Files.size(folder.resolve("a.kmq")));
    String method =
        kmq("info", "--json", folder.resolve("a.kmq")).json().get(0).get("method").asText();
    assertEquals(method, json.get("method").asText());
    JsonNode cheap =
        kmq("encode", "-f", "--method", "auto", "--max-decoding-cost", 1, "--json", picture)
            .json()
            .get(0);
    assertEquals("packed", cheap.get("method").asText());
  }
}
