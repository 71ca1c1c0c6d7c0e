package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The policy that is tested is the one that the documentation and the page have. */
final class PolicyTest {
  @Test
  void theDocumentationAndThePageHaveThePolicyOfTheTests() throws IOException {
    Path root = Path.of(System.getProperty("kmq.root"));
    String readme = Files.readString(root.resolve("tools/web/README.md"));
    String header = "```text\nContent-Security-Policy: " + SiteServer.POLICY + "\n```";
    assertTrue(readme.contains(header), header);
    String page = Files.readString(Path.of("src/main/page/index.html"));
    assertTrue(page.contains("content=\"" + SiteServer.POLICY + ";"), SiteServer.POLICY);
  }
}
