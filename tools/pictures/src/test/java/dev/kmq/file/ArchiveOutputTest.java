package dev.kmq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ArchiveOutputTest {
  @Test
  void namesThatLeadOutForAnyReaderAreRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArchiveOutput archive = ArchiveOutput.open(Path.of("o.zip"), out)) {
      for (String name :
          new String[] {
            "../a", "/a", "x/../a", "..\\..\\a", "\\a", "x\\a", "C:a", "C:\\a", "x//a", "./a", ""
          }) {
        assertThrows(FailedInput.class, () -> archive.add(name, new byte[] {1}), name);
      }
      archive.add("x/good", new byte[] {1, 2});
    }
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      ZipEntry entry = zip.getNextEntry();
      assertTrue(entry != null && entry.getName().equals("x/good"));
      assertEquals(2, zip.readAllBytes().length);
      assertEquals(null, zip.getNextEntry());
    }
  }
}
