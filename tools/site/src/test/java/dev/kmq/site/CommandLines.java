package dev.kmq.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what command lines of the documentation name and the repository does not have. */
final class CommandLines {
  private static final Set<String> PHASES =
      Set.of("clean", "compile", "test", "package", "integration-test", "verify", "install");

  /** A plugin for the command line, which no POM names. */
  private static final Set<String> PLUGINS = Set.of("versions");

  /** Properties of Maven's own plugins, and of this one. */
  private static final Set<String> PROPERTIES =
      Set.of(
          "test",
          "surefire.failIfNoSpecifiedTests",
          "skipTests",
          "jacoco.skip",
          "newVersion",
          "generateBackupPoms");

  /** Programs that the repository does not have; their files are checked. */
  private static final Set<String> OTHERS =
      Set.of("npm", "convert", "kmq", "python3", "node", "java", "git", "cp");

  private final Path root;
  private final String poms;
  private final List<String> sources = new ArrayList<>();

  CommandLines(Path root) throws IOException {
    this.root = root;
    StringBuilder text = new StringBuilder();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            return Set.of("target", "node_modules", ".git").contains(name)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.toString().replace('\\', '/');
            if (name.endsWith("/pom.xml")) {
              text.append(Files.readString(file));
            } else if (name.endsWith(".java")) {
              sources.add(name);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    poms = text.toString();
  }

  /** What is wrong with a command; empty if nothing is. */
  List<String> faults(String command) {
    String[] words = command.replaceFirst("^time ", "").split("\\s+", -1);
    List<String> faults = new ArrayList<>();
    String program = words[0];
    if (program.equals("./mvnw")) {
      for (int i = 1; i < words.length; i++) {
        if (words[i].equals("-pl")) {
          i++;
          Stream.of(words[i].replace("'", "").replace("!", "").split(",", -1))
              .filter(module -> !Files.exists(root.resolve(module).resolve("pom.xml")))
              .forEach(module -> faults.add("no module " + module));
        } else {
          mavenFault(words[i], faults);
        }
      }
    } else if (program.startsWith("tools/")) {
      if (!Files.isExecutable(root.resolve(program))) {
        faults.add("no program " + program);
      }
    } else if (!OTHERS.contains(program)) {
      faults.add("unknown program " + program);
    }
    for (int i = 1; i < words.length; i++) {
      String file = words[i].replaceAll("^\\.\\./kmq/|[\")]", "");
      boolean served = program.equals("python3") && words[i - 1].equals("-d");
      if ((served || file.endsWith(".mjs"))
          && !file.contains("target/")
          && !Files.exists(root.resolve(file))) {
        faults.add("no file " + file);
      }
      if (program.equals("java")) {
        javaFault(words[i], faults);
      }
    }
    return faults;
  }

  private void mavenFault(String word, List<String> faults) {
    if (word.startsWith("-D")) {
      String property = word.substring(2).replaceFirst("=.*", "");
      if (property.equals("test")) {
        for (String test : word.replaceAll("^-Dtest=|'", "").split(",", -1)) {
          String path = ".*/" + test.replace(".", "/").replace("*", ".*") + "\\.java";
          if (sources.stream().noneMatch(Pattern.compile(path).asMatchPredicate())) {
            faults.add("no test " + test);
          }
        }
      } else if (!PROPERTIES.contains(property) && !poms.contains(property) && !read(property)) {
        faults.add("no property " + property);
      }
    } else if (word.startsWith("'-Dtest=")) {
      mavenFault(word.replace("'", ""), faults);
    } else if (word.startsWith("-P")) {
      Stream.of(word.substring(2).split(",", -1))
          .filter(profile -> !poms.contains("<id>" + profile + "</id>"))
          .forEach(profile -> faults.add("no profile " + profile));
    } else if (word.contains(":")) {
      String plugin = word.replaceFirst(":.*", "");
      String execution = word.contains("@") ? word.replaceFirst(".*@", "") : "";
      boolean known =
          PLUGINS.contains(plugin)
              || poms.contains("<artifactId>" + plugin + "-maven-plugin<")
              || poms.contains("<artifactId>maven-" + plugin + "-plugin<");
      if (!known || !execution.isEmpty() && !poms.contains("<id>" + execution + "</id>")) {
        faults.add("no goal " + word);
      }
    } else if (!word.startsWith("-") && !PHASES.contains(word)) {
      faults.add("no phase " + word);
    }
  }

  private void javaFault(String word, List<String> faults) {
    if (word.startsWith("-D")) {
      String property = word.substring(2).replaceFirst("=.*", "");
      if (!read(property)) {
        faults.add("no property " + property);
      }
    } else if (word.startsWith("dev.kmq.") || word.endsWith("Benchmark")) {
      String path = "/" + word.replace('.', '/') + ".java";
      if (sources.stream().noneMatch(source -> source.endsWith(path))) {
        faults.add("no class " + word);
      }
    }
  }

  /** Whether a source has a property as a literal. */
  private boolean read(String property) {
    return sources.stream()
        .filter(source -> !source.contains("/tools/site/"))
        .map(CommandLines::text)
        .anyMatch(text -> text.contains('"' + property + '"'));
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
