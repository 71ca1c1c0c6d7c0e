package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codec and plugin as bundles of Apache Felix, in a JVM without them on its class path. */
final class OsgiTest {
  @TempDir Path folder;

  @Test
  void theBundleRegistersThePluginWhileItIsActive() throws Exception {
    List<Path> bundles = Jars.separate(folder);
    Path application = Jars.bundle(folder.resolve("application.jar"), "app", application());
    Path host = folder.resolve("host");
    PagePrograms.compile(List.of(source("Host.java")), host);
    String output =
        PlainApplicationTest.run(
            "-cp",
            Jars.location(FrameworkFactory.class) + File.pathSeparator + host,
            "app.Host",
            folder.resolve("storage").toString(),
            bundles.get(0).toString(),
            bundles.get(1).toString(),
            application.toString(),
            folder.resolve("image.kmq").toString());
    List<String> expected = new ArrayList<>();
    expected.add("installed: 0 providers, no writer");
    expected.add("started: 2 providers, works");
    exports(Jars.codec(), "dev.kmq.codec").forEach(expected::add);
    exports(Jars.plugin(), "dev.kmq.imageio").forEach(expected::add);
    expected.add("stopped: 0 providers, no writer");
    expected.add("restarted: 2 providers, works");
    expected.add("updated: 2 providers, works");
    expected.add("uninstalled: 0 providers, no writer");
    assertEquals(
        String.join("\n", expected),
        String.join(
            "\n",
            output
                .lines()
                // What the application prints, and the JVM of Felix on new versions of Java.
                .filter(line -> !line.equals("as it was") && !line.startsWith("WARNING: "))
                .toList()));
  }

  /** What a module exports, with the numbers of its version, as the host prints it. */
  private static Stream<String> exports(Path module, String name) {
    ModuleDescriptor descriptor = ModuleFinder.of(module).find(name).orElseThrow().descriptor();
    String version = descriptor.rawVersion().orElseThrow().replaceFirst("-.*", "");
    assertTrue(version.matches("\\d+\\.\\d+\\.\\d+"), version);
    return descriptor.exports().stream()
        .map(ModuleDescriptor.Exports::source)
        .sorted()
        .map(exported -> name + " exports " + exported + " " + version);
  }

  private Path application() throws Exception {
    Path classes = folder.resolve("application");
    PagePrograms.compile(List.of(source("Main.java")), classes);
    return classes;
  }

  private static Path source(String name) throws Exception {
    return Path.of(OsgiTest.class.getResource("/application/app/" + name).toURI());
  }
}
