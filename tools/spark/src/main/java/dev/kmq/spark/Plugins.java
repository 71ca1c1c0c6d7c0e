package dev.kmq.spark;

import javax.imageio.ImageIO;

/** The readers of image formats in this program's jar. */
final class Plugins {
  static {
    // ImageIO has looked for readers before Spark loads the jar of an application.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Plugins.class.getClassLoader());
    try {
      ImageIO.setUseCache(false);
      ImageIO.scanForPlugins();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Plugins() {}

  /** Makes them known, once a process. */
  static void load() {
    // The initialiser does it.
  }
}
