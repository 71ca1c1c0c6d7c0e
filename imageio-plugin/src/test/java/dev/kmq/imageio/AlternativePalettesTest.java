package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

/** Alternative palettes, and the place of the transparent entry. */
final class AlternativePalettesTest {
  private static final Palette OWN = Palette.ofArgb(0xFF0000FF, 0xFFFF0000, 0);
  private static final Palette NIGHT = Palette.ofRgb(0x000040, 0x400000, 0x101010);
  private static final Palette GHOST = Palette.ofArgb(0x80FFFFFF, 0xFF000000, 0x40404040);

  private static byte[] file() {
    IndexPlane plane = IndexPlane.allocate(3, 1, 3);
    for (int x = 0; x < 3; x++) {
      plane.set(x, 0, 2 - x);
    }
    List<Chunk> chunks =
        List.of(
            Chunk.palette("night", NIGHT), Chunk.text("Title", "x"), Chunk.palette("ghost", GHOST));
    return Kmq.encode(new IndexedImage(OWN, plane), EncodeOptions.builder().chunks(chunks).build());
  }

  private static IIOImage read(byte[] file, KmqImageReadParam param) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("kmq").next();
      reader.setInput(in);
      return new IIOImage(reader.read(0, param), null, reader.getImageMetadata(0));
    }
  }

  private static byte[] write(IIOImage image, KmqImageWriteParam param, List<String> warnings)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("kmq").next();
    writer.addIIOWriteWarningListener((source, index, warning) -> warnings.add(warning));
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, param);
    }
    return bytes.toByteArray();
  }

  private static KmqReader open(byte[] file) throws IOException {
    return KmqReader.open(file, DecodeOptions.defaults());
  }

  @Test
  void aPaletteIsAskedForByName() throws IOException {
    KmqImageReadParam param = new KmqImageReadParam();
    for (boolean indexed : new boolean[] {false, true}) {
      param.setIndexed(indexed);
      param.setPaletteName("night");
      assertPixels(read(file(), param), 0xFF101010, 0xFF400000, 0xFF000040);
      param.setPaletteName("ghost");
      assertPixels(read(file(), param), 0x40404040, 0xFF000000, 0x80FFFFFF);
      param.setPaletteName(null);
      assertPixels(read(file(), param), 0, 0xFFFF0000, 0xFF0000FF);
    }
    param.setIndexed(false);
    param.setPaletteName("night");
    assertEquals(
        BufferedImage.TYPE_3BYTE_BGR,
        ((BufferedImage) read(file(), param).getRenderedImage()).getType());
    param.setPaletteName("day");
    IIOException e = assertThrows(IIOException.class, () -> read(file(), param));
    assertTrue(String.valueOf(e.getMessage()).contains("available: night, ghost"), e.getMessage());
  }

  @Test
  void aMessageListsTheFirstNamesOfMany() {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      chunks.add(Chunk.palette("p" + i, NIGHT));
    }
    byte[] file =
        Kmq.encode(
            new IndexedImage(OWN, IndexPlane.allocate(3, 1, 3)),
            EncodeOptions.builder().chunks(chunks).build());
    KmqImageReadParam param = new KmqImageReadParam();
    param.setPaletteName("day");
    IIOException e = assertThrows(IIOException.class, () -> read(file, param));
    assertTrue(String.valueOf(e.getMessage()).endsWith("p18, p19 and 480 more"), e.getMessage());
  }

  private static void assertPixels(IIOImage image, int... argb) {
    BufferedImage pixels = (BufferedImage) image.getRenderedImage();
    assertArrayEquals(argb, pixels.getRGB(0, 0, argb.length, 1, null, 0, argb.length));
  }

  @Test
  void metadataCarriesThemToTheNextFile() throws IOException {
    for (boolean indexed : new boolean[] {false, true}) {
      KmqImageReadParam param = new KmqImageReadParam();
      param.setIndexed(indexed);
      List<String> warnings = new ArrayList<>();
      assertArrayEquals(file(), write(read(file(), param), new KmqImageWriteParam(), warnings));
      assertEquals(List.of(), warnings);
    }
  }

  @Test
  void theTreeHoldsThemAndMakesThem() throws IOException {
    IIOMetadata metadata = read(file(), new KmqImageReadParam()).getMetadata();
    KmqImageMetadata copy = new KmqImageMetadata(PictureFacts.NONE);
    copy.mergeTree(
        KmqImageMetadata.NATIVE_FORMAT, metadata.getAsTree(KmqImageMetadata.NATIVE_FORMAT));
    List<Chunk> palettes =
        copy.facts().chunks().stream().filter(c -> c.type().equals(Chunk.PALETTE)).toList();
    assertEquals(List.of(Chunk.palette("night", NIGHT), Chunk.palette("ghost", GHOST)), palettes);
    // Names are unique.
    copy.mergeTree(
        KmqImageMetadata.NATIVE_FORMAT, metadata.getAsTree(KmqImageMetadata.NATIVE_FORMAT));
    assertEquals(3, copy.facts().chunks().size());
  }

  @Test
  void aPictureOfOtherIndicesLosesThemWithAWarning() throws IOException {
    IIOImage image = read(file(), new KmqImageReadParam());
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setPalette(Palette.ofArgb(0, 0xFF000000, 0xFFFFFFFF));
    List<String> warnings = new ArrayList<>();
    try (KmqReader reader = open(write(image, param, warnings))) {
      assertTrue(reader.alternativePalettes().isEmpty());
      assertEquals(1, reader.chunks().size());
    }
    assertEquals(1, warnings.size());
    param.setPalette(null);
    param.setTargetPsnr(10.0);
    try (KmqReader reader = open(write(image, param, warnings))) {
      assertTrue(reader.alternativePalettes().isEmpty());
    }
  }

  /** Colours do not determine which of two equal entries a pixel had; indices do. */
  @Test
  void equalEntriesKeepThemOnlyWithTheIndices() throws IOException {
    for (Palette own : List.of(Palette.ofRgb(0xFF, 7, 7), Palette.ofArgb(0xFF0000FF, 0, 0))) {
      IndexPlane plane = IndexPlane.allocate(3, 1, 3);
      plane.set(0, 0, 2);
      plane.set(1, 0, 1);
      byte[] file =
          Kmq.encode(
              new IndexedImage(own, plane),
              EncodeOptions.builder().chunks(List.of(Chunk.palette("night", NIGHT))).build());
      for (boolean indexed : new boolean[] {false, true}) {
        KmqImageReadParam param = new KmqImageReadParam();
        param.setIndexed(indexed);
        List<String> warnings = new ArrayList<>();
        try (KmqReader reader =
            open(write(read(file, param), new KmqImageWriteParam(), warnings))) {
          assertEquals(indexed ? 1 : 0, reader.alternativePalettes().size());
          if (indexed) {
            assertArrayEquals(plane.bytes(), reader.readImage().plane().bytes());
          }
        }
        assertEquals(indexed ? 0 : 1, warnings.size());
      }
    }
  }

  @Test
  void theTransparentEntryGoesWhereItIsAskedFor() throws IOException {
    KmqImageWriteParam param = new KmqImageWriteParam();
    param.setTransparentIndex(0);
    for (boolean indexed : new boolean[] {false, true}) {
      KmqImageReadParam reading = new KmqImageReadParam();
      reading.setIndexed(indexed);
      byte[] file = write(read(file(), reading), param, new ArrayList<>());
      try (KmqReader reader = open(file)) {
        assertArrayEquals(
            new int[] {0, 0xFFFF0000, 0xFF0000FF}, reader.header().palette().toArgb());
        assertArrayEquals(
            new int[] {0xFF101010, 0xFF400000, 0xFF000040},
            java.util.Objects.requireNonNull(reader.alternativePalettes().get("night")).toArgb());
        assertArrayEquals(new byte[] {0, 1, 2}, reader.readImage().plane().bytes());
      }
    }
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
    for (int x = 0; x < 3; x++) {
      image.setRGB(x, 0, 0xFF000000 | x * 0x302010);
    }
    param.setTransparentIndex(2);
    IndexedImage written =
        Kmq.decode(write(new IIOImage(image, null, null), param, new ArrayList<>()));
    assertEquals(2, written.plane().get(3, 0));
    assertEquals(0, written.palette().argb(2));
    BufferedImage opaque = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    assertThrows(
        IIOException.class,
        () -> write(new IIOImage(opaque, null, null), param, new ArrayList<>()));
    assertThrows(IllegalArgumentException.class, () -> param.setTransparentIndex(-1));
  }
}
