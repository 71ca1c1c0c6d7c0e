package dev.kmq.dist.central;

import static dev.kmq.dist.central.Refusal.Rule.SIGNATURE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signatures of every file, verified by GnuPG.
 *
 * @param gpg the command, with options such as the folder of keys
 * @param key the fingerprint of the primary key that has to sign
 */
record Signatures(List<String> gpg, String key) {
  /** The fingerprints of the key that signed and of its primary key. */
  private static final Pattern VALID =
      Pattern.compile("(?m)^\\[GNUPG:] VALIDSIG ([0-9A-F]+) .* ([0-9A-F]+)$");

  private static final Pattern FAULT =
      Pattern.compile("(?m)^\\[GNUPG:] (BADSIG|NO_PUBKEY|EXPKEYSIG|REVKEYSIG|EXPSIG|NODATA)\\b");

  List<Refusal> refusals(Repository repository, Component component)
      throws IOException, InterruptedException {
    List<Refusal> refusals = new ArrayList<>();
    List<String> unsigned = new ArrayList<>();
    for (Path file : component.contents()) {
      Path signature = file.resolveSibling(Repository.name(file) + ".asc");
      if (component.files().contains(signature)) {
        String fault = fault(file, signature);
        if (!fault.isEmpty()) {
          refusals.add(new Refusal(SIGNATURE, repository.path(signature), fault));
        }
      } else {
        unsigned.add(Repository.name(file).substring(component.base().length()));
      }
    }
    if (!unsigned.isEmpty()) {
      refusals.add(
          new Refusal(
              SIGNATURE,
              repository.path(component.folder()),
              "there are no signatures of " + unsigned + "; build with -Prelease,sign"));
    }
    return refusals;
  }

  private String fault(Path file, Path signature) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(gpg);
    command.addAll(
        List.of("--batch", "--status-fd", "1", "--verify", signature.toString(), file.toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return "gpg does not start, but is needed to verify it; install GnuPG";
    }
    process.getOutputStream().close();
    String status = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    Matcher fault = FAULT.matcher(status);
    if (fault.find()) {
      return switch (fault.group(1)) {
        case "NO_PUBKEY" -> "gpg has no public key for it; import the owner's key";
        case "BADSIG" -> "the signature is not that of the file; sign it again";
        case "NODATA" -> "the file is not a signature; sign it again";
        default -> "the key or the signature has expired or is revoked; sign it again";
      };
    }
    Matcher valid = VALID.matcher(status);
    if (exit != 0 || !valid.find()) {
      return "gpg refuses it: " + status.strip();
    }
    if (!valid.group(2).equals(key)) {
      return "key " + valid.group(2) + " signed it, not owner.key; sign it with " + key;
    }
    // Central looks for primary keys on key servers.
    return valid.group(1).equals(key)
        ? ""
        : "a subkey signed it, which Central does not find; sign with the primary key";
  }
}
