package dev.kmq.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the links of Markdown files lead: to other files of the repository, or to other hosts. */
final class Links {
  private final Path root;
  private final Map<String, Markdown> files;
  private final Set<String> others = new TreeSet<>();

  Links(Path root, Collection<Markdown> files) {
    this.root = root;
    this.files = files.stream().collect(Collectors.toMap(Markdown::path, Function.identity()));
  }

  /** Files and folders that are no Markdown and that links have led to, as paths below the root. */
  Set<String> others() {
    return others;
  }

  static boolean isExternal(String link) {
    return link.matches("[a-z][a-z0-9+.-]*:.*");
  }

  /**
   * Returns the address of a link on the page of a file.
   *
   * @throws IllegalArgumentException if the link leads nowhere; the message has no place
   */
  String onPage(Markdown from, String link) {
    if (isExternal(link)) {
      return link;
    }
    int hash = link.indexOf('#');
    String anchor = hash < 0 ? "" : link.substring(hash);
    String name = hash < 0 ? link : link.substring(0, hash);
    String target = name.isEmpty() ? from.path() : below(from.path(), name);
    Markdown markdown = files.get(target);
    if (markdown == null) {
      markdown = files.get((target + "/README.md").replaceFirst("^/", ""));
    }
    if (markdown != null) {
      if (!anchor.isEmpty() && !markdown.hasAnchor(anchor.substring(1))) {
        throw new IllegalArgumentException(markdown.path() + " has no heading " + anchor);
      }
      return name.isEmpty() ? anchor : relative(from.page(), markdown.page()) + anchor;
    }
    if (!Files.exists(root.resolve(target)) || !anchor.isEmpty()) {
      throw new IllegalArgumentException("there is no " + target + anchor);
    }
    others.add(target);
    return relative(from.page(), page(target));
  }

  /** The page of another file, or of a folder without a README. */
  String page(String other) {
    if (Files.isDirectory(root.resolve(other))) {
      return other + "/index.html";
    }
    // Servers take files without a suffix for downloads.
    return other.substring(other.lastIndexOf('/') + 1).contains(".") ? other : other + ".txt";
  }

  private String below(String from, String name) {
    Path target = root.resolve(from).resolveSibling(name).normalize();
    if (!target.startsWith(root)) {
      throw new IllegalArgumentException(name + " is not in the repository");
    }
    return root.relativize(target).toString().replace('\\', '/');
  }

  /** The relative address of a page as seen from another. */
  static String relative(String from, String to) {
    Path folder = Path.of("/" + from).resolveSibling("");
    return folder.relativize(Path.of("/" + to)).toString().replace('\\', '/');
  }
}
