package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Format;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SuffixesTest {
  @Test
  void allSuffixesOfImageIoAreListed() {
    TreeSet<String> known = new TreeSet<>();
    Plugins.all();
    Arrays.stream(ImageIO.getReaderFileSuffixes()).filter(s -> !s.isEmpty()).forEach(known::add);
    known.remove(Format.SUFFIX);
    assertEquals(known, PictureReader.IMAGEIO_SUFFIXES);
  }

  @Test
  void netpbmFilesAreFoundInFolders() {
    assertTrue(PictureReader.otherSuffixes().containsAll(List.of("pbm", "pgm", "ppm", "pam")));
    assertFalse(PictureReader.otherSuffixes().contains(Format.SUFFIX));
    assertTrue(PictureReader.suffixes().contains(Format.SUFFIX));
  }
}
