package dev.kmq.dist.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A project of a user, which takes kmq from the staging repository as it would from Central. */
@Timeout(600)
class ConsumerTest {
  private static final Path STAGING = OfflineMaven.ROOT.resolve("target/staging");
  private static final String PROGRAM =
      """
      import java.awt.image.BufferedImage;
      import java.io.File;
      import javax.imageio.ImageIO;

      public class Program {
        public static void main(String[] args) throws Exception {
          BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
          image.setRGB(3, 4, 0xFF8000);
          if (!ImageIO.write(image, "kmq", new File("x.kmq"))) {
            throw new AssertionError("no writer");
          }
          BufferedImage back = ImageIO.read(new File("x.kmq"));
          byte[] file = java.nio.file.Files.readAllBytes(new File("x.kmq").toPath());
          System.out.printf(
              "%dx%d %x %d%n",
              back.getWidth(),
              back.getHeight(),
              back.getRGB(3, 4),
              dev.kmq.Kmq.decode(file).width());
        }
      }
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @BeforeEach
  void writeProgram() throws IOException {
    Path source = folder.resolve("src/main/java/Program.java");
    Files.createDirectories(source.resolveSibling(""));
    Files.writeString(source, PROGRAM);
  }

  @Test
  void importsTheBomAndWritesAndReadsAnImage() throws Exception {
    Files.writeString(folder.resolve("pom.xml"), pom(STAGING));
    OfflineMaven maven = new OfflineMaven(folder);
    String out = maven.run(folder, "compile", "exec:exec");
    assertEquals("20x10 ffff8000 20\n", out);
    assertEquals(List.of("kmq-bom", "kmq-codec", "kmq-imageio"), names(maven.local()));
    assertArrayEquals(
        Files.readAllBytes(jar(STAGING)), Files.readAllBytes(jar(maven.local().resolve(""))));
  }

  /** So that the test above cannot take kmq from elsewhere. */
  @Test
  void findsNoKmqWithoutTheStagingRepository() throws Exception {
    Files.writeString(folder.resolve("pom.xml"), pom(folder.resolve("empty")));
    OfflineMaven maven = new OfflineMaven(folder);
    IOException failure = assertThrows(IOException.class, () -> maven.run(folder, "compile"));
    assertTrue(String.valueOf(failure.getMessage()).contains("dev.kmq:kmq-bom"), failure::toString);
  }

  /** The BOM is no dependency of the jars: -am alone leaves it out. */
  @Test
  void documentsInstallTheBomWithTheJars() throws IOException {
    for (String page : List.of("README.md", "docs/java.md")) {
      List<String> modules =
          Pattern.compile("mvnw install [^`\n]*-pl\\s+(\\S+)")
              .matcher(Files.readString(OfflineMaven.ROOT.resolve(page)))
              .results()
              .map(command -> command.group(1))
              .distinct()
              .toList();
      assertEquals(List.of("bom,imageio-plugin"), modules, page);
    }
  }

  private static List<String> names(Path local) throws IOException {
    try (Stream<Path> artifacts = Files.list(local.resolve("dev/kmq"))) {
      return artifacts.map(artifact -> artifact.getFileName().toString()).sorted().toList();
    }
  }

  private static Path jar(Path repository) throws IOException {
    try (Stream<Path> files = Files.walk(repository.resolve("dev/kmq/kmq-imageio"))) {
      return files
          .filter(file -> file.toString().matches(".*/kmq-imageio-[0-9.]+(-[0-9.]+-[0-9]+)?\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String pom(Path repository) throws IOException {
    Pom root = Pom.read(OfflineMaven.ROOT.resolve("pom.xml"));
    return """
    <project>
      <modelVersion>4.0.0</modelVersion>
      <groupId>org.example</groupId>
      <artifactId>consumer</artifactId>
      <version>1</version>
      <properties>
        <maven.compiler.release>17</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
      </properties>
      <repositories>
        <repository><id>staging</id><url>%s</url></repository>
      </repositories>
      <dependencyManagement>
        <dependencies>
          <dependency>
            <groupId>dev.kmq</groupId>
            <artifactId>kmq-bom</artifactId>
            <version>%s</version>
            <type>pom</type>
            <scope>import</scope>
          </dependency>
        </dependencies>
      </dependencyManagement>
      <dependencies>
        <dependency><groupId>dev.kmq</groupId><artifactId>kmq-imageio</artifactId></dependency>
      </dependencies>
      <build>
        <plugins>
          <plugin><artifactId>maven-resources-plugin</artifactId><version>%s</version></plugin>
          <plugin><artifactId>maven-compiler-plugin</artifactId><version>%s</version></plugin>
          <plugin>
            <groupId>org.codehaus.mojo</groupId>
            <artifactId>exec-maven-plugin</artifactId>
            <version>%s</version>
            <configuration>
              <executable>${java.home}/bin/java</executable>
              <commandlineArgs>-Djava.awt.headless=true -cp %%classpath Program</commandlineArgs>
            </configuration>
          </plugin>
        </plugins>
      </build>
    </project>
    """
        .formatted(
            repository.toUri(),
            root.text("version"),
            version(root, "maven-resources-plugin"),
            version(root, "maven-compiler-plugin"),
            version(root, "exec-maven-plugin"));
  }

  private static String version(Pom root, String plugin) {
    return root.all("build/pluginManagement/plugins/plugin").stream()
        .filter(candidate -> candidate.text("artifactId").equals(plugin))
        .findFirst()
        .orElseThrow()
        .text("version");
  }
}
