package dev.kmq.fuzz;

import dev.kmq.colors.PaletteTarget;
import dev.kmq.container.FileTarget;
import dev.kmq.container.Method;
import dev.kmq.file.ArchiveTarget;
import dev.kmq.imageio.MetadataTarget;
import dev.kmq.index.deflate.DeflateCodesTarget;
import dev.kmq.index.rans.RansTablesTarget;
import dev.kmq.palette.CodedPaletteTarget;
import dev.kmq.picture.PictureTarget;
import java.util.Locale;

/** The fuzz targets; the command takes their names. */
enum Target {
  CONTAINER(FileTarget::run),
  PACKED(data -> FileTarget.runAs(Method.PACKED, data)),
  DEFLATE(data -> FileTarget.runAs(Method.DEFLATE, data)),
  RANS(data -> FileTarget.runAs(Method.RANS, data)),
  MIX(data -> FileTarget.runAs(Method.MIX, data)),
  CODED_PALETTE(CodedPaletteTarget::run),
  RANS_TABLES(RansTablesTarget::run),
  DEFLATE_CODES(DeflateCodesTarget::run),
  ENCODE(EncodeTarget::run),
  METADATA(MetadataTarget::run),
  ARCHIVE(ArchiveTarget::run),
  PALETTE(PaletteTarget::run),
  PICTURE(PictureTarget::run);

  /** One execution; any exception is a finding. */
  interface Body {
    void run(byte[] data) throws Exception;
  }

  private final Body body;

  Target(Body body) {
    this.body = body;
  }

  void run(byte[] data) throws Exception {
    body.run(data);
  }

  /** The name in lower case with hyphens. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Target of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
