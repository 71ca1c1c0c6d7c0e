package dev.kmq.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The parts of {@code kmq-1.md} that tests need: its rules and its reasons. */
final class Specification {
  static final Path TEXT = Path.of("kmq-1.md");
  static final Path VECTORS = Path.of("vectors");

  private static final Pattern RULE = Pattern.compile("(?m)^- \\*\\*([A-Z]-\\d+)\\*\\*");
  private static final Pattern REASON =
      Pattern.compile("(?m)^\\|[^|]*\\| (R\\d+) \\| ([A-Z_]+) \\| ([^|]+) \\|$");

  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^###? (.*)$");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\(#([^)]+)\\)");

  private final String text;

  private Specification(String text) {
    this.text = text;
  }

  static Specification read() throws IOException {
    return new Specification(Files.readString(TEXT));
  }

  /** Identifiers of all rules, as often as they are defined. */
  List<String> rules() {
    return RULE.matcher(text).results().map(r -> r.group(1)).toList();
  }

  /** Names of the reasons by number, in the order of the section Refusals. */
  Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (MatchResult row : rows()) {
      if (reasons.put(row.group(1), row.group(2)) != null) {
        throw new IllegalStateException(row.group(1) + " occurs twice");
      }
    }
    return reasons;
  }

  /** Rules that the section Refusals points to. */
  List<String> rulesOfReasons() {
    List<String> rules = new ArrayList<>();
    rows().forEach(row -> rules.addAll(List.of(row.group(3).split(", "))));
    return rules;
  }

  /** Headings of the first and second level. */
  List<String> headings() {
    String prose = CODE.matcher(text).replaceAll("");
    return HEADING.matcher(prose).results().map(heading -> heading.group(1)).toList();
  }

  /** Links of the contents: text and anchor. */
  Map<String, String> contents() {
    Map<String, String> links = new LinkedHashMap<>();
    String beginning = text.substring(0, text.indexOf("\n## "));
    LINK.matcher(beginning).results().forEach(link -> links.put(link.group(1), link.group(2)));
    return links;
  }

  private List<MatchResult> rows() {
    return REASON.matcher(text).results().toList();
  }
}
