package dev.kmq.container;

import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import java.io.IOException;
import java.util.zip.Checksum;

/** Reads and checks the tables that tiles share (specification, section Shared tables). */
final class TablesReader {
  private static final String WHAT = "the shared tables";

  private final ByteInput input;
  private final Header header;
  private final Seed seed;

  TablesReader(ByteInput input, Header header, Seed seed) {
    this.input = input;
    this.seed = seed;
    this.header = header;
  }

  /** The method with the tables; without them for a short file whose tile is packed. */
  IndexMethod read() throws IOException {
    return header.shortFrame() ? readShort() : readSummed();
  }

  private IndexMethod readShort() throws IOException {
    int length = input.readLength(Format.SHORT_TABLES_LENGTH_BYTES, WHAT);
    long start = input.position();
    byte[] tables = input.readData(length, WHAT);
    return length == 0 ? header.coder() : method(tables, start);
  }

  private IndexMethod readSummed() throws IOException {
    long start = input.position();
    int length = input.readInt(WHAT);
    if (length < 1 || length > Format.MAX_TABLES_BYTES) {
      throw new KmqFormatException(
          RefusalReason.TABLES_LENGTH,
          "shared tables cannot be " + Integer.toUnsignedString(length) + " bytes long",
          start);
    }
    byte[] tables = input.readData(length, WHAT);
    Checksum crc = seed.tables();
    Format.update(crc, length);
    Format.update(crc, tables);
    long crcAt = input.position();
    if (input.readInt(WHAT) != (int) crc.getValue()) {
      throw new KmqFormatException(
          RefusalReason.TABLES_CRC, "the checksum of the shared tables is wrong", crcAt);
    }
    return method(tables, start + Format.LENGTH_BYTES);
  }

  private IndexMethod method(byte[] tables, long start) throws IOException {
    try {
      return header.coder().sharedTables().get().read(tables, header.palette());
    } catch (PayloadException e) {
      KmqFormatException refused =
          new KmqFormatException(
              RefusalReason.TABLES_CORRUPT, String.valueOf(e.getMessage()), start);
      refused.initCause(e);
      throw refused;
    }
  }
}
