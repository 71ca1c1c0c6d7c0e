package dev.kmq.imageio;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.spi.IIORegistry;
import org.apache.catalina.Context;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.preventers.AppContextLeakPreventer;

/**
 * A program, in a JVM without the plugin: deploys applications one after the other, and reports on
 * each.
 */
final class ServletContainers {
  /** Kept here, since loggers that nothing refers to lose their level. */
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  /** Before Java 24 the JVM keeps the class loader of the application that uses ImageIO first. */
  private static final boolean FIRST_USER_IS_KEPT = Runtime.version().feature() < 24;

  private ServletContainers() {}

  /** An application that runs. */
  private interface Deployed {
    ClassLoader loader();

    void undeploy() throws Exception;
  }

  private interface Container {
    int start(Path folder) throws Exception;

    /** Deploys an application at the path {@code /app}. */
    Deployed deploy(Path root) throws Exception;

    void stop() throws Exception;
  }

  private static final class TomcatContainer implements Container {
    private final Tomcat tomcat = new Tomcat();

    @Override
    public int start(Path folder) throws Exception {
      tomcat.setBaseDir(folder.resolve("tomcat").toString());
      tomcat.setPort(0);
      tomcat.setAddDefaultWebXmlToWebapp(false);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      tomcat.getHost().setAppBase(folder.toString());
      if (FIRST_USER_IS_KEPT) {
        JreMemoryLeakPreventionListener preventer = new JreMemoryLeakPreventionListener();
        preventer.setClassesToInitialize("javax.imageio.ImageIO");
        tomcat.getServer().addLifecycleListener(preventer);
      }
      tomcat.start();
      return tomcat.getConnector().getLocalPort();
    }

    @Override
    public Deployed deploy(Path root) {
      Context context = tomcat.addWebapp("/app", root.toString());
      ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
      return new Deployed() {
        private final ClassLoader loader = context.getLoader().getClassLoader();

        @Override
        public ClassLoader loader() {
          return loader;
        }

        @Override
        public void undeploy() {
          tomcat.getHost().removeChild(context);
        }
      };
    }

    @Override
    public void stop() throws Exception {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static final class JettyContainer implements Container {
    private final boolean annotations;
    private final Server server = new Server();
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();

    JettyContainer(boolean annotations) {
      this.annotations = annotations;
    }

    @Override
    public int start(Path folder) throws Exception {
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(contexts);
      if (FIRST_USER_IS_KEPT) {
        server.addBean(new AppContextLeakPreventer());
      }
      server.start();
      return connector.getLocalPort();
    }

    @Override
    public Deployed deploy(Path root) throws Exception {
      WebAppContext context = new WebAppContext(root.toString(), "/app");
      if (annotations) {
        context.addConfiguration(new AnnotationConfiguration());
      }
      context.setThrowUnavailableOnStartupException(true);
      contexts.addHandler(context);
      context.start();
      ClassLoader loader = context.getClassLoader();
      return new Deployed() {
        @Override
        public ClassLoader loader() {
          return loader;
        }

        @Override
        public void undeploy() throws Exception {
          context.stop();
          contexts.removeHandler(context);
          context.destroy();
        }
      };
    }

    @Override
    public void stop() throws Exception {
      server.stop();
    }
  }

  private static List<String> providersOf(ClassLoader loader) {
    List<String> found = new ArrayList<>();
    IIORegistry registry = IIORegistry.getDefaultInstance();
    Iterator<Class<?>> categories = registry.getCategories();
    while (categories.hasNext()) {
      registry
          .getServiceProviders(categories.next(), false)
          .forEachRemaining(
              provider -> {
                if (provider.getClass().getClassLoader() == loader) {
                  found.add(provider.getClass().getSimpleName());
                }
              });
    }
    found.sort(null);
    return found;
  }

  private static String post(int port, byte[] file) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port + "/app/pixels");
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setDoOutput(true);
    // Jetty keeps the last request of a connection.
    connection.setRequestProperty("Connection", "close");
    connection.getOutputStream().write(file);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reports what an application reads, and the plugins of its class loader, at both ends. */
  private static WeakReference<ClassLoader> comeAndGo(
      Container container, int port, Path root, byte[] file) throws Exception {
    Deployed application = container.deploy(root);
    System.out.println(root.getFileName() + " reads " + post(port, file));
    ClassLoader loader = application.loader();
    System.out.println("with " + providersOf(loader));
    application.undeploy();
    System.out.println("leaves " + providersOf(loader));
    return new WeakReference<>(loader);
  }

  /**
   * Runs the program.
   *
   * @param arguments the container, a {@code .kmq} file, and the folders of applications
   */
  public static void main(String[] arguments) throws Exception {
    LOGGER.setLevel(Level.SEVERE);
    Container container =
        switch (arguments[0]) {
          case "tomcat" -> new TomcatContainer();
          case "jetty" -> new JettyContainer(true);
          default -> new JettyContainer(false);
        };
    Path picture = Path.of(arguments[1]);
    byte[] file = Files.readAllBytes(picture);
    int port = container.start(Files.createDirectories(picture.resolveSibling("server")));
    for (int i = 2; i < arguments.length; i++) {
      WeakReference<ClassLoader> gone = comeAndGo(container, port, Path.of(arguments[i]), file);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (gone.get() != null && System.nanoTime() < end) {
        System.gc();
        Thread.sleep(10);
      }
      System.out.println(gone.get() == null ? "released" : "leaked");
    }
    container.stop();
    System.exit(0);
  }
}
