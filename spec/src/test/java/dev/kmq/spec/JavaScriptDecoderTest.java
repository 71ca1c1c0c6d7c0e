package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The tests of the JavaScript decoder, which was written from the text alone. They run if {@code
 * node} is on the path, which is required if the environment variable {@code CI} is set.
 */
@Tag("any-jdk")
class JavaScriptDecoderTest {
  @Test
  void everyVectorInJavaScript() throws IOException, InterruptedException {
    String output = Program.run("node", "js/test.mjs");
    int vectors = Recipes.read(Specification.VECTORS.resolve("recipes")).vectors().size();
    assertTrue(output.contains(vectors + " of " + vectors + " vectors passed"), output);
  }
}
