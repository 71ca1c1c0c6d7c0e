package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tomcat and Jetty with the plugin in {@code WEB-INF/lib} of applications. */
@Timeout(300)
final class ServletContainerTest {
  private static final BufferedImage PICTURE =
      Pictures.noise(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), 4, 2);

  @TempDir Path folder;

  /** An application with the plugin's jars and a servlet. */
  private Path application(String name) throws Exception {
    Path root = Files.createDirectories(folder.resolve(name));
    Jars.separate(Files.createDirectories(root.resolve("WEB-INF/lib")));
    Path servlet = Path.of(getClass().getResource("/application/app/Pixels.java").toURI());
    PagePrograms.compile(List.of(servlet), root.resolve("WEB-INF/classes"));
    return root;
  }

  /** An application that forbids the search for annotations and fragments. */
  private Path complete(String name, String entries) throws Exception {
    Path root = application(name);
    String xml =
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
          %s
          <servlet>
            <servlet-name>pixels</servlet-name>
            <servlet-class>app.Pixels</servlet-class>
          </servlet>
          <servlet-mapping>
            <servlet-name>pixels</servlet-name>
            <url-pattern>/pixels</url-pattern>
          </servlet-mapping>
        </web-app>
        """;
    Files.writeString(root.resolve("WEB-INF/web.xml"), xml.formatted(entries));
    return root;
  }

  private List<String> run(String container, Path... applications) throws Exception {
    String classPath =
        Arrays.stream(PagePrograms.CLASS_PATH.split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .filter(entry -> !List.of(Jars.codec(), Jars.plugin()).contains(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));
    Path file = Files.write(folder.resolve("photo.kmq"), Pictures.write(PICTURE, null));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Djava.awt.headless=true", "-cp", classPath));
    command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
    command.addAll(List.of(ServletContainers.class.getName(), container, file.toString()));
    Arrays.stream(applications).forEach(root -> command.add(root.toString()));
    Path messages = folder.resolve("messages");
    Process process = new ProcessBuilder(command).redirectError(messages.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output + Files.readString(messages));
    return output.lines().toList();
  }

  private static List<String> expected(String... names) {
    int hash = Arrays.hashCode(PICTURE.getRGB(0, 0, 60, 40, null, 0, 60));
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      // Nothing is searched for, not even types, in applications that forbid it.
      String type = name.equals("first") ? "image/x-kmq" : "null";
      lines.add(name + " reads " + hash + " of type " + type);
      lines.add("with [KmqImageReaderSpi, KmqImageWriterSpi]");
      lines.add("leaves []");
      lines.add("released");
    }
    return lines;
  }

  @Test
  void tomcatFindsTheListener() throws Exception {
    Path first = application("first");
    Path complete = complete("complete", "");
    assertEquals(expected("first", "complete", "first"), run("tomcat", first, complete, first));
  }

  @Test
  void jettyFindsTheListener() throws Exception {
    Path first = application("first");
    Path complete = complete("complete", "");
    assertEquals(expected("first", "complete", "first"), run("jetty", first, complete, first));
  }

  @Test
  void jettyWithoutAnnotationsTakesAnEntry() throws Exception {
    String entry = MarkdownPage.of("docs/java.md").blocks("Servlet containers", "xml").get(0);
    Path root = complete("entry", entry);
    assertEquals(expected("entry", "entry"), run("jetty-plain", root, root));
  }
}
