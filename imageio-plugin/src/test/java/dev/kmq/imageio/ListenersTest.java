package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.event.IIOWriteWarningListener;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

/** Listeners of every kind that are removed, are added, and throw, at every event. */
final class ListenersTest {
  private static final BufferedImage IMAGE = Pictures.indexed(40, 40, 9, false, 1);

  /** All kinds of listeners of a reader in one; does something at one of its events. */
  private static final class Reading extends ReadEvents implements IIOReadWarningListener {
    private final List<String> seen = new ArrayList<>();
    private final int when;
    private final BiConsumer<ImageReader, Reading> what;

    Reading(int when, BiConsumer<ImageReader, Reading> what) {
      this.when = when;
      this.what = what;
    }

    @Override
    void see(ImageReader source, String event) {
      seen.add(event);
      if (seen.size() - 1 == when) {
        what.accept(source, this);
      }
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      see(source, warning);
    }

    void addTo(ImageReader reader) {
      reader.addIIOReadProgressListener(this);
      reader.addIIOReadUpdateListener(this);
      reader.addIIOReadWarningListener(this);
    }

    void removeFrom(ImageReader reader) {
      reader.removeIIOReadProgressListener(this);
      reader.removeIIOReadUpdateListener(this);
      reader.removeIIOReadWarningListener(this);
    }
  }

  /** Gives two warnings when read: about the profile and about Exif. */
  private static byte[] file() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTileSize(16);
    return Kmq.encode(
        Kmq.decode(Pictures.write(IMAGE, param)),
        EncodeOptions.builder()
            .tileSize(16, 16)
            .chunks(List.of(Chunk.iccProfile(new byte[] {1, 2}), Chunk.exif(new byte[] {9})))
            .build());
  }

  private static void read(byte[] file, Consumer<ImageReader> listening) throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    listening.accept(reader);
    try {
      reader.read(0);
    } finally {
      reader.removeAllIIOReadProgressListeners();
      reader.removeAllIIOReadUpdateListeners();
      reader.removeAllIIOReadWarningListeners();
      IndexedRoundTripTest.assertSame(IMAGE, reader.read(0, Pictures.indexed()));
    }
  }

  private static List<String> events(byte[] file) throws IOException {
    Reading all = new Reading(-1, (reader, listener) -> {});
    read(file, all::addTo);
    assertEquals(9, all.seen.size(), all.seen.toString());
    return all.seen;
  }

  @Test
  void readersGoOnWhenListenersRemoveThemselves() throws IOException {
    byte[] file = file();
    List<String> events = events(file);
    for (int when = 0; when < events.size(); when++) {
      Reading first = new Reading(when, (reader, listener) -> listener.removeFrom(reader));
      Reading second = new Reading(when, (reader, listener) -> listener.removeFrom(reader));
      Reading third = new Reading(-1, (reader, listener) -> {});
      read(
          file,
          reader -> {
            first.addTo(reader);
            second.addTo(reader);
            third.addTo(reader);
          });
      assertEquals(events.subList(0, when + 1), first.seen);
      assertEquals(events.subList(0, when + 1), second.seen);
      assertEquals(events, third.seen);

      Reading alone = new Reading(when, (reader, listener) -> listener.removeFrom(reader));
      read(file, alone::addTo);
      assertEquals(events.subList(0, when + 1), alone.seen);
    }
  }

  @Test
  void readersGoOnWhenListenersAddThemselvesOrRemoveAll() throws IOException {
    byte[] file = file();
    List<String> events = events(file);
    for (int when = 0; when < events.size(); when++) {
      Reading twice = new Reading(when, (reader, listener) -> listener.addTo(reader));
      read(file, twice::addTo);
      assertEquals(2 * events.size() - when - 1, twice.seen.size());
      Reading last =
          new Reading(
              when,
              (reader, listener) -> {
                reader.removeAllIIOReadProgressListeners();
                reader.removeAllIIOReadUpdateListeners();
                reader.removeAllIIOReadWarningListeners();
              });
      read(file, last::addTo);
      assertEquals(when + 1, last.seen.size());
    }
  }

  @Test
  void readersAreUsableAfterListenersThrow() throws IOException {
    byte[] file = file();
    int events = events(file).size();
    for (int when = 0; when < events; when++) {
      Reading throwing =
          new Reading(
              when,
              (reader, listener) -> {
                throw new UnsupportedOperationException("by a listener");
              });
      assertThrows(UnsupportedOperationException.class, () -> read(file, throwing::addTo));
    }
  }

  /** As {@link Reading}, of a writer. */
  private static final class Writing extends WriteEvents implements IIOWriteWarningListener {
    private final List<String> seen = new ArrayList<>();
    private final int when;
    private final BiConsumer<ImageWriter, Writing> what;

    Writing(int when, BiConsumer<ImageWriter, Writing> what) {
      this.when = when;
      this.what = what;
    }

    @Override
    void see(ImageWriter source, String event) {
      seen.add(event);
      if (seen.size() - 1 == when) {
        what.accept(source, this);
      }
    }

    @Override
    public void warningOccurred(ImageWriter source, int imageIndex, String warning) {
      see(source, warning);
    }

    void addTo(ImageWriter writer) {
      writer.addIIOWriteProgressListener(this);
      writer.addIIOWriteWarningListener(this);
    }

    void removeFrom(ImageWriter writer) {
      writer.removeIIOWriteProgressListener(this);
      writer.removeIIOWriteWarningListener(this);
    }
  }

  /** Writes with two warnings: about thumbnails and about a profile. */
  private static byte[] written(Consumer<ImageWriter> listening) throws IOException {
    KmqImageMetadata metadata =
        new KmqImageMetadata(
            PictureFacts.NONE.withChunks(List.of(Chunk.iccProfile(new byte[] {1, 2}))));
    BufferedImage colors = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    colors.createGraphics().drawImage(IMAGE, 0, 0, null);
    ImageWriter writer = Pictures.writer();
    listening.accept(writer);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(colors, List.of(IMAGE), metadata));
    }
    return bytes.toByteArray();
  }

  @Test
  void writersGoOnWhenListenersComeAndGo() throws IOException {
    Writing all = new Writing(-1, (writer, listener) -> {});
    byte[] expected = written(all::addTo);
    assertFalse(all.seen.isEmpty());
    for (int when = 0; when < all.seen.size(); when++) {
      Writing first = new Writing(when, (writer, listener) -> listener.removeFrom(writer));
      Writing second = new Writing(when, (writer, listener) -> listener.removeFrom(writer));
      assertArrayEquals(
          expected,
          written(
              writer -> {
                first.addTo(writer);
                second.addTo(writer);
              }));
      assertEquals(when + 1, first.seen.size());
      assertEquals(when + 1, second.seen.size());
      Writing twice = new Writing(when, (writer, listener) -> listener.addTo(writer));
      assertArrayEquals(expected, written(twice::addTo));
      assertEquals(2 * all.seen.size() - when - 1, twice.seen.size());
      Writing throwing =
          new Writing(
              when,
              (writer, listener) -> {
                throw new UnsupportedOperationException("by a listener");
              });
      assertThrows(UnsupportedOperationException.class, () -> written(throwing::addTo));
    }
  }
}
