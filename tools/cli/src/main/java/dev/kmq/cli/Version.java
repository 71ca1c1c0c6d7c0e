package dev.kmq.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The version, and what it was built from.
 *
 * @param number the number, which ends in -SNAPSHOT before the release
 * @param commit the abbreviated commit, with ".modified" if files differ from it, or "" if it is
 *     not known
 * @param date the date of the commit in UTC, or ""
 */
public record Version(String number, String commit, String date) {
  private static final String SNAPSHOT = "-SNAPSHOT";

  /** The version of the build. */
  public static Version ofBuild() throws IOException {
    Properties properties = new Properties();
    properties.load(Version.class.getResourceAsStream("version.properties"));
    return of(properties);
  }

  static Version of(Properties properties) {
    String version = properties.getProperty("version");
    int plus = version.indexOf('+');
    if (plus >= 0) {
      String date = properties.getProperty("date");
      return new Version(version.substring(0, plus), version.substring(plus + 1), date);
    }
    String commit = properties.getProperty("archived.commit");
    // Outside of archives, these are placeholders.
    return commit.startsWith("$")
        ? new Version(version, "", "")
        : new Version(version, commit, properties.getProperty("archived.date"));
  }

  @Override
  public String toString() {
    String release = number.endsWith(SNAPSHOT) ? "unreleased, " : "";
    String built = commit.isEmpty() ? "built without git, commit unknown" : commit + ", " + date;
    return number + " (" + release + built + ")";
  }

  /** For {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      String java = System.getProperty("java.version");
      return new String[] {
        "kmq " + ofBuild(), "Java " + java + " (" + System.getProperty("java.vendor") + ")"
      };
    }
  }
}
