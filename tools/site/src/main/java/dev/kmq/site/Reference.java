package dev.kmq.site;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The Javadoc of the published modules, in one folder with links between them and to the JDK's. */
final class Reference {
  /** The published modules, and the folders of their sources. */
  private static final Map<String, String> MODULES =
      new TreeMap<>(
          Map.of(
              "dev.kmq.codec", "codec/src/main/java",
              "dev.kmq.imageio", "imageio-plugin/src/main/java"));

  private static final Pattern EXPORTS = Pattern.compile("(?m)^ *exports ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^public (?:(?:final|abstract|sealed) )*(?:class|record|interface|enum) (\\w+)");

  private Reference() {}

  /** Writes the pages; the modules that the sources need are on the class path. */
  static void write(Path root, Path folder, Path overview, String version) {
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    Stream<String> sources =
        MODULES.entrySet().stream()
            .flatMap(
                module ->
                    Stream.of(
                        "--module-source-path",
                        module.getKey() + "=" + root.resolve(module.getValue())));
    Stream<String> options =
        Stream.of(
            "--module",
            String.join(",", MODULES.keySet()),
            "--module-path",
            System.getProperty("java.class.path"),
            "--release",
            "17",
            "-d",
            folder.toString(),
            "-overview",
            overview.toString(),
            "-doctitle",
            "kmq " + version,
            "-windowtitle",
            "kmq " + version,
            "-header",
            "<a href=\"{@docRoot}/../index.html\">kmq</a>",
            "-encoding",
            "UTF-8",
            "-docencoding",
            "UTF-8",
            "-charset",
            "UTF-8",
            "-locale",
            "en",
            "-Xdoclint:all",
            "-Werror",
            "-notimestamp",
            "-quiet");
    int result =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IllegalStateException("this JDK has no javadoc"))
            .run(out, out, Stream.concat(sources, options).toArray(String[]::new));
    if (result != 0) {
      throw new IllegalStateException("javadoc failed:\n" + messages);
    }
  }

  /** The pages of exported packages and their types, by the names that code spans have. */
  static Map<String, String> pages(Path root) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      Path sources = root.resolve(module.getValue());
      String exports = Files.readString(sources.resolve("module-info.java"));
      pages.put(module.getKey(), "api/" + module.getKey() + "/module-summary.html");
      for (MatchResult found : EXPORTS.matcher(exports).results().toList()) {
        String folder = found.group(1).replace('.', '/');
        String page = "api/" + module.getKey() + "/" + folder + "/";
        // The module of the plugin has the name of its package, which is what readers look for.
        pages.put(found.group(1), page + "package-summary.html");
        for (String type : types(sources.resolve(folder))) {
          if (pages.put(type, page + type + ".html") != null) {
            throw new IllegalStateException("two exported types have the name " + type);
          }
        }
      }
    }
    return pages;
  }

  private static List<String> types(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(Reference::declaresPublicType)
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .sorted()
          .toList();
    }
  }

  private static boolean declaresPublicType(Path file) {
    try {
      return TYPE.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
