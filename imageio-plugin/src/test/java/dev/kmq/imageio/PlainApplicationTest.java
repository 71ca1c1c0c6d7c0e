package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.jaiimageio.impl.plugins.pcx.PCXImageReaderSpi;
import dev.kmq.container.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.zip.CRC32C;
import javax.imageio.IIOImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that uses only {@code javax.imageio}, in a JVM of its own. */
final class PlainApplicationTest {
  @TempDir Path folder;

  @Test
  void runsOnTheClassPath() throws Exception {
    Path classes = compile("app/Main.java");
    List<Path> jars = Jars.separate(folder);
    String path = join(jars.get(0), jars.get(1), classes);
    assertEquals("as it was", run("-cp", path, "app.Main", folder.resolve("a.kmq").toString()));
  }

  @Test
  void runsOnTheModulePath() throws Exception {
    Path classes = compile("module-info.java", "app/Main.java");
    List<Path> jars = Jars.separate(folder);
    String path = join(jars.get(0), jars.get(1), classes);
    assertEquals("as it was", run("-p", path, "-m", "app/app.Main", folder + "/b.kmq"));
  }

  @Test
  void isFoundBesideAnotherPluginInOneJar() throws Exception {
    Path classes = compile("app/Formats.java");
    Path jar =
        Jars.merged(
            folder.resolve("all.jar"),
            Jars.location(PCXImageReaderSpi.class),
            Jars.codec(),
            Jars.plugin(),
            classes);
    Path file = folder.resolve("c.kmq");
    Files.write(file, Pictures.write(Pictures.indexed(31, 9, 5, false, 1), null));
    String output = run("-cp", jar.toString(), "app.Formats", file.toString(), "kmq", "pcx", "pnm");
    assertEquals(List.of("kmq yes", "pcx yes", "pnm yes", "31"), output.lines().toList());
  }

  /** 400 million pixels of one colour, in a file of 35 bytes. */
  @Test
  void tooLittleMemoryIsAnIoException() throws Exception {
    byte[] bytes = Pictures.write(Pictures.indexed(1, 1, 1, false, 1), null);
    ByteBuffer.wrap(bytes).putInt(12, 20000).putInt(16, 20000);
    ByteBuffer.wrap(bytes).putInt(27, checksum(bytes, 27));
    Path file = folder.resolve("d.kmq");
    Files.write(file, bytes);
    Path classes = compile("app/Large.java");
    String path = join(Jars.codec(), Jars.plugin(), classes);
    String refused = run("-Xmx64m", "-cp", path, "app.Large", file.toString());
    assertTrue(refused.startsWith("refused: reading takes 400,000,000 pixels"), refused);
    refused =
        run(
            "-Xmx64m",
            "-Ddev.kmq.maxPixels=999999999",
            "-Ddev.kmq.maxRasterBytes=9999999999",
            "-cp",
            path,
            "app.Large",
            file.toString());
    assertTrue(refused.startsWith("refused: there is not enough memory"), refused);
  }

  /** Files of 16 MB of empty chunks, and of texts. */
  @Test
  void chunksThatTakeTooMuchMemoryAreAnIoException() throws Exception {
    String path = join(Jars.codec(), Jars.plugin(), compile("app/Calls.java"));
    for (String chunk : new String[] {"abCd", "tEXt"}) {
      Path file = folder.resolve(chunk + ".kmq");
      Files.write(file, manyChunks(chunk));
      String answers = run("-Xmx64m", "-cp", path, "app.Calls", file.toString());
      assertEquals(6, answers.lines().count(), answers);
      assertTrue(answers.lines().allMatch(line -> line.matches("(gives|refused): .+")), answers);
    }
  }

  private static byte[] manyChunks(String type) throws Exception {
    byte[] data = type.equals("tEXt") ? new byte[] {'k', 0} : new byte[0];
    byte[] chunk = new byte[12 + data.length];
    ByteBuffer.wrap(chunk)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(data.length)
        .put(data)
        .putInt(checksum(chunk, chunk.length - 4));
    KmqImageMetadata one =
        new KmqImageMetadata(PictureFacts.NONE.withChunks(List.of(Chunk.of(type, data))));
    byte[] file =
        Pictures.write(new IIOImage(Pictures.indexed(1, 1, 1, false, 1), null, one), null);
    int at = 0;
    while (!Arrays.equals(chunk, Arrays.copyOfRange(file, at, at + chunk.length))) {
      at++;
    }
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(file, 0, at);
    while (many.size() < 16_600_000) {
      many.writeBytes(chunk);
    }
    many.write(file, at, file.length - at);
    return many.toByteArray();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static String join(Path... paths) {
    List<String> names = new ArrayList<>();
    for (Path path : paths) {
      names.add(path.toString());
    }
    return String.join(File.pathSeparator, names);
  }

  private Path compile(String... sources) throws Exception {
    Path classes = folder.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    for (String source : sources) {
      arguments.add(
          Path.of(PlainApplicationTest.class.getResource("/application/" + source).toURI())
              .toString());
    }
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    PrintWriter console = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    assertEquals(0, javac.run(console, console, arguments.toArray(new String[0])));
    return classes;
  }

  /** What a JVM prints to standard output and error. */
  static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }
}
