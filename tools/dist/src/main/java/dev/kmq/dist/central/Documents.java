package dev.kmq.dist.central;

import static dev.kmq.dist.central.Refusal.Rule.DOCUMENTS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version where files other than POMs state it. */
final class Documents {
  private static final String NUMBER = "(\\d+\\.\\d+\\.\\d+(?:-(?:SNAPSHOT|[a-z]+(?:\\.\\d+)?))?)";

  /** Patterns whose group is the version, by file. */
  private static final Map<String, Pattern> STATED = new LinkedHashMap<>();

  static {
    Pattern coordinates =
        Pattern.compile("kmq-(?:bom|codec|imageio)(?:</artifactId>\\s*<version>|[:-])" + NUMBER);
    STATED.put("README.md", coordinates);
    STATED.put("docs/java.md", coordinates);
    STATED.put("spec/js/package.json", Pattern.compile("\"version\": \"([^\"]*)\""));
    STATED.put(
        "spec/js/package-lock.json",
        Pattern.compile("\"name\": \"kmq\",\\s*\"version\": \"([^\"]*)\""));
  }

  /** What readers of a release would find wrong. */
  private static final String UNPUBLISHED = "not published yet";

  private static final String TIMESTAMP = "project.build.outputTimestamp";

  private static final String PLUGIN = "imageio-plugin/src/main/java/dev/kmq/imageio/Names.java";

  private static final String BUNDLES = "docs/java.md";

  /** The versions of packages that other bundles of OSGi import. */
  private static final Pattern RANGE = Pattern.compile(";version=\"(\\[[^\"]*)\"");

  private Documents() {}

  static List<Refusal> refusals(Path root, String version) throws IOException {
    List<Refusal> refusals = new ArrayList<>();
    for (Map.Entry<String, Pattern> file : STATED.entrySet()) {
      String text = Files.readString(root.resolve(file.getKey()));
      stated(file.getKey(), text, file.getValue(), version, refusals);
      if (!version.endsWith(Component.SNAPSHOT) && text.contains(UNPUBLISHED)) {
        refuse(refusals, file.getKey(), "it reads \"" + UNPUBLISHED + "\"; correct it");
      }
    }
    stated(
        PLUGIN,
        Files.readString(root.resolve(PLUGIN)),
        Pattern.compile("VERSION = \"([^\"]*)\""),
        version,
        refusals);
    String timestamp = Pom.read(root.resolve("pom.xml")).text("properties/" + TIMESTAMP);
    changelog(Files.readString(root.resolve("CHANGELOG.md")), version, timestamp, refusals);
    if (version.matches("\\d+\\.\\d{1,9}\\..*")) { // the others are refused anyway
      stated(BUNDLES, Files.readString(root.resolve(BUNDLES)), RANGE, range(version), refusals);
    }
    return refusals;
  }

  /** From this minor version to the next one. */
  private static String range(String version) {
    String[] numbers = version.split("\\.", -1);
    int next = Integer.parseInt(numbers[1]) + 1;
    return "[%s.%s,%s.%s)".formatted(numbers[0], numbers[1], numbers[0], next);
  }

  private static void stated(
      String file, String text, Pattern pattern, String version, List<Refusal> refusals) {
    List<String> versions =
        pattern.matcher(text).results().map(found -> found.group(1)).distinct().toList();
    if (versions.isEmpty()) {
      refuse(refusals, file, "it does not state version " + version + "; add it");
    }
    for (String other : versions) {
      if (!other.equals(version)) {
        refuse(refusals, file, "it states version " + other + ", not " + version + "; correct it");
      }
    }
  }

  private static void changelog(
      String text, String version, String timestamp, List<Refusal> refusals) {
    String number = version.replace(Component.SNAPSHOT, "");
    Matcher heading = Pattern.compile("(?m)^## (\\S+) \\((.*)\\)$").matcher(text);
    if (!heading.find() || !heading.group(1).equals(number)) {
      refuse(refusals, "CHANGELOG.md", "its first heading is not ## " + number + " (date); add it");
    } else if (!version.endsWith(Component.SNAPSHOT)) {
      String date = heading.group(2);
      if (!date.matches("\\d{4}-\\d\\d-\\d\\d")) {
        refuse(
            refusals,
            "CHANGELOG.md",
            "the date of " + number + " is (" + date + "); write YYYY-MM-DD");
      } else if (!timestamp.startsWith(date + "T")) {
        refuse(
            refusals,
            "pom.xml",
            "%s is %s, not of %s, as CHANGELOG.md states; set it"
                .formatted(TIMESTAMP, timestamp, date));
      }
    }
  }

  private static void refuse(List<Refusal> refusals, String file, String what) {
    refusals.add(new Refusal(DOCUMENTS, file, what));
  }
}
