package dev.kmq.picture;

/** The names of values in TIFF files, for messages. */
final class TiffNames {
  private TiffNames() {}

  /** The name of a photometric interpretation. */
  static String photometric(int photometric) {
    return switch (photometric) {
      case 0, 1 -> "grey";
      case 2 -> "RGB";
      case 3 -> "palette colour";
      case 4 -> "a mask";
      case 5 -> "CMYK";
      case 6 -> "YCbCr";
      case 8 -> "CIELab";
      case 9 -> "ICCLab";
      case 10 -> "ITULab";
      case 32803 -> "a colour filter array";
      case 32844 -> "LogL";
      case 32845 -> "LogLuv";
      case 34892 -> "linear raw";
      default -> "photometric interpretation " + photometric;
    };
  }

  /** The name of a compression that is not read. */
  static String compression(int compression) {
    return switch (compression) {
      case 32809 -> "ThunderScan";
      case 33003, 33004, 33005, 34712 -> "JPEG 2000";
      case 34661, 9, 10 -> "JBIG";
      case 34887 -> "LERC";
      case 34676, 34677 -> "SGI Log";
      case 34925 -> "LZMA";
      case 50000 -> "Zstandard";
      case 50001 -> "WebP";
      case 50002, 52546 -> "JPEG XL";
      default -> "method " + compression;
    };
  }
}
