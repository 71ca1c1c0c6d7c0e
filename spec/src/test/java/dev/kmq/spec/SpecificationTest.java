package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.RefusalReason;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The text, the vectors and the codec use the same rules and reasons. */
class SpecificationTest {
  private final Specification text;
  private final Recipes recipes;

  SpecificationTest() throws IOException {
    text = Specification.read();
    recipes = Recipes.read(Specification.VECTORS.resolve("recipes"));
  }

  @Test
  void everyRuleIsDefinedOnce() {
    List<String> rules = text.rules();
    assertTrue(rules.size() > 50, "rules found: " + rules);
    assertEquals(rules.size(), new HashSet<>(rules).size(), rules.toString());
  }

  @Test
  void everyRuleIsTestedByAVectorOrListedWithAReason() {
    Set<String> tested =
        recipes.vectors().values().stream()
            .flatMap(v -> v.rules.stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> untested = recipes.untested().keySet();
    Set<String> both = new TreeSet<>(tested);
    both.retainAll(untested);
    assertEquals(Set.of(), both, "tested and listed as untested");
    Set<String> covered = new TreeSet<>(tested);
    covered.addAll(untested);
    assertEquals(new TreeSet<>(text.rules()), covered);
  }

  @Test
  void theReasonsAreThoseOfTheCodec() {
    Set<String> codec =
        Arrays.stream(RefusalReason.values())
            .map(Enum::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(codec, new TreeSet<>(text.reasons().values()));
    assertTrue(new HashSet<>(text.rules()).containsAll(text.rulesOfReasons()));
  }

  @Test
  void everyReasonHasAVector() {
    Set<String> used =
        recipes.vectors().values().stream()
            .filter(v -> !v.valid())
            .map(v -> v.reason)
            .collect(Collectors.toSet());
    Map<String, String> reasons = text.reasons();
    assertEquals(new TreeSet<>(reasons.keySet()), new TreeSet<>(used));
  }

  @Test
  void theContentsAreTheHeadings() {
    Map<String, String> anchors = new LinkedHashMap<>();
    for (String heading : text.headings()) {
      String words = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "");
      anchors.put(heading, words.replace(' ', '-'));
    }
    assertTrue(anchors.size() > 17, anchors.toString());
    assertEquals(List.copyOf(anchors.entrySet()), List.copyOf(text.contents().entrySet()));
  }
}
