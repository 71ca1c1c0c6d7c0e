package dev.kmq.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.SampleFiles;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class BitBreakdownTest {
  private static List<BitBreakdown.Part> parts(byte[] file) throws IOException {
    KmqReader reader =
        KmqReader.open(new ByteArrayInputStream(file), DecodeOptions.builder().build());
    List<BitBreakdown.Part> parts = reader.readBitBreakdown().parts();
    reader.expectEnd();
    return parts;
  }

  private static double of(String group, List<BitBreakdown.Part> parts) {
    return parts.stream()
        .filter(p -> p.group().equals(group))
        .mapToDouble(BitBreakdown.Part::bits)
        .sum();
  }

  /**
   * Each method has a part for bits that it cannot attribute. So the sum checks that the container
   * counts every byte of tables, tiles and frames once; tests of the methods bound the size of that
   * part.
   */
  @Test
  void partsAddUpToWhatFollowsTheChunks() throws IOException {
    for (SampleFiles.Sample sample : SampleFiles.all()) {
      byte[] file = sample.file();
      KmqReader reader = KmqReader.open(file, DecodeOptions.defaults());
      long before = reader.headerBytes() + reader.chunkBytes();
      List<BitBreakdown.Part> parts = parts(file);
      double sum = parts.stream().mapToDouble(BitBreakdown.Part::bits).sum();
      assertEquals(8.0 * (file.length - before), sum, 1e-6, sample.name());
      assertTrue(parts.stream().allMatch(part -> part.bits() > -1e-6), sample.name());
    }
  }

  @Test
  void tilesCountForTheMethodThatStoresThem() throws IOException {
    IndexPlane plane = IndexPlane.allocate(64, 32, 256);
    Random random = new Random(1);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        plane.set(x, y, random.nextInt(256));
      }
    }
    IndexedImage image = new IndexedImage(SampleFiles.palette(256, false, random), plane);
    for (Method method : List.of(Method.DEFLATE, Method.MIX)) {
      EncodeOptions options = EncodeOptions.builder().methods(method).tileSize(32, 32).build();
      List<BitBreakdown.Part> parts = parts(Kmq.encode(image, options));
      assertEquals(8.0 * 32 * 32, of("packed", parts));
      assertTrue(of(method.label(), parts) > 0);
      assertEquals(2 * 64, of(BitBreakdown.FRAMES, parts));
      assertEquals(
          List.of("packed", method.label(), "frames"),
          parts.stream().map(BitBreakdown.Part::group).distinct().collect(Collectors.toList()));
    }
  }

  @Test
  void damageIsRefusedAsInDecoding() {
    for (SampleFiles.Sample sample : SampleFiles.all()) {
      byte[] file = sample.file();
      for (int at = 24; at < file.length; at += 7) {
        byte[] damaged = file.clone();
        damaged[at] ^= 32;
        KmqFormatException expected =
            assertThrows(KmqFormatException.class, () -> Kmq.decode(damaged));
        KmqFormatException e = assertThrows(KmqFormatException.class, () -> parts(damaged));
        assertEquals(expected.reason(), e.reason(), sample.name() + ", byte " + at);
        assertEquals(expected.offset(), e.offset(), sample.name() + ", byte " + at);
      }
      byte[] cut = Arrays.copyOf(file, file.length - 1);
      KmqFormatException e = assertThrows(KmqFormatException.class, () -> parts(cut));
      assertEquals(RefusalReason.TRUNCATED, e.reason());
    }
  }
}
