package dev.kmq.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes TIFF files for tests: given strips and fields, in either byte order. */
final class TestTiff {
  static final int NEW_SUBFILE_TYPE = 254;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTES = 279;
  static final int PLANAR = 284;
  static final int PREDICTOR = 317;
  static final int COLOR_MAP = 320;
  static final int INK_SET = 332;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;

  private final ByteOrder order;
  private final List<Map<Integer, int[]>> pages = new ArrayList<>();
  private final List<byte[][]> strips = new ArrayList<>();

  TestTiff(ByteOrder order) {
    this.order = order;
  }

  /** A page of these fields and strips; fields of layout are added. */
  TestTiff page(Map<Integer, int[]> fields, byte[]... data) {
    pages.add(new TreeMap<>(fields));
    strips.add(data);
    return this;
  }

  /** Samples of one depth, rows padded to bytes; the byte order applies to whole bytes. */
  static byte[] samples(ByteOrder order, int bits, int rowLength, long... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int start = 0; start < values.length; start += rowLength) {
      long pending = 0;
      int count = 0;
      for (int i = start; i < start + rowLength; i++) {
        if (bits >= 16 && bits % 8 == 0) {
          for (int b = 0; b < bits; b += 8) {
            out.write((int) (values[i] >>> (order == ByteOrder.BIG_ENDIAN ? bits - 8 - b : b)));
          }
          continue;
        }
        pending = pending << bits | values[i];
        count += bits;
        while (count >= 8) {
          count -= 8;
          out.write((int) (pending >>> count));
        }
      }
      if (count > 0) {
        out.write((int) (pending << 8 - count));
      }
    }
    return out.toByteArray();
  }

  byte[] bytes() {
    ByteBuffer file = ByteBuffer.allocate(1 << 20).order(order);
    file.put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'));
    file.put(file.get(0)).putShort((short) 42);
    int link = file.position();
    file.putInt(0);
    for (int p = 0; p < pages.size(); p++) {
      Map<Integer, int[]> fields = pages.get(p);
      byte[][] data = strips.get(p);
      int[] offsets = new int[data.length];
      int[] lengths = new int[data.length];
      for (int i = 0; i < data.length; i++) {
        offsets[i] = file.position();
        lengths[i] = data[i].length;
        file.put(data[i]);
        even(file);
      }
      fields.put(STRIP_OFFSETS, offsets);
      fields.put(STRIP_BYTES, lengths);
      ByteBuffer directory = ByteBuffer.allocate(6 + 12 * fields.size()).order(order);
      directory.putShort((short) fields.size());
      for (Map.Entry<Integer, int[]> field : fields.entrySet()) {
        entry(file, directory, field.getKey(), field.getValue());
      }
      directory.putInt(0);
      file.putInt(link, file.position());
      link = file.position() + directory.capacity() - 4;
      file.put(directory.array());
    }
    byte[] whole = new byte[file.position()];
    file.flip().get(whole);
    return whole;
  }

  private void entry(ByteBuffer file, ByteBuffer directory, int tag, int[] values) {
    boolean wide = tag == STRIP_OFFSETS || tag == STRIP_BYTES || tag == NEW_SUBFILE_TYPE;
    int size = wide ? 4 : 2;
    directory.putShort((short) tag).putShort((short) (wide ? 4 : 3)).putInt(values.length);
    ByteBuffer data = ByteBuffer.allocate(Math.max(4, size * values.length)).order(order);
    for (int value : values) {
      if (wide) {
        data.putInt(value);
      } else {
        data.putShort((short) value);
      }
    }
    if (size * values.length <= 4) {
      directory.put(data.array());
    } else {
      directory.putInt(file.position());
      file.put(data.array());
      even(file);
    }
  }

  private static void even(ByteBuffer file) {
    if (file.position() % 2 != 0) {
      file.put((byte) 0);
    }
  }
}
