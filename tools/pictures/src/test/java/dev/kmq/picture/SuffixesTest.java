package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SuffixesTest {
  @Test
  void allSuffixesOfImageIoAreListed() {
    TreeSet<String> known = new TreeSet<>();
    Plugins.all();
    Arrays.stream(ImageIO.getReaderFileSuffixes()).filter(s -> !s.isEmpty()).forEach(known::add);
    assertEquals(known, PictureReader.suffixes());
  }
}
