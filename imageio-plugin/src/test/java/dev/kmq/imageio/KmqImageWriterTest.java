package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.PaletteChoice;
import dev.kmq.Target;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOWriteProgressListener;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KmqImageWriterTest {
  private static final BufferedImage PHOTO =
      Pictures.noise(new BufferedImage(60, 50, BufferedImage.TYPE_INT_RGB), 20, 4);

  @Test
  void qualityIsAPowerOfTwoOfColours() throws IOException {
    int[] colors = {2, 4, 8, 16, 32, 64, 128, 256};
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    float[] values = param.getCompressionQualityValues();
    assertEquals(values.length - 1, param.getCompressionQualityDescriptions().length);
    for (String type : param.getCompressionTypes()) {
      param.setCompressionType(type);
      for (int i = 0; i < colors.length; i++) {
        param.setCompressionQuality(values[i]);
        Header header = header(Pictures.write(PHOTO, param));
        assertEquals(colors[i], header.colors());
        if (!type.equals("Auto")) {
          assertEquals(type.toLowerCase(java.util.Locale.ROOT), header.method().label());
        }
      }
    }
    param.setCompressionQuality(0.5f);
    assertEquals(23, param.getColors());
    param.setColors(100);
    assertEquals(100, header(Pictures.write(PHOTO, param)).colors());
    param.unsetColors();
    assertEquals(23, param.getColors());
  }

  @Test
  void compressionTypesAreTheMethods() {
    String[] types = new KmqImageWriteParam().getCompressionTypes();
    assertEquals("Packed", types[0]);
    assertEquals("Deflate", types[1]);
    assertEquals("Auto", types[types.length - 1]);
    assertEquals(Method.values().length + 1, types.length);
  }

  @Test
  void autoWritesTheSmallestFileWithinTheCost() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    BufferedImage even = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    even.getGraphics().fillRect(20, 30, 100, 90);
    int smallest = Integer.MAX_VALUE;
    for (Method method : Method.values()) {
      param.setCompressionType(KmqImageWriteParam.name(method));
      smallest = Math.min(smallest, Pictures.write(even, param).length);
    }
    param.setCompressionType("Auto");
    assertEquals(smallest, Pictures.write(even, param).length);
    param.setMaxDecodingCost(1);
    assertEquals(Method.PACKED, header(Pictures.write(even, param)).method());
    assertThrows(IllegalArgumentException.class, () -> param.setMaxDecodingCost(0));
    param.setCompressionType("Mix");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Pictures.write(even, param));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("maxDecodingCost 1 excludes all of"),
        refused.getMessage());
    param.setMaxDecodingCost(Method.MIX.decodingCost());
    assertFalse(header(Pictures.write(even, param)).matches());
  }

  @Test
  void defaultIs256ColoursPacked() throws IOException {
    Header header = header(Pictures.write(PHOTO, null));
    assertEquals(256, header.colors());
    assertEquals(Method.PACKED, header.method());
    assertEquals(1, header.tiling().count());
  }

  @Test
  void effortAndDitherAreTheCodecs() throws IOException {
    int[] argb = PHOTO.getRGB(0, 0, 60, 50, null, 0, 60);
    for (Effort effort : Effort.values()) {
      for (Dither dither : Dither.values()) {
        KmqImageWriteParam param = new KmqImageWriteParam();
        param.setColors(7);
        param.setEffort(effort);
        param.setDither(dither);
        EncodeOptions options =
            EncodeOptions.builder().colors(7).effort(effort).dither(dither).build();
        assertArrayEquals(
            Kmq.encode(PixelSource.of(60, 50, argb), options), Pictures.write(PHOTO, param));
      }
    }
  }

  @Test
  void paletteOptionsAreTheCodecs() throws IOException {
    int[] argb = PHOTO.getRGB(0, 0, 60, 50, null, 0, 60);
    Palette given = Palette.ofRgb(0x102030, 0xFF0000, 0x00FF00, 0xFFFFFF);
    Map<Consumer<KmqImageWriteParam>, EncodeOptions.Builder> pairs = new LinkedHashMap<>();
    pairs.put(p -> p.setMetric(Metric.OKLAB), EncodeOptions.builder().metric(Metric.OKLAB));
    pairs.put(
        p -> p.setKeepColors(0xFFFF00FF, 0xFF00FFFF),
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withKeepColors(0xFFFF00FF, 0xFF00FFFF)));
    pairs.put(
        p -> p.setPalette(given), EncodeOptions.builder().palette(PaletteChoice.given(given)));
    pairs.put(
        p -> p.setTargetPsnr(20.0),
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTarget(new Target.Psnr(20))));
    pairs.put(
        p -> p.setTargetBytes(2000L),
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(2000))));
    pairs.put(
        p -> {
          p.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          p.setCompressionType("Rans");
          p.setRdo(30.0);
        },
        EncodeOptions.builder().methods(Method.RANS).rdo(30));
    pairs.put(p -> p.setMaxError(400.0), EncodeOptions.builder().maxError(400));
    for (Map.Entry<Consumer<KmqImageWriteParam>, EncodeOptions.Builder> pair : pairs.entrySet()) {
      KmqImageWriteParam param = new KmqImageWriteParam();
      pair.getKey().accept(param);
      assertArrayEquals(
          Kmq.encode(PixelSource.of(60, 50, argb), pair.getValue().build()),
          Pictures.write(PHOTO, param));
    }
  }

  @Test
  void contradictoryParamsAreRefusedByTheirNames() throws IOException {
    assertRefused(
        "targetPsnr cannot be combined with targetBytes",
        p -> {
          p.setTargetPsnr(30.0);
          p.setTargetBytes(900L);
        });
    assertRefused(
        "palette cannot be combined with targetBytes",
        p -> {
          p.setPalette(Palette.ofRgb(0, 0xFFFFFF));
          p.setTargetBytes(900L);
        });
    assertRefused("rdo needs compressionType Rans, Mix or Auto", p -> p.setRdo(10.0));
    assertRefused(
        "maxDecodingCost 5 excludes the methods that rdo can use: Rans costs 20, Mix 400",
        p -> {
          p.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          p.setCompressionType("Auto");
          p.setMaxDecodingCost(5);
          p.setRdo(10.0);
        });
  }

  private static void assertRefused(String message, Consumer<KmqImageWriteParam> set)
      throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    set.accept(param);
    ImageWriter writer = new KmqImageWriterSpi().createWriterInstance(null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> writer.write(null, new IIOImage(PHOTO, null, null), param));
      assertEquals(message, e.getMessage());
      assertEquals(0, out.getStreamPosition());
    }
  }

  @Test
  void targetsOutOfReachAreRefusedAndNothingIsWritten() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTargetBytes(20L);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = new KmqImageWriterSpi().createWriterInstance(null);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      IIOException e =
          assertThrows(
              IIOException.class, () -> writer.write(null, new IIOImage(PHOTO, null, null), param));
      assertTrue(String.valueOf(e.getMessage()).startsWith("cannot fit into 20 bytes: "));
      assertEquals(0, out.getStreamPosition());
      param.setTargetBytes(null);
      param.setMaxError(0.0);
      assertThrows(
          IIOException.class, () -> writer.write(null, new IIOImage(PHOTO, null, null), param));
      param.setMaxError(null);
      writer.write(null, new IIOImage(PHOTO, null, null), param);
    }
    assertArrayEquals(Pictures.write(PHOTO, null), bytes.toByteArray());
  }

  @Test
  void theTargetCountsTheMetadata() throws IOException {
    ImageWriter writer = new KmqImageWriterSpi().createWriterInstance(null);
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTargetBytes(2500L);
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(PHOTO), param);
    IIOMetadataNode root = new IIOMetadataNode(IIOMetadataFormatImpl.standardMetadataFormatName);
    IIOMetadataNode texts = new IIOMetadataNode("Text");
    IIOMetadataNode text = new IIOMetadataNode("TextEntry");
    text.setAttribute("keyword", "Comment");
    text.setAttribute("value", "x".repeat(900));
    texts.appendChild(text);
    root.appendChild(texts);
    metadata.mergeTree(IIOMetadataFormatImpl.standardMetadataFormatName, root);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(PHOTO, null, metadata), param);
    }
    assertTrue(bytes.size() > 900 && bytes.size() <= 2500, bytes.size() + " bytes");
  }

  @Test
  void methodAndTilesAreCopiedFromMetadataUnlessSet() throws IOException {
    KmqImageWriteParam rans = new KmqImageWriteParam();
    rans.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    rans.setCompressionType("Rans");
    rans.setTileSize(32);
    byte[] file = Pictures.write(PHOTO, rans);
    ImageReader reader = new KmqImageReaderSpi().createReaderInstance(null);
    reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
    IIOImage whole = reader.readAll(0, null);
    assertArrayEquals(file, write(whole, new KmqImageWriteParam()));
    KmqImageWriteParam deflate = new KmqImageWriteParam();
    deflate.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    deflate.setCompressionType("Deflate");
    deflate.setTileSize(0);
    Header header = header(write(whole, deflate));
    assertEquals(Method.DEFLATE, header.method());
    assertEquals(1, header.tiling().count());
  }

  private static byte[] write(IIOImage image, ImageWriteParam param) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriter writer = new KmqImageWriterSpi().createWriterInstance(null);
      writer.setOutput(out);
      writer.write(null, image, param);
    }
    return bytes.toByteArray();
  }

  @Test
  void anInterruptEndsWritingAndTheSameStreamTakesAnother() throws IOException {
    byte[] expected = Pictures.write(PHOTO, null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = Pictures.writer();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      Events events = new Events("never");
      writer.addIIOWriteProgressListener(events);
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, () -> writer.write(PHOTO));
      assertTrue(Thread.interrupted(), "and stays interrupted");
      assertEquals(0, events.complete + events.aborted);
      writer.removeIIOWriteProgressListener(events);
      assertEquals(0, out.getStreamPosition());
      writer.write(PHOTO);
    }
    assertArrayEquals(expected, bytes.toByteArray());
  }

  /** The palette of this would take seconds. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writingEndsSoonWhileThePaletteIsMade(boolean interrupt) throws Exception {
    BufferedImage noise = new BufferedImage(1000, 1000, BufferedImage.TYPE_INT_RGB);
    int[] rgb = new Random(1).ints(1_000_000).toArray();
    noise.setRGB(0, 0, 1000, 1000, rgb, 0, 1000);
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setEffort(Effort.BEST);
    ImageWriter writer = Pictures.writer();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      CountDownLatch clustering = new CountDownLatch(1);
      Events events =
          new Events("never") {
            @Override
            public void imageProgress(ImageWriter source, float percentageDone) {
              super.imageProgress(source, percentageDone);
              if (percentageDone > 1) {
                clustering.countDown();
              }
            }
          };
      writer.addIIOWriteProgressListener(events);
      FutureTask<Void> writing =
          new FutureTask<>(
              () -> {
                writer.write(null, new IIOImage(noise, null, null), param);
                return null;
              });
      Thread thread = new Thread(writing);
      thread.start();
      assertTrue(clustering.await(60, TimeUnit.SECONDS));
      OperatingSystemMXBean process =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long asked = process.getProcessCpuTime(); // other programs do not change it
      if (interrupt) {
        thread.interrupt();
        Throwable thrown = assertThrows(ExecutionException.class, writing::get).getCause();
        assertTrue(thrown instanceof InterruptedIOException, String.valueOf(thrown));
      } else {
        writer.abort();
        writing.get();
        assertEquals(1, events.aborted);
      }
      double millis = (process.getProcessCpuTime() - asked) / 1e6;
      assertTrue(millis < 2000, millis + " ms");
      assertEquals(0, out.getStreamPosition());
      assertEquals(0, events.complete);
    }
  }

  @Test
  void illegalPaletteOptionsAreNamed() {
    KmqImageWriteParam param = new KmqImageWriteParam();
    assertThrows(IllegalArgumentException.class, () -> param.setTargetPsnr(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> param.setTargetBytes(0L));
    assertThrows(IllegalArgumentException.class, () -> param.setMaxError(-1.0));
    assertThrows(IllegalArgumentException.class, () -> param.setKeepColors(7, 7));
    assertThrows(IllegalArgumentException.class, () -> param.setRdo(0.0));
    assertNull(param.getRdo());
    assertNull(param.getTargetPsnr());
    assertNull(param.getTargetBytes());
    assertNull(param.getMaxError());
    assertEquals(0, param.getKeepColors().length);
  }

  @Test
  void indexedImageGetsAnotherPaletteIfOneIsAskedFor() throws IOException {
    BufferedImage indexed = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED);
    Palette given = Palette.ofRgb(0x102030, 0xFF0000);
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setPalette(given);
    assertEquals(given, header(Pictures.write(indexed, param)).palette());
  }

  @Test
  void tiles() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
    param.setTiling(32, 16, 0, 0);
    Header header = header(Pictures.write(PHOTO, param));
    assertEquals(32, header.tiling().tileWidth());
    assertEquals(16, header.tiling().tileHeight());
    assertThrows(IllegalArgumentException.class, () -> param.setTiling(24, 16, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> param.setTileSize(8));
    param.setTileSize(0);
    assertEquals(1, header(Pictures.write(PHOTO, param)).tiling().count());
    param.setTileSize(16);
    assertEquals(16, param.getTileSize());
    assertEquals(16, header(Pictures.write(PHOTO, param)).tiling().count());
  }

  @Test
  void regionAndSubsampling() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setColors(65536);
    param.setSourceRegion(new Rectangle(5, 7, 100, 30));
    param.setSourceSubsampling(3, 2, 1, 1);
    BufferedImage back = Pictures.read(Pictures.write(PHOTO, param));
    assertEquals(18, back.getWidth());
    assertEquals(15, back.getHeight());
    for (int y = 0; y < 15; y++) {
      for (int x = 0; x < 18; x++) {
        assertEquals(PHOTO.getRGB(6 + 3 * x, 8 + 2 * y), back.getRGB(x, y));
      }
    }
    param.setSourceRegion(new Rectangle(60, 0, 4, 4));
    assertThrows(IllegalArgumentException.class, () -> Pictures.write(PHOTO, param));
  }

  @Test
  void bands() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setSourceBands(new int[] {2});
    BufferedImage back = Pictures.read(Pictures.write(PHOTO, param));
    int blue = PHOTO.getRGB(12, 34) & 0xFF;
    assertEquals(0xFF000000 | blue * 0x010101, back.getRGB(12, 34));
    param.setSourceBands(new int[] {3});
    assertThrows(IllegalArgumentException.class, () -> Pictures.write(PHOTO, param));
  }

  @Test
  void aPlainParamWillDo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = Pictures.writer();
    ImageWriteParam param = new ImageWriteParam(null);
    param.setSourceSubsampling(2, 2, 0, 0);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(PHOTO, null, null), param);
    }
    assertEquals(30, header(bytes.toByteArray()).width());
  }

  /** An output stream that goes forward only. */
  private static final class ForwardOnly extends MemoryCacheImageOutputStream {
    ForwardOnly(ByteArrayOutputStream out) {
      super(out);
    }

    @Override
    public void seek(long position) throws IOException {
      if (position < getStreamPosition()) {
        throw new IOException("no seeking back");
      }
      super.seek(position);
    }
  }

  @Test
  void writesForwardOnly() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = Pictures.writer();
    try (ForwardOnly out = new ForwardOnly(bytes)) {
      writer.setOutput(out);
      writer.write(PHOTO);
    }
    assertArrayEquals(Pictures.write(PHOTO, null), bytes.toByteArray());
  }

  @Test
  void sameBytesOnAnyNumberOfThreads() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setThreads(1);
    byte[] one = Pictures.write(PHOTO, param);
    param.setThreads(5);
    assertArrayEquals(one, Pictures.write(PHOTO, param));
  }

  @Test
  void abortEndsWritingAndTheSameStreamTakesAnother() throws IOException {
    byte[] expected = Pictures.write(PHOTO, null);
    for (String when : new String[] {"started", "0", "20", "60", "100"}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageWriter writer = Pictures.writer();
      try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
        writer.setOutput(out);
        Events events = new Events(when);
        writer.addIIOWriteProgressListener(events);
        writer.write(PHOTO);
        assertEquals(1, events.aborted, when);
        assertEquals(0, events.complete, when);
        writer.removeIIOWriteProgressListener(events);
        assertEquals(0, out.getStreamPosition());
        writer.write(PHOTO);
      }
      assertArrayEquals(expected, bytes.toByteArray(), when);
    }
  }

  @Test
  void progressRisesTo100() throws IOException {
    ImageWriter writer = Pictures.writer();
    writer.setOutput(new MemoryCacheImageOutputStream(new ByteArrayOutputStream()));
    Events events = new Events("never");
    writer.addIIOWriteProgressListener(events);
    writer.write(PHOTO);
    assertEquals(1, events.complete);
    assertEquals(100, events.last, 1e-4);
    assertTrue(events.count > 10);
  }

  private static class Events implements IIOWriteProgressListener {
    private final String abortAt;
    int complete;
    int aborted;
    private int count;
    private float last = -1;

    Events(String abortAt) {
      this.abortAt = abortAt;
    }

    @Override
    public void imageStarted(ImageWriter source, int imageIndex) {
      if (abortAt.equals("started")) {
        source.abort();
      }
    }

    @Override
    public void imageProgress(ImageWriter source, float percentageDone) {
      assertTrue(percentageDone >= last, last + " before " + percentageDone);
      last = percentageDone;
      count++;
      if (Character.isDigit(abortAt.charAt(0)) && percentageDone >= Float.parseFloat(abortAt)) {
        source.abort();
      }
    }

    @Override
    public void imageComplete(ImageWriter source) {
      complete++;
    }

    @Override
    public void thumbnailStarted(ImageWriter source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageWriter source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageWriter source) {}

    @Override
    public void writeAborted(ImageWriter source) {
      aborted++;
    }
  }

  @Test
  void nothingIsWrittenWithoutImageOrOutput() throws IOException {
    ImageWriter writer = Pictures.writer();
    assertThrows(IllegalStateException.class, () -> writer.write(PHOTO));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      assertThrows(IllegalArgumentException.class, () -> writer.write(null, (IIOImage) null, null));
    }
    assertEquals(0, bytes.size());
  }

  private static Header header(byte[] file) throws IOException {
    Kmq.decode(file);
    return KmqReader.open(new ByteArrayInputStream(file), DecodeOptions.defaults()).header();
  }

  private static List<String> warnings(BufferedImage image, Palette palette) throws IOException {
    return warnings(image, param -> param.setPalette(palette));
  }

  private static List<String> warnings(BufferedImage image, Consumer<KmqImageWriteParam> settings)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    ImageWriter writer = Pictures.writer();
    writer.setLocale(Locale.ENGLISH);
    writer.addIIOWriteWarningListener((source, index, warning) -> warnings.add(warning));
    KmqImageWriteParam param = new KmqImageWriteParam();
    settings.accept(param);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(new ByteArrayOutputStream())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    return warnings;
  }

  @Test
  void palettesThatCannotKeepAlphaAreWarnedOf() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 0, 0xFF123456);
    assertEquals(List.of(), warnings(image, Palette.ofArgb(0, 0xFFFFFFFF)));
    List<String> noTransparent = warnings(image, Palette.ofRgb(0, 0xFFFFFF));
    assertEquals(1, noTransparent.size());
    assertTrue(noTransparent.get(0).contains("no fully transparent entry"));
    List<String> noOpaque = warnings(image, Palette.ofArgb(0, 0x80FFFFFF));
    assertEquals(1, noOpaque.size());
    assertTrue(noOpaque.get(0).contains("no opaque entry"));
  }

  @Test
  void keptColorsThatLeaveNoEntryForAlphaAreWarnedOf() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 0, 0xFF123456);
    List<String> warnings =
        warnings(
            image,
            param -> {
              param.setKeepColors(0xFFFF0000, 0xFF00FF00);
              param.setColors(2);
            });
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("no fully transparent entry"));
  }
}
