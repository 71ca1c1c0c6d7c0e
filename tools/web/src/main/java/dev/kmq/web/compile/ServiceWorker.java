package dev.kmq.web.compile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Writes the files of the site, with their hashes, into the service worker that stores them. */
public final class ServiceWorker {
  private static final String NAME = "sw.js";
  private static final String VERSION = "{{version}}";
  private static final String FILES = "  /* {{files}} */\n";
  private static final int VERSION_DIGITS = 16;

  private ServiceWorker() {}

  /**
   * Writes {@code sw.js} into a site that is otherwise complete.
   *
   * @param args the template, and the folder of the site
   */
  public static void main(String[] args) throws IOException {
    String template = Files.readString(Path.of(args[0])).replace("\r\n", "\n");
    Path site = Path.of(args[1]);
    StringBuilder files = new StringBuilder();
    for (String path : paths(site)) {
      String hash =
          Base64.getEncoder().encodeToString(sha256(Files.readAllBytes(site.resolve(path))));
      files.append("  \"%s\": \"sha256-%s\",\n".formatted(path, hash));
    }
    // The worker's own text is part of the version: how it stores files may change too.
    byte[] all = (template + files).getBytes(StandardCharsets.UTF_8);
    String version = HexFormat.of().formatHex(sha256(all)).substring(0, VERSION_DIGITS);
    Files.writeString(
        site.resolve(NAME), filled(filled(template, FILES, files.toString()), VERSION, version));
  }

  private static String filled(String template, String slot, String text) {
    if (!template.contains(slot)) {
      throw new IllegalStateException("the template lacks " + slot.strip());
    }
    return template.replace(slot, text);
  }

  /** All files but the service worker, with {@code /}, in a fixed order. */
  private static List<String> paths(Path site) throws IOException {
    try (Stream<Path> all = Files.walk(site)) {
      return all.filter(Files::isRegularFile)
          .map(file -> site.relativize(file).toString().replace('\\', '/'))
          .filter(path -> !path.equals(NAME))
          .sorted()
          .toList();
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
