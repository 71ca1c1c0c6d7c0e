package dev.kmq.spec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Executes the lines of one recipe ({@code recipes/README.md}). */
final class Recipe {
  private static final Pattern TOKEN = Pattern.compile("\"([^\"]*)\"|([0-9a-f]+)(?:x(\\d+))?");
  private static final List<String> METHODS = List.of("packed", "deflate", "rans", "mix");

  private final Vector vector;
  private final Map<String, Vector> earlier;
  private final FileBytes bytes = new FileBytes();

  /** A seed that is not the image's own, if the recipe gives one. */
  private OptionalLong otherSeed = OptionalLong.empty();

  Recipe(String file, Map<String, Vector> earlier) {
    this.vector = new Vector(file);
    this.earlier = earlier;
  }

  Vector finish() {
    vector.bytes = bytes.toByteArray();
    return vector;
  }

  void line(String word, String rest) {
    switch (word) {
      case "about" -> vector.about = rest;
      case "rules" -> vector.rules.addAll(words(rest));
      case "refuse" -> vector.reason = rest;
      case "limits" -> values(rest).forEach((k, v) -> vector.limits.put(k, Long.valueOf(v)));
      case "salvage" -> salvage(rest);
      case "image" -> vector.pictureBytes = Integer.parseInt(rest);
      case "expect" -> expect(rest);
      case "palette" -> palette(rest, true);
      case "entries" -> palette(rest, false);
      case "indices" -> indices(rest);
      case "header" -> header(rest);
      case "chunk" -> chunk(rest);
      case "copy" -> copy(rest);
      default -> write(word, rest);
    }
  }

  private void write(String word, String rest) {
    switch (word) {
      case "hex" -> bytes.bytes(data(rest));
      case "coded" -> coded(data(rest));
      case "u32" -> bytes.number(Long.decode(rest), 4);
      case "seed" -> otherSeed = OptionalLong.of(Long.parseLong(rest, 16));
      case "crc" -> crc(words(rest));
      case "pack" -> pack(words(rest));
      case "payload" -> {
        byte[] payload = data(rest);
        bytes.number(payload.length, 4);
        bytes.bytes(payload);
      }
      case "patch" -> {
        String[] parts = rest.split("\\s+", 2);
        bytes.patch(Integer.parseInt(parts[0]), data(parts[1]));
      }
      case "cut" -> bytes.cut(Integer.parseInt(rest));
      default -> throw new IllegalArgumentException("no such line: " + word);
    }
  }

  /**
   * Of a header or chunk, of {@code tables}, or of {@code tile N}; {@code wrong} flips its lowest
   * bit.
   */
  private void crc(List<String> words) {
    FileBytes beginning = new FileBytes();
    String of = words.isEmpty() ? "" : words.get(0);
    if (of.equals("tables") || of.equals("tile")) {
      beginning.number(otherSeed.orElseGet(bytes::seed), 4);
    }
    if (of.equals("tile")) {
      beginning.number(Long.parseLong(words.get(1)), 4);
    }
    bytes.crc(beginning.toByteArray(), words.contains("wrong") ? 1 : 0);
  }

  private static List<String> words(String rest) {
    return rest.isBlank() ? List.of() : Arrays.asList(rest.split("\\s+"));
  }

