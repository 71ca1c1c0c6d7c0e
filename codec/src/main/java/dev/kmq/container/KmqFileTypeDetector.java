package dev.kmq.container;

import java.io.IOException;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.spi.FileTypeDetector;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Files#probeContentType} recognise {@code .kmq} files. Java finds this class
 * automatically.
 *
 * <p>The name decides, as in Java's own detectors. The first bytes are read only where a name has
 * no type, such as {@code upload_17.tmp}, and never for names such as {@code photo.png}: Java asks
 * every detector for the type of every file.
 */
public final class KmqFileTypeDetector extends FileTypeDetector {
  private static final String ANY_BYTES = "application/octet-stream";

  /** Does nothing: Java creates providers at a time of its own choice. */
  public KmqFileTypeDetector() {}

  /**
   * Returns the media type of a name that ends in {@code .kmq}, whatever it belongs to, and of a
   * file that has the signature and a name without a type; null for all others: folders, pipes,
   * devices and files that cannot be read among them.
   */
  @Override
  public @Nullable String probeContentType(Path path) {
    Path file = path.getFileName();
    String name = file == null ? "" : file.toString().toLowerCase(Locale.ROOT);
    boolean kmq = name.lastIndexOf("." + Format.SUFFIX) > 0 && name.endsWith("." + Format.SUFFIX);
    return kmq || !isKnown(name) && hasSignature(path) ? Format.MEDIA_TYPE : null;
  }

  private static boolean isKnown(String name) {
    String type = URLConnection.guessContentTypeFromName(name);
    return type != null && !type.equals(ANY_BYTES);
  }

  private static boolean hasSignature(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      // Opening a pipe would wait for a writer, and so would reading some files of size 0 in /proc.
      if (!attributes.isRegularFile() || attributes.size() < Format.SIGNATURE_BYTES) {
        return false;
      }
      ByteBuffer found = ByteBuffer.allocate(Format.SIGNATURE_BYTES);
      try (ReadableByteChannel channel = Files.newByteChannel(path)) {
        while (found.hasRemaining() && channel.read(found) >= 0) {}
      }
      return Arrays.equals(found.array(), Format.signature());
    } catch (IOException | RuntimeException e) {
      // Not readable; other file systems may throw anything.
      return false;
    }
  }
}
