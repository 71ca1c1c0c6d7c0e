package dev.kmq.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.junit.jupiter.api.Test;

/** Links and images of all Markdown files lead somewhere, on GitHub as on the site. */
final class LinksTest {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));

  /** The links and images of a file, by their places. */
  private static Map<String, String> links(Markdown file) {
    Map<String, String> links = new TreeMap<>();
    file.document()
        .accept(
            new AbstractVisitor() {
              private void add(Node node, String destination) {
                links.put(file.path() + ":" + Markdown.line(node) + " " + destination, destination);
                visitChildren(node);
              }

              @Override
              public void visit(Link link) {
                add(link, link.getDestination());
              }

              @Override
              public void visit(Image image) {
                add(image, image.getDestination());
              }
            });
    return links;
  }

  @Test
  void linksWithinTheRepositoryLeadToFilesAndHeadings() throws IOException {
    List<Markdown> files = Markdown.readAll(ROOT);
    Links links = new Links(ROOT, files);
    List<String> broken = new ArrayList<>();
    int checked = 0;
    for (Markdown file : files) {
      for (Map.Entry<String, String> link : links(file).entrySet()) {
        checked++;
        try {
          links.onPage(file, link.getValue());
        } catch (IllegalArgumentException e) {
          broken.add(link.getKey() + ": " + e.getMessage());
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(checked > 130, "only " + checked);
  }

  /** Nothing is fetched: what other hosts answer is not known here. */
  @Test
  void linksToOtherHostsAreWellFormed() throws IOException {
    List<String> malformed = new ArrayList<>();
    for (Markdown file : Markdown.readAll(ROOT)) {
      links(file)
          .forEach(
              (place, link) -> {
                if (Links.isExternal(link) && !isWellFormed(link)) {
                  malformed.add(place);
                }
              });
    }
    assertEquals(List.of(), malformed);
  }

  private static boolean isWellFormed(String link) {
    URI address = URI.create(link);
    if (address.getScheme().equals("mailto")) {
      return address.getSchemeSpecificPart().matches("[^@\\s]+@[^@\\s]+\\.[a-z]+");
    }
    boolean here = "localhost".equals(address.getHost());
    return address.getScheme().equals(here ? "http" : "https")
        && address.getHost() != null
        && (here || address.getHost().contains("."));
  }

  /** Sources cite sections of the specification: "8.3", "Tiles", "Method 2", "Mix, Tables". */
  @Test
  void sectionsThatSourcesCiteExist() throws IOException {
    Set<String> titles = new TreeSet<>();
    for (Markdown file : Markdown.readAll(ROOT)) {
      if (file.path().equals("spec/kmq-1.md")) {
        for (Markdown.Section section : file.sections().values()) {
          titles.addAll(List.of(section.title().split("(?<=^[\\d.]{1,4}) |: ", -1)));
        }
      }
    }
    List<String> missing = new ArrayList<>();
    int cited = 0;
    Pattern citation = Pattern.compile("\\(specification,\\s[*\\s]*section\\s([^;)]+)[;)]");
    try (Stream<Path> sources = Files.walk(ROOT.resolve("codec/src/main"))) {
      for (Path source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
        for (MatchResult found : citation.matcher(Files.readString(source)).results().toList()) {
          cited++;
          String title = found.group(1).replaceAll("[\\s*]+", " ").strip();
          String last = title.replaceFirst("^Mix, ", "").replaceFirst("^Mix$", "mix");
          if (!titles.contains(last)) {
            missing.add(ROOT.relativize(source) + ": " + title);
          }
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(cited > 15, "only " + cited);
  }

  @Test
  void anchorsAreThoseOfGitHub() {
    Markdown file =
        Markdown.of(
            "a.md",
            """
            # Which method, which K?
            ## `--k N`: *colours*, [a link](b.md)
            ## A_b & c
            ## \u00dcber 8.4  rANS
            ## A_b & c
            Underlined
            ----------
            """);
    assertEquals(
        List.of(
            "which-method-which-k",
            "--k-n-colours-a-link",
            "a_b--c",
            "\u00fcber-84--rans",
            "a_b--c-1",
            "underlined"),
        file.sections().values().stream().map(Markdown.Section::anchor).toList());
    assertEquals("Which method, which K?", file.title());
  }

  @Test
  void brokenLinksAreFound() {
    Markdown file = Markdown.of("docs/a.md", "# A\n## B\n");
    Markdown readme = Markdown.of("README.md", "# Start\n");
    Links links = new Links(ROOT, List.of(file, readme));
    assertEquals("#b", links.onPage(file, "#b"));
    assertEquals("a.html#b", links.onPage(file, "a.md#b"));
    assertEquals("../index.html#start", links.onPage(file, "../README.md#start"));
    assertEquals("docs/a.html", links.onPage(readme, "docs/a.md"));
    assertEquals("LICENSE.txt", links.onPage(readme, "LICENSE"));
    assertEquals("spec/vectors/index.html", links.onPage(readme, "spec/vectors"));
    assertEquals("https://example.org/#x", links.onPage(file, "https://example.org/#x"));
    assertEquals(Set.of("LICENSE", "spec/vectors"), links.others());
    for (String broken : List.of("#c", "a.md#c", "b.md", "../LICENSE#a", "../../x", "../nothing")) {
      assertThrows(IllegalArgumentException.class, () -> links.onPage(file, broken), broken);
    }
  }
}
