package dev.kmq.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/**
 * The version, and what it was built from.
 *
 * @param number the number, which ends in -SNAPSHOT before the release
 * @param commit the abbreviated commit, with "modified" if files differ from it, or "" if it is not
 *     known
 * @param date the date of the commit in UTC, or ""
 */
public record Version(String number, String commit, String date) {
  private static final String SNAPSHOT = "-SNAPSHOT";

  /** The version of the build. */
  public static Version ofBuild() throws IOException {
    Properties properties = new Properties();
    properties.load(Version.class.getResourceAsStream("version.properties"));
    return of(properties, text("commit"), text("date"));
  }

  /**
   * The version by the files of the build.
   *
   * @param commit of the git repository, or null if there is none
   * @param date of that commit, or null
   */
  static Version of(Properties properties, @Nullable String commit, @Nullable String date) {
    String number = properties.getProperty("version");
    if (commit != null && date != null) {
      return new Version(number, commit, date);
    }
    String archived = properties.getProperty("commit");
    // Outside of archives, these are placeholders.
    return archived.startsWith("$")
        ? new Version(number, "", "")
        : new Version(number, archived, properties.getProperty("date"));
  }

  private static @Nullable String text(String resource) throws IOException {
    try (InputStream in = Version.class.getResourceAsStream(resource)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
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
