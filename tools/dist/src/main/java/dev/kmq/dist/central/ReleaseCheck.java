package dev.kmq.dist.central;

import static dev.kmq.dist.central.Refusal.Rule.COMMIT;

import dev.kmq.dist.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Checks a repository that is to be published, and packs it for Central if nothing is wrong. */
public final class ReleaseCheck {
  private static final Set<String> PUBLISHED = Set.of("kmq-bom", "kmq-codec", "kmq-imageio");

  private final Path root;
  private final Path staging;
  private final List<String> gpg;

  ReleaseCheck(Path root, Path staging, List<String> gpg) {
    this.root = root;
    this.staging = staging;
    this.gpg = gpg;
  }

  /**
   * Prints all refusals and fails, or writes the bundle for Central.
   *
   * @param args the folder of the sources, the repository, the folder for the bundle, and the time
   *     of its entries
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException, InterruptedException {
    Path staging = Path.of(args[1]);
    ReleaseCheck check = new ReleaseCheck(Path.of(args[0]), staging, List.of("gpg"));
    Path bundle = Bundle.file(Path.of(args[2]), check.version());
    Files.deleteIfExists(bundle); // that of an earlier check
    List<Refusal> refusals = check.refusals();
    for (Refusal refusal : refusals) {
      System.err.println(refusal);
    }
    if (!refusals.isEmpty()) {
      throw new IOException(
          "not ready for Central: "
              + refusals.size()
              + (refusals.size() == 1 ? " fault" : " faults")
              + ", listed above; see RELEASING.md");
    }
    Bundle.write(staging, bundle, Instant.parse(args[3]));
    System.out.println("To upload: " + bundle);
  }

  List<Refusal> refusals() throws IOException, InterruptedException {
    Pom pom = Pom.read(root.resolve("pom.xml"));
    Owner owner = Owner.of(pom);
    List<Refusal> refusals = new ArrayList<>(owner.refusals(pom.text("groupId")));
    for (String fault : new ReleaseCommit(root, version()).faultsOfRelease()) {
      refusals.add(new Refusal(COMMIT, "pom.xml", fault));
    }
    refusals.addAll(Documents.refusals(root, version()));
    Repository repository = Repository.read(staging);
    refusals.addAll(Layout.refusals(repository, version(), PUBLISHED));
    Signatures signatures = new Signatures(gpg, owner.key());
    for (Component component : repository.components()) {
      refusals.addAll(Poms.refusals(repository, component, owner));
      if (!Pom.read(component.file(".pom")).text("packaging").equals("pom")) {
        refusals.addAll(Jars.refusals(repository, component));
      }
      refusals.addAll(Checksums.refusals(repository, component));
      refusals.addAll(signatures.refusals(repository, component));
    }
    refusals.sort(Comparator.comparing(Refusal::rule));
    return refusals;
  }

  private String version() throws IOException {
    return Pom.read(root.resolve("pom.xml")).text("version");
  }
}
