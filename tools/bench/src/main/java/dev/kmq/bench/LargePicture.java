package dev.kmq.bench;

import dev.kmq.image.PixelSource;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes an RGB PNG of any size by rows: a mosaic of photographs, each enlarged one to three times,
 * mirrored or not, and under noise, so that it has as many colours as a large photograph.
 *
 * <p>Arguments: width, height, output, photographs.
 */
final class LargePicture {
  private static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', '\r', '\n', 26, '\n'};
  private static final int CELL = 1536;
  private static final int IDAT_BYTES = 1 << 20;

  private final List<int[]> photographs = new ArrayList<>();
  private final List<PixelSource> sizes = new ArrayList<>();

  private LargePicture() {}

  /** Writes the file. */
  public static void main(String[] args) throws IOException {
    int width = Integer.parseInt(args[0]);
    int height = Integer.parseInt(args[1]);
    LargePicture picture = new LargePicture();
    for (String name : List.of(args).subList(3, args.length)) {
      PixelSource pixels = Photograph.of(name);
      int[] argb = new int[pixels.width() * pixels.height()];
      pixels.readRows(0, pixels.height(), argb);
      picture.photographs.add(argb);
      picture.sizes.add(pixels);
    }
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(args[2]))))) {
      picture.write(width, height, out);
    }
  }

  private void write(int width, int height, DataOutputStream out) throws IOException {
    out.write(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    byte[] eightBitsRgb = {8, 2, 0, 0, 0};
    chunk(out, "IHDR", header.put(eightBitsRgb).array(), 13);
    OutputStream data = new BufferedOutputStream(new ImageData(out), IDAT_BYTES);
    Deflater deflater = new Deflater(1);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(data, deflater, 1 << 16)) {
      byte[] row = new byte[1 + 3 * width];
      row[0] = 1; // each byte less that of the pixel to the left
      for (int y = 0; y < height; y++) {
        int left = 0;
        for (int x = 0, at = 1; x < width; x++) {
          int color = color(x, y);
          row[at++] = (byte) ((color >> 16) - (left >> 16));
          row[at++] = (byte) ((color >> 8) - (left >> 8));
          row[at++] = (byte) (color - left);
          left = color;
        }
        deflated.write(row);
      }
    }
    deflater.end();
    chunk(out, "IEND", new byte[0], 0);
  }

  private int color(int x, int y) {
    int cell = hash(x / CELL * 31 + y / CELL * 1009);
    int number = Math.floorMod(cell, photographs.size());
    PixelSource size = sizes.get(number);
    int scale = 1 + (cell >>> 8 & 3) % 3;
    int column = Math.floorMod(x % CELL / scale * ((cell >>> 10 & 1) == 0 ? 1 : -1), size.width());
    int line = y % CELL / scale % size.height();
    int argb = photographs.get(number)[line * size.width() + column];
    int noise = hash(x + 65537 * y);
    int result = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int level = (argb >> shift & 0xFF) + (noise >>> shift & 7) - 3;
      result = result << 8 | Math.max(0, Math.min(255, level));
    }
    return result;
  }

  private static int hash(int value) {
    int mixed = value * 0x9E3779B1;
    mixed = (mixed ^ mixed >>> 15) * 0x85EBCA6B;
    return mixed ^ mixed >>> 13;
  }

  private static void chunk(DataOutputStream out, String type, byte[] data, int length)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    out.writeInt(length);
    out.write(name);
    out.write(data, 0, length);
    out.writeInt((int) crc.getValue());
  }

  /** Writes an IDAT chunk for every block. */
  private static final class ImageData extends OutputStream {
    private final DataOutputStream out;

    ImageData(DataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] part = new byte[length];
      System.arraycopy(bytes, offset, part, 0, length);
      chunk(out, "IDAT", part, length);
    }
  }
}
