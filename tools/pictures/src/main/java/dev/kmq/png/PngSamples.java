package dev.kmq.png;

import java.io.IOException;

/** All samples of a PNG, interleaved, row by row. */
public final class PngSamples {
  private PngSamples() {}

  /** Samples of up to 8 bits, each in a byte. */
  public static byte[] bytes(PngFile file) throws IOException {
    PngHeader header = file.header();
    int samples = header.samples();
    byte[] all = new byte[count(header)];
    byte[] some = new byte[header.interlaced() ? header.width() * samples : 0];
    try (PngRowReader rows = file.rows()) {
      while (rows.next()) {
        int at = (rows.y() * header.width() + rows.x()) * samples;
        if (rows.step() == 1) {
          rows.unpack(all, at);
          continue;
        }
        rows.unpack(some, 0);
        int next = (rows.step() - 1) * samples;
        for (int i = 0, from = 0; i < rows.columns(); i++, at += next) {
          for (int b = 0; b < samples; b++) {
            all[at++] = some[from++];
          }
        }
      }
    }
    return all;
  }

  /** Samples of 16 bits. */
  public static short[] shorts(PngFile file) throws IOException {
    PngHeader header = file.header();
    int samples = header.samples();
    short[] all = new short[count(header)];
    try (PngRowReader rows = file.rows()) {
      while (rows.next()) {
        byte[] row = rows.row();
        int at = (rows.y() * header.width() + rows.x()) * samples;
        int next = (rows.step() - 1) * samples;
        for (int i = 0, from = 0; i < rows.columns(); i++, at += next) {
          for (int b = 0; b < samples; b++, from += 2) {
            all[at++] = (short) (row[from] << 8 | row[from + 1] & 0xFF);
          }
        }
      }
    }
    return all;
  }

  private static int count(PngHeader header) {
    return Math.multiplyExact(
        Math.multiplyExact(header.width(), header.samples()), header.height());
  }
}
