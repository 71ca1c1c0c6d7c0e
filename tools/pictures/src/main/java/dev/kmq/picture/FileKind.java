package dev.kmq.picture;

import dev.kmq.file.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The formats that have code of their own here, by their first bytes. */
enum FileKind {
  PNG("\u0089PNG\r\n\u001a\n"),
  JPEG("\u00ff\u00d8\u00ff"),
  GIF("GIF87a", "GIF89a"),
  TIFF("II*\0", "MM\0*", "II+\0", "MM\0+"),
  BMP("BM"),
  WEBP("RIFF????WEBP"),
  /** Any other, which ImageIO may support. */
  OTHER;

  /** Length of the longest signature. */
  private static final int BYTES = 12;

  /** Stands for any byte in a signature. */
  private static final byte ANY = '?';

  private final byte[][] signatures;

  FileKind(String... signatures) {
    this.signatures = new byte[signatures.length][];
    Arrays.setAll(this.signatures, i -> signatures[i].getBytes(StandardCharsets.ISO_8859_1));
  }

  static FileKind of(Input input) throws IOException {
    return of(input.start(BYTES));
  }

  static FileKind of(byte[] start) {
    for (FileKind kind : values()) {
      for (byte[] signature : kind.signatures) {
        if (matches(start, signature)) {
          return kind;
        }
      }
    }
    return OTHER;
  }

  private static boolean matches(byte[] start, byte[] signature) {
    if (start.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if (signature[i] != ANY && signature[i] != start[i]) {
        return false;
      }
    }
    return true;
  }
}
