package dev.kmq.dist.central;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The elements of a POM file, by paths such as {@code scm/url}. */
final class Pom {
  private final Element element;

  private Pom(Element element) {
    this.element = element;
  }

  static Pom read(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new Pom(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** All elements at a path. */
  List<Pom> all(String path) {
    List<Pom> found = List.of(this);
    for (String name : path.split("/", -1)) {
      found = found.stream().flatMap(pom -> pom.children(name).stream()).toList();
    }
    return found;
  }

  private List<Pom> children(String name) {
    List<Pom> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && (name.equals("*") || child.getTagName().equals(name))) {
        children.add(new Pom(child));
      }
    }
    return children;
  }

  boolean has(String path) {
    return !all(path).isEmpty();
  }

  /** The text of the first element at a path, or an empty text. */
  String text(String path) {
    List<Pom> found = all(path);
    return found.isEmpty() ? "" : found.get(0).text();
  }

  String text() {
    return element.getTextContent().strip();
  }

  String name() {
    return element.getTagName();
  }
}
