package dev.kmq.cli.picture;

import dev.kmq.cli.file.Input;
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
  /** Any other, which ImageIO may support. */
  OTHER;

  /** Length of the longest signature. */
  private static final int BYTES = 8;

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
        if (SourceMetadata.startsWith(start, signature)) {
          return kind;
        }
      }
    }
    return OTHER;
  }
}
