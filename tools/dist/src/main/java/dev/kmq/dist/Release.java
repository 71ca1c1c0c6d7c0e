package dev.kmq.dist;

import dev.kmq.cli.DocumentationFiles;
import dev.kmq.cli.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes the files of a release from the jar of the command. */
public final class Release {
  private final Path root;
  private final Path target;
  private final Path jar;
  private final Path documentation;
  private final String version;
  private final String commit;
  private final Instant time;
  private final String maintainer;

  private Release(Path root, Path target, Instant fallback, String email) throws IOException {
    this.root = root;
    this.target = target;
    maintainer = "The kmq authors <" + email + ">";
    jar = root.resolve("tools/cli/target/kmq.jar");
    documentation = target.resolve("documentation");
    Version built = Version.ofBuild();
    version = built.number();
    commit = built.commit();
    time = built.date().isEmpty() ? fallback : Instant.parse(built.date() + "T00:00:00Z");
  }

  /**
   * Makes all files.
   *
   * @param args the folder of the sources, the folder for the files, the time of their entries if
   *     the commit is not known, and the maintainer's address
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Release release =
        new Release(Path.of(args[0]), Path.of(args[1]), Instant.parse(args[2]), args[3]);
    release.deletePrevious();
    DocumentationFiles.main(new String[] {release.documentation.toString()});
    release.jar();
    release.zip();
    release.debian();
    release.withRuntime();
  }

  /** Deletes the files of builds of other commits. */
  private void deletePrevious() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(target, "kmq*.{jar,json,zip,tar.gz,deb}")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private void jar() throws IOException {
    Files.copy(jar, target.resolve("kmq.jar"), StandardCopyOption.REPLACE_EXISTING);
    Path parts = jar.resolveSibling("bom.json");
    if (!Files.exists(parts)) {
      throw new IOException(
          "there is no " + parts + "; build tools/cli with profile release, without -o");
    }
    Files.copy(parts, target.resolve("kmq-" + version + "-cyclonedx.json"));
  }

  private void zip() throws IOException {
    String folder = "kmq-" + version;
    List<Entry> entries = installation().stream().map(entry -> entry.under(folder)).toList();
    new Archives(time).zip(target.resolve(folder + ".zip"), entries);
  }

  private void withRuntime() throws IOException, InterruptedException {
    Path runtime = target.resolve("runtime");
    JavaRuntime.link(jar, runtime);
    List<Entry> entries = new ArrayList<>(installation());
    entries.addAll(Entry.folder("runtime", runtime));
    String folder = "kmq-" + version + "-" + JavaRuntime.system();
    new Archives(time)
        .tarGz(
            target.resolve(folder + ".tar.gz"),
            entries.stream().map(entry -> entry.under(folder)).toList());
  }

  /** The files of an installation in a folder of its own. */
  private List<Entry> installation() throws IOException {
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.program("bin/kmq", root.resolve("tools/cli/bin/kmq")));
    entries.add(Entry.program("bin/kmq.cmd", root.resolve("tools/cli/bin/kmq.cmd")));
    entries.add(Entry.file("lib/kmq.jar", jar));
    entries.addAll(Entry.folder("lib/start", root.resolve("tools/cli/start")));
    for (String name : List.of("LICENSE", "NOTICE", "README.md", "CHANGELOG.md")) {
      entries.add(Entry.file(name, root.resolve(name)));
    }
    entries.addAll(Entry.folder("docs", root.resolve("docs")));
    entries.addAll(Entry.folder("share/man/man1", documentation.resolve("man")));
    entries.addAll(Entry.folder("share/completions", documentation.resolve("completions")));
    entries.add(Entry.file("share/mime/kmq.xml", root.resolve("spec/magic/kmq.xml")));
    entries.add(Entry.file("share/magic/kmq.magic", root.resolve("spec/magic/kmq.magic")));
    return entries;
  }

  private Path guide() {
    return root.resolve("docs/guide.md");
  }

  private void debian() throws IOException {
    Path sources = root.resolve("tools/dist/src/deb");
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.program("usr/bin/kmq", root.resolve("tools/cli/bin/kmq")));
    entries.add(Entry.file("usr/share/kmq/kmq.jar", jar));
    entries.addAll(Entry.folder("usr/share/kmq/start", root.resolve("tools/cli/start")));
    for (Entry page : Entry.folder("usr/share/man/man1", documentation.resolve("man"))) {
      entries.add(Entry.gzip(page.path() + ".gz", page.content()));
    }
    Path completions = documentation.resolve("completions");
    String share = "usr/share/";
    entries.add(
        Entry.file(share + "bash-completion/completions/kmq", completions.resolve("kmq.bash")));
    entries.add(Entry.file(share + "zsh/vendor-completions/_kmq", completions.resolve("_kmq")));
    entries.add(
        Entry.file(share + "fish/vendor_completions.d/kmq.fish", completions.resolve("kmq.fish")));
    entries.add(Entry.file(share + "mime/packages/kmq.xml", root.resolve("spec/magic/kmq.xml")));
    entries.add(
        Entry.file(share + "thumbnailers/kmq.thumbnailer", sources.resolve("kmq.thumbnailer")));
    entries.add(Entry.gzip(share + "doc/kmq/guide.md.gz", Files.readAllBytes(guide())));
    entries.add(
        Entry.file(share + "doc/kmq/examples/kmq.magic", root.resolve("spec/magic/kmq.magic")));
    entries.add(
        Entry.gzip(share + "doc/kmq/NEWS.gz", Files.readAllBytes(root.resolve("CHANGELOG.md"))));
    entries.add(Entry.gzip(share + "doc/kmq/changelog.gz", utf8(changelog())));
    entries.add(Entry.file(share + "lintian/overrides/kmq", sources.resolve("lintian-overrides")));
    entries.add(Entry.file(share + "doc/kmq/copyright", utf8(copyright(sources))));
    String control =
        Files.readString(sources.resolve("control"))
            .replace("${version}", debianVersion())
            .replace("${maintainer}", maintainer);
    new DebianPackage(time)
        .write(target.resolve("kmq_" + debianVersion() + "_all.deb"), control, entries);
  }

  /** An unreleased version sorts before its release, by date. */
  private String debianVersion() {
    String day =
        DateTimeFormatter.BASIC_ISO_DATE.withZone(ZoneOffset.UTC).format(time).substring(0, 8);
    return version.replace("-SNAPSHOT", "~" + day + (commit.isEmpty() ? "" : "." + commit));
  }

  private String changelog() {
    return "kmq (%s) unstable; urgency=medium\n\n  * See NEWS.gz.\n\n -- %s  %s\n"
        .formatted(
            debianVersion(),
            maintainer,
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(time));
  }

  private String copyright(Path sources) throws IOException {
    Path libraries = root.resolve("tools/cli/src/main/resources/META-INF/THIRD-PARTY.txt");
    return Files.readString(sources.resolve("copyright"))
        + Files.readString(root.resolve("NOTICE"))
        + "\n"
        + Files.readString(libraries);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
