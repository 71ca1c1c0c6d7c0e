package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * The tests of the JavaScript decoder, which was written from the text alone. They run where {@code
 * node} is on the path; with the environment variable {@code CI} it has to be.
 */
class JavaScriptDecoderTest {
  @Test
  void everyVectorInJavaScript() throws IOException, InterruptedException {
    Process node;
    try {
      node = new ProcessBuilder("node", "js/test.mjs").redirectErrorStream(true).start();
    } catch (IOException e) {
      String message = "js/test.mjs did not run, node is needed: " + e.getMessage();
      if (System.getenv("CI") != null) {
        fail(message, e);
      }
      abort(message);
      return;
    }
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, node.waitFor(), output);
    int vectors = Recipes.read(Specification.VECTORS.resolve("recipes")).vectors().size();
    assertTrue(output.contains(vectors + " of " + vectors + " vectors passed"), output);
  }
}
