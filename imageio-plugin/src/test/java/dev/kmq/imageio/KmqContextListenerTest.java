package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the listener does where it should do nothing, and where another plugin is damaged. */
final class KmqContextListenerTest {
  @TempDir Path folder;

  /** Calls of the servlet context, without those that ask for its class loader. */
  private final List<Object> calls = new ArrayList<>();

  /** A context, as seen by classes of {@code types}, of an application with {@code loader}. */
  private Object context(ClassLoader types, ClassLoader loader) throws Exception {
    return Proxy.newProxyInstance(
        types,
        new Class<?>[] {types.loadClass(ServletContext.class.getName())},
        (proxy, method, arguments) -> {
          if (method.getName().equals("getClassLoader")) {
            return loader;
          }
          calls.add(method.getName());
          calls.add(arguments[arguments.length - 1]);
          return null;
        });
  }

  private static boolean isRegistered() {
    return ImageIO.getImageReadersByFormatName("kmq").hasNext();
  }

  @Test
  void aPluginThatIsSharedStaysRegistered() throws Exception {
    ClassLoader shared = getClass().getClassLoader();
    try (URLClassLoader application = new URLClassLoader(new URL[0], shared)) {
      ServletContext context = (ServletContext) context(shared, application);
      KmqContextListener listener = new KmqContextListener();
      listener.onStartup(null, context);
      assertEquals(List.of("addListener", listener), calls);
      listener.contextInitialized(new ServletContextEvent(context));
      listener.contextDestroyed(new ServletContextEvent(context));
      assertTrue(isRegistered());
    }
  }

  @Test
  void anApplicationsOwnPluginIsDeregistered() throws Exception {
    ClassLoader own = getClass().getClassLoader();
    ServletContextEvent event = new ServletContextEvent((ServletContext) context(own, own));
    KmqContextListener listener = new KmqContextListener();
    listener.contextDestroyed(event);
    try {
      assertFalse(isRegistered());
    } finally {
      listener.contextInitialized(event);
    }
    assertTrue(isRegistered());
    assertEquals(List.of(), calls);
  }

  @Test
  void aDamagedPluginIsLogged() throws Exception {
    Path services = Files.createDirectories(folder.resolve("other/META-INF/services"));
    Files.writeString(services.resolve("javax.imageio.spi.ImageReaderSpi"), "missing.Provider\n");
    List<URL> urls = new ArrayList<>();
    urls.add(folder.resolve("other").toUri().toURL());
    urls.add(Jars.location(ServletContext.class).toUri().toURL());
    for (Path jar : Jars.separate(folder)) {
      urls.add(jar.toUri().toURL());
    }
    try (URLClassLoader application =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = application.loadClass(KmqContextListener.class.getName());
      Class<?> eventType = application.loadClass(ServletContextEvent.class.getName());
      Object event = eventType.getConstructors()[0].newInstance(context(application, application));
      Object listener = type.getDeclaredConstructor().newInstance();
      type.getMethod("contextInitialized", eventType).invoke(listener, event);
      assertEquals("log", calls.get(0));
      assertInstanceOf(ServiceConfigurationError.class, calls.get(1));
      type.getMethod("contextDestroyed", eventType).invoke(listener, event);
      assertEquals(2, calls.size());
    }
    assertTrue(isRegistered());
    assertSame(
        getClass().getClassLoader(),
        ImageIO.getImageReadersByFormatName("kmq").next().getClass().getClassLoader());
  }
}
