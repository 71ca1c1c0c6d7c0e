package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.Kmq;
import dev.kmq.container.Method;
import java.awt.MediaTracker;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javax.imageio.ImageIO;
import javax.servlet.ServletContextListener;
import javax.swing.ImageIcon;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.poi.ss.usermodel.PictureData;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of {@code docs/java.md} with the libraries that they are for, judged by pixels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecipesTest {
  private static final BufferedImage PICTURE =
      Pictures.noise(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), 4, 2);

  private final Path folder;
  private final File file;
  private final Recipes recipes;

  RecipesTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    file = folder.resolve("photo.kmq").toFile();
    Files.write(file.toPath(), Pictures.write(PICTURE, null));
    recipes = new Recipes(folder);
  }

  /** JavaFX without X libraries, and without files in the home directory. */
  @BeforeAll
  void configureJavaFx() {
    System.setProperty("prism.order", "sw");
    System.setProperty("javafx.cachedir", folder.resolve("javafx").toString());
  }

  @AfterAll
  void close() throws IOException {
    recipes.close();
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void pdfBoxStoresAnImageAndRendersThePage() throws Exception {
    Path rendered = folder.resolve("page.kmq");
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      recipes.call("PdfImages", "add", document, file.toPath());
      document.save(pdf);
    }
    try (PDDocument document = Loader.loadPDF(pdf.toByteArray())) {
      recipes.call("PdfImages", "render", document, 0, 72f, rendered);
    }
    assertEquals(Method.RANS, Kmq.readHeader(Files.newInputStream(rendered)).method());
    assertArrayEquals(pixels(PICTURE), pixels(ImageIO.read(rendered.toFile())));
  }

  @Test
  void pdfBoxHasItsOwnListOfFormats() throws IOException {
    byte[] bytes = Files.readAllBytes(file.toPath());
    try (PDDocument document = new PDDocument()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> PDImageXObject.createFromFileByContent(file, document));
      assertThrows(
          IllegalArgumentException.class,
          () -> PDImageXObject.createFromFileByExtension(file, document));
      assertThrows(
          IllegalArgumentException.class,
          () -> PDImageXObject.createFromByteArray(document, bytes, "photo.kmq"));
    }
  }

  @Test
  void poiStoresPng() throws Exception {
    ByteArrayOutputStream xlsx = new ByteArrayOutputStream();
    try (Workbook workbook = new XSSFWorkbook()) {
      assertEquals(0, recipes.call("WorkbookImages", "add", workbook, file));
      workbook.write(xlsx);
    }
    try (Workbook workbook = new XSSFWorkbook(new ByteArrayInputStream(xlsx.toByteArray()))) {
      PictureData stored = workbook.getAllPictures().get(0);
      assertEquals("image/png", stored.getMimeType());
      assertArrayEquals(pixels(PICTURE), pixels(Pictures.read(stored.getData())));
    }
  }

  @Test
  void poiDoesNotLookAtTheBytes() throws IOException {
    byte[] bytes = Files.readAllBytes(file.toPath());
    try (Workbook workbook = new XSSFWorkbook()) {
      workbook.addPicture(bytes, Workbook.PICTURE_TYPE_PNG);
      assertArrayEquals(bytes, workbook.getAllPictures().get(0).getData());
    }
  }

  @Test
  void javaFxShowsAndSaves() throws Exception {
    Image image = (Image) recipes.call("FxImages", "read", file);
    int[] shown = new int[60 * 40];
    image.getPixelReader().getPixels(0, 0, 60, 40, PixelFormat.getIntArgbInstance(), shown, 0, 60);
    assertArrayEquals(pixels(PICTURE), shown);
    File saved = folder.resolve("fx.kmq").toFile();
    recipes.call("FxImages", "write", image, saved);
    assertArrayEquals(pixels(PICTURE), pixels(ImageIO.read(saved)));
  }

  @Test
  void swingDoesNotUseImageIoForNames() throws IOException {
    assertEquals(MediaTracker.ERRORED, new ImageIcon(file.toString()).getImageLoadStatus());
    ImageIcon icon = new ImageIcon(ImageIO.read(file));
    assertEquals(MediaTracker.COMPLETE, icon.getImageLoadStatus());
    assertArrayEquals(pixels(PICTURE), pixels((BufferedImage) icon.getImage()));
  }

  @Test
  void aListenerRegistersAndDeregisters() throws Exception {
    Object listener = recipes.type("ImagePlugins").getDeclaredConstructor().newInstance();
    ServletContextListener plugins = (ServletContextListener) listener;
    plugins.contextDestroyed(null);
    try {
      assertNull(ImageIO.read(file));
    } finally {
      plugins.contextInitialized(null);
    }
    assertArrayEquals(pixels(PICTURE), pixels(ImageIO.read(file)));
  }

  @Test
  void javaProbesTheTypeByBytesAndByName() throws IOException {
    assertEquals("image/x-kmq", Files.probeContentType(Path.of("x.kmq")));
    Path upload = Files.copy(file.toPath(), folder.resolve("upload"));
    assertEquals("image/x-kmq", Files.probeContentType(upload));
  }
}
