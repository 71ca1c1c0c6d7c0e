package dev.kmq.dist.central;

import static dev.kmq.dist.central.Refusal.Rule.OWNER;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The facts that only the owner of the project can state: properties {@code owner.*} of the root
 * POM.
 *
 * @param facts the values by the names of the properties
 */
record Owner(Map<String, String> facts) {
  private static final String NAMESPACE = "owner.namespace";
  private static final String KEY = "owner.key";
  private static final List<String> NAMES =
      List.of(
          NAMESPACE, "owner.name", "owner.email", "owner.url", "owner.scm", "owner.issues", KEY);
  private static final Pattern PLACEHOLDER = Pattern.compile("(?i)UNSET|.*\\.invalid([/:].*)?");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-F]{40}");

  /** The elements of published POMs and the properties whose values they have. */
  private static final Map<String, String> ELEMENTS = new LinkedHashMap<>();

  static {
    ELEMENTS.put("url", "owner.url");
    ELEMENTS.put("developers/developer/name", "owner.name");
    ELEMENTS.put("developers/developer/email", "owner.email");
    ELEMENTS.put("scm/url", "owner.url");
    ELEMENTS.put("issueManagement/url", "owner.issues");
  }

  static Owner of(Pom root) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (Pom property : root.all("properties/*")) {
      if (property.name().startsWith("owner.")) {
        facts.put(property.name(), property.text());
      }
    }
    return new Owner(facts);
  }

  /** The fingerprint of the key that signs releases. */
  String key() {
    return fact(KEY);
  }

  private String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  /** The values of elements of published POMs, by their paths. */
  Map<String, String> elements() {
    Map<String, String> elements = new LinkedHashMap<>();
    ELEMENTS.forEach((path, name) -> elements.put(path, fact(name)));
    elements.put("scm/connection", "scm:git:" + fact("owner.scm"));
    elements.put("scm/developerConnection", "scm:git:" + fact("owner.scm"));
    return elements;
  }

  List<Refusal> refusals(String group) {
    List<Refusal> refusals = new ArrayList<>();
    for (String name : NAMES) {
      String value = fact(name);
      if (value.isEmpty()) {
        refuse(refusals, name + " is missing; set it in the properties");
      } else if (PLACEHOLDER.matcher(value).matches()) {
        refuse(refusals, name + " is " + value + ", a placeholder; set it in the properties");
      } else if (name.equals(NAMESPACE) && !value.equals(group)) {
        refuse(
            refusals,
            name + " is " + value + ", but the groupId is " + group + "; one must change");
      } else if (name.equals(KEY) && !FINGERPRINT.matcher(value).matches()) {
        refuse(
            refusals,
            name + " is " + value + ", not 40 hexadecimal digits; see gpg --list-secret-keys");
      }
    }
    return refusals;
  }

  private static void refuse(List<Refusal> refusals, String what) {
    refusals.add(new Refusal(OWNER, "pom.xml", what));
  }
}
