package dev.kmq.spec;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** {@code manifest.json}: what is expected of every vector, for readers in any language. */
final class Manifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifest() {}

  /**
   * The whole text.
   *
   * @param reasons name by number, such as R13
   */
  static String of(Recipes recipes, Map<String, String> reasons) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", "kmq");
    root.put("version", 1);
    ArrayNode list = root.putArray("vectors");
    for (Vector vector : recipes.vectors().values()) {
      list.add(entry(vector, reasons));
    }
    ObjectNode untested = root.putObject("untested");
    recipes.untested().forEach(untested::put);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return JSON.writer(
                new DefaultPrettyPrinter()
                    .withObjectIndenter(indenter)
                    .withArrayIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter()))
            .writeValueAsString(root)
        + "\n";
  }

  private static ObjectNode entry(Vector vector, Map<String, String> reasons) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("file", vector.file);
    entry.put("about", vector.about);
    entry.put("sha256", sha256(vector.bytes));
    ArrayNode rules = entry.putArray("rules");
    vector.rules.forEach(rules::add);
    entry.put("result", vector.valid() ? "valid" : "invalid");
    if (!vector.limits.isEmpty()) {
      ObjectNode limits = entry.putObject("limits");
      vector.limits.forEach(limits::put);
    }
    if (vector.valid()) {
      picture(entry, vector);
      return entry;
    }
    entry.put("reason", vector.reason);
    entry.put("reasonName", reasons.getOrDefault(vector.reason, "unknown"));
    if (vector.pictureBytes > 0) {
      ObjectNode stream = entry.putObject("stream");
      stream.put("bytes", vector.pictureBytes);
      picture(stream, vector);
    }
    if (vector.salvage) {
      ObjectNode salvage = entry.putObject("salvage");
      ArrayNode tiles = salvage.putArray("intactTiles");
      vector.intactTiles.forEach(tiles::add);
      salvage.put("indicesSha256", sha256(vector.salvaged.indexBytes()));
    }
    return entry;
  }

  private static void picture(ObjectNode entry, Vector vector) {
    Picture picture = vector.picture;
    entry.put("width", picture.width);
    entry.put("height", picture.height);
    entry.put("colors", picture.colors);
    entry.put("method", vector.method);
    entry.put("entry", vector.alpha ? "rgba" : "rgb");
    entry.put("colorSpace", vector.icc ? "icc" : "srgb");
    entry.put("indicesSha256", sha256(picture.indexBytes()));
    entry.put("rgbaSha256", sha256(picture.rgbaBytes()));
    if (!vector.chunks.isEmpty()) {
      ArrayNode chunks = entry.putArray("chunks");
      for (Vector.Chunk chunk : vector.chunks) {
        ObjectNode node = chunks.addObject();
        node.put("type", chunk.type());
        node.put("length", chunk.hex().length() / 2);
        node.put("sha256", sha256(HexFormat.of().parseHex(chunk.hex())));
      }
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
