package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.QRCodeWriter;
import com.sksamuel.scrimage.ImmutableImage;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.Thumbnails;
import org.apache.xmlgraphics.image.loader.ImageException;
import org.apache.xmlgraphics.image.loader.ImageFlavor;
import org.apache.xmlgraphics.image.loader.ImageInfo;
import org.apache.xmlgraphics.image.loader.ImageManager;
import org.apache.xmlgraphics.image.loader.impl.DefaultImageContext;
import org.apache.xmlgraphics.image.loader.impl.DefaultImageSessionContext;
import org.apache.xmlgraphics.image.loader.impl.ImageRendered;
import org.imgscalr.Scalr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.BufferedImageHttpMessageConverter;

/** Libraries that use {@code javax.imageio} and do not know this format. */
final class ConsumersTest {
  private static final BufferedImage PICTURE =
      Pictures.noise(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), 4, 2);

  @TempDir Path folder;

  @Test
  void thumbnailatorReadsAndWrites() throws IOException {
    byte[] file = Pictures.write(PICTURE, null);
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    Thumbnails.of(new ByteArrayInputStream(file)).size(30, 30).toOutputStream(small);
    BufferedImage back = Pictures.read(small.toByteArray());
    assertEquals(30, back.getWidth());
    assertEquals(20, back.getHeight());

    File from = folder.resolve("photo.kmq").toFile();
    Files.write(from.toPath(), file);
    File to = folder.resolve("small.kmq").toFile();
    Thumbnails.of(from).scale(0.5).outputQuality(3 / 7.0).toFile(to);
    Header header = Kmq.readHeader(new ByteArrayInputStream(Files.readAllBytes(to.toPath())));
    assertEquals(30, header.width());
    assertEquals(16, header.colors());
    File png = folder.resolve("small.png").toFile();
    Thumbnails.of(from).size(10, 10).toFile(png);
    assertEquals(10, ImageIO.read(png).getWidth());
    Thumbnails.of(png).size(5, 5).outputFormat("kmq").toFile(folder.resolve("tiny").toFile());
    assertEquals(5, ImageIO.read(folder.resolve("tiny.kmq").toFile()).getWidth());
  }

  private record Answer(HttpHeaders headers, ByteArrayOutputStream out)
      implements HttpOutputMessage {
    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public OutputStream getBody() {
      return out;
    }
  }

  @Test
  void springConvertsMessages() throws IOException {
    MediaType type = MediaType.valueOf("image/x-kmq");
    BufferedImageHttpMessageConverter converter = new BufferedImageHttpMessageConverter();
    assertTrue(converter.canRead(BufferedImage.class, type));
    assertTrue(converter.canWrite(BufferedImage.class, type));
    assertTrue(converter.getSupportedMediaTypes().contains(type));
    Answer answer = new Answer(new HttpHeaders(), new ByteArrayOutputStream());
    converter.write(PICTURE, type, answer);
    assertEquals(type, answer.getHeaders().getContentType());
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(type);
    BufferedImage back =
        converter.read(
            BufferedImage.class,
            new Request(headers, new ByteArrayInputStream(answer.out().toByteArray())));
    assertSame(PICTURE, back);
  }

  private record Request(HttpHeaders headers, InputStream body) implements HttpInputMessage {
    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return body;
    }
  }

  private static void assertSame(BufferedImage expected, BufferedImage actual) {
    assertEquals(expected.getWidth(), actual.getWidth());
    assertEquals(expected.getHeight(), actual.getHeight());
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        assertEquals(expected.getRGB(x, y), actual.getRGB(x, y));
      }
    }
  }

  @Test
  void zxingWritesAQrCodeAndReadsIt() throws Exception {
    String text = "https://example.org/kmq?q=47";
    BitMatrix matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 130, 130);
    Path file = folder.resolve("qr.kmq");
    MatrixToImageWriter.writeToPath(matrix, "kmq", file);
    Header header = Kmq.readHeader(new ByteArrayInputStream(Files.readAllBytes(file)));
    assertEquals(2, header.colors());
    BufferedImage image = ImageIO.read(file.toFile());
    BinaryBitmap bitmap =
        new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image)));
    assertEquals(text, new QRCodeReader().decode(bitmap).getText());
  }

  @Test
  void xmlGraphicsPreloadsWithTheResolutionAndLoads() throws Exception {
    KmqImageMetadata metadata =
        new KmqImageMetadata(
            PictureFacts.NONE.withChunks(List.of(Chunk.pixelsPerMetre(11811, 5906))));
    File file = folder.resolve("page.kmq").toFile();
    Files.write(file.toPath(), Pictures.write(new IIOImage(PICTURE, null, metadata), null));
    ImageManager manager = new ImageManager(new DefaultImageContext());
    DefaultImageSessionContext session =
        new DefaultImageSessionContext(manager.getImageContext(), folder.toFile());
    ImageInfo info = manager.getImageInfo(file.toURI().toString(), session);
    assertEquals("image/x-kmq", info.getMimeType());
    assertEquals(60, info.getSize().getWidthPx());
    assertEquals(300, info.getSize().getDpiHorizontal(), 0.01);
    assertEquals(150, info.getSize().getDpiVertical(), 0.02);
    ImageRendered loaded =
        (ImageRendered) manager.getImage(info, ImageFlavor.RENDERED_IMAGE, session);
    assertSame(PICTURE, (BufferedImage) loaded.getRenderedImage());
  }

  @Test
  void scrimageLoads() throws IOException {
    ImmutableImage image = ImmutableImage.loader().fromBytes(Pictures.write(PICTURE, null));
    assertEquals(60, image.width);
    assertSame(PICTURE, image.awt());
  }

  private static final int[] COLORS = {1, 2, 4, 12, 16, 200, 256, 300};

  private interface Operation {
    BufferedImage on(File picture) throws IOException;
  }

  /** A kmq file gives the same result as a PNG that is read without a palette. */
  private void assertAsOfPng(Operation operation) throws IOException {
    for (int colors : COLORS) {
      for (boolean alpha : new boolean[] {false, true}) {
        BufferedImage indexed = Pictures.indexed(60, 40, colors, alpha, colors);
        BufferedImage direct =
            new BufferedImage(
                60, 40, alpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR);
        direct.setRGB(0, 0, 60, 40, indexed.getRGB(0, 0, 60, 40, null, 0, 60), 0, 60);
        File png = folder.resolve("same.png").toFile();
        ImageIO.write(direct, "png", png);
        assertEquals(direct.getType(), ImageIO.read(png).getType());
        File kmq = folder.resolve("same.kmq").toFile();
        Files.write(kmq.toPath(), Pictures.write(indexed, null));
        BufferedImage expected = operation.on(png);
        BufferedImage actual = operation.on(kmq);
        assertEquals(expected.getType(), actual.getType(), colors + " colours");
        assertSame(expected, actual);
      }
    }
  }

  @Test
  void thumbnailatorKeepsColors() throws IOException {
    assertAsOfPng(file -> Thumbnails.of(file).size(32, 32).asBufferedImage());
    assertAsOfPng(file -> Thumbnails.of(file).scale(1).rotate(30).asBufferedImage());
    assertAsOfPng(
        file -> {
          File small = folder.resolve("small.png").toFile();
          Thumbnails.of(file).size(25, 25).toFile(small);
          return ImageIO.read(small);
        });
  }

  /** Thumbnails at full size have exactly the colours of the image. */
  @Test
  void thumbnailatorCopies() throws IOException {
    for (int colors : COLORS) {
      BufferedImage picture = Pictures.indexed(60, 40, colors, false, colors);
      File file = folder.resolve("whole.kmq").toFile();
      Files.write(file.toPath(), Pictures.write(picture, null));
      assertSame(picture, Thumbnails.of(file).scale(1).asBufferedImage());
      File copy = folder.resolve("copy.kmq").toFile();
      if (colors <= 256) {
        Thumbnails.of(file).scale(1).toFile(copy);
        assertSame(picture, ImageIO.read(copy));
      }
    }
  }

  @Test
  void imgscalrKeepsColors() throws IOException {
    for (Scalr.Method method : Scalr.Method.values()) {
      assertAsOfPng(file -> Scalr.resize(ImageIO.read(file), method, 32, 32));
    }
  }

  @Test
  void scrimageKeepsColors() throws IOException {
    assertAsOfPng(file -> ImmutableImage.loader().fromFile(file).awt());
    assertAsOfPng(file -> ImmutableImage.loader().fromFile(file).scaleTo(25, 20).awt());
  }

  @Test
  void springKeepsColors() throws IOException {
    BufferedImageHttpMessageConverter converter = new BufferedImageHttpMessageConverter();
    assertAsOfPng(
        file -> {
          HttpHeaders headers = new HttpHeaders();
          boolean png = file.getName().endsWith(".png");
          headers.setContentType(MediaType.valueOf(png ? "image/png" : "image/x-kmq"));
          return converter.read(
              BufferedImage.class,
              new Request(headers, new ByteArrayInputStream(Files.readAllBytes(file.toPath()))));
        });
  }

  @Test
  void zxingSeesTheSameBrightness() throws IOException {
    assertAsOfPng(
        file -> {
          BufferedImageLuminanceSource source =
              new BufferedImageLuminanceSource(ImageIO.read(file));
          BufferedImage grey = new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_GRAY);
          grey.getRaster().setDataElements(0, 0, 60, 40, source.getMatrix());
          return grey;
        });
  }

  @Test
  void xmlGraphicsKeepsColors() throws IOException {
    assertAsOfPng(
        file -> {
          ImageManager manager = new ImageManager(new DefaultImageContext());
          DefaultImageSessionContext session =
              new DefaultImageSessionContext(manager.getImageContext(), folder.toFile());
          try {
            ImageInfo info = manager.getImageInfo(file.toURI().toString(), session);
            ImageRendered loaded =
                (ImageRendered) manager.getImage(info, ImageFlavor.RENDERED_IMAGE, session);
            return (BufferedImage) loaded.getRenderedImage();
          } catch (ImageException e) {
            throw new IOException(e);
          }
        });
  }
}
