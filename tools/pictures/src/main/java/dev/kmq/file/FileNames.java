package dev.kmq.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of files as bytes of the file system. A name may have bytes that are not text in the
 * system's encoding; {@link Path} keeps them, {@link String} does not.
 */
public final class FileNames {
  private static final char REPLACEMENT = '\uFFFD';

  private FileNames() {}

  /** The name without its last suffix. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /**
   * The name of an output.
   *
   * @param name of the input, with {@code /}
   * @param template the name without its suffix: {@code {name}} stands for that of the input,
   *     {@code {suffix}} for the suffix of the input; a separator before an empty suffix is dropped
   * @param suffix of the output, without the dot
   */
  public static String renamed(String name, String template, String suffix) {
    String stem = stem(name);
    String old = name.substring(Math.min(name.length(), stem.length() + 1));
    int start = stem.lastIndexOf('/') + 1;
    String filled =
        (old.isEmpty() ? template.replaceAll("[._-]?\\{suffix}", "") : template)
            .replace("{suffix}", old)
            .replace("{name}", stem.substring(start));
    return stem.substring(0, start) + filled + "." + suffix;
  }

  /** The path of an output, as {@link #renamed(String, String, String)}, bytes kept. */
  public static Path renamed(Path path, String template, String suffix) {
    String name = String.valueOf(path.getFileName());
    if (isText(path.getFileName())) {
      return path.resolveSibling(renamed(name, template, suffix));
    }
    // A URI has the bytes, percent-encoded.
    String uri = path.toAbsolutePath().toUri().toString().replaceFirst("/$", "");
    String encoded =
        encoded(template.replace("{name}", "\1").replace("{suffix}", "\2"))
            .replace("%01", "{name}")
            .replace("%02", "{suffix}");
    return path.resolveSibling(Path.of(URI.create(renamed(uri, encoded, suffix))).getFileName());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A name with a number before its suffix. */
  static String numbered(String name, String number) {
    String stem = stem(name);
    return stem + "-" + number + name.substring(stem.length());
  }

  /** A path with a number before its suffix, all bytes kept. */
  static Path numbered(Path path, String number) {
    if (isText(path.getFileName())) {
      return path.resolveSibling(numbered(String.valueOf(path.getFileName()), number));
    }
    String uri = path.toAbsolutePath().toUri().toString().replaceFirst("/$", "");
    return path.resolveSibling(Path.of(URI.create(numbered(uri, number))).getFileName());
  }

  /** Whether a path can be restored from its text. */
  private static boolean isText(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * A relative path as the name of an archive entry, the same in every locale: elements joined by
   * {@code /}, their bytes decoded as UTF-8 or, if invalid, as Latin-1.
   */
  public static String entryName(Path relative) {
    List<String> elements = new ArrayList<>();
    relative.forEach(
        element -> elements.add(isText(element) ? element.toString() : decoded(element)));
    return String.join("/", elements);
  }

  private static String decoded(Path name) {
    String uri = name.toAbsolutePath().toUri().getRawPath().replaceFirst("/$", "");
    String last = uri.substring(uri.lastIndexOf('/') + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < last.length(); i++) {
      boolean encoded = last.charAt(i) == '%';
      bytes.write(encoded ? Integer.parseInt(last, i + 1, i + 3, 16) : last.charAt(i));
      i += encoded ? 2 : 0;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** The elements of a relative path joined by {@code /}. */
  static String joined(Path relative) {
    List<String> elements = new ArrayList<>();
    relative.forEach(element -> elements.add(element.toString()));
    return String.join("/", elements);
  }

  /**
   * The path that an argument denotes. Bytes that are not text arrive as replacement characters; if
   * no file has that name, the argument denotes the one file whose name displays the same.
   *
   * @throws FailedInput if several files match
   */
  public static Path ofArgument(String argument) throws IOException {
    if (!isGarbled(argument)) {
      return Path.of(argument);
    }
    Path found = Path.of(argument.startsWith("/") ? "/" : "");
    for (String name : argument.split("/", -1)) {
      found = isGarbled(name) ? lookUp(found, name) : found.resolve(name);
    }
    return found;
  }

  /** In some locales a question mark replaces bytes that are not text. */
  private static boolean isGarbled(String name) {
    return name.indexOf(REPLACEMENT) >= 0 || name.indexOf('?') >= 0;
  }

  private static String shown(String name) {
    return name.replace(REPLACEMENT, '?');
  }

  /** The file of that name, or the one whose name displays the same. */
  private static Path lookUp(Path folder, String name) throws IOException {
    Path exact = null;
    try {
      exact = folder.resolve(name);
    } catch (InvalidPathException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    if (exact != null
        && (Files.exists(exact, LinkOption.NOFOLLOW_LINKS) || !Files.isDirectory(folder))) {
      return exact;
    }
    List<Path> same = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Path candidate = file.getFileName();
        if (candidate != null
            && !isText(candidate)
            && shown(candidate.toString()).equals(shown(name))) {
          same.add(folder.resolve(candidate));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (same.size() > 1) {
      throw new FailedInput(
          "matches "
              + same.size()
              + " files whose names are not text in the encoding of this system; name their folder"
              + " with --recursive instead");
    }
    if (same.size() == 1) {
      return same.get(0);
    }
    return exact == null ? folder.resolve(name) : exact;
  }
}
