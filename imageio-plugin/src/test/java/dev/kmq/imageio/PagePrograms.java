package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.imageio.MarkdownPage.Block;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * The Java code of pages as programs. A block that declares a type is a source file. The statements
 * of a section are a method, with the imports below and the variables of {@code pages/Values.java}.
 */
final class PagePrograms {
  static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private static final List<String> IMPORTS =
      List.of(
          "dev.kmq.*",
          "dev.kmq.concurrent.*",
          "dev.kmq.container.*",
          "dev.kmq.image.*",
          "dev.kmq.imageio.*",
          "java.awt.image.*",
          "java.io.*",
          "java.nio.file.*",
          "java.util.*",
          "javax.imageio.*",
          "javax.imageio.stream.*",
          "javax.swing.*",
          "javax.swing.filechooser.FileNameExtensionFilter");

  private PagePrograms() {}

  /** Compiles the types that sections of a page declare, or all if none is named, to a folder. */
  static void compileTypes(MarkdownPage page, List<String> headings, Path classes)
      throws Exception {
    List<Path> sources = new ArrayList<>();
    Path folder = Files.createDirectories(classes.resolveSibling("sources"));
    for (Block block : page.blocks("java")) {
      boolean named = headings.isEmpty() || headings.contains(block.heading());
      if (named && !block.type().isEmpty()) {
        sources.add(Files.writeString(folder.resolve(block.type() + ".java"), block.text()));
      }
    }
    compile(sources, classes);
  }

  /**
   * Compiles the statements of pages to a folder.
   *
   * @return the class that runs them in their order
   */
  static String compileStatements(List<MarkdownPage> pages, Path classes) throws Exception {
    Path folder = Files.createDirectories(classes.resolveSibling("statements"));
    List<Path> sources = new ArrayList<>();
    sources.add(Path.of(PagePrograms.class.getResource("/pages/Values.java").toURI()));
    StringBuilder calls = new StringBuilder();
    for (MarkdownPage page : pages) {
      Map<String, List<Block>> sections = new LinkedHashMap<>();
      for (Block block : page.blocks("java")) {
        if (block.type().isEmpty()) {
          sections.computeIfAbsent(block.heading(), key -> new ArrayList<>()).add(block);
        }
      }
      for (List<Block> section : sections.values()) {
        String name = page.name().replaceAll("\\W", "_") + "_line_" + section.get(0).line();
        sources.add(Files.writeString(folder.resolve(name + ".java"), method(name, section)));
        calls.append("    ").append(name).append(".run();\n");
      }
    }
    String main =
        """
        final class Statements {
          public static void main(String[] arguments) throws Exception {
        %s    System.out.println("done");
            System.exit(0);
          }
        }
        """;
    Path all = folder.resolve("Statements.java");
    sources.add(Files.writeString(all, main.formatted(calls)));
    compile(sources, classes);
    return "Statements";
  }

  private static String method(String name, List<Block> section) {
    StringBuilder source = new StringBuilder();
    IMPORTS.forEach(type -> source.append("import ").append(type).append(";\n"));
    List<String> lines =
        section.stream()
            .flatMap(block -> block.text().lines())
            .collect(Collectors.toCollection(ArrayList::new));
    lines.stream()
        .filter(line -> line.startsWith("import "))
        .forEach(line -> source.append(line).append('\n'));
    lines.removeIf(line -> line.startsWith("import "));
    source.append("final class ").append(name).append(" extends Values {\n");
    source.append("  static void run() throws Exception {\n");
    lines.forEach(line -> source.append("    ").append(line).append('\n'));
    return source.append("  }\n}\n").toString();
  }

  static void compile(List<Path> sources, Path classes) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d",
                Files.createDirectories(classes).toString(),
                "-cp",
                CLASS_PATH,
                "-proc:none",
                "-Xlint:all,-classfile,-path",
                "-Werror"));
    sources.forEach(source -> arguments.add(source.toString()));
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(out, out, arguments.toArray(String[]::new));
    assertEquals(0, result, messages.toString());
  }
}
