package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A damaged archive does not stop the run: other inputs are done, and nothing is written outside
 * the output folder.
 */
class MutatedArchivesTest extends CommandTest {
  private static final int ROUNDS = 60;
  private static final byte[][] PIECES = {
    "../".getBytes(StandardCharsets.US_ASCII),
    "..\\".getBytes(StandardCharsets.US_ASCII),
    "/".getBytes(StandardCharsets.US_ASCII),
    {0},
    {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
    {0x7f, (byte) 0xff},
    "PK\1\2".getBytes(StandardCharsets.US_ASCII),
  };

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(quarters(8, 8), "bmp", out);
    return out.toByteArray();
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : new String[] {"a.bmp", "x/b.bmp", "y".repeat(120) + "/c.bmp"}) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(picture().length);
        tar.putArchiveEntry(entry);
        tar.write(picture());
        tar.closeArchiveEntry();
      }
      TarArchiveEntry link = new TarArchiveEntry("d.bmp", TarArchiveEntry.LF_LINK);
      link.setLinkName("a.bmp");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  private byte[] archive(String name) throws IOException {
    if (name.endsWith(".tar")) {
      return tar();
    }
    if (name.endsWith(".gz")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(tar());
      }
      return out.toByteArray();
    }
    if (name.endsWith(".7z")) {
      Path path = folder.resolve("seed.7z");
      try (SevenZOutputFile out = new SevenZOutputFile(path.toFile())) {
        for (String entryName : new String[] {"a.bmp", "x/b.bmp"}) {
          SevenZArchiveEntry entry = new SevenZArchiveEntry();
          entry.setName(entryName);
          out.putArchiveEntry(entry);
          out.write(picture());
          out.closeArchiveEntry();
        }
      }
      byte[] bytes = Files.readAllBytes(path);
      Files.delete(path);
      return bytes;
    }
    return new ZipBytes()
        .add(new ZipBytes.Entry("a.bmp", picture()))
        .add(new ZipBytes.Entry("x\\b.bmp", picture()).deflated().system(ZipBytes.DOS))
        .add(new ZipBytes.Entry("x/c.bmp", picture()).deflated())
        .bytes();
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> {
          byte[] piece = PIECES[random.nextInt(PIECES.length)];
          System.arraycopy(piece, 0, bytes, at, Math.min(piece.length, bytes.length - at));
        }
        case 3 -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(64), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> {
          if (random.nextInt(8) == 0) {
            bytes = Arrays.copyOf(bytes, at + 1);
          }
        }
      }
    }
    return bytes;
  }

  /** Corrects the checksums of tar headers, so that their fields are used. */
  private static byte[] repair(byte[] tar) {
    byte[] bytes = tar.clone();
    for (int at = 0; at + 512 <= bytes.length; at += 512) {
      if (new String(bytes, at + 257, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
        Arrays.fill(bytes, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + 512; i++) {
          sum += bytes[i] & 0xff;
        }
        byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, bytes, at + 148, 8);
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.zip", "m.tar", "m.tar.gz", "m.7z"})
  void nothingEscapes(String name) throws IOException {
    byte[] seed = archive(name);
    byte[] plain = name.endsWith(".gz") ? tar() : seed;
    Random random = new Random(11);
    Path good = png("good.png", quarters(2, 2));
    Path out = folder.resolve("in/side/o");
    Path archive = folder.resolve(name);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated;
      if (name.endsWith(".gz") && round % 2 == 0) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
          gzip.write(repair(mutate(plain, random)));
        }
        mutated = packed.toByteArray();
      } else {
        mutated = mutate(seed, random);
        mutated = name.endsWith(".tar") && round % 4 != 0 ? repair(mutated) : mutated;
      }
      Files.write(archive, mutated);
      Run run = kmq("encode", archive, good, "--out-dir", out, "--force", "--json");
      String context = name + ", round " + round + ": " + run.err();
      assertTrue(run.exit() == 0 || run.exit() == 1, context);
      assertFalse(run.err().contains("unexpected failure"), context);
      assertFalse(run.err().contains("\tat "), context);
      assertTrue(Files.isRegularFile(out.resolve("good.kmq")), context);
      for (String file : files()) {
        assertTrue(
            file.startsWith("in/side/o/") || file.equals(name) || file.equals("good.png"),
            context + file);
      }
      Files.delete(out.resolve("good.kmq"));
    }
  }
}
