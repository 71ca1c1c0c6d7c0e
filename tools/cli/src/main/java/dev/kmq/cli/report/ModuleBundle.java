package dev.kmq.cli.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins ES modules into one script for a page: browsers import no modules from {@code file:}. Every
 * module becomes a function that returns its exports, in the order of its imports. Known are {@code
 * import { a, b } from "./file.js";} and {@code export} before a declaration or a list of names, at
 * the start of a line.
 */
final class ModuleBundle {
  /** Reads the text of a module. */
  @FunctionalInterface
  interface Source {
    String read(String path) throws IOException;
  }

  private static final Pattern IMPORT =
      Pattern.compile("^import \\{([^}]+)} from \"(\\.{1,2}/[^\"]+)\";$", Pattern.MULTILINE);
  private static final Pattern DECLARATION =
      Pattern.compile(
          "^export ((?:async )?(?:function\\*?|class|const|let) (\\w+))", Pattern.MULTILINE);
  private static final Pattern LIST = Pattern.compile("^export \\{([^}]+)};$", Pattern.MULTILINE);
  private static final Pattern LEFT = Pattern.compile("^(?:import|export)\\b.*", Pattern.MULTILINE);

  private final Source source;

  /** Names of the modules in the script by their paths. */
  private final Map<String, String> names = new HashMap<>();

  /** Modules whose imports are being added. */
  private final Set<String> open = new HashSet<>();

  private final StringBuilder script = new StringBuilder();

  private ModuleBundle(Source source) {
    this.source = source;
  }

  /**
   * A script that runs a module and all it imports.
   *
   * @param path of the module, with {@code /}
   * @throws IllegalStateException if a module uses another form of import or export
   */
  static String of(String path, Source source) throws IOException {
    ModuleBundle bundle = new ModuleBundle(source);
    bundle.add(path);
    return bundle.script.toString();
  }

  /** Adds a module unless it is there, after those that it imports. */
  private String add(String path) throws IOException {
    String known = names.get(path);
    if (known != null) {
      return known;
    }
    if (!open.add(path)) {
      throw new IllegalStateException(path + " imports itself");
    }
    String text = source.read(path);
    StringBuilder body = new StringBuilder();
    Matcher imports = IMPORT.matcher(text);
    while (imports.find()) {
      String module = add(resolved(path, imports.group(2)));
      String destructured = imports.group(1).replaceAll("(\\w+) as (\\w+)", "$1: $2");
      imports.appendReplacement(
          body, Matcher.quoteReplacement("const {" + destructured + "} = " + module + ";"));
    }
    imports.appendTail(body);
    List<String> exports = new ArrayList<>();
    String declared = withoutExports(body.toString(), exports);
    Matcher left = LEFT.matcher(declared);
    if (left.find()) {
      throw new IllegalStateException(path + ": cannot bundle " + left.group());
    }
    String name = "module" + names.size();
    names.put(path, name);
    script
        .append("// ")
        .append(path)
        .append('\n')
        .append("const ")
        .append(name)
        .append(" = (() => {\n")
        .append(declared.stripTrailing())
        .append("\nreturn { ")
        .append(String.join(", ", exports))
        .append(" };\n})();\n\n");
    return name;
  }

  private static String withoutExports(String text, List<String> exports) {
    Matcher lists = LIST.matcher(text);
    String listed =
        lists.replaceAll(
            list -> {
              for (String name : list.group(1).split(",", -1)) {
                exports.add(name.strip());
              }
              return "";
            });
    return DECLARATION
        .matcher(listed)
        .replaceAll(
            found -> {
              exports.add(found.group(2));
              return Matcher.quoteReplacement(found.group(1));
            });
  }

  /** The path that an import of a module names. */
  private static String resolved(String from, String relative) {
    List<String> parts = new ArrayList<>(List.of(from.split("/", -1)));
    parts.remove(parts.size() - 1);
    for (String part : relative.split("/", -1)) {
      if (part.equals("..")) {
        parts.remove(parts.size() - 1);
      } else if (!part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
