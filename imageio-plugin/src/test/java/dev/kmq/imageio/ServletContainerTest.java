package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tomcat with the plugin in {@code WEB-INF/lib} of applications. */
final class ServletContainerTest {
  private static final BufferedImage PICTURE =
      Pictures.noise(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), 4, 2);

  /** Kept here, since loggers that nothing refers to lose their level. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  @TempDir Path folder;

  @BeforeAll
  static void logOnlyErrors() {
    TOMCAT.setLevel(Level.SEVERE);
  }

  /** An application with the plugin's jars and a servlet, and with the listener of the page. */
  private Path application(String name, boolean listener) throws Exception {
    Path root = Files.createDirectories(folder.resolve(name));
    Jars.separate(Files.createDirectories(root.resolve("WEB-INF/lib")));
    Path classes = root.resolve("WEB-INF/classes");
    Path servlet = Path.of(getClass().getResource("/application/app/Pixels.java").toURI());
    PagePrograms.compile(List.of(servlet), classes);
    if (listener) {
      try (Recipes recipes = new Recipes(folder)) {
        Files.copy(
            recipes.classes().resolve("ImagePlugins.class"), classes.resolve("ImagePlugins.class"));
      }
    }
    return root;
  }

  private static Context deploy(Tomcat tomcat, String name, Path root) {
    Context context = tomcat.addWebapp("/" + name, root.toString());
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    return context;
  }

  private static String post(Tomcat tomcat, String name) throws Exception {
    URI address =
        URI.create(
            "http://127.0.0.1:%d/%s/pixels".formatted(tomcat.getConnector().getLocalPort(), name));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .POST(HttpRequest.BodyPublishers.ofByteArray(Pictures.write(PICTURE, null)))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static Set<ClassLoader> loadersOfProviders() {
    Set<ClassLoader> loaders = new HashSet<>();
    for (Class<?> category : List.of(ImageReaderSpi.class, ImageWriterSpi.class)) {
      Iterator<?> providers = IIORegistry.getDefaultInstance().getServiceProviders(category, false);
      providers.forEachRemaining(provider -> loaders.add(provider.getClass().getClassLoader()));
    }
    return loaders;
  }

  @Test
  void theListenerScansAndDeregisters() throws Exception {
    Set<ClassLoader> before = loadersOfProviders();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setPort(0);
    tomcat.setAddDefaultWebXmlToWebapp(false);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getHost().setAppBase(folder.toString());
    deploy(tomcat, "plain", application("plain", false));
    Context listening = deploy(tomcat, "listening", application("listening", true));
    try {
      tomcat.start();
      int[] argb = PICTURE.getRGB(0, 0, 60, 40, null, 0, 60);
      assertEquals("no reader", post(tomcat, "plain"));
      assertEquals(String.valueOf(Arrays.hashCode(argb)), post(tomcat, "listening"));
      ClassLoader own = listening.getLoader().getClassLoader();
      Set<ClassLoader> during = new HashSet<>(before);
      during.add(own);
      assertEquals(during, loadersOfProviders());
      listening.stop();
      assertEquals(before, loadersOfProviders());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }
}
