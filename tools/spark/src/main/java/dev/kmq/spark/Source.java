package dev.kmq.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of an image are.
 *
 * @param name in messages and in the manifest: the file, or the archive, {@code !/} and the entry
 * @param path the name of its output within the shards
 * @param uri of the file, or of the archive
 * @param offset of the bytes in the file; above 0 only in archives
 * @param length of the bytes
 * @param entry number of the entry in an archive that has the bytes in another form, or {@link
 *     #STORED}
 * @param palette number of its palette among several, else 0
 */
record Source(
    String name, String path, String uri, long offset, long length, int entry, int palette)
    implements Serializable {
  /** The entry of bytes that are in the file as they are. */
  static final int STORED = -1;

  /** Whether it is a file of its own. */
  boolean isFile() {
    return offset == 0 && entry == STORED;
  }

  /** The archive that has to be unpacked to read it, or null. */
  @Nullable String archive() {
    return entry == STORED ? null : uri;
  }

  /** A file of its own. */
  static Source file(String name, String path, String uri, long length) {
    return new Source(name, path, uri, 0, length, STORED, 0);
  }

  Source withPath(String other) {
    return new Source(name, other, uri, offset, length, entry, palette);
  }

  Source withPalette(int number) {
    return new Source(name, path, uri, offset, length, entry, number);
  }
}
