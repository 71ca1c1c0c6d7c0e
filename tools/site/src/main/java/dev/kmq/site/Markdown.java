package dev.kmq.site;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown file of the repository.
 *
 * @param path its path below the root, with slashes
 * @param document what it contains
 * @param sections its sections by their headings, in their order
 */
record Markdown(String path, Node document, Map<Heading, Section> sections) {
  /** A section: the text of its heading, and the anchor. */
  record Section(int level, String title, String anchor) {}

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();

  /** Folders that hold no sources. */
  private static final Set<String> GENERATED = Set.of("target", "node_modules");

  /** Reads all Markdown files below a folder, in the order of their paths. */
  static List<Markdown> readAll(Path root) throws IOException {
    Set<String> paths = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped = GENERATED.contains(name) || name.startsWith(".");
            return skipped && !folder.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              paths.add(root.relativize(file).toString().replace('\\', '/'));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    List<Markdown> files = new ArrayList<>();
    for (String path : paths) {
      files.add(of(path, Files.readString(root.resolve(path))));
    }
    return files;
  }

  static Markdown of(String path, String text) {
    Node document = PARSER.parse(text);
    Map<Heading, Section> sections = new LinkedHashMap<>();
    Anchors anchors = new Anchors();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            String title = Anchors.text(heading);
            sections.put(heading, new Section(heading.getLevel(), title, anchors.next(title)));
          }
        });
    return new Markdown(path, document, sections);
  }

  /** The title of the first section. */
  String title() {
    if (sections.isEmpty()) {
      throw new IllegalStateException(path + " has no heading");
    }
    return sections.values().iterator().next().title();
  }

  boolean hasAnchor(String anchor) {
    return sections.values().stream().anyMatch(section -> section.anchor().equals(anchor));
  }

  /** The line of a node, counted from 1. */
  static int line(Node node) {
    return node.getSourceSpans().get(0).getLineIndex() + 1;
  }

  /** The path of the page: a README is the index of its folder. */
  String page() {
    return path.endsWith("README.md")
        ? path.substring(0, path.length() - "README.md".length()) + "index.html"
        : path.substring(0, path.length() - "md".length()) + "html";
  }
}
