package dev.kmq.container;

import dev.kmq.index.IndexMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sums, tile by tile, what the bits after header and chunks are spent on. */
final class BitTally {
  /** The bits of one method. */
  private static final class Spent {
    private final List<String> parts;
    private final double[] bits;

    Spent(List<String> parts) {
      this.parts = parts;
      this.bits = new double[parts.size()];
    }
  }

  private final Map<Method, Spent> methods = new EnumMap<>(Method.class);
  private long lengths;
  private long checksums;

  /** The bits of a method so far, by number of the part; callers add to them. */
  double[] of(Method method, IndexMethod coder) {
    return methods.computeIfAbsent(method, m -> new Spent(coder.parts())).bits;
  }

  /** Counts the tables that tiles share. */
  void addTables(Method method, IndexMethod coder) throws IOException {
    coder.measureTables(of(method, coder));
  }

  /** Counts bytes of a length and of a checksum. */
  void addFrame(int lengthBytes, int checksumBytes) {
    lengths += 8L * lengthBytes;
    checksums += 8L * checksumBytes;
  }

  /** All parts: methods by number, then the frames. */
  BitBreakdown breakdown() {
    List<BitBreakdown.Part> parts = new ArrayList<>();
    methods.forEach(
        (method, spent) -> {
          for (int i = 0; i < spent.bits.length; i++) {
            parts.add(new BitBreakdown.Part(method.label(), spent.parts.get(i), spent.bits[i]));
          }
        });
    parts.add(new BitBreakdown.Part(BitBreakdown.FRAMES, "lengths", lengths));
    parts.add(new BitBreakdown.Part(BitBreakdown.FRAMES, "checksums", checksums));
    return new BitBreakdown(parts);
  }
}
