package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.Kmq;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are never interpreted as paths, option files, or terminal controls. */
class NamesTest extends CommandTest {
  private static void assumePosix() {
    assumeTrue(File.separatorChar == '/', "file names as on Unix");
  }

  @Test
  void backslashesAreLettersWhereTheyAre() throws IOException {
    assumePosix();
    png("d/..\\..\\up.png", quarters(4, 4));
    png("d/\\abs.png", quarters(4, 4));
    png("d/sub/C:\\x.png", quarters(4, 4));
    Path out = folder.resolve("o/deep/er");
    Run run = kmq("encode", "-r", folder.resolve("d"), "--out-dir", out);
    assertEquals(0, run.exit(), run.err());
    List<String> written = files().stream().filter(n -> n.endsWith(".kmq")).toList();
    assertEquals(
        List.of("o/deep/er/..\\..\\up.kmq", "o/deep/er/\\abs.kmq", "o/deep/er/sub/C:\\x.kmq"),
        written);
    assertEquals(0, kmq("decode", "-r", out, "--out-dir", folder.resolve("back")).exit());
    assertTrue(files().contains("back/..\\..\\up.png"), files().toString());
  }

  @Test
  void archivesGetNoNameThatClimbs() throws IOException {
    assumePosix();
    png("d/..\\..\\up.png", quarters(4, 4));
    png("d/\\abs.png", quarters(4, 4));
    png("d/ok.png", quarters(4, 4));
    for (String archive : List.of("o.zip", "o.tar", "o.tar.gz")) {
      Path path = folder.resolve(archive);
      Run run = kmq("encode", "-r", folder.resolve("d"), "-o", path);
      assertEquals(1, run.exit(), run.err());
      assertEquals(2, run.err().lines().count(), run.err());
    }
    try (ZipFile zip = new ZipFile(folder.resolve("o.zip").toFile())) {
      assertEquals(List.of("ok.kmq"), zip.stream().map(ZipEntry::getName).toList());
    }
  }

