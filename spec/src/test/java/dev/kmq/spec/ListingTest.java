package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The Python listings of the text, which together are a decoder. They run if {@code python3} is on
 * the path, which is required if the environment variable {@code CI} is set.
 */
@Tag("any-jdk")
class ListingTest {
  @Test
  void everyVectorByTheListings() throws IOException, InterruptedException {
    String output = Program.run("python3", "-B", "src/test/python/vectors.py");
    int vectors = Recipes.read(Specification.VECTORS.resolve("recipes")).vectors().size();
    int left = System.getenv("CI") == null ? 1 : 0; // a long vector whose listings another one runs
    String passed = (vectors - left) + " of " + vectors + " vectors passed";
    assertTrue(output.contains(passed), output);
  }

  /** With the argument {@code --write}, the program brings the text up to date. */
  @Test
  void theTracesInTheTextAreThoseOfTheListings() throws IOException, InterruptedException {
    Program.run("python3", "-B", "src/test/python/traces.py");
  }
}
