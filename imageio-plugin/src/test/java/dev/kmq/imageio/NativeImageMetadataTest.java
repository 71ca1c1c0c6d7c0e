package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The metadata for GraalVM's native-image names all that is reached by name. No native-image is
 * here to try it: the names are compared with what the JDK asks a class loader for.
 */
final class NativeImageMetadataTest {
  private static final String FOLDER = "META-INF/native-image/dev.kmq/kmq-imageio/";
  private static final Set<String> BY_NAME =
      Set.of(
          "forName",
          "loadClass",
          "findClass",
          "getMethod",
          "getMethods",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getField",
          "getFields",
          "getDeclaredField",
          "getDeclaredFields",
          "getConstructor",
          "getConstructors",
          "getDeclaredConstructor",
          "getDeclaredConstructors",
          "newProxyInstance",
          "getRecordComponents",
          "getResource",
          "getResources",
          "getResourceAsStream",
          "getSystemResource",
          "getBundle",
          "findVirtual",
          "findStatic",
          "findConstructor",
          "findVarHandle",
          "readObject",
          "writeObject",
          "loadLibrary",
          "load");

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(Jars.plugin().resolve(FOLDER + name).toFile());
  }

  /** Condition, class and methods, a line for each class. */
  private static List<String> types(JsonNode entries, String nameField, String condition) {
    List<String> types = new ArrayList<>();
    for (JsonNode entry : entries) {
      types.add(
          entry.path("condition").path(condition).asText()
              + " "
              + entry.get(nameField).asText()
              + entry.get("methods"));
    }
    return types;
  }

  private static List<String> texts(JsonNode entries, String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.has(field)) {
        texts.add(entry.get(field).asText());
      }
    }
    return texts;
  }

  @Test
  void bothFormatsSayTheSame() throws IOException {
    JsonNode now = json("reachability-metadata.json");
    JsonNode before = json("resource-config.json");
    assertEquals(
        types(now.get("reflection"), "type", "typeReached"),
        types(json("reflect-config.json"), "name", "typeReachable"));
    assertEquals(texts(now.get("resources"), "bundle"), texts(before.get("bundles"), "name"));
    List<String> patterns =
        texts(now.get("resources"), "glob").stream()
            .map(glob -> glob.replace(".", "\\.").replace("*", "[^/]*"))
            .toList();
    assertEquals(patterns, texts(before.at("/resources/includes"), "pattern"));
  }

  @Test
  void whatIsListedExists() throws Exception {
    for (JsonNode entry : json("reflect-config.json")) {
      assertNotNull(Class.forName(entry.at("/condition/typeReachable").asText("java.lang.Object")));
      Class<?> type = Class.forName(entry.get("name").asText());
      for (JsonNode method : entry.get("methods")) {
        assertEquals(0, method.get("parameterTypes").size());
        String name = method.get("name").asText();
        assertNotNull(name.equals("<init>") ? type.getConstructor() : type.getMethod(name));
      }
    }
    Set<String> files = files();
    JsonNode resources = json("resource-config.json");
    for (JsonNode bundle : resources.get("bundles")) {
      String name = bundle.get("name").asText();
      Set<String> localized = new TreeSet<>();
      for (JsonNode locale : bundle.get("locales")) {
        String language = locale.asText();
        localized.add(name.replace('.', '/') + (language.isEmpty() ? "" : "_" + language));
        assertNotNull(ResourceBundle.getBundle(name, Locale.forLanguageTag(language)));
      }
      Set<String> stored = new TreeSet<>();
      for (String file : files) {
        if (file.matches(Pattern.quote(name.replace('.', '/')) + "(_.*)?\\.properties")) {
          stored.add(file.substring(0, file.lastIndexOf('.')));
        }
      }
      assertEquals(stored, localized);
    }
    for (String pattern : texts(resources.at("/resources/includes"), "pattern")) {
      assertTrue(files.stream().anyMatch(file -> file.matches(pattern)), pattern);
    }
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(Jars.plugin())) {
      Set<String> names = new TreeSet<>();
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        names.add(Jars.plugin().relativize(file).toString().replace('\\', '/'));
      }
      return names;
    }
  }

  /** Whether it was asked for in the recorded run or not. */
  @Test
  void bundlesAndServicesAreListed() throws IOException {
    Set<String> resources = files();
    resources.removeIf(
        file -> !file.matches(".*\\.properties|META-INF/services/(javax\\.imageio|org.*batik).*"));
    assertEquals(7, resources.size());
    assertListed(resources);
  }

  private static void assertListed(Set<String> resources) throws IOException {
    List<Pattern> listed =
        texts(json("resource-config.json").at("/resources/includes"), "pattern").stream()
            .map(Pattern::compile)
            .toList();
    for (String resource : resources) {
      assertTrue(listed.stream().anyMatch(p -> p.matcher(resource).matches()), resource);
    }
  }

  @Test
  void whatTheJdkAsksForIsListed() throws Exception {
    RecordingLoader loader =
        new RecordingLoader(
            new URL[] {Jars.codec().toUri().toURL(), Jars.plugin().toUri().toURL()},
            getClass().getClassLoader());
    Class<?> program = loader.loadClass(RecordedProgram.class.getName());
    program.getMethod("run", ClassLoader.class).invoke(null, loader);
    Set<String> types =
        new TreeSet<>(texts(json("reachability-metadata.json").get("reflection"), "type"));
    types.remove(KmqBatikEntry.class.getName());
    assertEquals(types, loader.types(), "classes by name");
    Set<String> bundles = new TreeSet<>(files());
    bundles.removeIf(file -> !file.endsWith(".properties"));
    assertTrue(loader.resources().containsAll(bundles), loader.resources()::toString);
    assertListed(loader.resources());
  }

  /** The code itself asks for nothing by name but its bundle of messages. */
  @Test
  void thePluginAndTheCodecAskForNothingElse() {
    Set<String> callers = new TreeSet<>();
    for (JavaClass type : new ClassFileImporter().importPaths(Jars.codec(), Jars.plugin())) {
      for (JavaCall<?> call : type.getCodeUnitCallsFromSelf()) {
        String owner = call.getTargetOwner().getName();
        if (!owner.startsWith("dev.kmq") && BY_NAME.contains(call.getTarget().getName())) {
          callers.add(type.getName() + " " + owner + "." + call.getTarget().getName());
        }
      }
    }
    assertEquals(
        Set.of(
            "dev.kmq.imageio.Messages java.util.ResourceBundle.getBundle",
            // Providers of ImageIO, whose files of services are listed.
            "dev.kmq.imageio.KmqRegistration java.util.ServiceLoader.load"),
        callers);
  }
}
