package dev.kmq.dist.central;

import static dev.kmq.dist.central.Refusal.Rule.POM;
import static dev.kmq.dist.central.Refusal.Rule.VERSION;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** POM files that tell users of Central what an artifact is, and need nothing else. */
final class Poms {
  /** What Central requires, and issueManagement, where users report faults. */
  private static final List<String> REQUIRED =
      List.of(
          "modelVersion",
          "name",
          "description",
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "developers/developer/email",
          "scm/connection",
          "scm/developerConnection",
          "scm/url",
          "issueManagement/url");

  /** What refers to files that are not published, or is of no use without them. */
  private static final List<String> FORBIDDEN =
      List.of(
          "parent",
          "modules",
          "properties",
          "build",
          "profiles",
          "repositories",
          "pluginRepositories",
          "distributionManagement");

  private Poms() {}

  static List<Refusal> refusals(Repository repository, Component component, Owner owner)
      throws IOException {
    Path file = component.file(".pom");
    String where = repository.path(file);
    Pom pom = Pom.read(file);
    List<Refusal> refusals = new ArrayList<>();
    Map<String, String> coordinates =
        Map.of(
            "groupId", component.group(),
            "artifactId", component.artifact(),
            "version", component.version());
    for (String name : new TreeSet<>(coordinates.keySet())) {
      if (!pom.text(name).equals(coordinates.get(name))) {
        refusals.add(
            new Refusal(
                POM, where, name + " is not " + coordinates.get(name) + ", as the folders say"));
      }
    }
    for (String path : REQUIRED) {
      if (pom.text(path).isEmpty()) {
        refusals.add(
            new Refusal(POM, where, path + " is missing; set it in the root POM or the module's"));
      }
    }
    for (String name : FORBIDDEN) {
      if (pom.has(name)) {
        refusals.add(
            new Refusal(
                POM, where, name + " is of no use to others; have flatten-maven-plugin remove it"));
      }
    }
    if (Files.readString(file).contains("${")) {
      refusals.add(
          new Refusal(POM, where, "it contains ${...}, which is not resolved; write the value"));
    }
    for (Map.Entry<String, String> fact : owner.elements().entrySet()) {
      String stated = pom.text(fact.getKey());
      if (!stated.isEmpty() && !stated.equals(fact.getValue())) {
        refusals.add(
            new Refusal(
                POM,
                where,
                fact.getKey() + " is " + stated + ", not the owner's, " + fact.getValue()));
      }
    }
    dependencies(pom, component, where, refusals);
    if (pom.text("packaging").equals("pom")) {
      managed(repository, pom, where, refusals);
    }
    return refusals;
  }

  private static void dependencies(
      Pom pom, Component component, String where, List<Refusal> refusals) {
    List<Pom> dependencies = new ArrayList<>(pom.all("dependencies/dependency"));
    dependencies.addAll(pom.all("dependencyManagement/dependencies/dependency"));
    for (Pom dependency : dependencies) {
      String name = dependency.text("groupId") + ":" + dependency.text("artifactId");
      String version = dependency.text("version");
      if (version.isEmpty()) {
        refusals.add(new Refusal(POM, where, "dependency " + name + " has no version; write it"));
      }
      boolean own = dependency.text("groupId").equals(component.group());
      if (own && !version.equals(component.version())) {
        refusals.add(
            new Refusal(
                VERSION,
                where,
                "dependency " + name + " has version " + version + ", not " + component.version()));
      }
      if (!own && version.endsWith(Component.SNAPSHOT)) {
        refusals.add(
            new Refusal(
                VERSION, where, "dependency " + name + " is a snapshot; depend on a release"));
      }
      if (!own) {
        foreign(dependency, name, where, refusals);
      }
    }
  }

  /** Applications that add kmq get nothing else. */
  private static void foreign(Pom dependency, String name, String where, List<Refusal> refusals) {
    boolean provided = dependency.text("scope").equals("provided");
    if (!provided || !dependency.text("optional").equals("true")) {
      refusals.add(
          new Refusal(
              POM,
              where,
              "dependency " + name + " reaches applications; make it provided and optional"));
    }
  }

  /** A BOM manages the jars of this repository, and nothing else. */
  private static void managed(
      Repository repository, Pom pom, String where, List<Refusal> refusals) {
    Set<String> managed =
        pom.all("dependencyManagement/dependencies/dependency").stream()
            .map(Poms::coordinates)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> published =
        repository.components().stream()
            .filter(component -> component.has(".jar"))
            .map(jar -> jar.group() + ":" + jar.artifact() + ":" + jar.version())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!managed.equals(published)) {
      refusals.add(
          new Refusal(
              POM,
              where,
              "it manages " + managed + " instead of " + published + "; set them in bom/pom.xml"));
    }
  }

  private static String coordinates(Pom dependency) {
    return dependency.text("groupId")
        + ":"
        + dependency.text("artifactId")
        + ":"
        + dependency.text("version");
  }
}
