package dev.kmq.container;

import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import dev.kmq.index.rans.RansMethod;
import java.io.IOException;
import java.util.zip.CRC32C;

/** Reads and judges the tables that tiles share (specification, section Shared tables). */
final class TablesReader {
  private static final String WHAT = "the shared tables";

  private final ByteInput input;
  private final Palette palette;
  private final Seed seed;

  TablesReader(ByteInput input, Palette palette, Seed seed) {
    this.input = input;
    this.seed = seed;
    this.palette = palette;
  }

  /** The method with the tables. */
  IndexMethod read() throws IOException {
    long start = input.position();
    int length = input.readInt(WHAT);
    if (length < 1 || length > Format.MAX_TABLES_BYTES) {
      throw new KmqFormatException(
          Reason.TABLES_LENGTH,
          "shared tables cannot be " + Integer.toUnsignedString(length) + " bytes long",
          start);
    }
    byte[] tables = input.readData(length, WHAT);
    CRC32C crc = seed.tables();
    Format.update(crc, length);
    crc.update(tables);
    long crcAt = input.position();
    if (input.readInt(WHAT) != (int) crc.getValue()) {
      throw new KmqFormatException(
          Reason.TABLES_CRC, "the checksum of the shared tables is wrong", crcAt);
    }
    try {
      return RansMethod.read(tables, palette);
    } catch (PayloadException e) {
      KmqFormatException refused =
          new KmqFormatException(Reason.TABLES_CORRUPT, String.valueOf(e.getMessage()), start + 4);
      refused.initCause(e);
      throw refused;
    }
  }
}
