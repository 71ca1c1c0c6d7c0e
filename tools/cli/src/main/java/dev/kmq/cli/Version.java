package dev.kmq.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the build, and the commit that it was built from. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "kmq " + text(properties()),
      "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  static Properties properties() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(Objects.requireNonNull(in));
    }
    return properties;
  }

  /** The version, and in parentheses where it comes from. */
  static String text(Properties properties) {
    String version = properties.getProperty("version");
    String release = version.endsWith("-SNAPSHOT") ? "unreleased, " : "";
    String commit = commit(properties);
    return commit.isEmpty()
        ? "%s (%sbuilt without git, commit unknown)".formatted(version, release)
        : "%s (%s%s, %s)".formatted(version, release, commit, date(properties));
  }

  /** The abbreviated commit, or "" if it is not known. */
  private static String commit(Properties properties) {
    String commit = known(properties, "commit");
    if (commit.isEmpty()) {
      return known(properties, "archiveCommit");
    }
    return known(properties, "modified").equals("true") ? commit + " modified" : commit;
  }

  /** The date of the commit, or "" if it is not known. */
  static String date(Properties properties) {
    String date = known(properties, "date");
    return date.isEmpty() ? known(properties, "archiveDate") : date;
  }

  /** A value, or "" if neither the build nor git archive has replaced its placeholder. */
  private static String known(Properties properties, String key) {
    String value = properties.getProperty(key, "");
    return value.startsWith("$") ? "" : value;
  }
}
