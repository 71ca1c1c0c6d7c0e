package dev.kmq.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every block of code of every Markdown file is tested, or is an exception with a reason. */
final class BlocksTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));

  /** A line of {@code blocks.txt}. */
  private record Coverage(String file, String language, String start, String by) {
    boolean isTested() {
      return !by.startsWith("not tested: ");
    }

    boolean covers(CodeBlock block) {
      return (file.equals("*") || file.equals(block.file()))
          && language.equals(block.language())
          && (start.equals("*") || block.text().strip().startsWith(start));
    }
  }

  private static final List<CodeBlock> BLOCKS = new ArrayList<>();
  private static final List<Coverage> COVERAGE = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    Markdown.readAll(ROOT).forEach(file -> BLOCKS.addAll(CodeBlock.all(file)));
    try (InputStream in = BlocksTest.class.getResourceAsStream("blocks.txt")) {
      new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\| ", -1))
          .forEach(
              fields -> COVERAGE.add(new Coverage(fields[0], fields[1], fields[2], fields[3])));
    }
    COVERAGE.sort(Comparator.comparingInt(BlocksTest::rank).reversed());
  }

  private static int rank(Coverage coverage) {
    int start = coverage.start().equals("*") ? 0 : coverage.start().length();
    return 2 * start + (coverage.file().equals("*") ? 0 : 1);
  }

  /** The line that covers a block; traces.py computes the blocks between its comments. */
  private static Optional<Coverage> coverage(CodeBlock block) {
    return COVERAGE.stream().filter(coverage -> coverage.covers(block)).findFirst();
  }

  private static boolean isTraced(CodeBlock block) {
    return block.comment().startsWith("<!-- traces.py: ");
  }

  @Test
  void everyBlockIsCoveredAndEveryLineHasABlock() {
    List<CodeBlock> uncovered = new ArrayList<>();
    List<Coverage> unused = new ArrayList<>(COVERAGE);
    for (CodeBlock block : BLOCKS) {
      if (!isTraced(block)) {
        coverage(block).ifPresentOrElse(unused::remove, () -> uncovered.add(block));
      }
    }
    assertEquals(List.of(), uncovered, "blocks.txt names no test of these");
    assertEquals(List.of(), unused, "lines of blocks.txt without a block");
    assertTrue(BLOCKS.size() > 100);
  }

  /** A test names the page that it reads. */
  @Test
  void testsExistAndNameTheirPages() throws IOException {
    for (Coverage coverage : COVERAGE) {
      if (coverage.isTested() && !coverage.by().equals("CommandLines")) {
        Path test = ROOT.resolve(coverage.by());
        assertTrue(Files.isRegularFile(test), coverage.toString());
        if (!coverage.file().equals("spec/kmq-1.md")) { // found by Specification and listing.py
          assertTrue(namesPage(test, coverage.file()), coverage.toString());
        }
      }
    }
  }

  private static boolean namesPage(Path test, String page) throws IOException {
    String text = Files.readString(test);
    boolean recipes = page.equals("docs/java.md") && text.contains("new Recipes(");
    return recipes || text.contains(page);
  }

  @Test
  void whatCommandsNameExists() throws IOException {
    TreeSet<String> wrong = new TreeSet<>();
    int checked = 0;
    CommandLines lines = new CommandLines(ROOT);
    for (CodeBlock block : BLOCKS) {
      if (block.language().equals("sh") && coverage(block).filter(Coverage::isTested).isPresent()) {
        for (String command : block.commands()) {
          checked++;
          lines.faults(command).forEach(fault -> wrong.add(block + ": " + command + ": " + fault));
        }
      }
    }
    assertEquals(new TreeSet<>(), wrong);
    assertTrue(checked > 60, "only " + checked);
  }

  @Test
  void wrongCommandsAreFound() throws IOException {
    CommandLines lines = new CommandLines(ROOT);
    assertEquals(
        List.of(), lines.faults("./mvnw -q -pl '!tools/spark',codec verify -Prelease,quick"));
    for (String command :
        List.of(
            "./mvnw -pl nothing verify",
            "./mvnw -Pnothing verify",
            "./mvnw everything",
            "./mvnw test -Dtest=NoSuchTest",
            "./mvnw nothing:apply",
            "./mvnw -N checkstyle:check@nothing",
            "./mvnw verify -Dno.such.property",
            "node spec/js/nothing.mjs",
            "tools/nothing/run",
            "python3 -m http.server -d nothing",
            "java -Dno.such.property=1 -jar application.jar",
            "java -cp ... dev.kmq.web.Nothing",
            "java -jar tools/bench/target/benchmarks.jar NothingBenchmark",
            "frobnicate")) {
      assertEquals(1, lines.faults(command).size(), command);
    }
  }
}
