package dev.kmq.web.inflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.web.inflate.Inflate.End;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class InflateTest {
  private static final int MOST = 1 << 16;

  private static byte[] deflate(byte[] data, int level, int strategy, boolean raw) {
    Deflater deflater = new Deflater(level, raw);
    deflater.setStrategy(strategy);
    deflater.setInput(data);
    deflater.finish();
    byte[] out = new byte[2 * data.length + 100];
    int n = 0;
    while (!deflater.finished()) {
      n += deflater.deflate(out, n, out.length - n);
    }
    deflater.end();
    return Arrays.copyOf(out, n);
  }

  private static byte[] data(Random random, int length) {
    byte[] data = new byte[length];
    int levels = 1 + random.nextInt(200);
    for (int i = 0; i < length; i++) {
      boolean repeats = i > 300 && random.nextInt(3) > 0;
      data[i] = repeats ? data[i - 1 - random.nextInt(300)] : (byte) random.nextInt(levels);
    }
    return data;
  }

  @Test
  void streamsOfAllKindsAreInflated() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] data = data(random, random.nextInt(5000));
      byte[] stream = deflate(data, i % 10, i % 3, true);
      byte[] placed = Arrays.copyOf(stream, stream.length + 3);
      Inflate inflate = Inflate.of(placed, 0, placed.length, MOST);
      assertEquals(End.COMPLETE, inflate.end());
      assertArrayEquals(data, inflate.bytes());
      assertEquals(stream.length, inflate.next());
    }
  }

  @Test
  void theLimitEndsIt() {
    byte[] data = data(new Random(2), 1000);
    for (int level : new int[] {0, 9}) {
      byte[] stream = deflate(data, level, 0, true);
      Inflate inflate = Inflate.of(stream, 0, stream.length, 999);
      assertEquals(End.LIMIT, inflate.end());
      assertArrayEquals(data, inflate.bytes());
      assertEquals(End.COMPLETE, Inflate.of(stream, 0, stream.length, 1000).end());
      assertEquals(11, Inflate.of(stream, 0, stream.length, 10).length());
    }
  }

  /** Damaged streams end as in zlib, after at least the bytes that zlib returns. */
  @Test
  void damageIsFoundWhereZlibFindsIt() {
    Random random = new Random(3);
    int[] ends = new int[End.values().length];
    for (int i = 0; i < 20000; i++) {
      byte[] stream = deflate(data(random, 20 + random.nextInt(400)), i % 10, i % 3, true);
      if (i % 4 == 0) {
        stream = Arrays.copyOf(stream, random.nextInt(stream.length));
      } else {
        for (int n = random.nextInt(4); n >= 0; n--) {
          stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      Inflate actual = Inflate.of(stream, 0, stream.length, MOST);
      Inflater inflater = new Inflater(true);
      inflater.setInput(stream);
      byte[] expected = new byte[MOST + 1];
      int length = 0;
      End end = End.SHORT;
      try {
        int n = 1;
        while (n > 0 && length <= MOST) {
          n = inflater.inflate(expected, length, 1);
          length += n;
        }
        end = length > MOST ? End.LIMIT : inflater.finished() ? End.COMPLETE : End.SHORT;
      } catch (DataFormatException e) {
        end = End.CORRUPT;
      }
      inflater.end();
      assertEquals(end, actual.end(), "stream " + i);
      assertTrue(actual.length() >= length, "stream " + i);
      assertArrayEquals(Arrays.copyOf(expected, length), Arrays.copyOf(actual.bytes(), length));
      ends[Arrays.asList(End.values()).indexOf(end)]++;
    }
    assertTrue(ends[0] > 500 && ends[1] > 500 && ends[2] > 500, Arrays.toString(ends));
  }

  @Test
  void zlibStreamsAreChecked() {
    byte[] data = data(new Random(4), 500);
    byte[] stream = deflate(data, 6, 0, false);
    assertArrayEquals(data, Zlib.inflate(stream, 0, 500));
    assertNull(Zlib.inflate(stream, 0, 499));
    assertNull(Zlib.inflate(Arrays.copyOf(stream, stream.length - 1), 0, 500));
    for (int i : new int[] {0, 1, stream.length - 1}) {
      byte[] damaged = stream.clone();
      damaged[i] ^= 0x40;
      assertNull(Zlib.inflate(damaged, 0, 500), "byte " + i);
    }
  }

  /** How reading a stream to its end goes, and the bytes before it fails. */
  private static String outcome(InputStream in, ByteArrayOutputStream to) throws IOException {
    try {
      byte[] part = new byte[97];
      for (int n = in.read(part, 0, 97); n >= 0; n = in.read(part, 0, 97)) {
        to.write(part, 0, n);
      }
      return "whole";
    } catch (EOFException e) {
      return "truncated";
    } catch (ZipException e) {
      return "damaged";
    }
  }

  @Test
  void damagedZlibStreamsFailAsInTheJdk() throws IOException {
    Random random = new Random(5);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      byte[] data = data(random, 20 + random.nextInt(400));
      byte[] stream = deflate(data, i % 10, i % 3, false);
      if (i % 3 == 0) {
        stream = Arrays.copyOf(stream, random.nextInt(stream.length));
      } else if (i % 3 == 1) {
        stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
      }
      ByteArrayOutputStream expectedBytes = new ByteArrayOutputStream();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      InputStream jdk = new InflaterInputStream(new ByteArrayInputStream(stream));
      String expected = outcome(jdk, expectedBytes);
      if (i % 3 == 1 && (stream[1] & 0x20) != 0) {
        expected = "damaged"; // a preset dictionary, where the JDK ends without an exception
      }
      String actual = outcome(Zlib.stream(new ByteArrayInputStream(stream), 1 << 16), bytes);
      assertEquals(expected, actual, "stream " + i);
      if (actual.equals("whole")) {
        assertArrayEquals(data, bytes.toByteArray(), "stream " + i);
      }
      counts.merge(actual, 1, Integer::sum);
    }
    assertTrue(counts.values().stream().allMatch(n -> n > 500), counts.toString());
  }

  @Test
  void theSameHeadersAreRefusedAsInTheJdk() throws IOException {
    byte[] stream = deflate(data(new Random(6), 50), 6, 0, false);
    int whole = 0;
    for (int header = 0; header < 1 << 16; header++) {
      stream[0] = (byte) (header >> 8);
      stream[1] = (byte) header;
      if ((header & 0x20) != 0) {
        continue; // a preset dictionary, where the JDK ends without an exception
      }
      InputStream jdk = new InflaterInputStream(new ByteArrayInputStream(stream));
      String expected = outcome(jdk, new ByteArrayOutputStream());
      InputStream own = Zlib.stream(new ByteArrayInputStream(stream), 1 << 16);
      assertEquals(expected, outcome(own, new ByteArrayOutputStream()), "header " + header);
      assertEquals(expected.equals("whole"), Zlib.inflate(stream, 0, 50) != null);
      whole += expected.equals("whole") ? 1 : 0;
    }
    assertTrue(whole > 8, "headers " + whole);
  }
}
