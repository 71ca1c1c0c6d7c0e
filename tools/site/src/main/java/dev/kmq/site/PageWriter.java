package dev.kmq.site;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.HtmlRenderer;

/** Turns a Markdown file into the HTML of its page. */
final class PageWriter {
  private final Path root;
  private final Links links;
  private final Map<String, String> reference;

  /**
   * @param reference pages of the Javadoc, by the code spans that they explain
   */
  PageWriter(Path root, Links links, Map<String, String> reference) {
    this.root = root;
    this.links = links;
    this.reference = reference;
  }

  /** The contents of the page, without the frame that all pages have. */
  String html(Markdown file) {
    Map<Node, Map<String, String>> attributes = new HashMap<>();
    file.document().accept(new Preparation(file, attributes));
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .attributeProviderFactory(
                context ->
                    (node, tag, given) -> {
                      given.putAll(attributes.getOrDefault(node, Map.of()));
                      if (tag.equals("pre")) {
                        given.put("tabindex", "0"); // scrolled by keys
                      }
                    })
            .build();
    return renderer
        .render(file.document())
        .replace("<table>", "<div class=\"table\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>");
  }

  /** Sets the addresses of links, links code to the reference, and drops comments. */
  private final class Preparation extends AbstractVisitor {
    private final Markdown file;
    private final Map<Node, Map<String, String>> attributes;
    private boolean inLink;

    Preparation(Markdown file, Map<Node, Map<String, String>> attributes) {
      this.file = file;
      this.attributes = attributes;
    }

    private String address(Node node, String link) {
      try {
        return links.onPage(file, link);
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException(
            file.path() + ":" + Markdown.line(node) + ": " + link + ": " + e.getMessage(), e);
      }
    }

    private void within(Node node) {
      boolean before = inLink;
      inLink = true;
      visitChildren(node);
      inLink = before;
    }

    @Override
    public void visit(Link link) {
      link.setDestination(address(link, link.getDestination()));
      within(link);
    }

    @Override
    public void visit(Heading heading) {
      String anchor = Objects.requireNonNull(file.sections().get(heading)).anchor();
      attributes.put(heading, Map.of("id", anchor));
      within(heading);
      if (heading.getLevel() > 1) {
        Link own = new Link("#" + anchor, null);
        own.appendChild(new Text("#"));
        attributes.put(own, Map.of("class", "anchor", "aria-label", "Link to this section"));
        heading.appendChild(own);
      }
    }

    @Override
    public void visit(Code code) {
      String page = reference.get(code.getLiteral());
      if (page != null && !inLink) {
        Link link = new Link(Links.relative(file.page(), page), null);
        code.insertBefore(link);
        link.appendChild(code);
      }
    }

    @Override
    public void visit(Image image) {
      Path source = root.resolve(file.path()).resolveSibling(image.getDestination());
      image.setDestination(address(image, image.getDestination()));
      attributes.put(image, size(source));
    }

    @Override
    public void visit(HtmlBlock html) {
      if (html.getLiteral().startsWith("<!--")) {
        html.unlink();
      } else {
        refuse(html);
      }
    }

    @Override
    public void visit(HtmlInline html) {
      refuse(html);
    }

    private void refuse(Node html) {
      throw new IllegalStateException(
          file.path() + ":" + Markdown.line(html) + ": HTML; use Markdown");
    }
  }

  /** The width and height of a PNG, so that nothing moves when it is loaded. */
  private static Map<String, String> size(Path png) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(png))) {
      in.skipNBytes(16);
      return Map.of(
          "width",
          String.valueOf(in.readInt()),
          "height",
          String.valueOf(in.readInt()),
          "loading",
          "lazy");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
