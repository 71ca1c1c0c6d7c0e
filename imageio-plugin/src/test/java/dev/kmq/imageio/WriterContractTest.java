package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Method;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of {@code javax.imageio} for a writer, for every kind of image, method and tiling.
 */
@ParameterizedClass
@MethodSource("samples")
final class WriterContractTest {
  /** One way to write one image. */
  record Sample(String name, BufferedImage image, Method method, int tileSize) {
    KmqImageWriteParam param() {
      KmqImageWriteParam param = new KmqImageWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(KmqImageWriteParam.name(method));
      param.setTileSize(tileSize);
      return param;
    }

    @Override
    public String toString() {
      return name + ", " + method + ", " + tileSize;
    }
  }

  static Stream<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (Method method : Method.values()) {
      for (int tileSize : new int[] {0, 16}) {
        samples.add(new Sample("indexed", Pictures.indexed(50, 40, 9, true, 1), method, tileSize));
        samples.add(
            new Sample(
                "colours",
                Pictures.noise(new BufferedImage(50, 40, BufferedImage.TYPE_INT_ARGB), 9, 1),
                method,
                tileSize));
        samples.add(
            new Sample(
                "grey",
                Pictures.noise(new BufferedImage(50, 40, BufferedImage.TYPE_BYTE_GRAY), 9, 1),
                method,
                tileSize));
      }
    }
    return samples.stream();
  }

  private final Sample sample;
  private final BufferedImage image;
  private final ImageWriter writer = Pictures.writer();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ImageOutputStream out = new MemoryCacheImageOutputStream(bytes);
  private final byte[] expected;

  WriterContractTest(Sample sample) throws IOException {
    this.sample = sample;
    this.image = sample.image();
    this.expected = Pictures.write(image, sample.param());
    writer.setOutput(out);
  }

  private void write() throws IOException {
    writer.write(null, new IIOImage(image, null, null), sample.param());
  }

  private byte[] written() throws IOException {
    out.flushBefore(out.length());
    return bytes.toByteArray();
  }

  private static final class Recorder extends WriteEvents {
    private final List<String> seen = new ArrayList<>();
    private final int abortAt;

    Recorder(int abortAt) {
      this.abortAt = abortAt;
    }

    @Override
    void see(ImageWriter source, String event) {
      if (seen.size() == abortAt) {
        source.abort();
      }
      seen.add(event);
    }
  }

  private List<String> record(int abortAt) throws IOException {
    Recorder recorder = new Recorder(abortAt);
    writer.addIIOWriteProgressListener(recorder);
    out.seek(0);
    write();
    writer.removeIIOWriteProgressListener(recorder);
    return recorder.seen;
  }

  @Test
  void eventsComeInOrder() throws IOException {
    List<String> seen = record(-1);
    assertEquals("imageStarted", seen.get(0));
    assertEquals("imageProgress 0.0", seen.get(1));
    assertEquals("imageProgress 100.0", seen.get(seen.size() - 2));
    assertEquals("imageComplete", seen.get(seen.size() - 1));
    float before = 0;
    for (String event : seen.subList(1, seen.size() - 1)) {
      float now = Float.parseFloat(event.substring("imageProgress ".length()));
      assertTrue(now >= before, seen.toString());
      before = now;
    }
    assertArrayEquals(expected, written());
  }

  @Test
  void abortFromEachEventEndsInOneAbortedEventAndTheStreamTakesAnother() throws IOException {
    int events = record(-1).size();
    for (int at = 0; at < events - 1; at += at < 3 || at > events - 6 ? 1 : 12) {
      List<String> seen = record(at);
      assertEquals("writeAborted", seen.get(seen.size() - 1));
      assertEquals(at + 2, seen.size(), seen.toString());
      assertEquals(0, out.getStreamPosition());
    }
    write();
    out.flush();
    assertArrayEquals(expected, Arrays.copyOf(written(), expected.length));
  }

  @Test
  void listenersThatThrowLeaveTheWriterUsable() throws IOException {
    WriteEvents thrower =
        new WriteEvents() {
          @Override
          void see(ImageWriter source, String event) {
            throw new UnsupportedOperationException("from a listener");
          }
        };
    writer.addIIOWriteProgressListener(thrower);
    assertThrows(UnsupportedOperationException.class, this::write);
    writer.removeAllIIOWriteProgressListeners();
    out.seek(0);
    write();
    assertArrayEquals(expected, written());
  }

  @Test
  void writesAtThePositionOfTheStreamAndLeavesItOpenAfterTheImage() throws IOException {
    out.writeUTF("before");
    long start = out.getStreamPosition();
    write();
    assertEquals(start + expected.length, out.getStreamPosition());
    out.writeUTF("after");
    byte[] all = written();
    assertArrayEquals(
        expected, Arrays.copyOfRange(all, (int) start, (int) start + expected.length));
  }

  @Test
  void rastersAndRegions() throws IOException {
    assertTrue(writer.canWriteRasters());
    KmqImageWriteParam param = sample.param();
    param.setSourceRegion(new Rectangle(3, 5, 40, 30));
    param.setSourceSubsampling(3, 2, 1, 1);
    writer.write(null, new IIOImage(image.getRaster(), null, null), param);
    BufferedImage back = Pictures.read(written());
    assertEquals(13, back.getWidth());
    assertEquals(15, back.getHeight());
  }

  @Test
  void nothingIsWrittenWithoutAnImage() throws IOException {
    assertThrows(
        IllegalArgumentException.class, () -> writer.write(null, (IIOImage) null, sample.param()));
    assertThrows(IllegalArgumentException.class, () -> writer.write((IIOImage) null));
    assertThrows(IllegalArgumentException.class, () -> writer.write((BufferedImage) null));
    assertEquals(0, out.getStreamPosition());
    assertEquals(0, written().length);
  }

  @Test
  void withoutOutput() throws IOException {
    writer.reset();
    assertNull(writer.getOutput());
    assertThrows(IllegalStateException.class, this::write);
    assertThrows(IllegalStateException.class, () -> writer.write(image));
    assertThrows(IllegalStateException.class, () -> writer.prepareWriteSequence(null));
    assertThrows(IllegalArgumentException.class, () -> writer.setOutput("a name"));
    writer.setOutput(out);
    write();
    writer.dispose();
    assertArrayEquals(expected, written());
  }

  @Test
  void whatTheFormatHasNotIsUnsupported() throws IOException {
    assertFalse(writer.canWriteSequence());
    assertFalse(writer.canReplaceStreamMetadata());
    assertFalse(writer.canReplaceImageMetadata(0));
    assertFalse(writer.canInsertImage(0));
    assertFalse(writer.canRemoveImage(0));
    assertFalse(writer.canWriteEmpty());
    assertFalse(writer.canInsertEmpty(0));
    assertFalse(writer.canReplacePixels(0));
    IIOImage whole = new IIOImage(image, null, null);
    ImageTypeSpecifier type = new ImageTypeSpecifier(image);
    List<Executable> calls =
        List.of(
            () -> writer.prepareWriteSequence(null),
            () -> writer.writeToSequence(whole, null),
            () -> writer.endWriteSequence(),
            () -> writer.replaceStreamMetadata(null),
            () -> writer.replaceImageMetadata(0, null),
            () -> writer.writeInsert(0, whole, null),
            () -> writer.removeImage(0),
            () -> writer.prepareWriteEmpty(null, type, 9, 9, null, null, null),
            () -> writer.prepareInsertEmpty(0, type, 9, 9, null, null, null),
            () -> writer.prepareReplacePixels(0, new Rectangle(1, 1)),
            () -> writer.replacePixels(image, null),
            () -> writer.replacePixels(image.getRaster(), null));
    for (Executable call : calls) {
      assertThrows(UnsupportedOperationException.class, call);
    }
    assertEquals(0, out.getStreamPosition());
  }

  @Test
  void defaults() throws IOException {
    assertNull(writer.getDefaultStreamMetadata(null));
    assertEquals(0, writer.getNumThumbnailsSupported(null, null, null, null));
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), sample.param());
    assertFalse(metadata.isReadOnly());
    assertTrue(writer.getOriginatingProvider().canEncodeImage(image));
    writer.write(metadata, new IIOImage(image, null, metadata), sample.param());
    assertArrayEquals(expected, written());
    ImageWriteParam param = writer.getDefaultWriteParam();
    assertTrue(param.canWriteCompressed());
    assertTrue(param.canWriteTiles());
    assertFalse(param.canOffsetTiles());
    assertFalse(param.canWriteProgressive());
    assertEquals("Packed", param.getCompressionTypes()[0]);
  }

  @Test
  void tilingByTheStandardMethods() throws IOException {
    ImageWriteParam param = sample.param();
    param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
    param.setTiling(32, 16, 0, 0);
    writer.write(null, new IIOImage(image, null, null), param);
    javax.imageio.ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(written()));
    assertEquals(32, reader.getTileWidth(0));
    assertEquals(16, reader.getTileHeight(0));
    assertThrows(UnsupportedOperationException.class, () -> param.setTiling(32, 16, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> param.setTiling(33, 16, 0, 0));
  }
}
