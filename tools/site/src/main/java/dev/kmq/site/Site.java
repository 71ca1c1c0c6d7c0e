package dev.kmq.site;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Builds the site. */
public final class Site {
  private final Path root;
  private final Path target;
  private final String version;
  private final List<Markdown> files;
  private final List<Navigation.Group> menu;
  private final String frame;

  private Site(Path root, Path target, String version) throws IOException {
    this.root = root;
    this.target = target;
    this.version = version;
    files = Markdown.readAll(root);
    menu = Navigation.of(files);
    frame = new String(resource("page.html"), StandardCharsets.UTF_8);
  }

  /**
   * Builds the site; what was in its folder is deleted.
   *
   * @param args the root of the sources, the folder of the site, and the version of kmq
   */
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[1]);
    delete(target);
    new Site(Path.of(args[0]), target, args[2]).write();
    System.out.println("site: " + target.resolve("index.html"));
  }

  private void write() throws IOException {
    Links links = new Links(root, files);
    PageWriter writer = new PageWriter(root, links, Reference.pages(root));
    for (Markdown file : files) {
      write(file.page(), file.title(), writer.html(file), sections(file));
    }
    for (String other : links.others()) {
      Path source = root.resolve(other);
      if (Files.isDirectory(source)) {
        copy(source, target.resolve(other));
        write(links.page(other), other, listing(source, other), "");
      } else {
        copy(source, target.resolve(links.page(other)));
      }
    }
    write("style.css", resource("style.css"));
    copy(root.resolve("tools/web/target/site"), target.resolve("try"));
    Path overview = Files.createTempFile("overview", ".html");
    try {
      Files.write(overview, resource("overview.html"));
      Reference.write(root, target.resolve("api"), overview, version);
    } finally {
      Files.delete(overview);
    }
  }

  private void write(String page, String title, String main, String sections) throws IOException {
    String html = frame;
    Map<String, String> values =
        Map.of(
            "title", escape(title.equals("kmq") ? title : title + " - kmq"),
            "root", Links.relative(page, "index.html").replace("index.html", ""),
            "menu", menu(page, sections),
            "version", escape(version),
            "main", main);
    for (Map.Entry<String, String> value : values.entrySet()) {
      html = html.replace("${" + value.getKey() + "}", value.getValue());
    }
    write(page, html.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = target.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private String menu(String page, String sections) {
    return menu.stream()
        .map(
            group ->
                "<h2>%s</h2>\n<ul>\n%s</ul>\n"
                    .formatted(
                        escape(group.name()),
                        group.entries().stream()
                            .map(entry -> item(entry, page, sections))
                            .collect(joining())))
        .collect(joining());
  }

  private static String item(Navigation.Entry entry, String page, String sections) {
    boolean current = entry.page().equals(page);
    return "<li><a href=\"%s\"%s>%s</a>%s</li>\n"
        .formatted(
            Links.relative(page, entry.page()),
            current ? " aria-current=\"page\"" : "",
            escape(entry.name()),
            current ? sections : "");
  }

  /** Links to the sections of a page. */
  private static String sections(Markdown file) {
    StringBuilder list = new StringBuilder();
    for (Markdown.Section section : file.sections().values()) {
      if (section.level() == 2) {
        list.append(
            "<li><a href=\"#%s\">%s</a></li>\n"
                .formatted(section.anchor(), escape(section.title())));
      }
    }
    return list.isEmpty() ? "" : "\n<ul>\n" + list + "</ul>\n";
  }

  /** The page of a folder without a README: its files. */
  private static String listing(Path folder, String name) throws IOException {
    StringBuilder html = new StringBuilder("<h1>" + escape(name) + "</h1>\n<ul class=\"files\">\n");
    for (Path file : walk(folder)) {
      if (Files.isRegularFile(file)) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        path = path.replaceFirst("README\\.md$", "index.html");
        html.append("<li><a href=\"%1$s\">%1$s</a></li>\n".formatted(escape(path)));
      }
    }
    return html.append("</ul>\n").toString();
  }

  private static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new ArrayList<>(all.sorted().toList());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : walk(from)) {
      Path copy = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(copy);
      } else if (!file.toString().endsWith(".md")) { // those are pages
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all = walk(folder);
      all.sort(Comparator.reverseOrder());
      for (Path file : all) {
        Files.delete(file);
      }
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Site.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
