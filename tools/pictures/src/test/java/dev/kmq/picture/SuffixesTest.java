package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SuffixesTest {
  @Test
  void allSuffixesOfImageIoAndNetpbmAreListed() {
    TreeSet<String> known = new TreeSet<>(List.of("pam", "pbm", "pgm", "pnm", "ppm"));
    Plugins.all();
    Arrays.stream(ImageIO.getReaderFileSuffixes()).filter(s -> !s.isEmpty()).forEach(known::add);
    assertEquals(known, PictureReader.suffixes());
    known.remove("kmq");
    assertEquals(known, PictureReader.otherSuffixes());
  }
}