  @Test
  void argumentsThatStartWithAtAreNames() throws IOException {
    png("@2x.png", quarters(4, 4));
    Path options = Files.writeString(folder.resolve("opts"), "--force\n");
    assertEquals(0, kmq("encode", "--", folder.resolve("@2x.png")).exit());
    Run run = kmq("encode", "@" + options, folder.resolve("@2x.png"));
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("@" + options + ": no such file"), run.err());
    assertTrue(run.err().contains("exists"), "--force was taken from the file: " + run.err());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 241, 245, 251})
  void longNamesFit(int length) throws IOException {
    assumePosix();
    Path picture = png("b".repeat(length) + ".png", quarters(4, 4));
    Run run = kmq("encode", picture);
    assertEquals(0, run.exit(), run.err());
    assertTrue(files().contains("b".repeat(length) + ".kmq"));
  }

  @Test
  void namesThatAreTooLongAreReportedByTheirOwnName() throws IOException {
    assumePosix();
    Path picture = png("b".repeat(251) + ".png", quarters(4, 4));
    Run run = kmq("encode", "--keep-suffix", picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("too long") && !run.err().contains(".tmp"), run.err());
    assertEquals(1, files().size());
  }

  /** A file whose name is Latin-1 and not valid UTF-8. */
  private Path latin1(String folderName) throws IOException {
    Path in = Files.createDirectories(folder.resolve(folderName));
    Path name = Path.of(URI.create(in.toUri().toString().replaceFirst("/$", "") + "/lat%E9in.png"));
    Files.copy(png("plain.png", quarters(4, 4)), name);
    return name;
  }

  @Test
  void namesThatAreNoTextAreKeptByteForByte() throws IOException {
    assumePosix();
    Path picture = latin1("in");
    Path in = folder.resolve("in");
    assertEquals(0, kmq("encode", "-r", in).exit());
    assertEquals(0, kmq("encode", "-r", in, "--out-dir", folder.resolve("out")).exit());
    assertEquals(0, kmq("info", "-r", folder.resolve("out")).exit());
    assertEquals(0, kmq("sweep", "-k", "2", "-r", in).exit());
    Run run = kmq("decode", "-r", folder.resolve("out"), "--out-dir", folder.resolve("back"));
    assertEquals(0, run.exit(), run.err());
    for (String file : List.of("in/lat%E9in.kmq", "out/lat%E9in.kmq", "back/lat%E9in.png")) {
      Path path = Path.of(URI.create(folder.toUri() + file));
      assertTrue(Files.size(path) > 0, file);
    }
    // As an argument, which loses the bytes.
    run = kmq("encode", "--force", picture);
    assertEquals(0, run.exit(), run.err());
    Path twin = Path.of(URI.create(in.toUri() + "lat%E8in.png"));
    Files.copy(picture, twin);
    run = kmq("encode", "--force", picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("2 files"), run.err());
  }

  /** Entry names are decoded as Latin-1, so different names stay different. */
  @Test
  void namesThatAreNoTextStayDistinctInArchives() throws IOException {
    assumePosix();
    Path picture = latin1("in");
    Files.copy(picture, Path.of(URI.create(folder.resolve("in").toUri() + "lat%E8in.png")));
    Path archive = folder.resolve("out.zip");
    Run run = kmq("encode", "-r", folder.resolve("in"), "-o", archive);
    assertEquals(0, run.exit(), run.err());
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      assertEquals(
          Set.of("lat\u00e9in.kmq", "lat\u00e8in.kmq"),
          zip.stream().map(ZipEntry::getName).collect(Collectors.toSet()));
    }
  }

  @Test
  void whatATerminalWouldObeyIsShownInstead() throws IOException {
    assumePosix();
    String evil = "a\u001b]0;pwned\u0007\u001b[31m\u009b\u202e\u2066b\n\\u001b.png";
    png("d/" + evil, quarters(4, 4));
    Files.writeString(folder.resolve("d/bad\u001b[2J.png"), "no image");
    Run run = kmq("encode", "-v", "-r", folder.resolve("d"), "--out-dir", folder.resolve("o"));
    assertEquals(1, run.exit());
    assertShown(run);
    assertTrue(
        run.out()
            .contains(
                "a\\u001b]0;pwned\\u0007\\u001b[31m\\u009b\\u202e\\u2066b\\u000a\\u005cu001b.png"),
        run.out());
    assertEquals(4, run.out().lines().count(), run.out()); // three on the image and the total
    run = kmq("encode", "--json", "--force", "-r", folder.resolve("d"));
    assertShown(run);
    assertEquals(
        folder.resolve("d/" + evil).toString(), run.json().get(0).get("input").textValue());
    assertShown(kmq("encode", "-o", "x\u001b[2J.png", "y", "z"));
    assertShown(kmq("encode\u001b[2J"));
    assertShown(kmq("encode", "--method", "\u001b[2J", "x"));
    assertShown(
        kmq(
            "palette",
            Files.writeString(folder.resolve("p.gpl"), "GIMP Palette\n\u001b[2J\u009b")));
    assertShown(
        kmq(
            "encode",
            "--palette",
            Files.writeString(folder.resolve("p.hex"), "\u001b[2J\u202e"),
            png("ok.png", quarters(2, 2))));
    assertShown(kmq("info", "-r", "--include", "*\u001b*", folder.resolve("o")));
  }

  @Test
  void namesInArchivesAreShownToo() throws IOException {
    Path zip = folder.resolve("e.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("\u001b]0;p\u0007.png", "x\0y.png", "\u061cz.png", "ok.png")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(Files.readAllBytes(png("t.png", quarters(4, 4))));
        out.closeEntry();
      }
    }
    Run run = kmq("encode", zip, "--out-dir", folder.resolve("out"));
    assertShown(run);
    assertEquals(1, run.exit());
    assertTrue(files().contains("out/ok.kmq"), run.err());
  }

  @Test
  void metadataOfFilesIsShownToo() throws IOException {
    byte[] file =
        Kmq.encode(
            dev.kmq.image.PixelSource.of(1, 1, new int[] {-1}),
            dev.kmq.EncodeOptions.builder()
                .chunks(
                    List.of(
                        dev.kmq.container.Chunk.text("key\u001b[31m", "a\u0007\u009b31m\u202e\nb")))
                .build());
    Path path = Files.write(folder.resolve("a.kmq"), file);
    Run run = kmq("info", path);
    assertEquals(0, run.exit(), run.err());
    assertShown(run);
    assertTrue(run.out().contains("key\\u001b[31m = a\\u0007\\u009b31m\\u202e\\u000ab"), run.out());
  }

  /** Nothing but text and line ends. */
  private static void assertShown(Run run) {
    for (String text : List.of(run.out(), run.err())) {
      int[] odd =
          text.codePoints()
              .filter(c -> c != '\n' && c != '\r' || c == 0x202e)
              .filter(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
              .toArray();
      assertEquals("[]", Arrays.toString(odd), text);
    }
    assertFalse((run.out() + run.err()).isEmpty());
  }

  @Test
  void escapesCanBeReadBack() {
    for (String text :
        List.of(
            "plain",
            "C:\\users\\x",
            "\\u001b",
            "\u001b",
            "\\\\u12",
            "\ud83d\ude00",
            "\udb40\udc41",
            "\ud800x",
            "\u200d")) {
      String shown = Printable.line(text);
      java.util.regex.Matcher escape =
          java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})").matcher(shown);
      assertEquals(
          text,
          escape.replaceAll(
              m ->
                  java.util.regex.Matcher.quoteReplacement(
                      String.valueOf((char) Integer.parseInt(m.group(1), 16)))));
    }
    assertEquals("C:\\users\\x", Printable.line("C:\\users\\x"));
    assertEquals("{\"a\":\"\\u009b\\\\u\"}", Printable.json("{\"a\":\"\u009b\\\\u\"}"));
  }
}
