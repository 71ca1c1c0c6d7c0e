package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metadata into which elements of a tree are merged one by one, each in constant time. */
final class MergedFacts {
  private @Nullable Method method;
  private @Nullable Tiling tiling;
  private @Nullable Palette palette;

  /**
   * Chunks by a unique key, in the order in which they are written. Keys are strings because these
   * are comparable, so that a map finds keys of equal hash codes fast.
   */
  private final Map<String, Chunk> chunks = new LinkedHashMap<>();

  /** Keys of the only text of a keyword. */
  private final Map<String, String> onlyTexts = new HashMap<>();

  MergedFacts(PictureFacts facts) {
    method = facts.method();
    tiling = facts.tiling();
    palette = facts.palette();
    facts.chunks().forEach(this::add);
  }

  PictureFacts facts() {
    return new PictureFacts(method, tiling, palette, List.copyOf(chunks.values()));
  }

  void setHeader(@Nullable Method newMethod, @Nullable Tiling newTiling) {
    method = newMethod;
    tiling = newTiling;
  }

  @Nullable Palette palette() {
    return palette;
  }

  void setPalette(Palette value) {
    palette = value;
  }

  /** The profile, the resolution or Exif. */
  @Nullable Chunk chunk(String type) {
    return chunks.get(type);
  }

  /**
   * Adds a chunk unless it is present; a profile, resolution, Exif or palette of the same name
   * replaces the old one in place.
   */
  void add(Chunk chunk) {
    chunks.put(key(chunk), chunk);
  }

  private static String key(Chunk chunk) {
    return switch (chunk.type()) {
      case Chunk.ICCP, Chunk.PHYS, Chunk.EXIF -> chunk.type();
      case Chunk.PALETTE -> chunk.type() + chunk.paletteName();
      default -> chunk.type() + new String(chunk.data(), StandardCharsets.ISO_8859_1);
    };
  }

  /** Replaces all texts of a keyword with one. */
  void setOnlyText(String keyword, Chunk text) {
    String known = onlyTexts.get(keyword);
    if (known == null) {
      chunks.values().removeIf(chunk -> PictureFacts.isText(chunk, keyword));
    } else {
      chunks.remove(known);
    }
    String key = key(text);
    onlyTexts.put(keyword, key);
    chunks.put(key, text);
  }
}
