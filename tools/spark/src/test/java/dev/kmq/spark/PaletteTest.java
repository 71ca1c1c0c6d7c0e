package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaletteTest {
  @TempDir Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void paletteIsThatOfTheCommand() throws Exception {
    Path in = Collection.write(folder.resolve("in"));
    Programs.Run command = Programs.command("palette", "-r", in.toString(), "-k", "24");
    Programs.Run run =
        Programs.done(2, "palette", in.toString(), "-k", "24", "--shard-bytes", "20000");
    assertEquals(command.out(), run.out());
    assertEquals(24, run.out().lines().count());
    assertTrue(run.err().contains("broken.png: damaged image"), run.err());
    Programs.done(1, "palette", in.toString(), "-k", "24", "-o", path("p.kmq"), "--metric", "rgb");
    Programs.command(
        "palette", "-q", "-r", in.toString(), "-k", "24", "-o", path("c.kmq"), "--metric", "rgb");
    assertEquals(-1, Files.mismatch(folder.resolve("p.kmq"), folder.resolve("c.kmq")));
    Path one = in.resolve("large.png");
    assertEquals(
        Programs.command("palette", one.toString(), "-k", "5").out(),
        Programs.done(1, "palette", one.toString(), "-k", "5").out());
  }

  @Test
  void clustersOfPicturesHaveTheirPalettes() throws Exception {
    Path in = Collection.write(folder.resolve("in"));
    String[] common = {"palette", in.toString(), "-k", "12", "--palettes", "3"};
    Programs.done(2, join(common, "-o", path("p"), "--shard-bytes", "20000"));
    Programs.done(1, join(common, "-o", path("q")));
    SortedMap<String, byte[]> palettes = palettes(folder.resolve("p"));
    Programs.assertSame(palettes, palettes(folder.resolve("q")));
    Programs.done(1, join(common, "-o", path("q"), "--force"));
    Programs.assertSame(palettes, palettes(folder.resolve("q")));
    assertTrue(Files.exists(in.resolve("large.png")));
    Map<String, Integer> numbers = numbers(folder.resolve("p"));
    assertEquals(numbers, numbers(folder.resolve("q")));
    assertEquals(22, numbers.size());
    Set<Integer> used = new TreeSet<>(numbers.values());
    assertEquals(Set.of(0, 1, 2), used);
    assertEquals(
        List.of("palette-00000.kmq", "palette-00001.kmq", "palette-00002.kmq"),
        List.copyOf(palettes.keySet()));
    Programs.done(2, "encode", in.toString(), "-o", path("out"), "--palettes", path("p"));
    SortedMap<String, byte[]> entries = Programs.entries(folder.resolve("out"));
    assertEquals(22, entries.size());
    for (int palette : used) {
      String[] files =
          numbers.keySet().stream()
              .filter(name -> numbers.getOrDefault(name, -1) == palette)
              .map(name -> name.replaceFirst("^file:", ""))
              .toArray(String[]::new);
      String file = path("p/palette-0000" + palette + ".kmq");
      String[] options = {"encode", "-q", "--palette", file, "--out-dir", path("command")};
      Programs.command(join(options, files));
    }
    for (Map.Entry<String, byte[]> one : Programs.files(folder.resolve("command")).entrySet()) {
      List<byte[]> same =
          entries.entrySet().stream()
              .filter(e -> ("/" + e.getKey()).endsWith("/" + one.getKey()))
              .map(Map.Entry::getValue)
              .toList();
      assertEquals(1, same.size());
      Programs.assertSame(Map.of("it", one.getValue()), Map.of("it", same.get(0)));
    }
  }

  @Test
  void onlyPalettesOfAnEarlierRunAreReplaced() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    byte[] picture = Collection.png(1, 30, 30);
    Files.write(in.resolve("a.png"), picture);
    String[] line = {"palette", in.toString(), "--palettes", "2", "-o", in.toString(), "--force"};
    Programs.done(1, line);
    Files.write(
        in.resolve("palette-00007.kmq"), Files.readAllBytes(in.resolve("palette-00000.kmq")));
    Programs.done(1, join(line, "--include", "*.png"));
    assertEquals(Set.of("a.png", "palette-00000.kmq"), palettes(in).keySet());
    Files.write(in.resolve("pictures/b.png"), picture);
    Programs.Run run = Programs.local(1, line);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("pictures has files that no run has written"), run.err());
    assertTrue(Files.exists(in.resolve("pictures/b.png")));
  }

  private static String[] join(String[] first, String... last) {
    String[] all = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, all, first.length, last.length);
    return all;
  }

  private static SortedMap<String, byte[]> palettes(Path folder) throws Exception {
    SortedMap<String, byte[]> files = Programs.files(folder);
    files.keySet().removeIf(name -> name.contains("/"));
    return files;
  }

  private static Map<String, Integer> numbers(Path folder) {
    Map<String, Integer> numbers = new TreeMap<>();
    for (Row row : Programs.rows(folder.resolve("pictures"))) {
      Integer number = row.getAs("palette");
      if (number != null) {
        numbers.put(row.getAs("input"), number);
      } else {
        assertTrue(!row.<String>getAs("error").isEmpty());
      }
    }
    return numbers;
  }
}
