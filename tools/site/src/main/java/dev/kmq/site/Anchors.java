package dev.kmq.site;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The anchors of the headings of a page, as GitHub makes them. */
final class Anchors {
  private final Set<String> taken = new HashSet<>();

  /** Returns the anchor of the next heading, by its text; it differs from all before. */
  String next(String heading) {
    String anchor = slug(heading);
    String unique = anchor;
    for (int i = 1; !taken.add(unique); i++) {
      unique = anchor + "-" + i;
    }
    return unique;
  }

  /** Small letters; spaces are hyphens, and punctuation is dropped, except for - and _. */
  private static String slug(String text) {
    StringBuilder slug = new StringBuilder();
    text.strip()
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .map(c -> c == ' ' ? '-' : c)
        .filter(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_')
        .forEach(slug::appendCodePoint);
    return slug.toString();
  }

  /** The text of a node, without its formatting. */
  static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak part) {
            text.append(' ');
          }
        });
    return text.toString();
  }
}