  private static Map<String, String> values(String rest) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : words(rest)) {
      String[] parts = word.split("=", 2);
      values.put(parts[0], parts.length == 2 ? parts[1] : "yes");
    }
    return values;
  }

  /** Hexadecimal digits, repeated where {@code xN} follows, and text in quotation marks. */
  private static byte[] data(String rest) {
    FileBytes data = new FileBytes();
    Matcher token = TOKEN.matcher(rest);
    int end = 0;
    while (token.find()) {
      if (!rest.substring(end, token.start()).isBlank()) {
        break;
      }
      end = token.end();
      if (token.group(1) != null) {
        data.bytes(token.group(1).getBytes(StandardCharsets.UTF_8));
      } else {
        byte[] once = HexFormat.of().parseHex(token.group(2));
        int times = token.group(3) == null ? 1 : Integer.parseInt(token.group(3));
        for (int i = 0; i < times; i++) {
          data.bytes(once);
        }
      }
    }
    if (!rest.substring(end).isBlank()) {
      throw new IllegalArgumentException("neither hexadecimal nor text: " + rest.substring(end));
    }
    return data.toByteArray();
  }

  /** Describes the expected image without writing anything. */
  private void expect(String rest) {
    Map<String, String> values = values(rest);
    String[] size = values.getOrDefault("size", "1x1").split("x", 2);
    vector.picture =
        Picture.of(
            Integer.parseInt(size[0]),
            Integer.parseInt(size[1]),
            Integer.parseInt(values.getOrDefault("colors", "1")));
    vector.method = values.getOrDefault("method", "packed");
    vector.alpha = values.getOrDefault("entry", "rgb").equals("rgba");
    vector.icc = values.containsKey("icc");
  }

  private void header(String rest) {
    expect(rest);
    Map<String, String> values = values(rest);
    bytes.bytes(HexFormat.of().parseHex("cb4b4d510d0a1a0a01"));
    int entry = (vector.alpha ? 1 : 0) + (values.containsKey("coded") ? 2 : 0);
    int method = METHODS.indexOf(vector.method);
    if (values.containsKey("short")) {
      bytes.number(2, 1);
      bytes.number(16L * entry + method, 1);
      bytes.number(vector.picture.width - 1, 1);
      bytes.number(vector.picture.height - 1, 1);
      bytes.number(vector.picture.colors - 1, 1);
      return;
    }
    bytes.number(values.containsKey("chunks") ? 1 : 0, 1);
    bytes.number(method, 1);
    bytes.number(entry, 1);
    bytes.number(vector.picture.width, 4);
    bytes.number(vector.picture.height, 4);
    bytes.number(vector.picture.colors - 1, 2);
    bytes.number(vector.icc ? 1 : 0, 1);
    bytes.number(Integer.parseInt(values.getOrDefault("tiles", "00"), 16), 1);
  }

  private void palette(String rest, boolean write) {
    List<String> words = words(rest);
    if (words.equals(List.of("standard"))) {
      vector.picture = vector.picture.withStandardPalette(vector.alpha);
    } else {
      String opaque = vector.alpha ? "" : "ff";
      vector.picture =
          vector.picture.withPalette(
              words.stream().mapToInt(w -> Integer.parseUnsignedInt(w + opaque, 16)).toArray());
    }
    if (write) {
      for (int entry : vector.picture.palette) {
        long rgba = entry & 0xFFFFFFFFL;
        bytes.number(vector.alpha ? rgba : rgba >>> 8, vector.alpha ? 4 : 3);
      }
    }
  }

  /** Appends the length of a coded palette and the palette. */
  private void coded(byte[] data) {
    int plain = vector.picture.colors * (vector.alpha ? 4 : 3);
    bytes.number(data.length, plain <= 256 ? 1 : 2);
    bytes.bytes(data);
  }

  private void indices(String rest) {
    List<String> words = words(rest);
    boolean formula = words.get(0).equals("formula");
    int[] n = words.stream().skip(formula ? 1 : 0).mapToInt(Integer::parseInt).toArray();
    vector.picture =
        formula
            ? vector.picture.withFormula(n[0], n[1], n[2], n[3])
            : vector.picture.withIndices(n);
  }

  private void chunk(String rest) {
    String type = rest.substring(0, 4);
    byte[] data = data(rest.substring(4));
    bytes.bytes(type.getBytes(StandardCharsets.ISO_8859_1));
    bytes.number(data.length, 4);
    bytes.bytes(data);
    bytes.crc(new byte[0], 0);
    if (type.equals("iCCP") && vector.icc) {
      bytes.seedWith(data);
    }
    if (!type.equals("KPIX")) {
      vector.chunks.add(new Vector.Chunk(type, HexFormat.of().formatHex(data)));
    }
  }

  private void pack(List<String> words) {
    int[] n = words.stream().mapToInt(Integer::parseInt).toArray();
    Picture picture = vector.picture;
    if (n.length == 1) {
      bytes.pack(picture, 0, 0, picture.width, picture.height, n[0]);
    } else {
      bytes.pack(picture, n[1], n[2], n[3], n[4], n[0]);
    }
  }

  /** Begins with a copy of an earlier vector's bytes, its image, chunks and all. */
  private void copy(String file) {
    Vector source = earlier.get(file);
    if (source == null) {
      throw new IllegalArgumentException("no recipe above makes " + file);
    }
    vector.picture = source.picture;
    vector.method = source.method;
    vector.alpha = source.alpha;
    vector.icc = source.icc;
    vector.chunks.addAll(source.chunks);
    bytes.bytes(source.bytes);
  }

  /** The tiles that are intact, then {@code clear x y width height} for each that is not. */
  private void salvage(String rest) {
    vector.salvage = true;
    String[] parts = rest.split("\\s*clear\\s*", -1);
    words(parts[0]).forEach(w -> vector.intactTiles.add(Integer.valueOf(w)));
    int[] indices = vector.picture.indices.clone();
    for (int i = 1; i < parts.length; i++) {
      int[] n = words(parts[i]).stream().mapToInt(Integer::parseInt).toArray();
      for (int y = n[1]; y < n[1] + n[3]; y++) {
        Arrays.fill(
            indices, y * vector.picture.width + n[0], y * vector.picture.width + n[0] + n[2], 0);
      }
    }
    vector.salvaged = vector.picture.withIndices(indices);
  }
}
