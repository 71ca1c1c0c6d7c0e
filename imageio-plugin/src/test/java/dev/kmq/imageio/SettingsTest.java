package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Method;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** System properties for applications that cannot be changed. */
@Isolated
class SettingsTest {
  private static final List<String> PROPERTIES =
      List.of(
          "dev.kmq.method",
          "dev.kmq.threads",
          "dev.kmq.maxPixels",
          "dev.kmq.maxRasterBytes",
          "dev.kmq.maxWork");

  @AfterEach
  void clear() {
    PROPERTIES.forEach(System::clearProperty);
  }

  private static BufferedImage image() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, (i % 64 / 8 * 32) << 16 | (i / 64 / 8 * 32));
    }
    return image;
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image(), "kmq", out));
    return out.toByteArray();
  }

  private static Method method(byte[] file) throws IOException {
    try (KmqReader reader =
        KmqReader.open(new ByteArrayInputStream(file), DecodeOptions.defaults())) {
      return reader.header().method();
    }
  }

  @ParameterizedTest
  @CsvSource({"rans,RANS", "Deflate,DEFLATE", "MIX,MIX", "packed,PACKED"})
  void aPropertySetsTheMethod(String value, Method method) throws IOException {
    assertEquals(Method.PACKED, method(written()));
    System.setProperty("dev.kmq.method", value);
    assertEquals(method, method(written()));
  }

  @Test
  void autoIsTheSmallestFile() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (Method method : Method.values()) {
      System.setProperty("dev.kmq.method", method.label());
      sizes.add(written().length);
    }
    System.setProperty("dev.kmq.method", "auto");
    assertEquals(sizes.stream().mapToInt(Integer::intValue).min().orElseThrow(), written().length);
  }

  @Test
  void theApplicationsChoiceWins() throws IOException {
    System.setProperty("dev.kmq.method", "rans");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("kmq").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    assertEquals("Rans", param.getCompressionTypes()[2]);
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    assertEquals("Rans", param.getCompressionType());
    param.setCompressionType("Deflate");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image(), null, null), param);
    }
    assertEquals(Method.DEFLATE, method(out.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zip", "rans,mix", "all"})
  void anotherMethodIsRefused(String value) {
    System.setProperty("dev.kmq.method", value);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, SettingsTest::written);
    assertEquals(
        "system property dev.kmq.method is '"
            + value
            + "'; it must be one of packed, deflate, rans, mix, auto",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.kmq.threads",
        "dev.kmq.maxPixels",
        "dev.kmq.maxRasterBytes",
        "dev.kmq.maxWork"
      })
  void numbersThatAreNoneAreRefused(String property) throws IOException {
    byte[] file = written();
    System.setProperty(property, "1e9");
    Exception refused =
        assertThrows(Exception.class, () -> ImageIO.read(new ByteArrayInputStream(file)));
    assertTrue(
        Objects.requireNonNull(refused.getMessage())
            .contains("system property " + property + " is '1e9'"),
        refused.toString());
    System.setProperty(property, "1000000000");
    assertEquals(64, ImageIO.read(new ByteArrayInputStream(file)).getWidth());
  }
}
