package dev.kmq.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One conformance vector: a file, and the expected result of reading it. Filled by a recipe. */
final class Vector {
  final String file;
  String about = "";
  final List<String> rules = new ArrayList<>();

  /** Number of the reason, such as R13; empty for a valid file. */
  String reason = "";

  /** Limits that differ from the defaults of the specification, by their names in the manifest. */
  final Map<String, Long> limits = new LinkedHashMap<>();

  final List<Chunk> chunks = new ArrayList<>();
  String method = "packed";
  boolean alpha;
  boolean icc;
  Picture picture = Picture.of(1, 1, 1);

  /** The expected result of salvage. */
  final List<Integer> intactTiles = new ArrayList<>();

  boolean salvage;
  Picture salvaged = picture;

  /** Length of the image at the beginning of a file with bytes after it, otherwise 0. */
  int pictureBytes;

  byte[] bytes = {};

  Vector(String file) {
    this.file = file;
  }

  boolean valid() {
    return reason.isEmpty();
  }

  /** A chunk of the file other than {@code KPIX}. */
  record Chunk(String type, String hex) {}
}
