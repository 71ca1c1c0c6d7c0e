package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import dev.kmq.image.IndexedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files that were written when version 1 became final are read as they were read then (rule X-1).
 * Files and lines of {@code SHA256SUMS} are never changed or removed. With the system property
 * {@code kmq.compatibility.add}, files of {@link CompatibilityPictures} that are not there yet are
 * added.
 */
class CompatibilityTest {
  private static final Path FOLDER = Path.of("compatibility");
  private static final Path SUMS = FOLDER.resolve("SHA256SUMS");

  /** How many there are: fewer would mean that some were removed. */
  private static final int FILES = 76;

  /** By name: the digest of the file and that of what a reader makes of it. */
  private final Map<String, List<String>> sums = new TreeMap<>();

  CompatibilityTest() throws IOException {
    if (Files.exists(SUMS)) {
      for (String line : Files.readAllLines(SUMS)) {
        List<String> words = List.of(line.split(" ", -1));
        sums.put(words.get(0), words.subList(1, 3));
      }
    }
    if (Boolean.getBoolean("kmq.compatibility.add")) {
      add();
    }
  }

  private void add() throws IOException {
    for (Map.Entry<String, byte[]> file : CompatibilityPictures.encode().entrySet()) {
      if (!sums.containsKey(file.getKey())) {
        byte[] bytes = file.getValue();
        Files.write(FOLDER.resolve(file.getKey()), bytes);
        sums.put(file.getKey(), List.of(digest(bytes), digest(content(bytes))));
      }
    }
    List<String> lines = new ArrayList<>();
    sums.forEach((name, digests) -> lines.add(name + " " + String.join(" ", digests)));
    Files.write(SUMS, lines);
  }

  @Test
  void filesAreReadAsTheyWereWhenTheyWereWritten() throws IOException {
    for (Map.Entry<String, List<String>> file : sums.entrySet()) {
      byte[] bytes = Files.readAllBytes(FOLDER.resolve(file.getKey()));
      assertEquals(file.getValue(), List.of(digest(bytes), digest(content(bytes))), file.getKey());
    }
  }

  @Test
  void noFileIsRemovedAndNoneWithoutDigest() throws IOException {
    assertEquals(FILES, sums.size());
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".kmq"))
              .sorted()
              .collect(Collectors.toList());
      assertEquals(List.copyOf(sums.keySet()), names);
    }
  }

  /** The files are worth keeping: every method, frame and form of the palette is among them. */
  @Test
  void everyFormIsAmongThem() throws IOException {
    List<String> forms = new ArrayList<>();
    for (String name : sums.keySet()) {
      byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
      try (KmqReader reader = KmqReader.open(bytes, DecodeOptions.defaults())) {
        String method = reader.header().method().label();
        forms.add(method + (reader.header().codedPalette() ? " coded palette" : " raw palette"));
        forms.add(method + (reader.header().shortFrame() ? " short" : " full"));
        forms.add(method + (reader.header().matches() ? " matches" : ""));
        forms.add(method + (reader.header().palette().hasAlpha() ? " alpha" : " opaque"));
        forms.add(method + (reader.chunks().isEmpty() ? "" : " chunks"));
      }
    }
    for (String method : List.of("deflate", "rans", "mix")) {
      for (String form :
          List.of(" coded palette", " raw palette", " short", " full", " alpha", " chunks")) {
        assertTrue(forms.contains(method + form), method + form);
      }
    }
    assertTrue(forms.contains("mix matches"));
    assertTrue(forms.contains("packed raw palette"));
  }

  /** Everything that a reader finds: size, palette, indices, chunks. */
  private static byte[] content(byte[] file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try (KmqReader reader =
        KmqReader.open(file, DecodeOptions.builder().keepUnknownChunks(true).build())) {
      IndexedImage image = reader.readImage();
      reader.expectEnd();
      out.writeInt(image.width());
      out.writeInt(image.height());
      for (int argb : image.palette().toArgb()) {
        out.writeInt(argb);
      }
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          out.writeShort(image.plane().get(x, y));
        }
      }
      for (Chunk chunk : reader.chunks()) {
        out.write(chunk.type().getBytes(StandardCharsets.US_ASCII));
        out.writeInt(chunk.length());
        out.write(chunk.data());
      }
    }
    return bytes.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
