package dev.kmq.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file or symbolic link of an archive. */
final class Entry {
  private static final int FILE = 0644;
  private static final int PROGRAM = 0755;
  private static final int LINK = 0777;

  private final String path;
  private final int mode;
  private final byte[] content;
  private final @Nullable String link;

  private Entry(String path, int mode, byte[] content, @Nullable String link) {
    this.path = path;
    this.mode = mode;
    this.content = content;
    this.link = link;
  }

  /** The path, separated by slashes. */
  String path() {
    return path;
  }

  /** The permissions. */
  int mode() {
    return mode;
  }

  /** The bytes of the file, none for a link. */
  byte[] content() {
    return content;
  }

  /** The target of a link, or null. */
  @Nullable String link() {
    return link;
  }

  static Entry file(String path, byte[] content) {
    return new Entry(path, FILE, content, null);
  }

  static Entry file(String path, Path source) throws IOException {
    return file(path, Files.readAllBytes(source));
  }

  static Entry program(String path, Path source) throws IOException {
    return new Entry(path, PROGRAM, Files.readAllBytes(source), null);
  }

  /** A text file, compressed by gzip without a name and a time. */
  static Entry gzip(String path, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(9);
          }
        }) {
      out.write(content);
    }
    byte[] file = bytes.toByteArray();
    file[8] = 2; // the flag of the best compression
    file[9] = 3; // Unix, which JDKs write differently
    return file(path, file);
  }

  /** All files and links of a folder, sorted by their paths. */
  static List<Entry> folder(String path, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(file -> !Files.isDirectory(file) || Files.isSymbolicLink(file)).toList();
    }
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      String name = path + "/" + folder.relativize(file).toString().replace('\\', '/');
      if (Files.isSymbolicLink(file)) {
        String target = Files.readSymbolicLink(file).toString().replace('\\', '/');
        entries.add(new Entry(name, LINK, new byte[0], target));
      } else {
        int mode = Files.isExecutable(file) ? PROGRAM : FILE;
        entries.add(new Entry(name, mode, Files.readAllBytes(file), null));
      }
    }
    entries.sort((a, b) -> a.path.compareTo(b.path));
    return entries;
  }

  Entry under(String folder) {
    return new Entry(folder + "/" + path, mode, content, link);
  }
}
