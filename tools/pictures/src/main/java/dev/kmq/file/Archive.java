package dev.kmq.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.jspecify.annotations.Nullable;

/**
 * An archive of input files. Its suffix determines the format, which is never guessed. Opening it
 * counts and checks all entries; the content of an entry is read on demand. Limits protect against
 * archives that are made to exhaust memory or disk.
 */
public final class Archive implements Closeable {
  /** Maximum number of entries. */
  static final int MAX_ENTRIES = 65_536;

  /** Maximum number of characters of all names. */
  static final long MAX_NAME_CHARS = 1L << 24;

  /** Maximum size of an expanded entry. */
  static final long MAX_ENTRY_BYTES = 1L << 30;

  /** Maximum window of a decompressor, in KiB. */
  static final int MAX_WINDOW_KIB = 256 << 10;

  /** The archive formats. */
  enum Form {
    ZIP(true, ".zip", ".cbz"),
    TAR(true, ".tar"),
    TAR_GZ(true, ".tar.gz", ".tgz"),
    TAR_BZ2(false, ".tar.bz2", ".tbz2"),
    TAR_XZ(false, ".tar.xz", ".txz"),
    TAR_ZST(true, ".tar.zst", ".tzst"),
    SEVEN_Z(false, ".7z");

    /** Length of the longest signature; that of tar ends there. */
    static final int SIGNATURE_BYTES = 262;

    /** Signatures of zip, 7z, xz, gzip, bzip2, zstd and tar. */
    private static final String SIGNATURE =
        "(504b0304|504b0506|377abcaf271c|1f8b08|fd377a585a00|425a68|28b52ffd|.{514}7573746172).*";

    final boolean writable;
    private final List<String> suffixes;

    Form(boolean writable, String... suffixes) {
      this.writable = writable;
      this.suffixes = List.of(suffixes);
    }

    /** Whether these are the first bytes of an archive. */
    static boolean begins(byte[] start) {
      return HexFormat.of().formatHex(start).matches(SIGNATURE);
    }

    /** The format that a file name implies, or null if it is not that of an archive. */
    static @Nullable Form of(String fileName) {
      for (Form form : values()) {
        if (form.suffix(fileName) != null) {
          return form;
        }
      }
      return null;
    }

    private @Nullable String suffix(String fileName) {
      String name = fileName.toLowerCase(Locale.ROOT);
      for (String suffix : suffixes) {
        if (name.endsWith(suffix)) {
          return suffix;
        }
      }
      return null;
    }

    /** A file name without the suffix of this format. */
    String stem(String fileName) {
      String suffix = suffix(fileName);
      return suffix == null ? fileName : fileName.substring(0, fileName.length() - suffix.length());
    }
  }

  /**
   * A selected entry.
   *
   * @param name as the archive has it
   * @param relative the name as a path with {@code /} that stays in its folder
   * @param size in bytes, expanded; 0 if the entry cannot be read
   * @param offset where the archive has these bytes as they are, or {@link #PACKED}
   * @param content reads the bytes; throws only {@link FailedInput}
   * @param failure why the entry cannot be read, or null; relative and content are then empty
   */
  public record Entry(
      String name,
      String relative,
      long size,
      long offset,
      Input.@Nullable Bytes content,
      @Nullable FailedInput failure) {}

  /** The offset of an entry whose bytes the archive does not have as they are. */
  public static final long PACKED = -1;

  private final Predicate<String> selects;
  private final Expansion expansion;
  private final List<Entry> entries = new ArrayList<>();
  private final Deque<Closeable> kept = new ArrayDeque<>();
  private int count;
  private long nameChars;

  private Archive(long bytes, Predicate<String> selects) {
    this.selects = selects;
    this.expansion = new Expansion(bytes);
  }

  /**
   * Opens an archive in the format of the file's suffix and lists the selected entries.
   *
   * @throws FailedInput if the archive as a whole is damaged or not supported
   */
  public static Archive open(Path path, Inputs.Selection selection) throws FailedInput {
    Form form = Form.of(path.toString());
    if (form == null) {
      throw new FailedInput("is not an archive of a known format");
    }
    return open(path, form, selection::selects);
  }

  /**
   * Opens an archive and lists the selected entries.
   *
   * @param selects tests files by their names without folders
   * @throws FailedInput if the archive as a whole is damaged or not supported
   */
  static Archive open(Path path, Form form, Predicate<String> selects) throws FailedInput {
    Archive archive = null;
    try {
      archive = new Archive(Files.size(path), selects);
      switch (form) {
        case ZIP -> ZipEntries.find(path, archive);
        case SEVEN_Z -> SevenZipEntries.find(path, archive);
        default -> TarEntries.find(path, form, archive);
      }
      return archive;
    } catch (IOException | RuntimeException | LinkageError | VirtualMachineError e) {
      if (archive != null) {
        try {
          archive.close();
        } catch (IOException suppressed) {
          e.addSuppressed(suppressed);
        }
      }
      throw failure("damaged archive", e);
    }
  }

