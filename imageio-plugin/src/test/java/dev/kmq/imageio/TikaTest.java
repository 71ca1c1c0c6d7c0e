package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.Tika;
import org.apache.tika.config.TikaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache Tika as it is, and with a list of the application; runs with Tika 2 as well. */
final class TikaTest {
  private static final String TYPE = "image/x-kmq";

  @TempDir Path folder;

  private static boolean isTika3() {
    return Tika.getString().startsWith("Apache Tika 3.");
  }

  private Tika withList(String path, String xml) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, xml);
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      return new Tika(new TikaConfig(loader));
    }
  }

  private void assertDetects(String type, Tika tika) throws IOException {
    byte[] bytes = Pictures.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), null);
    Path file = Files.write(folder.resolve("upload"), bytes);
    assertEquals(type, tika.detect(bytes));
    assertEquals(type, tika.detect(file));
    assertEquals(type, tika.detect("a/x.KMQ"));
    assertEquals("image/png", tika.detect("x.png"));
  }

  @Test
  void tika3KnowsTheType() throws Exception {
    assertDetects(isTika3() ? TYPE : "application/octet-stream", new Tika());
  }

  @Test
  void theListOfThePageWorks() throws Exception {
    String list = MarkdownPage.of("docs/java.md").block("Apache Tika", "xml");
    String path = isTika3() ? "" : "org/apache/tika/mime/";
    assertDetects(TYPE, withList(path + "custom-mimetypes.xml", list));
  }

  @Test
  void typesOfTheApplicationDoNotContradict() throws Exception {
    assumeTrue(isTika3(), "Tika 2 does not find our list");
    String other =
        """
        <mime-info>
          <mime-type type="image/other"><glob pattern="*.kmq"/></mime-type>
        </mime-info>
        """;
    Tika tika = withList("custom-mimetypes.xml", other);
    assertEquals("image/other", tika.detect("x.kmq"));
  }
}
