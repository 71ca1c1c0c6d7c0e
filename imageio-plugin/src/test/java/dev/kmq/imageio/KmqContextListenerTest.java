package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    return isRegistered(KmqContextListenerTest.class.getClassLoader());
  }

  private static boolean isRegistered(ClassLoader loader) {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (providers.hasNext()) {
      if (providers.next().getClass().getClassLoader() == loader) {
        return true;
      }
    }
    return false;
  }

  /** The class loader of an application with jars of its own, and a folder with another plugin. */
  private URLClassLoader application(Path other) throws Exception {
    List<URL> urls = new ArrayList<>();
    urls.add(other.toUri().toURL());
    urls.add(Jars.location(ServletContext.class).toUri().toURL());
    for (Path jar : Jars.separate(folder)) {
      urls.add(jar.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Calls methods of a listener of an application. */
  private Call listener(ClassLoader application) throws Exception {
    Class<?> eventType = application.loadClass(ServletContextEvent.class.getName());
    Object event = eventType.getConstructors()[0].newInstance(context(application, application));
    Class<?> type = application.loadClass(KmqContextListener.class.getName());
    Object listener = type.getDeclaredConstructor().newInstance();
    return method -> type.getMethod(method, eventType).invoke(listener, event);
  }

  private interface Call {
    void call(String method) throws Exception;
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

  /** A program with a container in it, of which one of two contexts ends. */
  @Test
  void aPluginOnTheClassPathOfTheJvmStaysRegistered() throws Exception {
    ClassLoader own = getClass().getClassLoader();
    ServletContextEvent event = new ServletContextEvent((ServletContext) context(own, own));
    new KmqContextListener().contextDestroyed(event);
    assertTrue(isRegistered());
    assertEquals(List.of(), calls);
  }

  /** Both orders of the ends of two applications, each with jars of its own. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anApplicationDeregistersItsOwnPluginAlone(boolean firstEndsFirst) throws Exception {
    Path none = folder.resolve("none");
    try (URLClassLoader a = application(none);
        URLClassLoader b = application(none)) {
      Call first = listener(a);
      Call second = listener(b);
      first.call("contextInitialized");
      second.call("contextInitialized");
      second.call("contextInitialized");
      assertTrue(isRegistered(a) && isRegistered(b));
      (firstEndsFirst ? first : second).call("contextDestroyed");
      assertEquals(firstEndsFirst, !isRegistered(a));
      assertEquals(firstEndsFirst, isRegistered(b));
      (firstEndsFirst ? second : first).call("contextDestroyed");
      assertFalse(isRegistered(a) || isRegistered(b));
      assertEquals(List.of(), calls);
      assertTrue(isRegistered());
    }
  }

  /** A class that is not there, one that is none, and one that lacks its superclass. */
  @ParameterizedTest
  @ValueSource(strings = {"missing.Provider", "damaged.Provider", "other.Provider"})
  void aDamagedPluginIsLogged(String provider) throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path services = Files.createDirectories(other.resolve("META-INF/services"));
    Files.writeString(services.resolve("javax.imageio.spi.ImageReaderSpi"), provider + "\n");
    Path damaged = Files.createDirectories(other.resolve("damaged"));
    Files.write(damaged.resolve("Provider.class"), new byte[] {1, 2, 3, 4});
    Path source = Files.createDirectories(folder.resolve("source"));
    PagePrograms.compile(
        List.of(
            Files.writeString(source.resolve("Base.java"), "package other; public class Base {}"),
            Files.writeString(
                source.resolve("Provider.java"),
                "package other; public class Provider extends Base {}")),
        other);
    Files.delete(other.resolve("other/Base.class"));
    try (URLClassLoader application = application(other)) {
      Call listener = listener(application);
      listener.call("contextInitialized");
      assertEquals("log", calls.get(0));
      assertInstanceOf(ServiceConfigurationError.class, calls.get(1));
      assertTrue(isRegistered(application));
      listener.call("contextDestroyed");
      assertFalse(isRegistered(application));
      assertEquals(2, calls.size());
    }
    assertTrue(isRegistered());
  }
}
