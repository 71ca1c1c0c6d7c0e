package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.Kmq;
import dev.kmq.image.IndexedImage;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of the package, as it is printed there. */
final class PackageExampleTest {
  @TempDir Path folder;

  @Test
  void thePackageWithAnExampleIsTheOnlyExportedOne() throws Exception {
    String module = Files.readString(Path.of("src/main/java/module-info.java"));
    assertEquals(
        List.of("dev.kmq.imageio"),
        Pattern.compile("exports ([\\w.]+)")
            .matcher(module)
            .results()
            .map(found -> found.group(1))
            .toList());
  }

  @Test
  void compilesAndRuns() throws Exception {
    Path source = Path.of("src/main/java/dev/kmq/imageio/package-info.java");
    String example =
        Files.readAllLines(source).stream()
            .dropWhile(line -> !line.contains("<pre>{@code"))
            .skip(1)
            .takeWhile(line -> !line.contains("}</pre>"))
            .map(line -> line.replaceFirst("^ \\* ?", ""))
            .collect(Collectors.joining("\n"));
    Path program = Files.writeString(folder.resolve("Convert.java"), example);
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                out,
                out,
                "-Xlint:all",
                "-Werror",
                "-cp",
                Jars.codec() + File.pathSeparator + Jars.plugin(),
                program.toString());
    assertEquals(0, result, messages.toString());

    BufferedImage image =
        Pictures.noise(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), 6, 1);
    String[] names = {"in.png", "out.kmq", "back.png"};
    for (int i = 0; i < names.length; i++) {
      names[i] = folder.resolve(names[i]).toString();
    }
    ImageIO.write(image, "png", new File(names[0]));
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      loader.loadClass("Convert").getMethod("main", String[].class).invoke(null, (Object) names);
    }
    IndexedImage stored = Kmq.decode(Files.readAllBytes(Path.of(names[1])));
    assertEquals(64, stored.palette().size());
    BufferedImage back = Objects.requireNonNull(ImageIO.read(new File(names[2])));
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        assertEquals(stored.argb(x, y), back.getRGB(x, y));
      }
    }
  }
}
