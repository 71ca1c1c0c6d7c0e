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
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KmqReaderTest {
  private static final DecodeOptions ONE_THREAD = DecodeOptions.builder().threads(1).build();

  @Test
  void theFirstRefusalOfTheFileIsTheOneNamed() throws IOException {
    IndexedImage image = SampleFiles.image(200, 160, 20, false, 3);
    for (Method method : Method.values()) {
      byte[] file =
          Kmq.encode(image, EncodeOptions.builder().methods(method).tileSize(16, 16).build());
      int[] ends = ends(file);
      file[ends[20] - 1] ^= 1;
      file[ends[40] - 1] ^= 1;
      byte[] cut = Arrays.copyOf(file, ends[60]);
      for (int threads = 1; threads <= 4; threads++) {
        DecodeOptions options = DecodeOptions.builder().threads(threads).build();
        for (InputStream in : new InputStream[] {null, new ByteArrayInputStream(cut)}) {
          KmqFormatException refusal =
              assertThrows(
                  KmqFormatException.class,
                  () -> {
                    if (in == null) {
                      Kmq.decode(cut, options);
                    } else {
                      Kmq.decode(in, options);
                    }
                  });
          assertEquals(RefusalReason.TILE_CRC, refusal.reason());
          assertTrue(
              String.valueOf(refusal.getMessage()).contains("tile 20"), refusal.getMessage());
          assertEquals(ends[20] - 4, refusal.offset());
        }
      }
    }
  }

  @Test
  void aRefusedTileDoesNotHideTheNext() throws IOException {
    IndexedImage image = SampleFiles.image(60, 50, 20, false, 3);
    for (Method method : Method.values()) {
      byte[] file =
          Kmq.encode(image, EncodeOptions.builder().methods(method).tileSize(16, 16).build());
      int[] ends = ends(file);
      file[ends[5] - 1] ^= 1;
      KmqReader reader = KmqReader.open(new ByteArrayInputStream(file), ONE_THREAD);
      IndexPlane tile = IndexPlane.allocate(16, 16, 20);
      assertThrows(KmqFormatException.class, () -> reader.readTile(5, tile));
      reader.readTile(6, tile);
      assertEquals(image.plane().get(32, 16), tile.get(0, 0));
      reader.expectEnd();
      assertThrows(IllegalStateException.class, () -> reader.readTile(6, tile));
    }
  }

  @Test
  void salvagesWhatFollowsAFaultInAPayload() {
    byte[] wrong = RawFile.deflated(new byte[] {0, 0, 99, 0});
    byte[] right = RawFile.deflated(new byte[256]);
    byte[] file =
        new RawFile(Method.DEFLATE, 32, 16, 20).set(23, 0x11).tile(wrong).tile(right).file();
    SalvageResult salvaged = salvage(file);
    assertEquals("{1}", salvaged.intact().toString());
    KmqFormatException fault = salvaged.fault();
    assertEquals(RefusalReason.PAYLOAD_SHORT, fault == null ? null : fault.reason());
    salvaged.intact().clear();
    assertEquals("{1}", salvaged.intact().toString(), "the mask is a copy");
  }

  @Test
  void readsNoMoreOfAChannelThanARegionNeeds(@TempDir Path folder) throws IOException {
    IndexedImage image = SampleFiles.image(2000, 600, 200, false, 5);
    byte[] bytes = Kmq.encode(image, EncodeOptions.builder().tileSize(256, 256).build());
    Path file = Files.write(folder.resolve("a.kmq"), bytes);
    CountingChannel channel = new CountingChannel(Files.newByteChannel(file));
    try (KmqReader reader = KmqReader.open(channel, ONE_THREAD)) {
      IndexPlane target = IndexPlane.allocate(30, 20, 200);
      reader.readRegion(1030, 400, target);
      assertEquals(image.plane().get(1059, 419), target.get(29, 19));
    }
    long tile = 256 * 256;
    assertTrue(channel.bytes < 2 * tile, channel.bytes + " bytes read");
    assertTrue(channel.calls < 20, channel.calls + " calls");
  }

  @Test
  void readsSmallTilesOfAChannelInFewCalls(@TempDir Path folder) throws IOException {
    IndexedImage image = SampleFiles.image(320, 320, 20, false, 5);
    byte[] bytes =
        Kmq.encode(image, EncodeOptions.builder().methods(Method.DEFLATE).tileSize(16, 16).build());
    Path file = Files.write(folder.resolve("a.kmq"), bytes);
    CountingChannel channel = new CountingChannel(Files.newByteChannel(file));
    try (KmqReader reader = KmqReader.open(channel, ONE_THREAD)) {
      reader.readTile(
          399, IndexPlane.allocate(16, 16, 20)); // finds it by the lengths of the others
    }
    assertTrue(channel.calls <= 2 + bytes.length / 8192, channel.calls + " calls");
  }

  @Test
  void doesNotReadAheadOfAChannelOfUnknownSize(@TempDir Path folder) throws IOException {
    byte[] one = SampleFiles.all().get(3).file();
    byte[] more = Arrays.copyOf(one, one.length + 20000);
    Path file = Files.write(folder.resolve("a.kmq"), more);
    CountingChannel channel = new CountingChannel(Files.newByteChannel(file));
    channel.sizeKnown = false;
    try (KmqReader reader = KmqReader.open(channel, ONE_THREAD)) {
      reader.readImage();
      assertEquals(one.length, channel.bytes);
      assertEquals(one.length, channel.position());
    }
    assertTrue(!channel.isOpen(), "closed with the reader");
  }

  @Test
  void aBrokenSourceIsNotABadFile() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();
    IOException failure =
        assertThrows(IOException.class, () -> KmqReader.open(broken, ONE_THREAD).readImage());
    assertEquals("Stream closed", failure.getMessage());
  }

  @Test
  void refusesTargetsThatDoNotFit() throws IOException {
    IndexedImage image = SampleFiles.image(40, 20, 300, false, 5);
    byte[] file = Kmq.encode(image, EncodeOptions.builder().tileSize(16, 16).build());
    KmqReader reader = KmqReader.open(file, ONE_THREAD);
    for (Runnable mistake :
        new Runnable[] {
          () -> read(reader, 0, IndexPlane.allocate(15, 16, 300)),
          () -> read(reader, 2, IndexPlane.allocate(16, 16, 300)),
          () -> read(reader, 0, IndexPlane.allocate(16, 16, 2)),
          () -> read(reader, 38, 0, IndexPlane.allocate(3, 1, 300)),
          () -> read(reader, -1, 0, IndexPlane.allocate(3, 1, 300)),
          () -> read(reader, Integer.MAX_VALUE, 0, IndexPlane.allocate(3, 1, 300)),
          () -> read(reader, 1, 1, IndexPlane.allocate(3, 3, 2))
        }) {
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, mistake::run);
      assertTrue(String.valueOf(e.getMessage()).matches("(target|region) .*"), e.getMessage());
    }
    IndexPlane tile = IndexPlane.allocate(16, 16, 300);
    assertThrows(IndexOutOfBoundsException.class, () -> reader.readTile(6, tile));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.readTile(3, 0, tile));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.readTile(0, 2, tile));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.readTile(-1, tile));
  }

  private static void read(KmqReader reader, int tile, IndexPlane target) {
    try {
      reader.readTile(tile, target);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void read(KmqReader reader, int x, int y, IndexPlane target) {
    try {
      reader.readRegion(x, y, target);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SalvageResult salvage(byte[] file) {
    try {
      return KmqReader.open(file, ONE_THREAD).salvage();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The end of each tile of a valid file. */
  private static int[] ends(byte[] file) throws IOException {
    KmqReader reader = KmqReader.open(new ByteArrayInputStream(file), ONE_THREAD);
    Tiling tiling = reader.header().tiling();
    int[] ends = new int[(int) tiling.count()];
    for (int tile = 0; tile < ends.length; tile++) {
      int colors = reader.header().colors();
      reader.readTile(tile, IndexPlane.allocate(tiling.width(tile), tiling.height(tile), colors));
      ends[tile] = (int) reader.position();
    }
    return ends;
  }

  /** Counts the bytes read. */
  private static final class CountingChannel implements SeekableByteChannel {
    private final SeekableByteChannel channel;
    boolean sizeKnown = true;
    int calls;
    long bytes;

    CountingChannel(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      calls++;
      int n = channel.read(target);
      bytes += Math.max(0, n);
      return n;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return sizeKnown ? channel.size() : Long.MAX_VALUE;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
