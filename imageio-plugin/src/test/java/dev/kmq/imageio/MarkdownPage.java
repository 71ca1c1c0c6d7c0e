package dev.kmq.imageio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, and its fenced blocks. */
record MarkdownPage(String name, String text, List<Block> blocks) {
  private static final Path ROOT = Path.of(System.getProperty("kmq.root"));
  private static final Pattern TYPE =
      Pattern.compile("(?m)^public (?:final )?(?:class|record|interface) (\\w+)");

  /** A fenced block in the section of a heading, which begins in a line of the page. */
  record Block(String heading, int line, String language, String text) {
    /** The name of the type that the block declares; empty for statements. */
    String type() {
      Matcher type = TYPE.matcher(text);
      return type.find() ? type.group(1) : "";
    }
  }

  static MarkdownPage of(String name) throws IOException {
    Path file = ROOT.resolve(name);
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    String heading = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ ", "");
      } else if (line.startsWith("```")) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
        blocks.add(new Block(heading, i + 1, line.substring(3), text));
        i = end;
      }
    }
    return new MarkdownPage(name, Files.readString(file), List.copyOf(blocks));
  }

  List<Block> blocks(String language) {
    return blocks.stream().filter(block -> block.language().equals(language)).toList();
  }

  /** The blocks of a language in a section. */
  List<String> blocks(String heading, String language) {
    return blocks(language).stream()
        .filter(block -> block.heading().equals(heading))
        .map(Block::text)
        .toList();
  }

  /** The only block of a language in a section. */
  String block(String heading, String language) {
    List<String> found = blocks(heading, language);
    if (found.size() != 1) {
      throw new IllegalStateException(
          "%s has %d %s blocks in '%s'".formatted(name, found.size(), language, heading));
    }
    return found.get(0);
  }
}
