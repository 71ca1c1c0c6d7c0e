package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  /** Rows of the image "abc / def" as Exif 2.32, section 4.6.4 A, has them shown. */
  @ParameterizedTest
  @CsvSource({
    "1, abc/def", "2, cba/fed", "3, fed/cba", "4, def/abc",
    "5, ad/be/cf", "6, da/eb/fc", "7, fc/eb/da", "8, cf/be/ad"
  })
  void turnsAsExifSpecifies(int orientation, String expected) {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR}) {
      BufferedImage image = new BufferedImage(3, 2, type);
      for (int i = 0; i < 6; i++) {
        image.setRGB(i % 3, i / 3, 'a' + i);
      }
      BufferedImage turned = Orientation.apply(image, orientation);
      StringBuilder rows = new StringBuilder();
      for (int y = 0; y < turned.getHeight(); y++) {
        rows.append(y > 0 ? "/" : "");
        for (int x = 0; x < turned.getWidth(); x++) {
          rows.append((char) (turned.getRGB(x, y) & 0xFF));
        }
      }
      assertEquals(expected, rows.toString());
    }
  }

  @Test
  void unknownOrientationsLeaveThePicture() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    assertEquals(image, Orientation.apply(image, 0));
    assertEquals(image, Orientation.apply(image, 9));
  }
}
