package dev.kmq.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A PNG as a list of chunks, built or parsed. */
public final class TestPng {
  private static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', '\r', '\n', 26, '\n'};

  /** A chunk. */
  public static final class Chunk {
    private final String type;
    private final byte[] data;

    /** A chunk of a type of four letters. */
    public Chunk(String type, byte[] data) {
      this.type = type;
      this.data = data;
    }

    /** Four letters. */
    public String type() {
      return type;
    }

    /** The data of the chunk. */
    public byte[] data() {
      return data;
    }
  }

  private TestPng() {}

  /** The bytes of a file. */
  public static byte[] of(Chunk... chunks) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    for (Chunk chunk : chunks) {
      ByteBuffer frame = ByteBuffer.allocate(12 + chunk.data.length).putInt(chunk.data.length);
      frame.put(chunk.type.getBytes(StandardCharsets.US_ASCII)).put(chunk.data);
      CRC32 crc = new CRC32();
      crc.update(frame.array(), 4, 4 + chunk.data.length);
      file.writeBytes(frame.putInt((int) crc.getValue()).array());
    }
    return file.toByteArray();
  }

  /** An image of one row with chunks before its IDAT and 8 bits per sample. */
  public static byte[] row(int colorType, byte[] samples, Chunk... before) {
    int perPixel = new int[] {1, 0, 3, 1, 2, 0, 4}[colorType];
    List<Chunk> chunks = new ArrayList<>();
    chunks.add(header(samples.length / perPixel, 1, 8, colorType));
    chunks.addAll(List.of(before));
    byte[] filtered = new byte[samples.length + 1];
    System.arraycopy(samples, 0, filtered, 1, samples.length);
    chunks.add(new Chunk("IDAT", deflate(filtered)));
    chunks.add(new Chunk("IEND", new byte[0]));
    return of(chunks.toArray(Chunk[]::new));
  }

  /** An IHDR. */
  public static Chunk header(int width, int height, int bits, int colorType) {
    ByteBuffer data = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return new Chunk("IHDR", data.put((byte) bits).put((byte) colorType).array());
  }

  /** A chunk of big-endian 32-bit numbers. */
  public static Chunk ofInts(String type, int... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length);
    Arrays.stream(values).forEach(data::putInt);
    return new Chunk(type, data.array());
  }

  /** A chunk of bytes. */
  public static Chunk ofBytes(String type, int... values) {
    byte[] data = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      data[i] = (byte) values[i];
    }
    return new Chunk(type, data);
  }

  /** A zlib stream. */
  public static byte[] deflate(byte[] bytes) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deflated.toByteArray();
  }

  /** All chunks of a file in their order; fails on a wrong CRC. */
  public static List<Chunk> chunks(byte[] file) {
    ByteBuffer rest = ByteBuffer.wrap(file);
    byte[] signature = new byte[SIGNATURE.length];
    rest.get(signature);
    if (!Arrays.equals(signature, SIGNATURE)) {
      throw new AssertionError("no PNG");
    }
    List<Chunk> chunks = new ArrayList<>();
    while (rest.hasRemaining()) {
      byte[] data = new byte[rest.getInt()];
      byte[] type = new byte[4];
      rest.get(type).get(data);
      CRC32 crc = new CRC32();
      crc.update(type);
      crc.update(data);
      String name = new String(type, StandardCharsets.US_ASCII);
      if ((int) crc.getValue() != rest.getInt()) {
        throw new AssertionError("CRC of " + name);
      }
      chunks.add(new Chunk(name, data));
    }
    return chunks;
  }

  /** Data of all chunks of a type, joined; empty if there is none. */
  public static byte[] data(byte[] file, String type) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Chunk chunk : chunks(file)) {
      if (chunk.type.equals(type)) {
        joined.writeBytes(chunk.data);
      }
    }
    return joined.toByteArray();
  }

  /** The data of the IDAT chunks: rows after their filter types. */
  public static byte[] rows(byte[] file) throws IOException {
    return new InflaterInputStream(new java.io.ByteArrayInputStream(data(file, "IDAT")))
        .readAllBytes();
  }
}
