package dev.kmq.site;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;

/**
 * A block of code in a Markdown file.
 *
 * @param comment the comment just before it; empty for none
 */
record CodeBlock(String file, int line, String language, String text, String comment) {

  /** The fenced and indented blocks of a file, in their order. */
  static List<CodeBlock> all(Markdown file) {
    List<CodeBlock> blocks = new ArrayList<>();
    file.document()
        .accept(
            new AbstractVisitor() {
              private void add(Node node, String language, String text) {
                String comment =
                    node.getPrevious() instanceof HtmlBlock html ? html.getLiteral() : "";
                blocks.add(
                    new CodeBlock(file.path(), Markdown.line(node), language, text, comment));
              }

              @Override
              public void visit(FencedCodeBlock block) {
                add(block, block.getInfo().isEmpty() ? "-" : block.getInfo(), block.getLiteral());
              }

              @Override
              public void visit(IndentedCodeBlock block) {
                add(block, "-", block.getLiteral());
              }
            });
    return blocks;
  }

  /** The commands of a shell: without comments, continued lines joined. */
  List<String> commands() {
    return text.replaceAll("\\\\\n *", "")
        .lines()
        .map(line -> line.replaceFirst("(^|\\s+)#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @Override
  public String toString() {
    return file + ":" + line + " (" + language + ")";
  }
}
