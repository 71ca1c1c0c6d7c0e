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
  PNM(
      "P1\n", "P2\n", "P3\n", "P4\n", "P5\n", "P6\n", "P7\n", "P1 ", "P2 ", "P3 ", "P4 ", "P5 ",
      "P6 ", "P1\r", "P2\r", "P3\r", "P4\r", "P5\r", "P6\r", "P1\t", "P2\t", "P3\t", "P4\t", "P5\t",
      "P6\t"),
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
