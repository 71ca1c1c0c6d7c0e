package dev.kmq.site;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The menu of all pages. */
final class Navigation {
  /** An entry of the menu: the path of a page below the site, and its name. */
  record Entry(String page, String name) {}

  /** Entries under a heading. */
  record Group(String name, List<Entry> entries) {}

  private static final String REFERENCE = "api/index.html";
  private static final String APPLICATION = "try/index.html";

  /** Pages that are not made from Markdown. */
  static final Set<String> OTHERS = Set.of(REFERENCE, APPLICATION);

  private Navigation() {}

  /** The groups of the menu; files that none of them names are in the last one, by title. */
  static List<Group> of(List<Markdown> files) {
    Map<String, Markdown> byPath =
        files.stream().collect(Collectors.toMap(Markdown::path, file -> file));
    Set<String> rest = new HashSet<>(byPath.keySet());
    List<Group> groups =
        List.of(
            group(
                "Use",
                entry("README.md", "Start"),
                entry(APPLICATION, "Try it in the browser"),
                entry("docs/guide.md", "Guide"),
                entry("docs/dithering.md", "Dithering"),
                entry("tools/spark/README.md", "Spark")),
            group(
                "Java",
                entry("docs/java.md", "Java applications"),
                entry("imageio-plugin/README.md", "ImageIO plugin"),
                entry(REFERENCE, "API reference")),
            group(
                "Web",
                entry("spec/js/README.md", "Decoder in JavaScript"),
                entry("tools/web/README.md", "Codec in a web page")),
            group(
                "Format",
                entry("spec/kmq-1.md", "Specification"),
                entry("spec/CHANGELOG.md", "Format changes"),
                entry("spec/vectors/recipes/README.md", "Test vectors"),
                entry("spec/compatibility/README.md", "Compatibility files")),
            group(
                "Project",
                entry("docs/architecture.md", "Architecture"),
                entry("docs/decisions.md", "Decisions"),
                entry("tools/bench/README.md", "Benchmarks"),
                entry("CHANGELOG.md", "Changes"),
                entry("CONTRIBUTING.md", "Contributing"),
                entry("SECURITY.md", "Security")));
    for (Group group : groups) {
      for (int i = 0; i < group.entries().size(); i++) {
        Entry entry = group.entries().get(i);
        Markdown file = byPath.get(entry.page());
        if (file != null) {
          group.entries().set(i, new Entry(file.page(), entry.name()));
          rest.remove(entry.page());
        } else if (!OTHERS.contains(entry.page())) {
          throw new IllegalStateException("the menu names " + entry.page() + ", which is missing");
        }
      }
    }
    List<Entry> last = groups.get(groups.size() - 1).entries();
    files.stream()
        .filter(file -> rest.contains(file.path()))
        .forEach(file -> last.add(new Entry(file.page(), file.title())));
    return groups;
  }

  private static Group group(String name, Entry... entries) {
    return new Group(name, new ArrayList<>(Arrays.asList(entries)));
  }

  private static Entry entry(String path, String name) {
    return new Entry(path, name);
  }
}
