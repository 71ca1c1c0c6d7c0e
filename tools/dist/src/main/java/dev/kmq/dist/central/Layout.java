package dev.kmq.dist.central;

import static dev.kmq.dist.central.Refusal.Rule.LAYOUT;
import static dev.kmq.dist.central.Refusal.Rule.VERSION;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names and folders: what is published, under which version, and nothing else. */
final class Layout {
  private static final Pattern RELEASE =
      Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z]+(\\.[0-9A-Za-z]+)*)?");
  private static final Pattern TIME = Pattern.compile("\\d{8}\\.\\d{6}-\\d+");
  private static final List<String> POM = List.of(".pom");
  private static final List<String> JAR =
      List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");

  private Layout() {}

  /**
   * Checks that exactly these artifacts are there.
   *
   * @param version that all have
   */
  static List<Refusal> refusals(Repository repository, String version, Set<String> artifacts) {
    List<Refusal> refusals = new ArrayList<>();
    if (repository.components().isEmpty()) {
      refusals.add(
          new Refusal(LAYOUT, "target/staging", "there is no POM; run ./mvnw -Prelease verify"));
      return refusals;
    }
    for (Path stray : repository.strays()) {
      refusals.add(
          new Refusal(
              LAYOUT,
              repository.path(stray),
              "the file belongs to no artifact of this build; delete target/staging and build"
                  + " again"));
    }
    TreeSet<String> missing = new TreeSet<>(artifacts);
    for (Component component : repository.components()) {
      component(repository, component, version, refusals);
      if (!missing.remove(component.artifact())) {
        refusals.add(
            new Refusal(
                LAYOUT,
                repository.path(component.folder()),
                "the artifact is not published, or twice; set maven.deploy.skip in its POM"));
      }
    }
    for (String artifact : missing) {
      refusals.add(
          new Refusal(
              LAYOUT, artifact, "the artifact is missing; set maven.deploy.skip=false in its POM"));
    }
    return refusals;
  }

  /** The files of a snapshot have a time in place of SNAPSHOT. */
  private static boolean isNamed(String name, String base) {
    String start = base.replaceFirst("SNAPSHOT$", "");
    return name.equals(base)
        || base.endsWith(Component.SNAPSHOT)
            && name.startsWith(start)
            && TIME.matcher(name.substring(start.length())).matches();
  }

  private static void component(
      Repository repository, Component component, String version, List<Refusal> refusals) {
    String folder = repository.path(component.folder());
    if (!component.version().equals(version)) {
      refusals.add(
          new Refusal(
              VERSION, folder, "the version is not " + version + ", that of the root POM; set it"));
    }
    if (component.version().endsWith(Component.SNAPSHOT)) {
      refusals.add(
          new Refusal(
              VERSION, folder, "Central accepts no snapshots; set a version without -SNAPSHOT"));
    } else if (!RELEASE.matcher(component.version()).matches()) {
      refusals.add(
          new Refusal(
              VERSION, folder, "the version does not follow SemVer; set MAJOR.MINOR.PATCH"));
    }
    String base = component.artifact() + "-" + component.version();
    if (!isNamed(component.base(), base)) {
      refusals.add(
          new Refusal(
              LAYOUT,
              repository.path(component.file(".pom")),
              "the name is not " + base + ".pom, as the folders say"));
    }
    List<String> suffixes = component.has(".jar") ? JAR : POM;
    for (Path file : component.contents()) {
      if (!suffixes.contains(Repository.name(file).substring(component.base().length()))) {
        refusals.add(
            new Refusal(
                LAYOUT,
                repository.path(file),
                "a file of this kind is not published; do not attach it"));
      }
    }
  }
}
