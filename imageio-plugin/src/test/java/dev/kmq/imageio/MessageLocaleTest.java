package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.image.PixelSource;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLocaleTest {
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "hi-IN-u-nu-deva", "tr-TR"})
  void digitsOfMessagesAreAscii(String locale) throws Exception {
    byte[] file =
        Kmq.encode(PixelSource.of(2, 2, new int[4]), EncodeOptions.builder().colors(2).build());
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      ImageReader reader = new KmqImageReaderSpi().createReaderInstance(null);
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
      Exception e = assertThrows(IllegalArgumentException.class, () -> reader.readTile(0, 12, 34));
      assertEquals("there are 1x1 tiles, none at (12, 34)", e.getMessage());
      KmqImageWriteParam param = new KmqImageWriteParam(null);
      param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
      e = assertThrows(IllegalArgumentException.class, () -> param.setTiling(17, 33, 0, 0));
      assertEquals(
          "tileSize must have sides that are powers of two from 16 to 262144, or the whole image,"
              + " not 17x33",
          e.getMessage());
    } finally {
      Locale.setDefault(before);
    }
  }
}
