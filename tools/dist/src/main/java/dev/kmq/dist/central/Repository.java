package dev.kmq.dist.central;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a Maven repository in a folder, by component. */
final class Repository {
  private final Path root;
  private final List<Component> components = new ArrayList<>();
  private final List<Path> strays = new ArrayList<>();

  private Repository(Path root) {
    this.root = root;
  }

  static Repository read(Path root) throws IOException {
    Repository repository = new Repository(root);
    if (Files.isDirectory(root)) {
      Map<Path, List<Path>> folders = new TreeMap<>();
      try (Stream<Path> walk = Files.walk(root)) {
        walk.filter(Files::isRegularFile)
            .filter(file -> !name(file).startsWith("maven-metadata.xml"))
            .sorted()
            .forEach(
                file ->
                    folders
                        .computeIfAbsent(file.resolveSibling(""), key -> new ArrayList<>())
                        .add(file));
      }
      folders.forEach(repository::add);
    }
    return repository;
  }

  /** Takes a folder as a component if it has POMs, of which all but the first begin another. */
  private void add(Path folder, List<Path> files) {
    List<Path> poms = files.stream().filter(file -> name(file).endsWith(".pom")).toList();
    Path path = root.relativize(folder);
    if (poms.isEmpty() || path.getNameCount() < 3) {
      strays.addAll(files);
      return;
    }
    int names = path.getNameCount();
    String group = path.subpath(0, names - 2).toString().replace('\\', '.').replace('/', '.');
    String base = name(poms.get(0)).replaceAll("\\.pom$", "");
    List<Path> own =
        files.stream().filter(file -> name(file).matches(Pattern.quote(base) + "[.-].*")).toList();
    files.stream().filter(file -> !own.contains(file)).forEach(strays::add);
    components.add(
        new Component(
            group,
            path.getName(names - 2).toString(),
            path.getName(names - 1).toString(),
            base,
            own));
  }

  List<Component> components() {
    return components;
  }

  /** Files that belong to no component. */
  List<Path> strays() {
    return strays;
  }

  /** The path of a file in the repository, with slashes. */
  String path(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }
}
