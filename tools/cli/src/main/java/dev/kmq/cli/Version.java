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
    for (String source : new String[] {"commit", "archiveCommit"}) {
      String commit = properties.getProperty(source, "$");
      // Neither the build nor git archive has replaced the others.
      if (!commit.isEmpty() && !commit.startsWith("$")) {
        boolean build = source.equals("commit");
        String modified =
            build && properties.getProperty("modified", "").equals("true") ? " modified" : "";
        String date = properties.getProperty(build ? "date" : "archiveDate");
        return "%s (%s%s%s, %s)".formatted(version, release, commit, modified, date);
      }
    }
    return "%s (%sbuilt without git, commit unknown)".formatted(version, release);
  }
}