  /** Turns whatever the code and its libraries throw while reading into the failure of an input. */
  static FailedInput failure(String damaged, Throwable e) {
    if (e instanceof FailedInput failed) {
      return failed;
    }
    if (e instanceof OutOfMemoryError) {
      return new FailedInput(
          "too large for the available memory; KMQ_JAVA_OPTS=-Xmx... gives more", e);
    }
    if (e instanceof MemoryLimitException) {
      return new FailedInput(
          "not supported: unpacking needs more than the limit of %d MiB of memory"
              .formatted(MAX_WINDOW_KIB >> 10),
          e);
    }
    if (e instanceof PasswordRequiredException) {
      return new FailedInput("not supported: the archive is encrypted", e);
    }
    if (e instanceof StackOverflowError) {
      return new FailedInput(damaged + ": its headers are nested too deep", e);
    }
    if (e instanceof LinkageError) {
      return new FailedInput("not supported on this system: its compression method", e);
    }
    if (e instanceof AccessDeniedException) {
      return new FailedInput("permission denied", e);
    }
    if (e instanceof FileSystemException file) {
      return new FailedInput("cannot be read: " + file.getMessage(), e);
    }
    String message = e.getMessage();
    if (message != null && message.startsWith("Unsupported compression method")) {
      return new FailedInput("not supported: " + message, e);
    }
    Throwable cause = e.getCause();
    if (e instanceof IOException && cause instanceof IOException && message != null) {
      return failure(damaged, cause);
    }
    String what = e instanceof EOFException ? "cut short" : e.getClass().getSimpleName();
    return new FailedInput(damaged + ": " + (message == null ? what : message), e);
  }

  /**
   * The selected entries in the order of the archive. Entries of the same name all fail, since
   * programs disagree on which of them is the file.
   */
  public List<Entry> entries() {
    Map<String, Integer> counts = new HashMap<>();
    for (Entry entry : entries) {
      counts.merge(entry.relative(), 1, Integer::sum);
    }
    return entries.stream()
        .map(
            entry -> {
              int same = counts.getOrDefault(entry.relative(), 0);
              return entry.content() == null || same == 1
                  ? entry
                  : new Entry(
                      entry.name(),
                      "",
                      0,
                      PACKED,
                      null,
                      new FailedInput(
                          "the archive has %d entries of this name, so none is read"
                              .formatted(same)));
            })
        .toList();
  }

  /** Closes a resource with the archive. */
  <C extends Closeable> C keep(C resource) {
    kept.push(resource);
    return resource;
  }

  /** Counts an entry or a folder. */
  void count(String name) throws FailedInput {
    if (++count > MAX_ENTRIES) {
      throw tooMany();
    }
    nameChars += name.length();
    if (nameChars > MAX_NAME_CHARS) {
      throw new FailedInput(
          "the names of its entries have more than the limit of %d characters"
              .formatted(MAX_NAME_CHARS));
    }
  }

  static FailedInput tooMany() {
    return new FailedInput("has more entries than the limit of %d".formatted(MAX_ENTRIES));
  }

  /** Whether a file is selected; resource forks of macOS never are. */
  boolean selects(String name) {
    return !("/" + name).contains("/__MACOSX/")
        && selects.test(name.substring(name.lastIndexOf('/') + 1));
  }

  /** Counts expanded bytes, used or not. */
  void expand(long bytes) throws FailedInput {
    expansion.add(bytes);
  }

  /**
   * Adds a selected entry.
   *
   * @param size in bytes, expanded
   * @param offset of the bytes in the archive, or {@link #PACKED}
   */
  void add(String name, long size, long offset, Input.Bytes content) {
    String relative;
    try {
      relative = EntryName.relative(name);
    } catch (FailedInput e) {
      add(name, e);
      return;
    }
    Input.Bytes contained =
        () -> {
          try {
            return content.read();
          } catch (IOException | RuntimeException | LinkageError | VirtualMachineError e) {
            throw failure("damaged in its archive", e);
          }
        };
    entries.add(new Entry(name, relative, size, offset, contained, null));
  }

  /** Adds an entry that cannot be read. */
  void add(String name, FailedInput failure) {
    entries.add(new Entry(name, "", 0, PACKED, null, failure));
  }

  /** Refuses an entry that is too large. */
  static void checkSize(long bytes) throws FailedInput {
    if (bytes > MAX_ENTRY_BYTES) {
      throw new FailedInput(
          "expands to %d bytes, more than the limit of %d".formatted(bytes, MAX_ENTRY_BYTES));
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!kept.isEmpty()) {
      try {
        kept.pop().close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
