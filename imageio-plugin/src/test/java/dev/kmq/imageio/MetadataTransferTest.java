package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.event.IIOWriteWarningListener;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Node;

/** Metadata from other formats and to them, profiles, and warnings about what cannot be used. */
final class MetadataTransferTest {
  private static final Chunk LINEAR =
      Chunk.iccProfile(ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB).getData());

  private static byte[] write(String format, BufferedImage image, @Nullable IIOMetadata metadata)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, metadata));
    }
    return bytes.toByteArray();
  }

  private static IIOMetadata defaults(String format, BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    return writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
  }

  private static IIOImage read(byte[] file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      reader.setInput(in);
      ImageReadParam param =
          reader instanceof KmqImageReader ? Pictures.indexed() : reader.getDefaultReadParam();
      return new IIOImage(reader.read(0, param), null, reader.getImageMetadata(0));
    }
  }

  private static IIOMetadataNode add(Node parent, String name, String... attributes) {
    IIOMetadataNode node = Elements.add(parent, name);
    for (int i = 0; i < attributes.length; i += 2) {
      node.setAttribute(attributes[i], attributes[i + 1]);
    }
    return node;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    IIOMetadata metadata = defaults("png", image);
    IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
    add(
        root,
        "pHYs",
        "pixelsPerUnitXAxis",
        "11811",
        "pixelsPerUnitYAxis",
        "5906",
        "unitSpecifier",
        "meter");
    add(add(root, "tEXt"), "tEXtEntry", "keyword", "Author", "value", "J. Müller");
    add(
        root, "tIME", "year", "2023", "month", "4", "day", "5", "hour", "6", "minute", "7",
        "second", "8");
    metadata.mergeTree("javax_imageio_png_1.0", root);
    return write("png", image, metadata);
  }

  @Test
  void pngToKmqAndBackKeepsPaletteIndicesResolutionTextAndTime() throws IOException {
    for (int colors : new int[] {2, 3, 4, 7, 16, 100, 256}) {
      BufferedImage image = Pictures.indexed(33, 17, colors, colors % 2 == 1, colors);
      IIOImage png = read(png(image));
      for (boolean convert : new boolean[] {true, false}) {
        IIOMetadata metadata = png.getMetadata();
        ImageTypeSpecifier type = new ImageTypeSpecifier(png.getRenderedImage());
        IIOImage kmq =
            read(
                write(
                    "kmq",
                    (BufferedImage) png.getRenderedImage(),
                    convert
                        ? Pictures.writer().convertImageMetadata(metadata, type, null)
                        : metadata));
        assertEquals(
            List.of(
                Chunk.pixelsPerMetre(11811, 5906),
                Chunk.text("Modification Time", "2023-04-05T06:07:08Z"),
                Chunk.text("Author", "J. Müller")),
            KmqImageMetadataTest.chunks(kmq.getMetadata()));
        BufferedImage read = (BufferedImage) kmq.getRenderedImage();
        BufferedImage shown = (BufferedImage) png.getRenderedImage();
        IndexedRoundTripTest.assertSame(shown, read);
        IIOMetadata back = defaults("png", read);
        back.mergeTree(
            KmqImageMetadataTest.STANDARD,
            kmq.getMetadata().getAsTree(KmqImageMetadataTest.STANDARD));
        IIOImage again = read(write("png", read, back));
        IndexedRoundTripTest.assertSame(shown, (BufferedImage) again.getRenderedImage());
      }
    }
  }

  @Test
  void gifToKmqAndBackKeepsPaletteIndicesAndComment() throws IOException {
    BufferedImage image = Pictures.indexed(33, 17, 64, false, 3);
    IIOMetadata metadata = defaults("gif", image);
    IIOMetadataNode root = new IIOMetadataNode("javax_imageio_1.0");
    add(add(root, "Text"), "TextEntry", "value", "a comment");
    metadata.mergeTree("javax_imageio_1.0", root);
    IIOImage gif = read(write("gif", image, metadata));
    BufferedImage shown = (BufferedImage) gif.getRenderedImage();
    IIOImage kmq = read(write("kmq", shown, gif.getMetadata()));
    assertEquals(
        List.of(Chunk.text("Comment", "a comment")),
        KmqImageMetadataTest.chunks(kmq.getMetadata()));
    IndexedRoundTripTest.assertSame(shown, (BufferedImage) kmq.getRenderedImage());
    BufferedImage back = (BufferedImage) kmq.getRenderedImage();
    IIOImage again = read(write("gif", back, null));
    IndexedRoundTripTest.assertSame(shown, (BufferedImage) again.getRenderedImage());
  }

  @Test
  void gifTransparencyStays() throws IOException {
    int[] argb = {0xFF102030, 0x00FFFFFF, 0xFF00FF00, 0xFF0000FF};
    java.awt.image.IndexColorModel model =
        new java.awt.image.IndexColorModel(2, 4, argb, 0, true, 1, DataBuffer.TYPE_BYTE);
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_BINARY, model);
    for (int i = 0; i < 4; i++) {
      image.getRaster().setSample(i, 0, 0, i);
    }
    IIOImage gif = read(write("gif", image, null));
    BufferedImage shown = (BufferedImage) gif.getRenderedImage();
    IIOImage kmq = read(write("kmq", shown, gif.getMetadata()));
    IndexedRoundTripTest.assertSame(shown, (BufferedImage) kmq.getRenderedImage());
    Node tree = kmq.getMetadata().getAsTree(KmqImageMetadataTest.STANDARD);
    assertEquals("1", KmqImageMetadataTest.value(tree, "Transparency/TransparentIndex", "value"));
  }

  @Test
  void sectionsThatAreNotAsTheyShouldBeAreLeftOutInConversion() throws IOException {
    IIOMetadataNode root = new IIOMetadataNode("javax_imageio_1.0");
    add(add(root, "Dimension"), "HorizontalPixelSize", "value", "wide");
    Node texts = add(root, "Text");
    add(texts, "TextEntry", "keyword", "k".repeat(80), "value", "long");
    add(texts, "TextEntry", "keyword", "nul\0", "value", "x");
    List<IIOInvalidTreeException> refused = new ArrayList<>();
    PictureFacts facts = StandardMerge.mergeValid(PictureFacts.NONE, root, refused::add);
    assertEquals(1, refused.size());
    assertEquals(
        List.of(
            Chunk.text("Comment", "k".repeat(80) + ": long"), Chunk.text("Comment", "nul\0: x")),
        facts.chunks());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1,0.2,1", "0.1,,0.5", ",0.2,0.5"})
  void resolutionFromOneSideAndTheAspectRatio(String sizes) throws IOException {
    String[] parts = sizes.split(",", -1);
    IIOMetadataNode root = new IIOMetadataNode("javax_imageio_1.0");
    Node dimension = add(root, "Dimension");
    add(dimension, "PixelAspectRatio", "value", parts[2]);
    if (!parts[0].isEmpty()) {
      add(dimension, "HorizontalPixelSize", "value", parts[0]);
    }
    if (!parts[1].isEmpty()) {
      add(dimension, "VerticalPixelSize", "value", parts[1]);
    }
    PictureFacts facts = StandardMerge.merge(PictureFacts.NONE, root);
    assertEquals(List.of(Chunk.pixelsPerMetre(10000, 5000)), facts.chunks());
  }

  @Test
  void aPictureWithAProfileIsWrittenAsItWas() throws IOException {
    BufferedImage image = Pictures.indexed(40, 30, 200, false, 2);
    byte[] file = write("kmq", image, metadataWith(LINEAR));
    IndexedImage stored = Kmq.decode(file);
    IIOImage read = read(file);
    byte[] again = write("kmq", (BufferedImage) read.getRenderedImage(), read.getMetadata());
    assertArrayEquals(file, again);
    assertEquals(stored.palette(), Kmq.decode(again).palette());
  }

  private static IIOMetadata metadataWith(Chunk chunk) {
    return new KmqImageMetadata(PictureFacts.NONE.withChunks(List.of(chunk)));
  }

  /** In linear light the dark colours lie close together, so these are not quite what they were. */
  @Test
  void thePaletteIsConvertedToTheProfileAndBack() throws IOException {
    BufferedImage image =
        Pictures.noise(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), 5, 1);
    byte[] file = write("kmq", image, metadataWith(LINEAR));
    BufferedImage back = Pictures.read(file);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 30; x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int expected = image.getRGB(x, y) >> shift & 0xFF;
          assertEquals(expected, back.getRGB(x, y) >> shift & 0xFF, expected == 0 ? 0 : 2);
        }
      }
    }
    assertEquals(ColorSpace.ICC, Kmq.readHeader(new ByteArrayInputStream(file)).colorSpace());
    Palette palette = Kmq.decode(file).palette();
    boolean mid = false;
    for (int i = 0; i < palette.size(); i++) {
      mid |= (palette.argb(i) & 0xFF) == 54; // 127 in sRGB is 0.212 of the light
    }
    assertTrue(mid);
  }

  @Test
  void anImageInTheColourSpaceOfTheProfileIsTakenAsItIs() throws IOException {
    ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(LINEAR.data()));
    ComponentColorModel model =
        new ComponentColorModel(space, false, false, 1, DataBuffer.TYPE_BYTE);
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 3, 1, 3, null);
    int[] samples = {1, 2, 3, 40, 50, 60, 250, 251, 252};
    raster.setPixels(0, 0, 3, 1, samples);
    BufferedImage image = new BufferedImage(model, raster, false, null);
    IndexedImage stored = Kmq.decode(write("kmq", image, metadataWith(LINEAR)));
    for (int x = 0; x < 3; x++) {
      int rgb = samples[3 * x] << 16 | samples[3 * x + 1] << 8 | samples[3 * x + 2];
      assertEquals(0xFF000000 | rgb, stored.argb(x, 0));
    }
  }

  private static List<String> warnings(byte[] file, Locale locale) throws IOException {
    List<String> warnings = new ArrayList<>();
    ImageReader reader = Pictures.reader();
    reader.setLocale(locale);
    IIOReadWarningListener listener = (source, warning) -> warnings.add(warning);
    reader.addIIOReadWarningListener(listener);
    reader.setInput(Pictures.input(file));
    assertNotNull(reader.read(0));
    return warnings;
  }

  @Test
  void readersWarnOfWhatCannotBeApplied() throws IOException {
    BufferedImage image = Pictures.indexed(9, 9, 9, false, 1);
    Chunk nonsense = Chunk.iccProfile(new byte[] {1, 2, 3});
    byte[] file =
        Kmq.encode(
            Kmq.decode(Pictures.write(image, null)),
            dev.kmq.EncodeOptions.builder()
                .chunks(List.of(nonsense, Chunk.exif(new byte[] {9})))
                .build());
    IndexedRoundTripTest.assertSame(image, Pictures.readIndexed(file));
    List<String> english = warnings(file, Locale.ENGLISH);
    assertEquals(2, english.size());
    assertTrue(english.get(0).contains("profile"), english.toString());
    List<String> german = warnings(file, Locale.GERMAN);
    assertEquals(2, german.size());
    assertTrue(german.get(0).contains("Profil "), german.toString());

    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    reader.addIIOReadWarningListener((source, warning) -> source.abort());
    int[] aborted = new int[1];
    reader.addIIOReadProgressListener(
        new ReadEvents() {
          @Override
          void see(ImageReader source, String event) {
            aborted[0] += event.equals("readAborted") ? 1 : 0;
          }
        });
    reader.read(0);
    assertEquals(1, aborted[0]);

    IIOImage read = read(file);
    assertArrayEquals(
        file, write("kmq", (BufferedImage) read.getRenderedImage(), read.getMetadata()));
  }

  @Test
  void writersWarnOfWhatIsNotWritten() throws IOException {
    BufferedImage image = Pictures.indexed(9, 9, 9, false, 1);
    List<String> warnings = new ArrayList<>();
    ImageWriter writer = Pictures.writer();
    writer.setLocale(Locale.ENGLISH);
    IIOWriteWarningListener listener = (source, index, warning) -> warnings.add(warning);
    writer.addIIOWriteWarningListener(listener);
    Chunk nonsense = Chunk.iccProfile(new byte[] {1, 2, 3});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(image, List.of(image), metadataWith(nonsense)));
    }
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).contains("thumbnails"), warnings.toString());
    assertTrue(warnings.get(1).contains("profile"), warnings.toString());
    assertEquals(
        ColorSpace.SRGB,
        Kmq.readHeader(new ByteArrayInputStream(bytes.toByteArray())).colorSpace());
    IndexedRoundTripTest.assertSame(image, Pictures.readIndexed(bytes.toByteArray()));
  }
}
