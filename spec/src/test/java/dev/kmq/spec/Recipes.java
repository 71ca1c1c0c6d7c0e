package dev.kmq.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All recipes of a folder; {@code recipes/README.md} describes their lines. */
final class Recipes {
  private final Map<String, Vector> vectors = new LinkedHashMap<>();
  private final Map<String, String> untested = new TreeMap<>();

  private Recipes() {}

  static Recipes read(Path folder) throws IOException {
    Recipes recipes = new Recipes();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(p -> p.toString().endsWith(".txt")).sorted().forEach(files::add);
    }
    for (Path file : files) {
      recipes.readFile(file);
    }
    return recipes;
  }

  private void readFile(Path path) throws IOException {
    Recipe recipe = null;
    int number = 0;
    for (String line : Files.readAllLines(path)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length == 2 ? words[1] : "";
        if (words[0].equals("untested")) {
          String[] rule = rest.split("\\s+", 2);
          untested.put(rule[0], rule[1]);
        } else if (words[0].equals("file")) {
          finish(recipe);
          recipe = new Recipe(rest, vectors);
        } else if (recipe == null) {
          throw new IllegalArgumentException("no file yet");
        } else {
          recipe.line(words[0], rest);
        }
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(path + ", line " + number + ": " + line, e);
      }
    }
    finish(recipe);
  }

  private void finish(@Nullable Recipe recipe) {
    if (recipe != null) {
      Vector vector = recipe.finish();
      if (vectors.put(vector.file, vector) != null) {
        throw new IllegalArgumentException(vector.file + " has two recipes");
      }
    }
  }

  /** By file name, in the order of the recipes. */
  Map<String, Vector> vectors() {
    return vectors;
  }

  /** Rules that no vector tests, with the reason why. */
  Map<String, String> untested() {
    return untested;
  }
}
