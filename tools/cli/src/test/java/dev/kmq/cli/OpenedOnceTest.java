package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.colors.PaletteFile;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.file.CountedInput;
import dev.kmq.file.FailedInput;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An input is opened once for its kind, metadata and pixels together. */
class OpenedOnceTest extends CommandTest {
  private final PictureReader reader =
      new PictureReader(Limits.defaults(), MetadataPolicy.ALL, false, null);

  private Path written(String format) throws IOException {
    Path file = folder.resolve("in." + format);
    if (format.equals("kmq")) {
      assertEquals(0, kmq("encode", png("in.png", noise(20, 10, 1)), "-o", file).exit());
    } else {
      assertTrue(ImageIO.write(noise(20, 10, 1), format, file.toFile()));
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "tif", "bmp", "kmq"})
  void picture(String format) throws IOException {
    Path file = written(format);
    for (CountedInput counted : List.of(CountedInput.file(file), CountedInput.entry(file))) {
      Picture picture = reader.read(counted.input());
      assertEquals(20, picture.width());
      assertEquals(Files.size(file), counted.input().size());
      assertEquals(1, counted.opened());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "tif", "bmp"})
  void damagedPicture(String format) throws IOException {
    Path file = written(format);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 40));
    CountedInput counted = CountedInput.file(file);
    assertThrows(FailedInput.class, () -> reader.read(counted.input()));
    assertEquals(1, counted.opened());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "kmq", "hex"})
  void palette(String format) throws IOException {
    Path file =
        format.equals("hex")
            ? Files.writeString(folder.resolve("p.hex"), "#ff0000\n#00ff00\n")
            : written(format);
    CountedInput counted = CountedInput.file(file);
    assertEquals(!format.equals("png"), PaletteFile.isPalette(counted.input()));
    PaletteFile.read(counted.input(), Limits.defaults(), new ArrayList<>());
    assertEquals(1, counted.opened());
  }

  @Test
  void decoding() throws IOException {
    Path file = written("kmq");
    for (CountedInput counted : List.of(CountedInput.file(file), CountedInput.entry(file))) {
      try (KmqReader kmq = KmqInput.tiles(counted.input(), DecodeOptions.defaults())) {
        kmq.readImage();
        kmq.expectEnd();
      }
      assertEquals(1, counted.opened());
    }
  }

  /** An input that was released can be read again. */
  @Test
  void released() throws IOException {
    Path file = written("png");
    for (CountedInput counted : List.of(CountedInput.file(file), CountedInput.entry(file))) {
      for (int pass = 1; pass <= 2; pass++) {
        assertEquals(20, reader.read(counted.input()).width());
        counted.input().release();
        assertEquals(pass, counted.opened());
      }
    }
  }
}
