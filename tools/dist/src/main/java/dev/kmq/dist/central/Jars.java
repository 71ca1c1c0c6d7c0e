package dev.kmq.dist.central;

import static dev.kmq.dist.central.Refusal.Rule.JAR;
import static dev.kmq.dist.central.Refusal.Rule.LICENSE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The jar, its sources and its documentation, with licence and notice in each, and parts list. */
final class Jars {
  /** The jars by suffix, with the end of a name that each must contain. */
  private static final Map<String, String> CONTENTS = new LinkedHashMap<>();

  static {
    CONTENTS.put(".jar", "module-info.class");
    CONTENTS.put("-sources.jar", ".java");
    CONTENTS.put("-javadoc.jar", "index.html");
  }

  private static final List<String> LEGAL = List.of("META-INF/LICENSE", "META-INF/NOTICE");

  private Jars() {}

  /** Checks a component whose packaging is jar. */
  static List<Refusal> refusals(Repository repository, Component component) throws IOException {
    List<Refusal> refusals = new ArrayList<>();
    for (Map.Entry<String, String> jar : CONTENTS.entrySet()) {
      Path file = component.file(jar.getKey());
      if (component.has(jar.getKey())) {
        contents(repository, file, jar.getValue(), refusals);
      } else {
        refusals.add(missing(repository, file));
      }
    }
    if (!component.has("-cyclonedx.json")) {
      refusals.add(missing(repository, component.file("-cyclonedx.json")));
    }
    return refusals;
  }

  private static Refusal missing(Repository repository, Path file) {
    return new Refusal(
        JAR, repository.path(file), "the file is missing; attach it in profile release");
  }

  private static void contents(
      Repository repository, Path file, String required, List<Refusal> refusals)
      throws IOException {
    try (ZipFile jar = new ZipFile(file.toFile())) {
      if (jar.stream().noneMatch(entry -> entry.getName().endsWith(required))) {
        refusals.add(
            new Refusal(
                JAR, repository.path(file), "no entry ends in " + required + "; build it again"));
      }
      for (String name : LEGAL) {
        if (jar.getEntry(name) == null) {
          refusals.add(
              new Refusal(
                  LICENSE, repository.path(file), "there is no " + name + "; add it to the jar"));
        }
      }
    } catch (ZipException e) {
      refusals.add(
          new Refusal(
              JAR,
              repository.path(file),
              "it is damaged (%s); build it again".formatted(e.getMessage())));
    }
  }
}
