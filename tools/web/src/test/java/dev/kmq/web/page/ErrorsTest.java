package dev.kmq.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.browser.Chromium;
import dev.kmq.image.PixelSource;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What cannot be opened gets a sentence, and the image before it stays. */
class ErrorsTest extends PageTest {
  private static Path file(String name, byte[] bytes) throws Exception {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] kmq() {
    int[] colors = {0xFF000000, 0xFFFF8000, 0xFFFFFFFF};
    int[] argb = new int[64];
    Arrays.setAll(argb, i -> colors[i % 3]);
    return Kmq.encode(PixelSource.of(8, 8, argb), EncodeOptions.defaults());
  }

  /** A PNG that claims a size. */
  private static byte[] claiming(int width, int height) throws Exception {
    Path file = png("small.png", photo(8, 8, false));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return bytes;
  }

  @Test
  void filesThatAreNoImages() throws Exception {
    Path jpeg = folder.resolve("photo.jpg");
    ImageIO.write(photo(64, 48, false), "jpeg", jpeg.toFile());
    byte[] photo = Files.readAllBytes(jpeg);
    byte[] damaged = kmq();
    damaged[damaged.length - 3] ^= 1;
    byte[] png = Files.readAllBytes(png("photo.png", photo(64, 48, false)));
    Map<Path, String> files =
        Map.of(
            file("empty.png", new byte[0]),
            "empty.png is empty.",
            file("text.txt", "not an image".getBytes(StandardCharsets.UTF_8)),
            "text.txt is not an image that this browser can decode, or it is damaged.",
            file("cut.jpg", Arrays.copyOf(photo, 100)),
            "cut.jpg is not an image that this browser can decode, or it is damaged.",
            file("cut.png", Arrays.copyOf(png, 900)),
            "cut.png cannot be opened: it is truncated. Save or download the file again.",
            file("damaged.kmq", damaged),
            "damaged.kmq cannot be opened: ",
            file("cut.kmq", Arrays.copyOf(kmq(), 20)),
            "cut.kmq cannot be opened: ",
            file("large.png", claiming(100_000, 100_000)),
            "large.png is too large: 100,000 × 100,000 pixels are more than the 33,554,432 that"
                + " this page takes. ");
    Chromium.Tab tab = open();
    choose(tab, png("first.png", photo(40, 30, false)));
    String figures = text(tab, "figures");
    for (Map.Entry<Path, String> one : files.entrySet()) {
      tab.evaluate("document.getElementById('error').textContent = ''");
      tab.choose("#file", one.getKey());
      tab.await("document.getElementById('error').textContent !== ''");
      String message = text(tab, "error");
      assertTrue(message.startsWith(one.getValue()), message);
      assertTrue(message.endsWith("."), message);
      assertTrue(message.split(": ", -1).length <= 2, message);
      if (message.contains("cannot be opened")) {
        assertTrue(message.endsWith(". Save or download the file again."), message);
      }
      assertFalse(message.contains("undefined") || message.contains("Exception"), message);
      tab.await(DONE);
      assertEquals("first.png", text(tab, "name"));
      assertEquals(figures, text(tab, "figures"));
      assertEquals(message, text(tab, "error"), "the message stays");
    }
    tab.click("#copy");
    choose(tab, png("next.png", photo(30, 30, false)));
    assertQuiet(tab);
  }

  @Test
  void imagesThatAreTooLarge() throws Exception {
    Path file = folder.resolve("large.bmp");
    BufferedImage image = new BufferedImage(16384, 2064, BufferedImage.TYPE_BYTE_BINARY);
    ImageIO.write(image, "bmp", file.toFile());
    Chromium.Tab tab = open();
    tab.choose("#file", file);
    tab.await("document.getElementById('error').textContent !== ''");
    assertEquals(
        "large.bmp is too large: 16,384 × 2,064 pixels are more than the 33,554,432 that this page"
            + " takes. Make it smaller, or use the kmq command.",
        text(tab, "error"));
    assertTrue(tab.evaluate("document.getElementById('work').hidden").asBoolean());
    choose(tab, png("next.png", photo(30, 30, false)));
    assertQuiet(tab);
  }

  @Test
  void numbersOfColoursThatAreNone() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, png("photo.png", photo(64, 48, false)));
    String command = text(tab, "command");
    for (String typed : new String[] {"", "1", "70000", "2.5"}) {
      set(tab, "colors-typed", typed);
      assertEquals(
          "true", tab.evaluate("document.getElementById('colors-typed').ariaInvalid").asText());
    }
    pass(tab);
    assertEquals(command, text(tab, "command"));
    assertQuiet(tab);
  }

  @Test
  void filesOfIndexedImages() throws Exception {
    Chromium.Tab tab = open();
    choose(tab, file("image.kmq", kmq()));
    assertTrue(text(tab, "about-facts").contains(".kmq, method packed"), text(tab, "about-facts"));
    assertTrue(text(tab, "figures").contains("exact"), text(tab, "figures"));
    assertEquals("3", value(tab, "colors-typed"));
    assertEquals("kmq encode -k 3 --method rans -o image-new.kmq image.kmq", text(tab, "command"));
    assertEquals(3, tab.evaluate("document.querySelectorAll('#palette li').length").asInt());
    assertQuiet(tab);
  }

  /** Opened as a file, the page explains what it needs. */
  @Test
  void pagesThatAreFiles() throws Exception {
    Chromium.Tab tab = chromium.tab();
    tab.open(SITE.resolve("index.html"));
    tab.await(
        "getComputedStyle(document.getElementById('blocked')).visibility === 'visible'"
            + " && document.getElementById('app').hidden");
    assertTrue(text(tab, "blocked").contains("jwebserver"), text(tab, "blocked"));
    tab.close();
  }

  @Test
  void codecsThatAreMissing() throws Exception {
    Path broken = copySite("broken");
    Files.delete(broken.resolve("codec/codec.wasm"));
    Files.delete(broken.resolve("codec/codec.js"));
    SiteServer own = new SiteServer(broken);
    Chromium.Tab tab = chromium.tab();
    tab.open(own.address());
    tab.await("document.getElementById('error').textContent !== ''");
    String message = text(tab, "error");
    assertTrue(message.startsWith("The codec cannot be started in this browser: "), message);
    String facts = text(tab, "facts");
    tab.evaluate("document.getElementById('error').textContent = ''");
    tab.choose("#file", png("photo.png", photo(64, 48, false)));
    tab.await("document.getElementById('error').textContent !== ''");
    assertEquals(message, text(tab, "error"), "for files that are chosen later too");
    assertEquals(facts, text(tab, "facts"));
    tab.close();
    own.stop();
  }
}
