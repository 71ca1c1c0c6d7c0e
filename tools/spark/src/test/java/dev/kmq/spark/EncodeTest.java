package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeTest {
  @TempDir Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void filesAreThoseOfTheCommandWhateverThePartitioning() throws Exception {
    Path in = Collection.write(folder.resolve("in"));
    Programs.Run command =
        Programs.command("encode", "-r", in.toString(), "-k", "40", "--out-dir", path("command"));
    assertEquals(1, command.code(), command.err());
    Map<String, byte[]> expected = Programs.files(folder.resolve("command"));
    assertEquals(22, expected.size());
    Programs.Run run = Programs.done(2, "encode", in.toString(), "-k", "40", "-o", path("out"));
    Programs.assertSame(expected, Programs.entries(folder.resolve("out")));
    assertTrue(run.err().contains("24 images: 22 encoded into 1 shard, 2 failed"), run.err());
    // Shards of few bytes, the large image alone and first.
    String[] small = {"--shard-bytes", "20000", "--large", "60000"};
    Programs.done(2, join(small, "encode", in.toString(), "-k", "40", "-o", path("two")));
    Programs.done(1, join(small, "encode", in.toString(), "-k", "40", "-o", path("one")));
    Programs.assertSame(expected, Programs.entries(folder.resolve("two")));
    Map<String, byte[]> shards = Programs.shards(folder.resolve("two"));
    assertTrue(shards.size() > 3);
    assertEquals("large.kmq", first(shards.getOrDefault("kmq-00000.tar", new byte[9])));
    Programs.assertSame(shards, Programs.shards(folder.resolve("one")));
    manifest(command.err(), in, expected);
  }

  private static String[] join(String[] last, String... first) {
    String[] all = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, all, first.length, last.length);
    return all;
  }

  private static String first(byte[] tar) {
    return new String(tar, 0, 9, StandardCharsets.US_ASCII);
  }

  private void manifest(String messages, Path in, Map<String, byte[]> expected) throws Exception {
    Path out = folder.resolve("two");
    Map<String, byte[]> shards = Programs.shards(out);
    List<Row> rows = Programs.rows(out.resolve("manifest"));
    assertEquals(24, rows.size());
    int failed = 0;
    for (Row row : rows) {
      String error = row.getAs("error");
      if (error != null) {
        failed++;
        String file = String.valueOf(row.<String>getAs("input")).replaceFirst("^file:", "");
        assertTrue(messages.contains(file + ": " + error), error + " is not in " + messages);
        assertNull(row.getAs("shard"));
        continue;
      }
      byte[] shard = shards.get(row.<String>getAs("shard"));
      assertNotNull(shard);
      int offset = Math.toIntExact(row.<Long>getAs("offset"));
      int length = Math.toIntExact(row.<Long>getAs("length"));
      byte[] bytes = Arrays.copyOfRange(shard, offset, offset + length);
      assertArrayEquals(expected.get(row.<String>getAs("path")), bytes);
      assertEquals(
          HexFormat.of().formatHex(EncodeTask.sha256().digest(bytes)), row.getAs("sha256"));
      assertTrue(row.<Integer>getAs("k") <= 256);
    }
    assertEquals(2, failed);
    Row turned = row(rows, "a/b/turned.kmq");
    assertEquals(50, turned.<Integer>getAs("width"));
    assertEquals(70, turned.<Integer>getAs("height"));
    assertEquals("rans", turned.getAs("method"));
    assertEquals(40, turned.<Integer>getAs("k"));
    assertTrue(turned.<Double>getAs("mse") > 0);
    assertEquals("file:" + in.resolve("a/b/turned.jpg"), turned.getAs("input"));
  }

  private static Row row(List<Row> rows, String path) {
    return rows.stream().filter(r -> path.equals(r.getAs("path"))).findFirst().orElseThrow();
  }

  @Test
  void optionsAreThoseOfTheCommand() throws Exception {
    Path in = Collection.write(folder.resolve("in"));
    List<String[]> all =
        List.of(
            new String[] {
              "--method", "packed", "--dither", "blue-noise", "--metric", "rgb", "-k", "9"
            },
            new String[] {"--small", "--effort", "fast", "--metadata", "all", "--keep-suffix"},
            new String[] {
              "--palette", "grey16", "--alpha", "drop", "--background", "#102030", "--rdo", "2"
            },
            new String[] {"--to-srgb", "--metric", "oklab", "--max-pixels", "7000", "-k", "20"});
    for (int i = 0; i < all.size(); i++) {
      String[] options = all.get(i);
      Programs.command(
          join(options, "encode", "-q", "-r", in.toString(), "--out-dir", path("command" + i)));
      Programs.done(2, join(options, "encode", in.toString(), "-o", path("out" + i)));
      Map<String, byte[]> expected = Programs.files(folder.resolve("command" + i));
      assertTrue(expected.size() > 15);
      Programs.assertSame(expected, Programs.entries(folder.resolve("out" + i)));
    }
  }

  @Test
  void entriesOfArchivesAreEncoded() throws Exception {
    Map<String, byte[]> files = Programs.files(Collection.write(folder.resolve("in")));
    try (OutputStream tar = Files.newOutputStream(folder.resolve("one.tar"));
        OutputStream gz =
            new GZIPOutputStream(Files.newOutputStream(folder.resolve("two.tar.gz")));
        ZipOutputStream zip =
            new ZipOutputStream(Files.newOutputStream(folder.resolve("three.zip")))) {
      tar(tar, "tar/", files);
      tar(gz, "gz/", files);
      for (Map.Entry<String, byte[]> one : files.entrySet()) {
        zip.putNextEntry(new ZipEntry("zip/" + one.getKey()));
        zip.write(one.getValue());
        zip.closeEntry();
      }
      zip.putNextEntry(new ZipEntry("../evil.png"));
      zip.closeEntry();
    }
    String[] archives = {path("one.tar"), path("two.tar.gz"), path("three.zip")};
    Programs.command(join(archives, "encode", "-q", "-k", "30", "--out-dir", path("command")));
    Programs.done(
        2, join(archives, "encode", "-k", "30", "-o", path("out"), "--shard-bytes", "30000"));
    Map<String, byte[]> expected = Programs.files(folder.resolve("command"));
    assertEquals(66, expected.size());
    Programs.assertSame(expected, Programs.entries(folder.resolve("out")));
    List<Row> rows = Programs.rows(folder.resolve("out/manifest"));
    assertEquals(73, rows.size());
    assertTrue(
        rows.stream()
            .map(row -> row.<String>getAs("input"))
            .anyMatch(("file:" + path("three.zip") + "!/../evil.png")::equals));
    Programs.done(1, "verify", path("out"), "--decode");
  }

  private static void tar(OutputStream out, String root, Map<String, byte[]> files)
      throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    for (Map.Entry<String, byte[]> one : files.entrySet()) {
      TarArchiveEntry entry = new TarArchiveEntry(root + one.getKey());
      entry.setSize(one.getValue().length);
      tar.putArchiveEntry(entry);
      tar.write(one.getValue());
      tar.closeArchiveEntry();
    }
    tar.finish();
  }

  @Test
  void inputsWithTheSameOutputFail() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.write(in.resolve("a.png"), Collection.png(1, 20, 20));
    Files.write(in.resolve("a.jpg"), Collection.jpeg(1, 1, false));
    Files.write(in.resolve("b.png"), Collection.png(2, 20, 20));
    Programs.Run run = Programs.done(1, "encode", in.toString(), "-o", path("out"));
    assertTrue(run.err().contains("3 images: 1 encoded into 1 shard, 2 failed"), run.err());
    Programs.Run command =
        Programs.command("encode", "-r", in.toString(), "--out-dir", path("command"));
    for (Row row : Programs.rows(folder.resolve("out/manifest"))) {
      String error = row.getAs("error");
      if (error != null) {
        // The command's output has the name of its folder, and the input not that of its scheme.
        String same =
            error.replace("output ", "output " + path("command") + "/").replace("file:", "");
        assertTrue(command.err().contains(same), same + " is not in " + command.err());
      }
    }
    Programs.done(1, "encode", in.toString(), "-o", path("kept"), "--keep-suffix");
    assertEquals(
        List.of("a.jpg.kmq", "a.png.kmq", "b.png.kmq"),
        List.copyOf(Programs.entries(folder.resolve("kept")).keySet()));
  }

  @Test
  void shardsOfAnEarlierRunAreKeptUnlessForced() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < 4; i++) {
      Files.write(in.resolve(i + ".png"), Collection.png(i, 20, 20));
    }
    Programs.done(1, "encode", in.toString(), "-o", path("out"), "--shard-bytes", "1");
    Map<String, byte[]> before = Programs.shards(folder.resolve("out"));
    assertEquals(4, before.size());
    Programs.Run refused = Programs.local(1, "encode", in.toString(), "-o", path("out"), "-k", "2");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("has shards; use --force to replace them"), refused.err());
    Programs.assertSame(before, Programs.shards(folder.resolve("out")));
    Programs.done(1, "encode", in.toString(), "-o", path("out"), "-k", "2", "--force");
    assertEquals(1, Programs.shards(folder.resolve("out")).size());
    Programs.done(1, "verify", path("out"));
    Map<String, byte[]> last = Programs.shards(folder.resolve("out"));
    String own = path("out/kmq-00000.tar");
    refused = Programs.local(1, "encode", own, "--include", "*.kmq", "-o", path("out"), "--force");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("name another folder"), refused.err());
    Files.write(folder.resolve("out/manifest/a.png"), Collection.png(1, 20, 20));
    refused = Programs.local(1, "encode", in.toString(), "-o", path("out"), "--force");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("files that no run has written"), refused.err());
    assertTrue(Files.exists(folder.resolve("out/manifest/a.png")));
    Programs.assertSame(last, Programs.shards(folder.resolve("out")));
  }

  @Test
  void wrongUsageIsRefused() throws Exception {
    Path in = Collection.write(folder.resolve("in"));
    String[][] wrong = {
      {"encode", in.toString()},
      {"encode", in.toString(), "-o", path("out"), "--nothing"},
      {"encode", in.toString(), "-o", path("out"), "--method", "zip"},
      {"encode", in.toString(), "-o", path("out"), "--dither", "some"},
      {"encode", in.toString(), "-o", path("out"), "-k", "0"},
      {"encode", in.toString(), "-o", path("out"), "-k", "4", "--palette", "bw"},
      {"encode", in.toString(), "-o", path("out"), "--rdo", "-1"},
      {"encode", in.toString(), "-o", path("out"), "--include", "["},
      {"palette", in.toString(), "-o", path("out")},
      {"palette", in.toString(), "--palettes", "3"},
      {}
    };
    for (String[] arguments : wrong) {
      Programs.Run run = Programs.local(1, arguments);
      assertEquals(2, run.code(), Arrays.toString(arguments) + run.err());
      assertTrue(!run.err().contains("\tat "), run.err());
    }
    Files.createDirectories(folder.resolve("empty"));
    Programs.Run none = Programs.local(1, "encode", path("empty"), "-o", path("other"));
    assertEquals(1, none.code());
    assertTrue(none.err().contains("no images were found"), none.err());
    assertTrue(Files.notExists(folder.resolve("other")));
  }

  @Test
  void anArgumentThatNamesNothingFailsTheJob() throws Exception {
    Path in = Collection.write(folder.resolve("in"));
    Programs.Run garbled = Programs.local(1, "encode", in.toString(), "-o", path("\uFFFD"));
    assertEquals(1, garbled.code());
    assertTrue(garbled.err().contains("set LC_ALL=C.UTF-8"), garbled.err());
    for (String wrong : List.of(path("nowhere"), path("no*"), "file:" + path("nowhere"))) {
      for (String command : List.of("encode", "palette")) {
        Programs.Run run = Programs.local(1, command, in.toString(), wrong, "-o", path("out.gpl"));
        assertEquals(1, run.code(), wrong);
        assertTrue(run.err().contains(wrong + ": no "), run.err());
        assertTrue(Files.notExists(folder.resolve("out.gpl")));
      }
    }
  }
}
