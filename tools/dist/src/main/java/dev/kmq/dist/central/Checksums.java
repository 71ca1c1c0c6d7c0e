package dev.kmq.dist.central;

import static dev.kmq.dist.central.Refusal.Rule.CHECKSUM;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** MD5 and SHA-1 of every file, which Central requires; others, if they are there. */
final class Checksums {
  /** The algorithms by the extensions of files. */
  static final Map<String, String> ALGORITHMS =
      Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

  private static final List<String> REQUIRED = List.of("md5", "sha1");

  private Checksums() {}

  static List<Refusal> refusals(Repository repository, Component component) throws IOException {
    List<Refusal> refusals = new ArrayList<>();
    for (Path file : component.contents()) {
      for (String extension : REQUIRED) {
        if (!component.files().contains(sibling(file, extension))) {
          refusals.add(
              new Refusal(
                  CHECKSUM,
                  repository.path(file),
                  "there is no ." + extension + "; run ./mvnw -Prelease verify again"));
        }
      }
    }
    for (Path file : component.files()) {
      if (Component.isChecksum(file)) {
        String name = Repository.name(file);
        int dot = name.lastIndexOf('.');
        Path summed = file.resolveSibling(name.substring(0, dot));
        String stated = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!Files.exists(summed) || !stated.equals(of(summed, name.substring(dot + 1)))) {
          refusals.add(
              new Refusal(
                  CHECKSUM,
                  repository.path(file),
                  "the checksum is not that of the file; run ./mvnw -Prelease verify again"));
        }
      }
    }
    return refusals;
  }

  private static Path sibling(Path file, String extension) {
    return file.resolveSibling(Repository.name(file) + "." + extension);
  }

  /** The checksum of a file in hexadecimal digits. */
  static String of(Path file, String extension) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance(ALGORITHMS.get(extension));
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java runtime has no " + extension, e);
    }
  }
}
