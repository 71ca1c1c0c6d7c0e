package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Recipes, files and manifest agree byte for byte. With the system property {@code
 * kmq.vectors.write} the files and the manifest are written from the recipes first.
 */
class VectorFilesTest {
  private static final Path MANIFEST = Specification.VECTORS.resolve("manifest.json");

  private final Recipes recipes;
  private final String manifest;

  VectorFilesTest() throws IOException {
    recipes = Recipes.read(Specification.VECTORS.resolve("recipes"));
    manifest = Manifest.of(recipes, Specification.read().reasons());
    if (Boolean.getBoolean("kmq.vectors.write")) {
      write();
    }
  }

  private void write() throws IOException {
    for (Vector vector : recipes.vectors().values()) {
      Path file = Specification.VECTORS.resolve(vector.file);
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, vector.bytes);
    }
    Files.writeString(MANIFEST, manifest);
  }

  @Test
  void everyFileIsWhatItsRecipeMakes() throws IOException {
    for (Vector vector : recipes.vectors().values()) {
      assertArrayEquals(
          Files.readAllBytes(Specification.VECTORS.resolve(vector.file)),
          vector.bytes,
          vector.file);
    }
  }

  @Test
  void noFileIsWithoutRecipe() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String folder : new String[] {"valid", "invalid"}) {
      try (Stream<Path> files = Files.list(Specification.VECTORS.resolve(folder))) {
        found.addAll(files.map(f -> folder + "/" + f.getFileName()).collect(Collectors.toSet()));
      }
    }
    assertEquals(new TreeSet<>(recipes.vectors().keySet()), found);
  }

  @Test
  void theManifestIsThatOfTheRecipes() throws IOException {
    assertEquals(manifest, Files.readString(MANIFEST));
  }

  @Test
  void filesAreWhereTheyBelong() {
    for (Vector vector : recipes.vectors().values()) {
      assertEquals(vector.valid(), vector.file.startsWith("valid/"), vector.file);
      assertFalse(vector.about.isEmpty() || vector.rules.isEmpty(), vector.file);
      assertTrue(vector.bytes.length < 4096 || vector.picture.colors >= 1000, vector.file);
    }
  }
}
