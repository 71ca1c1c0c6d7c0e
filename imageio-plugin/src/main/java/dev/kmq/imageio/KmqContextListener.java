package dev.kmq.imageio;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the ImageIO plugins in {@code WEB-INF/lib} when a web application starts, and
 * deregisters them when it stops.
 *
 * <p>Servlet containers find this class automatically. Only those that do not search jars need an
 * entry in {@code web.xml}:
 *
 * <pre>{@code
 * <listener><listener-class>dev.kmq.imageio.KmqContextListener</listener-class></listener>
 * }</pre>
 *
 * <p>Applications without servlets never load this class.
 */
public final class KmqContextListener
    implements ServletContainerInitializer, ServletContextListener {
  /** Does nothing: containers create listeners. */
  public KmqContextListener() {}

  /** Adds this listener to an application. */
  @Override
  public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
    context.addListener(this);
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      KmqRegistration.register();
    } catch (ServiceConfigurationError e) {
      // The application may not need that plugin, and starts without it.
      event.getServletContext().log("ImageIO cannot load a plugin", e);
    }
  }

  /**
   * Deregisters the plugins of the application, but none that it shares with others. Those on the
   * class path of the JVM, as in a program with an embedded container, stay registered.
   */
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    ClassLoader own = getClass().getClassLoader();
    if (own == event.getServletContext().getClassLoader()
        && own != ClassLoader.getSystemClassLoader()) {
      KmqRegistration.deregister();
    }
  }
}
