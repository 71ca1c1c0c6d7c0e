package dev.kmq.picture;

import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;

/**
 * ImageIO's registry of plugins. The search for plugins on the class path takes longer than to read
 * a small image, so it is left until one may be needed.
 */
final class Plugins {
  private Plugins() {}

  /** The registry, with the JDK's plugins at least. */
  static IIORegistry ofJdk() {
    return Jdk.REGISTRY;
  }

  /** The registry, with those on the class path too. */
  static IIORegistry all() {
    return All.REGISTRY;
  }

  private static final class Jdk {
    static final IIORegistry REGISTRY = withoutClassPath();

    /** The registry searches the class path of the current thread when it is first used. */
    private static IIORegistry withoutClassPath() {
      Thread thread = Thread.currentThread();
      ClassLoader own = thread.getContextClassLoader();
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      try {
        return IIORegistry.getDefaultInstance();
      } finally {
        thread.setContextClassLoader(own);
      }
    }
  }

  private static final class All {
    static final IIORegistry REGISTRY = searched();

    private static IIORegistry searched() {
      IIORegistry registry = ofJdk();
      ImageIO.setUseCache(false); // Plugins need no temporary files.
      ImageIO.scanForPlugins();
      return registry;
    }
  }
}
