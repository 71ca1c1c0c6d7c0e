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
  void theTreeIsAsTheFormatSays() throws IOException {
    IIOMetadata metadata = metadata(fileWith(CHUNKS));
    IIOMetadataFormat format = metadata.getMetadataFormat(NATIVE);
    assertEquals(NATIVE, format.getRootName());
    assertAsTheFormatSays(format, metadata.getAsTree(NATIVE));
    assertAsTheFormatSays(metadata.getMetadataFormat(STANDARD), metadata.getAsTree(STANDARD));
    assertNotNull(format.getElementDescription("pHYs", Locale.ENGLISH));
    assertNotNull(format.getAttributeDescription("Header", "width", Locale.ENGLISH));
  }

  private static void assertAsTheFormatSays(IIOMetadataFormat format, Node node) {
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
      assertAsTheFormatSays(format, child);
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
    assertEquals("Normal", ExifOrientation.name(make));
    byte[] turned = ExifOrientation.with(make, 8);
    assertEquals("Rotate90", ExifOrientation.name(turned));
    assertTrue(new String(turned, StandardCharsets.ISO_8859_1).lastIndexOf("abc") > 26);
    byte[] again = ExifOrientation.with(turned, 2);
    assertEquals("FlipH", ExifOrientation.name(again));
    assertEquals(turned.length, again.length);
    byte[] little =
        "II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\7\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("FlipVRotate90", ExifOrientation.name(little));
    assertEquals("Rotate180", ExifOrientation.name(ExifOrientation.with(little, 3)));
    for (int length = 0; length < little.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(little, length);
      assertFalse(ExifOrientation.isReadable(cut));
      assertEquals("FlipV", ExifOrientation.name(ExifOrientation.with(cut, 4)));
    }
  }
}
