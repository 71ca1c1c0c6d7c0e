package dev.kmq.imageio;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * Registers the ImageIO plugins of an application that ends before the JVM, such as a web
 * application or a plugin of a larger program. {@code ImageIO} searches for plugins once per JVM.
 * It keeps the plugins that it finds, and with them their class loader.
 *
 * <p>{@link KmqContextListener} calls this class in servlet containers.
 */
public final class KmqRegistration {
  private static final ClassLoader OWN = KmqRegistration.class.getClassLoader();

  private KmqRegistration() {}

  /**
   * Registers all ImageIO plugins of the class loader that has loaded this one. Does nothing if
   * {@code ImageIO} already knows this one, as it does if the jars are on the class path of the
   * JVM.
   *
   * @throws ServiceConfigurationError if another plugin cannot be loaded; this one is registered
   *     nevertheless, unless the other one is on the class path of the JVM
   */
  public static void register() {
    try {
      IIORegistry registry = registry();
      if (registry.getServiceProviderByClass(KmqImageReaderSpi.class) == null) {
        registry.registerServiceProvider(new KmqImageReaderSpi(), ImageReaderSpi.class);
        registry.registerServiceProvider(new KmqImageWriterSpi(), ImageWriterSpi.class);
        registry.getCategories().forEachRemaining(category -> register(registry, category));
      }
    } catch (LinkageError e) {
      // Of a class that is too new or lacks another one; ServiceLoader does not wrap it.
      throw new ServiceConfigurationError("a plugin cannot be loaded: " + e, e);
    }
  }

  /**
   * Registers the providers of a category. {@code ImageIO.scanForPlugins} would register those of
   * others again as well, and keep with each a reference to the classes that called it.
   */
  private static <T> void register(IIORegistry registry, Class<T> category) {
    ServiceLoader.load(category, OWN).stream()
        .filter(provider -> provider.type().getClassLoader() == OWN)
        .forEach(provider -> registry.registerServiceProvider(provider.get(), category));
  }

  /** Deregisters all ImageIO plugins of the class loader that has loaded this one. */
  public static void deregister() {
    IIORegistry registry = registry();
    registry.getCategories().forEachRemaining(category -> deregister(registry, category));
  }

  private static void deregister(IIORegistry registry, Class<?> category) {
    List<Object> providers = new ArrayList<>();
    registry.getServiceProviders(category, false).forEachRemaining(providers::add);
    providers.removeIf(provider -> provider.getClass().getClassLoader() != OWN);
    providers.forEach(registry::deregisterServiceProvider);
  }

  /**
   * ImageIO's registry. What is created with it keeps the thread's class loader for ever, which
   * must not be that of an application.
   */
  private static IIORegistry registry() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return IIORegistry.getDefaultInstance();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
