package dev.kmq.fuzz;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Method;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.palette.CodedPalette;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** The seeds of fuzzing: the conformance vectors, and files made here. */
final class Seeds {
  private final Path root;

  /** Seeds of the checkout at {@code root}. */
  Seeds(Path root) {
    this.root = root;
  }

  /** The seeds of a target, and the findings of fuzzing it. */
  List<byte[]> of(Target target) throws IOException {
    List<byte[]> seeds =
        switch (target) {
          case CONTAINER, METADATA, PACKED, DEFLATE, RANS, MIX -> files();
          case CODED_PALETTE -> codedPalettes();
          case RANS_TABLES -> tables();
          case DEFLATE_CODES -> streams();
          case ENCODE -> random(60, 400);
          case ARCHIVE -> archives();
          case PALETTE -> palettes();
          case PICTURE -> pictures();
        };
    seeds.addAll(read(root.resolve("tools/fuzz/findings").resolve(target.label())));
    return seeds;
  }

  private static List<byte[]> read(Path folder) throws IOException {
    List<byte[]> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          all.add(Files.readAllBytes(file));
        }
      }
    }
    return all;
  }

  private List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (byte[] file : read(root.resolve("spec/vectors/valid"))) {
      if (file.length <= 4096) {
        files.add(file);
      }
    }
    for (byte[] file : read(root.resolve("spec/vectors/invalid"))) {
      if (file.length <= 1024) {
        files.add(file);
      }
    }
    for (Method method : Method.values()) {
      for (int colors : new int[] {2, 5, 40, 300}) {
        files.add(file(method, colors, 20));
      }
    }
    return files;
  }

  private static byte[] file(Method method, int colors, int side) {
    Random random = new Random(colors);
    int[] argb = new int[side * side];
    int shade = 0;
    for (int i = 0; i < argb.length; i++) {
      shade = random.nextInt(3) == 0 ? random.nextInt(colors) : shade;
      argb[i] = 0xFF000000 | shade * 0x10307;
    }
    return Kmq.encode(
        PixelSource.of(side, side, argb),
        EncodeOptions.builder()
            .colors(colors)
            .methods(method)
            .tileSize(colors % 2 * 16, colors % 2 * 16)
            .chunks(List.of(Chunk.text("Title", "Ä"), Chunk.pixelsPerMetre(3000, 3000)))
            .build());
  }

  /** Coded palettes, after a byte for size and alpha. */
  private static List<byte[]> codedPalettes() throws IOException {
    List<byte[]> all = random(10, 40);
    for (int colors : new int[] {1, 2, 16, 60, 128}) {
      for (int alpha = 0; alpha <= 1; alpha++) {
        int[] entries = new Random(colors).ints(colors).map(v -> v & 0xFF1F3F0F).toArray();
        Palette palette = alpha == 1 ? Palette.ofArgb(entries) : Palette.ofRgb(entries);
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(2 * (colors - 1) + alpha);
        seed.writeBytes(CodedPalette.encode(palette));
        all.add(seed.toByteArray());
      }
    }
    return all;
  }

  /** Shared tables, after two bytes for the alphabet. */
  private static List<byte[]> tables() throws IOException {
    List<byte[]> all = random(20, 80);
    for (int colors : new int[] {2, 9, 40}) {
      byte[] file = file(Method.RANS, colors, 16);
      KmqReader reader = KmqReader.open(file, DecodeOptions.defaults());
      int start = (int) (reader.headerBytes() + reader.chunkBytes());
      for (int from = start; from < start + 80 && from < file.length; from += 8) {
        byte[] seed = new byte[Math.max(2, Math.min(120, file.length - from))];
        System.arraycopy(file, from, seed, 2, seed.length - 2);
        all.add(seed);
      }
    }
    return all;
  }

  private static List<byte[]> streams() throws IOException {
    List<byte[]> all = random(10, 60);
    for (int level = 0; level <= 9; level += 3) {
      for (int strategy = Deflater.DEFAULT_STRATEGY;
          strategy <= Deflater.HUFFMAN_ONLY;
          strategy++) {
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream stream = new DeflaterOutputStream(out, deflater)) {
          stream.write(file(Method.PACKED, 40, 24));
        }
        deflater.end();
        all.add(out.toByteArray());
      }
    }
    return all;
  }

  private static List<byte[]> random(int count, int bytes) {
    Random random = new Random(bytes);
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] seed = new byte[1 + random.nextInt(bytes)];
      random.nextBytes(seed);
      all.add(seed);
    }
    return all;
  }

  private static List<byte[]> archives() throws IOException {
    byte[] content = image("bmp", BufferedImage.TYPE_BYTE_GRAY);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      for (String name : new String[] {"a.bmp", "x/ä.bmp", "./b.bmp"}) {
        out.putArchiveEntry(new ZipArchiveEntry(name));
        out.write(content);
        out.closeArchiveEntry();
      }
    }
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(tar)) {
      for (String name : new String[] {"a.bmp", "./x/b.bmp"}) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
      }
      TarArchiveEntry link = new TarArchiveEntry("c.bmp", TarArchiveEntry.LF_LINK);
      link.setLinkName("a.bmp");
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
    }
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(tar.toByteArray());
    }
    List<byte[]> all = new ArrayList<>();
    for (int form = 0; form < 7; form++) {
      for (ByteArrayOutputStream bytes : List.of(zip, tar, gzip)) {
        all.add(prefixed(form, bytes.toByteArray()));
      }
    }
    return all;
  }

  private static byte[] prefixed(int first, byte[] bytes) {
    byte[] seed = new byte[bytes.length + 1];
    seed[0] = (byte) first;
    System.arraycopy(bytes, 0, seed, 1, bytes.length);
    return seed;
  }

  private static List<byte[]> palettes() {
    String[] texts = {
      "GIMP Palette\nName: a\nChannels: RGBA\n#\n255 0 0 128 red\n  0 1 2 0\n",
      "JASC-PAL\r\n0100\r\n2\r\n1 2 3\r\n255 255 255 7\r\n",
      "#ff0000\n#00ff0080\n",
      "\uFEFF; paint.net\nFF00FF00\n80112233\n",
    };
    List<byte[]> all = new ArrayList<>();
    for (int name = 0; name < 6; name++) {
      for (String text : texts) {
        all.add(prefixed(name, text.getBytes(StandardCharsets.UTF_8)));
      }
      all.add(prefixed(name, new byte[772]));
      all.add(
          prefixed(
              name,
              "RIFF\30\0\0\0PAL data\14\0\0\0\0\3\2\0\1\2\3\0\4\5\6\0"
                  .getBytes(StandardCharsets.ISO_8859_1)));
    }
    return all;
  }

  private static List<byte[]> pictures() {
    List<byte[]> all = new ArrayList<>();
    for (String format : new String[] {"png", "jpg", "gif", "bmp", "tiff", "wbmp"}) {
      for (int type :
          new int[] {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_4BYTE_ABGR,
            BufferedImage.TYPE_USHORT_GRAY
          }) {
        byte[] image = image(format, type);
        if (image.length > 0) {
          all.add(image);
        }
      }
    }
    return all;
  }

  /** An image file; empty if ImageIO does not write this type in this format. */
  private static byte[] image(String format, int type) {
    BufferedImage image = new BufferedImage(9, 7, type);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 9; x++) {
        image.setRGB(x, y, 0x80000000 * (x % 2) | 0x40000000 | x * 0x1C0A03 + y * 0x031C0A);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
