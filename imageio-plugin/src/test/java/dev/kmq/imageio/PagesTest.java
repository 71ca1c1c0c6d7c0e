package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import dev.kmq.container.Header;
import dev.kmq.container.Method;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The pages for Java applications: their statements run, and their versions are the build's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));

  private final List<MarkdownPage> pages = new ArrayList<>();

  @BeforeAll
  void readPages() throws IOException {
    for (String name : List.of("README.md", "docs/java.md", "imageio-plugin/README.md")) {
      pages.add(MarkdownPage.of(name));
    }
  }

  private MarkdownPage javaPage() {
    return pages.get(1);
  }

  @Test
  void statementsCompileAndRun(@TempDir Path folder) throws Exception {
    BufferedImage photo =
        Pictures.noise(new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB), 4, 1);
    ImageIO.write(photo, "kmq", folder.resolve("photo.kmq").toFile());
    Path classes = folder.resolve("classes");
    String main = PagePrograms.compileStatements(pages, classes);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                classes + File.pathSeparator + PagePrograms.CLASS_PATH,
                main)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertEquals("done", printed.strip());

    assertEquals(Method.PACKED, header(folder.resolve("map.kmq")).method());
    assertEquals(Method.RANS, header(folder.resolve("copy.kmq")).method());
    Header thumbnail = header(folder.resolve("thumbnail.kmq"));
    assertEquals(Method.RANS, thumbnail.method());
    assertEquals(160, thumbnail.width());
    assertEquals(120, thumbnail.height());
  }

  private static Header header(Path file) throws IOException {
    return Kmq.readHeader(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  @Test
  void sizesOfTheSampleAreThoseOnThePage() throws IOException {
    BufferedImage sample =
        Objects.requireNonNull(ImageIO.read(ROOT.resolve("tools/sample/landscape.jpg").toFile()));
    KmqImageWriteParam rans = new KmqImageWriteParam();
    rans.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    rans.setCompressionType("Rans");
    String sizes =
        String.format(
            Locale.ROOT,
            "%,d instead of %,d",
            Pictures.write(sample, rans).length,
            Pictures.write(sample, null).length);
    assertTrue(javaPage().text().contains(sizes), sizes);
  }

  private static String pom() throws IOException {
    return Files.readString(ROOT.resolve("imageio-plugin/pom.xml"));
  }

  @Test
  void pagesHaveTheVersionOfTheBuild() throws IOException {
    String parent = pom().replaceAll("(?s)^.*<parent>(.*)</parent>.*$", "$1");
    String version = parent.replaceAll("(?s)^.*<version>(.*)</version>.*$", "$1");
    Pattern used =
        Pattern.compile(
            "(?:kmq-(?:codec|imageio)(?:</artifactId>\\s*<version>|[-:]))(\\d[\\w.-]*)");
    for (MarkdownPage page : pages) {
      for (MatchResult found : used.matcher(page.text()).results().toList()) {
        assertEquals(version, found.group(1).replaceFirst("\\.jar$", ""), page.name());
      }
    }
    assertTrue(used.matcher(javaPage().text()).results().count() >= 4);
  }

  @Test
  void testedVersionsAreThoseOfTheBuild() throws IOException {
    List<String> versions =
        javaPage()
            .text()
            .lines()
            .filter(line -> line.startsWith("|"))
            .map(line -> line.split("\\|", -1)[2].strip())
            .filter(cell -> cell.matches("\\d.*"))
            .flatMap(cell -> Stream.of(cell.split(", ", -1)))
            .collect(Collectors.toCollection(ArrayList::new));
    assertTrue(versions.size() >= 10, versions.toString());
    String pom =
        pom()
            + Files.readString(ROOT.resolve("pom.xml"))
            + Files.readString(ROOT.resolve("tools/spark/pom.xml"));
    versions.removeIf(version -> pom.contains(">" + version + "<"));
    assertEquals(List.of(), versions);
  }

  @Test
  void xmlIsWellFormed() throws Exception {
    for (MarkdownPage page : pages) {
      for (MarkdownPage.Block block : page.blocks("xml")) {
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(block.text())));
      }
    }
    assertFalse(javaPage().blocks("xml").isEmpty());
  }
}
