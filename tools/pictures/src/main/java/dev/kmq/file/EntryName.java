package dev.kmq.file;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.jspecify.annotations.Nullable;

/** Names of archive entries: bytes to text, and text to a path that stays in its folder. */
final class EntryName {
  private static final Charset CP437 = Charset.forName("IBM437");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

  private EntryName() {}

  /**
   * The name of a zip entry: UTF-8 if the entry declares it, by its flag or by a Unicode extra
   * field that matches the name, or if its bytes are valid UTF-8; else code page 437, the default
   * of the format, which has a distinct character for every byte. In a name without {@code /} that
   * an MS-DOS or Windows tool wrote, {@code \} separates folders.
   */
  static String of(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    String name = null;
    if (!entry.getGeneralPurposeBit().usesUTF8ForNames()
        && entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField u
        && u.getUnicodeName() != null) {
      CRC32 crc = new CRC32();
      crc.update(raw);
      name = u.getNameCRC32() == crc.getValue() ? utf8(u.getUnicodeName()) : null;
    }
    if (name == null) {
      name = utf8(raw);
    }
    if (name == null) {
      name = new String(raw, CP437);
    }
    int system = entry.getVersionMadeBy() >> 8 & 0xff;
    boolean windows = system == 0 || system == 10 || system == 11 || system == 14;
    return windows && name.indexOf('/') < 0 ? name.replace('\\', '/') : name;
  }

  /**
   * The name of a tar entry that was read as Latin-1: UTF-8 if its bytes are valid UTF-8, else
   * Latin-1. Names from PAX headers are text already.
   */
  static String ofTar(String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      if (latin1.charAt(i) > 0xff) {
        return latin1;
      }
    }
    String name = utf8(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return name == null ? latin1 : name;
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * A name as a path with {@code /} that stays in its folder; empty and {@code .} parts are
   * dropped.
   *
   * @throws FailedInput if the name leads out of the folder, on this system or on one where {@code
   *     \} separates folders, or is empty
   */
  static String relative(String name) throws FailedInput {
    return relative(name, File.separatorChar == '\\');
  }

  static String relative(String name, boolean windows) throws FailedInput {
    if (name.indexOf('\0') >= 0) {
      throw new FailedInput("the entry's name contains a NUL character");
    }
    if (name.startsWith("/") || name.startsWith("\\")) {
      throw leadsOut("is absolute");
    }
    // Outside Windows, a name may start with a letter and a colon.
    if (DRIVE.matcher(name).lookingAt()
        && (windows || name.startsWith("/", 2) || name.startsWith("\\", 2))) {
      throw leadsOut("starts with a drive");
    }
    StringJoiner path = new StringJoiner("/");
    for (String part : name.split("/", -1)) {
      for (String step : part.split("\\\\", -1)) {
        if (step.equals("..")) {
          throw leadsOut("contains ..");
        }
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path.add(part);
      }
    }
    if (path.length() == 0) {
      throw new FailedInput("the entry has no name");
    }
    return path.toString();
  }

  private static FailedInput leadsOut(String why) {
    return new FailedInput(
        "the entry's name %s and may lead out of the output folder".formatted(why));
  }
}
