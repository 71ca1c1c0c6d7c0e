package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.spec.CompatibilityPictures.Sample;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files that were written when version 1 became final still decode to the same pixels (rule X-1).
 * With the system property {@code kmq.compatibility.add}, files of {@link CompatibilityPictures}
 * that do not exist yet are appended, with lines at the end of {@code SHA256SUMS}.
 */
class CompatibilityTest {
  private static final Path FOLDER = Path.of("compatibility");
  private static final Path SUMS = FOLDER.resolve("SHA256SUMS");

  /** The lines that are never changed or removed, and their digest. */
  private static final int FROZEN_LINES = 84;

  private static final String FROZEN =
      "19412d9a43c87965a6da230cbe9caa88395523ba1749d2a6996c55c45c2875e2";

  /** By name: the digest of the file and that of its {@link #content}. */
  private final Map<String, List<String>> sums = new LinkedHashMap<>();

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
    for (Map.Entry<String, Sample> entry : CompatibilityPictures.all().entrySet()) {
      String name = entry.getKey();
      if (!sums.containsKey(name)) {
        Sample sample = entry.getValue();
        byte[] file = Kmq.encode(sample.image(), sample.options());
        boolean profile = sample.options().colorSpace() == ColorSpace.ICC;
        byte[] content = content(sample.image(), profile, sample.options().chunks());
        Files.write(FOLDER.resolve(name), file);
        sums.put(name, List.of(Manifest.sha256(file), Manifest.sha256(content)));
      }
    }
    Files.write(SUMS, lines());
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    sums.forEach((name, digests) -> lines.add(name + " " + String.join(" ", digests)));
    return lines;
  }

  @Test
  void filesAreReadAsTheyWereMeant() throws IOException {
    for (Map.Entry<String, List<String>> file : sums.entrySet()) {
      byte[] bytes = Files.readAllBytes(FOLDER.resolve(file.getKey()));
      try (KmqReader reader = open(bytes)) {
        boolean profile = reader.header().colorSpace() == ColorSpace.ICC;
        byte[] content = content(reader.readImage(), profile, reader.chunks());
        reader.expectEnd();
        assertEquals(
            file.getValue(),
            List.of(Manifest.sha256(bytes), Manifest.sha256(content)),
            file.getKey());
      }
    }
  }

  @Test
  void frozenLinesStayAsTheyAre() {
    String frozen = lines().stream().limit(FROZEN_LINES).collect(Collectors.joining("\n"));
    assertEquals(FROZEN, Manifest.sha256(frozen.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void everyFileHasItsDigest() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("SHA256SUMS") && !name.equals("README.md"))
              .collect(Collectors.toSet());
      assertEquals(sums.keySet(), names);
    }
  }

  /**
   * Files cover every method with every palette entry, frame, colour space and tiling it supports.
   */
  @Test
  void formsAreAmongThem() throws IOException {
    Set<String> forms = new TreeSet<>();
    for (String name : sums.keySet()) {
      try (KmqReader reader = open(Files.readAllBytes(FOLDER.resolve(name)))) {
        Header header = reader.header();
        String method = header.method().label() + (header.matches() ? " with matches" : "");
        forms.add(
            method
                + (header.codedPalette() ? ", coded" : ", raw")
                + (header.palette().hasAlpha() ? " RGBA" : " RGB")
                + (header.shortFrame() ? ", short" : ""));
        forms.add(method + (header.tiling().count() > 1 ? ", tiles" : ", one tile"));
        forms.add(method + ", " + header.colorSpace());
      }
    }
    for (String method : List.of("deflate", "rans", "mix")) {
      for (String entry : List.of("raw RGB", "raw RGBA", "coded RGB", "coded RGBA")) {
        assertTrue(forms.contains(method + ", " + entry + ", short"), method + entry + forms);
      }
    }
    for (String method : List.of("packed", "deflate", "rans", "mix")) {
      for (String form : List.of("tiles", "one tile", "SRGB", "ICC")) {
        assertTrue(forms.contains(method + ", " + form), method + form + forms);
      }
      for (String entry : List.of("RGB", "RGBA")) {
        String coding = method.equals("packed") ? ", raw " : ", coded ";
        assertTrue(forms.contains(method + coding + entry), method + entry + forms);
      }
    }
    assertTrue(forms.contains("mix with matches, one tile"), forms.toString());
    assertTrue(forms.contains("mix with matches, tiles"), forms.toString());
  }

  private static KmqReader open(byte[] file) throws IOException {
    return KmqReader.open(file, DecodeOptions.builder().keepUnknownChunks(true).build());
  }

  /**
   * The content that a reader must find: width, height and K as {@code u32}; 1 for a profile, else
   * 0; 1 for entries with alpha, else 0; RGBA entries; indices as {@code u16}; and chunks without
   * their checksums. {@code js/test.mjs} builds the same.
   */
  private static byte[] content(IndexedImage image, boolean profile, List<Chunk> chunks)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    Palette palette = image.palette();
    out.writeInt(image.width());
    out.writeInt(image.height());
    out.writeInt(palette.size());
    out.writeBoolean(profile);
    out.writeBoolean(palette.hasAlpha());
    for (int argb : palette.toArgb()) {
      out.writeInt(Integer.rotateLeft(argb, 8));
    }
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        out.writeShort(image.plane().get(x, y));
      }
    }
    for (Chunk chunk : chunks) {
      out.writeBytes(chunk.type());
      out.writeInt(chunk.length());
      out.write(chunk.data());
    }
    return bytes.toByteArray();
  }
}
