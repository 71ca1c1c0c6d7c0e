package dev.kmq.imageio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/** Creates elements of metadata trees with their attributes, and reads and checks them. */
final class Elements {
  private Elements() {}

  /** Adds an element to another one. */
  static IIOMetadataNode add(Node parent, String name) {
    IIOMetadataNode node = new IIOMetadataNode(name);
    parent.appendChild(node);
    return node;
  }

  /** Adds an element with an attribute {@code value}. */
  static void addValue(Node parent, String name, String value) {
    add(parent, name).setAttribute("value", value);
  }

  /** Sets a number. */
  static void set(IIOMetadataNode node, String name, long value) {
    node.setAttribute(name, Long.toString(value));
  }

  static List<Node> children(Node node) {
    List<Node> children = new ArrayList<>();
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeType() == Node.ELEMENT_NODE) {
        children.add(child);
      }
    }
    return children;
  }

  static @Nullable Node child(Node node, String name) {
    for (Node child : children(node)) {
      if (name.equals(child.getNodeName())) {
        return child;
      }
    }
    return null;
  }

  static @Nullable String attribute(Node node, String name) {
    Node attribute = node.getAttributes() == null ? null : node.getAttributes().getNamedItem(name);
    return attribute == null ? null : attribute.getNodeValue();
  }

  static String required(Node node, String name) throws IIOInvalidTreeException {
    String value = attribute(node, name);
    if (value == null) {
      throw invalid(node, "has no attribute " + name);
    }
    return value;
  }

  /** An integer attribute within bounds. */
  static long integer(Node node, String name, long least, long most)
      throws IIOInvalidTreeException {
    String text = required(node, name);
    try {
      long value = Long.parseLong(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw invalid(
        node, String.format(Locale.ROOT, "has %s=\"%s\", not %d to %d", name, text, least, most));
  }

  /** The attribute {@code value} as a number. */
  static double number(Node node) throws IIOInvalidTreeException {
    String text = required(node, "value");
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw invalid(node, "has value=\"" + text + "\", not a number");
    }
  }

  /** A copy of the bytes that are the user object of an element. */
  static byte[] bytes(Node node) throws IIOInvalidTreeException {
    if (node instanceof IIOMetadataNode own && own.getUserObject() instanceof byte[] bytes) {
      return bytes.clone();
    }
    throw invalid(node, "has no byte[] as its user object");
  }

  static IIOInvalidTreeException invalid(Node node, String what) {
    return new IIOInvalidTreeException(node.getNodeName() + " " + what, node);
  }
}
