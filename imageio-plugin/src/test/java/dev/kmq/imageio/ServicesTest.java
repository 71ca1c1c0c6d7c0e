package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The class path and the module path provide the same services. */
final class ServicesTest {
  private static final String BATIK = "org.apache.batik.ext.awt.image.spi.RegistryEntry";
  private static final String SERVLET = "jakarta.servlet.ServletContainerInitializer";

  private static ModuleDescriptor descriptor() {
    return ModuleFinder.of(Jars.plugin()).find("dev.kmq.imageio").orElseThrow().descriptor();
  }

  @Test
  void servicesFilesAndModuleDescriptorAgree() throws IOException {
    Map<String, List<String>> declared = new HashMap<>();
    for (ModuleDescriptor.Provides provides : descriptor().provides()) {
      declared.put(provides.service(), provides.providers());
    }
    Map<String, List<String>> listed = new HashMap<>();
    try (Stream<Path> files = Files.list(Jars.plugin().resolve("META-INF/services"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        listed.put(
            String.valueOf(file.getFileName()),
            Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList());
      }
    }
    assertFalse(listed.isEmpty());
    // Batik reads this file by itself, and is no module that the descriptor could name a service
    // of.
    assertEquals(List.of("dev.kmq.imageio.KmqBatikEntry"), listed.remove(BATIK));
    // Applications on the module path need no listener: their plugins are there from the start.
    assertEquals(List.of("dev.kmq.imageio.KmqContextListener"), listed.remove(SERVLET));
    assertEquals(declared, listed);
  }

  /** The version of the build, which Names.VERSION repeats: a fat jar has another manifest. */
  @Test
  void providersStateTheVersionOfTheModule() {
    String version = descriptor().rawVersion().orElseThrow();
    assertEquals(version, new KmqImageReaderSpi().getVersion());
    assertEquals(version, new KmqImageWriterSpi().getVersion());
  }

  @Test
  void onlyTheCodecAndTheJdkAreNeeded() {
    Set<String> needed =
        descriptor().requires().stream()
            .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
            .map(Requires::name)
            .collect(Collectors.toSet());
    assertEquals(Set.of("dev.kmq.codec", "java.base", "java.desktop"), needed);
  }

  @Test
  void whatImageIoLoadsByNameIsExported() throws ClassNotFoundException {
    List<String> exported =
        descriptor().exports().stream().map(ModuleDescriptor.Exports::source).toList();
    for (String name :
        new String[] {
          KmqImageMetadata.FORMAT_CLASS,
          new KmqImageReaderSpi().getPluginClassName(),
          new KmqImageWriterSpi().getPluginClassName(),
          new KmqImageWriterSpi().getImageReaderSpiNames()[0],
          new KmqImageReaderSpi().getImageWriterSpiNames()[0]
        }) {
      Class<?> type = Class.forName(name);
      assertTrue(exported.contains(type.getPackageName()), name);
      assertTrue(java.lang.reflect.Modifier.isPublic(type.getModifiers()), name);
    }
  }
}
