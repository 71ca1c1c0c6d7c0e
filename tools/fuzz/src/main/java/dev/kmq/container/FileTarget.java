package dev.kmq.container;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole files, unchanged and with repaired checksums. All ways of reading must agree: an array, a
 * stream of single bytes, tiles one by one, several threads. If one refuses a file, all must, for
 * the same reason.
 */
public final class FileTarget {
  private static final Limits LIMITS =
      Limits.defaults()
          .withMaxPixels(1 << 14)
          .withMaxRasterBytes(1 << 15)
          .withMaxChunkBytes(1 << 16)
          .withMaxTiles(1 << 10);

  private static final DecodeOptions ONE_THREAD = options(1);
  private static final DecodeOptions THREE_THREADS = options(3);

  private FileTarget() {}

  private static DecodeOptions options(int threads) {
    return DecodeOptions.builder().limits(LIMITS).threads(threads).keepUnknownChunks(true).build();
  }

  /** Reads bytes as a file, then again with valid checksums. */
  public static void run(byte[] data) throws IOException {
    check(data);
    check(Checksums.repair(data.clone()));
  }

  /** Reads bytes as a file with a given index method and valid checksums. */
  public static void runAs(Method method, byte[] data) throws IOException {
    if (data.length < Format.HEADER_BYTES) {
      return;
    }
    byte[] file = data.clone();
    System.arraycopy(Format.signature(), 0, file, 0, Format.SIGNATURE_BYTES);
    file[8] = 1;
    file[9] &= 1;
    file[10] = (byte) method.code();
    file[11] &= (byte) (method == Method.PACKED ? 1 : 3);
    Arrays.fill(file, 12, 15, (byte) 0);
    Arrays.fill(file, 16, 19, (byte) 0);
    file[22] = 0;
    check(Checksums.repair(file));
  }

  private static void check(byte[] file) throws IOException {
    Outcome whole = Outcome.of(() -> array(file, ONE_THREAD).readImage());
    whole.requireSame(
        "a stream of single bytes",
        Outcome.of(() -> KmqReader.open(new SingleBytes(file), ONE_THREAD).readImage()));
    if ((Arrays.hashCode(file) & 7) == 0) { // starting threads takes longer than all other readings
      whole.requireSame("three threads", Outcome.of(() -> array(file, THREE_THREADS).readImage()));
    }
    whole.requireSame("tiles one by one", Outcome.of(() -> tileByTile(file)));
    whole.requireSame("salvage", Outcome.of(() -> salvage(file)));
    if (whole.image != null) {
      double bits = 0;
      KmqReader reader = array(file, ONE_THREAD);
      for (BitBreakdown.Part part : reader.readBitBreakdown().parts()) {
        bits += part.bits();
      }
      long from = reader.headerBytes() + reader.chunkBytes();
      long counted = 8 * (reader.position() - from);
      if (Math.abs(bits - counted) > 1e-3 * (1 + counted)) {
        throw new AssertionError("parts take " + bits + " bits of " + counted);
      }
    }
  }

  private static KmqReader array(byte[] file, DecodeOptions options) throws IOException {
    return KmqReader.open(file, options);
  }

  private static IndexedImage tileByTile(byte[] file) throws IOException {
    KmqReader reader = array(file, ONE_THREAD);
    Header header = reader.header();
    requireRaster(reader);
    IndexPlane plane = IndexPlane.allocate(header.width(), header.height(), header.colors());
    Tiling tiling = header.tiling();
    for (int tile = 0; tile < tiling.count(); tile++) {
      IndexPlane part =
          IndexPlane.allocate(tiling.width(tile), tiling.height(tile), header.colors());
      reader.readTile(tile, part);
      plane.window(tiling.x(tile), tiling.y(tile), part.width(), part.height()).copyFrom(part);
    }
    return new IndexedImage(header.palette(), plane);
  }

  /** The caller's planes are not limited, so this checks them as a reader checks its own. */
  private static void requireRaster(KmqReader reader) throws KmqFormatException {
    Header header = reader.header();
    long pixels = (long) header.width() * header.height();
    long raster = pixels * (header.colors() > 256 ? 2 : 1);
    if (raster > LIMITS.maxRasterBytes() - reader.workingBytes()) {
      throw new KmqFormatException(RefusalReason.LIMIT_RASTER_BYTES, "raster", Format.WIDTH_OFFSET);
    }
  }

  private static IndexedImage salvage(byte[] file) throws IOException {
    SalvageResult salvaged = array(file, ONE_THREAD).salvage();
    @Nullable KmqFormatException refusal = salvaged.fault();
    if (refusal != null) {
      throw refusal;
    }
    return salvaged.image();
  }

  /** A way of reading. */
  private interface Reading {
    IndexedImage read() throws IOException;
  }

  /** An image, or the reason for its refusal. */
  private record Outcome(@Nullable IndexedImage image, @Nullable RefusalReason reason) {
    static Outcome of(Reading reading) throws IOException {
      try {
        return new Outcome(reading.read(), null);
      } catch (KmqFormatException e) {
        if (e.getMessage() == null || e.getMessage().isEmpty()) {
          throw new AssertionError("a refusal without a message", e);
        }
        return new Outcome(null, e.reason());
      }
    }

    void requireSame(String what, Outcome other) {
      if (reason != other.reason) {
        throw new AssertionError(what + " gives " + other.reason + ", an array " + reason);
      }
      if (image != null
          && other.image != null
          && !Arrays.equals(indices(image), indices(other.image))) {
        throw new AssertionError(what + " gives other indices");
      }
    }

    private static int[] indices(IndexedImage image) {
      int[] indices = new int[image.width() * image.height()];
      for (int y = 0, i = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          indices[i++] = image.plane().get(x, y);
        }
      }
      return indices;
    }
  }

  /** A stream that returns one byte at a time. */
  private static final class SingleBytes extends FilterInputStream {
    SingleBytes(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return super.read(target, offset, Math.min(length, 1));
    }
  }
}
