package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reason for which an input is skipped is reported, in text and in JSON. */
class SkippedInputsTest extends CommandTest {
  private static void assertSkipped(String reason, Object... args) {
    Run run = kmq(args);
    assertEquals(0, run.exit(), run.err());
    List<JsonNode> objects = run.json();
    assertEquals(1, objects.size());
    JsonNode object = objects.get(0);
    assertEquals(reason, object.get("skipped").asText());
    assertTrue(object.get("output").isNull() && object.get("bytes").isNull(), object.toString());
    assertTrue(object.get("error").isNull(), object.toString());
    Object[] words = List.of(args).stream().filter(w -> !w.equals("--json")).toArray();
    assertTrue(kmq(words).out().contains(": skipped, " + reason), reason);
  }

  @Test
  void existingOutputs() throws IOException {
    Path image = png("a.png", noise(8, 8, 1));
    Path kmq = folder.resolve("a.kmq");
    assertTrue(kmq("encode", "--json", image).json().get(0).get("skipped").isNull());
    assertSkipped("output " + kmq + " exists", "encode", "--json", "--skip-existing", image);
    assertSkipped("output " + image + " exists", "decode", "--json", "--skip-existing", kmq);
    Path zip = Files.writeString(folder.resolve("a.zip"), "old");
    assertSkipped(
        "output " + zip + " exists", "encode", "--json", "--skip-existing", image, "-o", zip);
    assertEquals("old", Files.readString(zip));
  }

  @Test
  void largerOutputs() throws IOException {
    Path image = png("a.png", quarters(64, 64));
    long bytes = Files.size(image);
    String reason = "its %d bytes would become 1,068".formatted(bytes);
    assertSkipped(reason, "encode", "--json", "--method", "packed", "--skip-if-larger", image);
    assertEquals(List.of("a.png"), files());
  }
}
