package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormat;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.spi.ImageReaderWriterSpi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Node;

final class KmqImageMetadataTest {
  static final String NATIVE = KmqImageMetadata.NATIVE_FORMAT;
  static final String STANDARD = IIOMetadataFormatImpl.standardMetadataFormatName;

  private static final List<Chunk> CHUNKS =
      List.of(
          Chunk.pixelsPerMetre(11811, 5906),
          Chunk.text("Title", "Der Rhein bei Nacht, 東京"),
          Chunk.text("Title", "another"),
          Chunk.text("Creation Time", "Mon, 06 May 2024 07:08:09 +0200"),
          Chunk.exif(ExifOrientation.with(null, 6)),
          Chunk.of("prVt", new byte[] {1, 2, 3}));

  private static byte[] fileWith(List<Chunk> chunks) throws IOException {
    BufferedImage image = Pictures.indexed(40, 30, 5, true, 1);
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTileSize(16);
    return Pictures.write(
        new IIOImage(image, null, new KmqImageMetadata(PictureFacts.NONE.withChunks(chunks))),
        param);
  }

  static IIOMetadata metadata(byte[] file) throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(file));
    return reader.getImageMetadata(0);
  }

  static List<Chunk> chunks(IIOMetadata metadata) {
    return ((KmqImageMetadata) metadata).facts().chunks();
  }

  /** Attributes of the element that a path of names leads to. */
  static String value(Node root, String path, String attribute) {
    Node node = root;
    for (String name : List.of(path.split("/", -1))) {
      Node child = Elements.child(node, name);
      assertNotNull(child, path);
      node = child;
    }
    return String.valueOf(Elements.attribute(node, attribute));
  }

  @Test
  void chunksAreWrittenAndReadBackByWayOfTheNativeTree() throws IOException {
    IIOMetadata read = metadata(fileWith(CHUNKS));
    assertEquals(CHUNKS, chunks(read));
    Node tree = read.getAsTree(NATIVE);
    assertEquals("packed", value(tree, "Header", "method"));
    assertEquals("40", value(tree, "Header", "width"));
    assertEquals("16", value(tree, "Header", "tileHeight"));
    assertEquals("5906", value(tree, "pHYs", "pixelsPerMetreY"));
    assertEquals("Title", value(tree, "tEXt/tEXtEntry", "keyword"));

    IIOMetadata other = Pictures.writer().getDefaultImageMetadata(null, null);
    other.setFromTree(NATIVE, tree);
    assertEquals(
        ((KmqImageMetadata) read).facts().palette(), ((KmqImageMetadata) other).facts().palette());
    assertEquals(
        ((KmqImageMetadata) read).facts().tiling(), ((KmqImageMetadata) other).facts().tiling());
    assertEquals(6, chunks(other).size());
    assertTrue(chunks(other).containsAll(CHUNKS));
    other.mergeTree(NATIVE, tree);
    assertEquals(6, chunks(other).size());
    other.reset();
    assertFalse(other.getAsTree(NATIVE).hasChildNodes());
  }

  @Test
  void theTreeFollowsTheFormat() throws IOException {
    IIOMetadata metadata = metadata(fileWith(CHUNKS));
    IIOMetadataFormat format = metadata.getMetadataFormat(NATIVE);
    assertEquals(NATIVE, format.getRootName());
    assertFollowsTheFormat(format, metadata.getAsTree(NATIVE));
    assertFollowsTheFormat(metadata.getMetadataFormat(STANDARD), metadata.getAsTree(STANDARD));
    assertNotNull(format.getElementDescription("pHYs", Locale.ENGLISH));
    assertNotNull(format.getAttributeDescription("Header", "width", Locale.ENGLISH));
  }

  private static void assertFollowsTheFormat(IIOMetadataFormat format, Node node) {
    String name = node.getNodeName();
    List<String> attributes = List.of(format.getAttributeNames(name));
    for (int i = 0; i < node.getAttributes().getLength(); i++) {
      Node attribute = node.getAttributes().item(i);
      assertTrue(attributes.contains(attribute.getNodeName()), name + attribute);
      String[] choices =
          format.getAttributeValueType(name, attribute.getNodeName())
                  == IIOMetadataFormat.VALUE_ENUMERATION
              ? format.getAttributeEnumerations(name, attribute.getNodeName())
              : new String[] {attribute.getNodeValue()};
      assertTrue(List.of(choices).contains(attribute.getNodeValue()), name + attribute);
    }
    for (String attribute : attributes) {
      assertTrue(
          !format.isAttributeRequired(name, attribute)
              || Elements.attribute(node, attribute) != null,
          name + " lacks " + attribute);
    }
    boolean object = format.getObjectValueType(name) != IIOMetadataFormat.VALUE_NONE;
    assertEquals(object, ((IIOMetadataNode) node).getUserObject() != null, name);
    for (Node child : Elements.children(node)) {
      assertTrue(List.of(format.getChildNames(name)).contains(child.getNodeName()));
      assertFollowsTheFormat(format, child);
    }
  }

  @Test
  void everyElementAndAttributeIsDescribed() {
    assertDescribed(KmqImageMetadataFormat.getInstance(), NATIVE);
  }

  private static void assertDescribed(IIOMetadataFormat format, String element) {
    assertNotNull(format.getElementDescription(element, Locale.ENGLISH), element);
    for (String attribute : format.getAttributeNames(element)) {
      assertNotNull(format.getAttributeDescription(element, attribute, Locale.ENGLISH), attribute);
    }
    String[] children = format.getChildNames(element);
    for (String child : children == null ? new String[0] : children) {
      assertDescribed(format, child);
    }
  }

  @Test
  void standardTree() throws IOException {
    Node tree = metadata(fileWith(CHUNKS)).getAsTree(STANDARD);
    assertEquals("RGB", value(tree, "Chroma/ColorSpaceType", "name"));
    assertEquals("4", value(tree, "Chroma/NumChannels", "value"));
    assertEquals("TRUE", value(tree, "Chroma/BlackIsZero", "value"));
    assertEquals("0.45455", value(tree, "Chroma/Gamma", "value"));
    Node palette = Elements.child(Elements.children(tree).get(0), "Palette");
    assertNotNull(palette);
    assertEquals(5, Elements.children(palette).size());
    assertEquals("Packed", value(tree, "Compression/CompressionTypeName", "value"));
    assertEquals("TRUE", value(tree, "Compression/Lossless", "value"));
    assertEquals("Index", value(tree, "Data/SampleFormat", "value"));
    assertEquals("3", value(tree, "Data/BitsPerSample", "value"));
    assertEquals("PixelInterleaved", value(tree, "Data/PlanarConfiguration", "value"));
    assertEquals(
        1000 / 11811f, Float.parseFloat(value(tree, "Dimension/HorizontalPixelSize", "value")));
    assertEquals(
        1000 / 5906f, Float.parseFloat(value(tree, "Dimension/VerticalPixelSize", "value")));
    assertEquals(
        5906 / 11811f, Float.parseFloat(value(tree, "Dimension/PixelAspectRatio", "value")));
    assertEquals("Rotate270", value(tree, "Dimension/ImageOrientation", "value"));
    assertEquals("1", value(tree, "Document/FormatVersion", "value"));
    assertEquals("5", value(tree, "Document/ImageCreationTime", "hour"));
    assertEquals("2024", value(tree, "Document/ImageCreationTime", "year"));
    assertEquals("Title", value(tree, "Text/TextEntry", "keyword"));
    assertEquals("nonpremultiplied", value(tree, "Transparency/Alpha", "value"));
  }

  @Test
  void withoutChunksTheStandardTreeIsThereAllTheSame() throws IOException {
    Node tree =
        metadata(Pictures.write(Pictures.indexed(9, 9, 300, false, 1), null)).getAsTree(STANDARD);
    assertEquals("1.0", value(tree, "Dimension/PixelAspectRatio", "value"));
    assertEquals("Normal", value(tree, "Dimension/ImageOrientation", "value"));
    assertEquals("9", value(tree, "Data/BitsPerSample", "value"));
    assertEquals("none", value(tree, "Transparency/Alpha", "value"));
    assertNull(Elements.child(tree, "Text"));
  }

  @Test
  void mergingTheOwnStandardTreeChangesNothing() throws IOException {
    List<Chunk> chunks = new ArrayList<>(CHUNKS);
    chunks.add(Chunk.iccProfile(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData()));
    for (List<Chunk> some : List.of(CHUNKS.subList(0, 3), chunks)) {
      IIOMetadata metadata = metadata(fileWith(some));
      PictureFacts before = ((KmqImageMetadata) metadata).facts();
      metadata.mergeTree(STANDARD, metadata.getAsTree(STANDARD));
      PictureFacts after = ((KmqImageMetadata) metadata).facts();
      assertEquals(before.palette(), after.palette());
      List<Chunk> untimed = new ArrayList<>(before.chunks());
      untimed.removeIf(chunk -> PictureFacts.isText(chunk, TextTime.CREATION));
      assertTrue(after.chunks().containsAll(untimed));
      assertEquals(before.chunks().size(), after.chunks().size());
    }
  }

  @Test
  void setFromTheStandardTree() throws IOException {
    IIOMetadata source = metadata(fileWith(CHUNKS));
    IIOMetadata target = Pictures.writer().getDefaultImageMetadata(null, null);
    target.setFromTree(STANDARD, source.getAsTree(STANDARD));
    Node tree = target.getAsTree(STANDARD);
    for (String name : new String[] {"Chroma", "Data", "Dimension", "Document", "Transparency"}) {
      assertEquals(
          text(Elements.child(source.getAsTree(STANDARD), name)), text(Elements.child(tree, name)));
    }
    Node texts = Elements.child(tree, "Text");
    assertNotNull(texts);
    assertEquals(3, Elements.children(texts).size());
  }

  private static String text(@Nullable Node node) {
    assertNotNull(node);
    StringBuilder text = new StringBuilder(node.getNodeName());
    for (int i = 0; i < node.getAttributes().getLength(); i++) {
      text.append(' ').append(node.getAttributes().item(i).getNodeValue());
    }
    for (Node child : Elements.children(node)) {
      text.append('(').append(text(child)).append(')');
    }
    return text.toString();
  }

  private interface Change {
    void to(IIOMetadataNode root);
  }

  private static void assertRefused(String format, Change change) throws IOException {
    IIOMetadata metadata = metadata(fileWith(CHUNKS));
    PictureFacts before = ((KmqImageMetadata) metadata).facts();
    IIOMetadataNode root = new IIOMetadataNode(format);
    if (format.equals(NATIVE)) {
      IIOMetadataNode entry = Elements.add(Elements.add(root, "tEXt"), "tEXtEntry");
      entry.setAttribute("keyword", "Author");
      entry.setAttribute("value", "somebody");
    }
    change.to(root);
    assertThrows(IIOInvalidTreeException.class, () -> metadata.mergeTree(format, root));
    assertEquals(before, ((KmqImageMetadata) metadata).facts());
    assertThrows(IIOInvalidTreeException.class, () -> metadata.setFromTree(format, root));
    assertEquals(before, ((KmqImageMetadata) metadata).facts());
  }

  @Test
  void badTreesAreRefusedAndChangeNothing() throws IOException {
    assertRefused(NATIVE, root -> Elements.add(root, "Nonsense"));
    assertRefused(NATIVE, root -> Elements.add(root, "Header"));
    assertRefused(NATIVE, root -> Elements.add(root, "Header").setAttribute("method", "zip"));
    assertRefused(NATIVE, root -> Elements.add(root, "Palette"));
    assertRefused(NATIVE, root -> Elements.add(root, "iCCP"));
    assertRefused(NATIVE, root -> Elements.add(root, "iCCP").setUserObject(new byte[0]));
    assertRefused(NATIVE, root -> Elements.add(root, "pHYs").setAttribute("pixelsPerMetreX", "-1"));
    assertRefused(NATIVE, root -> Elements.add(Elements.add(root, "tEXt"), "tEXtEntry"));
    assertRefused(NATIVE, root -> Elements.add(Elements.add(root, "tEXt"), "pHYs"));
    for (String type : new String[] {"IDAT", "iCCP", "abcd", "", "x"}) {
      assertRefused(
          NATIVE,
          root -> {
            IIOMetadataNode chunk =
                Elements.add(Elements.add(root, "UnknownChunks"), "UnknownChunk");
            chunk.setAttribute("type", type);
            chunk.setUserObject(new byte[1]);
          });
    }
    assertRefused(STANDARD, root -> Elements.add(root, "Nonsense"));
    assertRefused(STANDARD, root -> Elements.addValue(dimension(root), "PixelAspectRatio", "wide"));
    assertRefused(STANDARD, root -> Elements.addValue(dimension(root), "ImageOrientation", "up"));
    IIOMetadata metadata = metadata(fileWith(CHUNKS));
    IIOMetadataNode other = new IIOMetadataNode("other");
    assertThrows(IIOInvalidTreeException.class, () -> metadata.mergeTree(NATIVE, other));
    assertThrows(IIOInvalidTreeException.class, () -> metadata.mergeTree(STANDARD, other));
    assertThrows(IllegalArgumentException.class, () -> metadata.mergeTree("other", other));
    assertThrows(IllegalArgumentException.class, () -> metadata.mergeTree(null, other));
    assertThrows(IllegalArgumentException.class, () -> metadata.mergeTree(NATIVE, null));
    assertThrows(IllegalArgumentException.class, () -> metadata.getAsTree("other"));
    assertThrows(IllegalArgumentException.class, () -> metadata.getAsTree(null));
  }

  private static IIOMetadataNode dimension(Node root) {
    return Elements.add(root, "Dimension");
  }

  @Test
  void readersHandOutMetadataOfItsOwn() throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(fileWith(CHUNKS)));
    IIOMetadata metadata = reader.getImageMetadata(0);
    assertFalse(metadata.isReadOnly());
    metadata.reset();
    assertEquals(CHUNKS, chunks(reader.getImageMetadata(0)));
    assertEquals(CHUNKS, chunks(reader.readAll(0, null).getMetadata()));
    assertNull(reader.getStreamMetadata());
  }

  @Test
  void ignoredMetadataIsNotThere() throws IOException {
    ImageReader reader = Pictures.reader();
    reader.setInput(Pictures.input(fileWith(CHUNKS)), true, true);
    IIOMetadata metadata = reader.getImageMetadata(0);
    assertEquals(List.of(), chunks(metadata));
    assertEquals("40", value(metadata.getAsTree(NATIVE), "Header", "width"));
  }

  @Test
  void providersNameTheFormats() throws IOException {
    for (ImageReaderWriterSpi spi :
        new ImageReaderWriterSpi[] {new KmqImageReaderSpi(), new KmqImageWriterSpi()}) {
      assertTrue(spi.isStandardImageMetadataFormatSupported());
      assertEquals(NATIVE, spi.getNativeImageMetadataFormatName());
      assertEquals(KmqImageMetadataFormat.getInstance(), spi.getImageMetadataFormat(NATIVE));
      assertNull(spi.getNativeStreamMetadataFormatName());
      assertFalse(spi.isStandardStreamMetadataFormatSupported());
    }
    IIOMetadata metadata = metadata(fileWith(CHUNKS));
    assertEquals(NATIVE, metadata.getNativeMetadataFormatName());
    assertTrue(metadata.isStandardMetadataFormatSupported());
    assertArrayEquals(new String[] {NATIVE, STANDARD}, metadata.getMetadataFormatNames());
  }

  @Test
  void conversionOfTheOwnKindFitsTheImage() throws IOException {
    IIOMetadata read = metadata(fileWith(with(CHUNKS, Chunk.of("prVT", new byte[1]))));
    ImageWriter writer = Pictures.writer();
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setCompressionMode(javax.imageio.ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType("Deflate");
    ImageTypeSpecifier type = new ImageTypeSpecifier(Pictures.indexed(9, 9, 7, false, 3));
    KmqImageMetadata converted = (KmqImageMetadata) writer.convertImageMetadata(read, type, param);
    assertEquals(CHUNKS, chunks(converted));
    assertEquals("6", lastIndex(converted.getAsTree(NATIVE)));
    assertEquals("deflate", value(converted.getAsTree(NATIVE), "Header", "method"));
    assertThrows(
        IllegalArgumentException.class, () -> writer.convertImageMetadata(null, type, null));
    assertThrows(
        IllegalArgumentException.class, () -> writer.convertImageMetadata(read, null, null));
    assertThrows(IllegalArgumentException.class, () -> writer.convertStreamMetadata(null, null));
    assertNull(writer.getDefaultStreamMetadata(null));
  }

  private static @Nullable String lastIndex(Node tree) {
    Node palette = Elements.child(tree, "Palette");
    assertNotNull(palette);
    return Elements.attribute(palette.getLastChild(), "index");
  }

  private static List<Chunk> with(List<Chunk> chunks, Chunk chunk) {
    List<Chunk> more = new ArrayList<>(chunks);
    more.add(chunk);
    return more;
  }

  @Test
  void exifOrientationIsChangedInPlaceOrAdded() {
    byte[] make =
        "MM\0*\0\0\0\10\0\1\1\17\0\2\0\0\0\4abc\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(ExifOrientation.isReadable(make));
    assertEquals(1, ExifOrientation.of(make));
    byte[] turned = ExifOrientation.with(make, 8);
    assertEquals(8, ExifOrientation.of(turned));
    assertTrue(new String(turned, StandardCharsets.ISO_8859_1).lastIndexOf("abc") > 26);
    byte[] again = ExifOrientation.with(turned, 2);
    assertEquals(2, ExifOrientation.of(again));
    assertEquals(turned.length, again.length);
    byte[] little =
        "II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\7\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(7, ExifOrientation.of(little));
    assertEquals(3, ExifOrientation.of(ExifOrientation.with(little, 3)));
    for (int length = 0; length < little.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(little, length);
      assertFalse(ExifOrientation.isReadable(cut));
      assertEquals(4, ExifOrientation.of(ExifOrientation.with(cut, 4)));
      assertArrayEquals(cut, ExifOrientation.with(cut, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MM", "II"})
  void exifOrientationOfOtherTypesIsChangedToo(String order) {
    for (int type : new int[] {1, 3, 4}) {
      ByteBuffer exif = ByteBuffer.allocate(38);
      exif.put(order.getBytes(StandardCharsets.US_ASCII));
      exif.order(order.equals("MM") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      exif.putShort((short) 42).putInt(8).putShort((short) 2);
      for (int twice = 0; twice < 2; twice++) {
        exif.putShort((short) 0x112).putShort((short) type).putInt(1);
        exif.putInt(type == 3 && order.equals("MM") ? 6 << 16 : 6);
      }
      byte[] turned = exif.array();
      byte[] before = turned.clone();
      assertEquals(type == 1 ? 1 : 6, ExifOrientation.of(turned));
      byte[] upright = ExifOrientation.with(turned, 1);
      assertArrayEquals(before, turned);
      assertEquals(1, ExifOrientation.of(upright));
      assertEquals(5, ExifOrientation.of(ExifOrientation.with(upright, 5)));
      ByteBuffer to = ByteBuffer.wrap(upright).order(exif.order());
      assertEquals(type == 4 ? 4 : 3, to.getShort(12));
      for (int at : new int[] {18, 30}) {
        assertEquals(1, type == 4 ? to.getInt(at) : to.getShort(at), "type " + type);
      }
      assertArrayEquals(upright, ExifOrientation.with(upright, 1));
    }
    assertThrows(IllegalArgumentException.class, () -> ExifOrientation.with(null, 9));
  }

  /** Exif data with a directory of a number of entries, none of them an orientation. */
  private static byte[] exif(int entries) {
    ByteBuffer exif = ByteBuffer.allocate(8 + 2 + 12 * entries + 4);
    exif.putShort((short) 0x4D4D).putShort((short) 42).putInt(8).putShort((short) entries);
    for (int i = 0; i < entries; i++) {
      exif.putShort((short) 0x9999).putShort((short) 1).putInt(1).putInt(i);
    }
    return exif.array();
  }

  private static Node orientation(String value) {
    IIOMetadataNode root = new IIOMetadataNode(STANDARD);
    Elements.addValue(Elements.add(root, "Dimension"), "ImageOrientation", value);
    return root;
  }

  @Test
  void fullExifIsKeptAndTheOrientationRefused() throws IOException {
    KmqImageMetadata metadata = new KmqImageMetadata(PictureFacts.NONE);
    for (int entries : new int[] {0, 1, 65534}) {
      metadata =
          new KmqImageMetadata(PictureFacts.NONE.withChunks(List.of(Chunk.exif(exif(entries)))));
      metadata.mergeTree(STANDARD, orientation("Rotate90"));
      Node tree = metadata.getAsTree(STANDARD);
      assertEquals("Rotate90", value(tree, "Dimension/ImageOrientation", "value"));
    }
    KmqImageMetadata again = metadata;
    again.mergeTree(STANDARD, orientation("FlipH"));
    Node tree = again.getAsTree(STANDARD);
    assertEquals("FlipH", value(tree, "Dimension/ImageOrientation", "value"));

    List<Chunk> full = List.of(Chunk.exif(exif(65535)));
    KmqImageMetadata kept = new KmqImageMetadata(PictureFacts.NONE.withChunks(full));
    assertThrows(
        IIOInvalidTreeException.class, () -> kept.mergeTree(STANDARD, orientation("Rotate90")));
    assertEquals(full, chunks(kept));
    kept.mergeTree(STANDARD, orientation("Normal"));
    assertEquals(full, chunks(kept));
  }

  /** Times at and beyond the limits of Java and the standard form. */
  @Test
  void timesOutOfRangeAreTextsOnly() throws IOException {
    for (String text :
        List.of(
            "+999999999-12-31T23:59:59-18:00",
            "-999999999-01-01T00:00:00+18:00",
            "+999999999-12-31T23:59:59Z",
            "+10000-01-01T00:00:00Z",
            "9999-12-31T23:59:59-01:00",
            "-0001-12-31T23:59:59Z",
            "2024-02-30T00:00:00Z",
            "Mon, 31 Feb 2024 07:08:09 +0200",
            "",
            "\uD83D\uDD58")) {
      List<Chunk> chunks =
          List.of(Chunk.text("Creation Time", text), Chunk.text("Modification Time", text));
      IIOMetadata metadata = metadata(fileWith(chunks));
      Node tree = metadata.getAsTree(STANDARD);
      Node document = Elements.child(tree, "Document");
      assertNotNull(document);
      assertNull(Elements.child(document, "ImageCreationTime"), text);
      assertNull(Elements.child(document, "ImageModificationTime"), text);
      metadata.setFromTree(STANDARD, tree);
      assertEquals(chunks, chunks(metadata));
    }
    IIOMetadata last =
        metadata(fileWith(List.of(Chunk.text("Creation Time", "9999-12-31T23:59:59Z"))));
    Node tree = last.getAsTree(STANDARD);
    assertEquals("9999", value(tree, "Document/ImageCreationTime", "year"));
    last.setFromTree(STANDARD, tree);
  }

  /** Enough texts for quadratic time to exceed 8 s. */
  @Test
  void manyTextsAreMergedInTimeThatGrowsWithTheirNumber() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 1 << 15; i++) {
      StringBuilder text = new StringBuilder(); // all with the same hash code
      for (int bit = 0; bit < 15; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      chunks.add(Chunk.text("Comment", text.toString()));
    }
    KmqImageMetadata metadata = new KmqImageMetadata(PictureFacts.NONE.withChunks(chunks));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    for (String format : List.of(STANDARD, NATIVE)) {
      Node tree = metadata.getAsTree(format);
      metadata.mergeTree(format, tree);
      assertEquals(chunks.size(), chunks(metadata).size());
      metadata.setFromTree(format, tree);
      assertEquals(chunks, chunks(metadata));
    }
    IIOMetadataNode times = new IIOMetadataNode(STANDARD);
    Node texts = Elements.add(times, "Text");
    for (int i = 0; i < 1 << 15; i++) {
      IIOMetadataNode entry = Elements.add(texts, "TextEntry");
      entry.setAttribute("keyword", "Creation Time");
      entry.setAttribute("value", "text " + i);
    }
    metadata.mergeTree(STANDARD, times);
    assertEquals(chunks.size() + 1, chunks(metadata).size());
    long seconds = (threads.getCurrentThreadCpuTime() - start) / 1_000_000_000;
    assertTrue(seconds < 8, seconds + " s");
  }
}
