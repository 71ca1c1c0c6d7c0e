package dev.kmq.imageio;

import dev.kmq.container.Limits;

/** Settings of all readers and writers, from system properties. */
final class Settings {
  private Settings() {}

  static long maxPixels() {
    return Math.max(0, Long.getLong("dev.kmq.maxPixels", Limits.defaults().maxPixels()));
  }

  static long maxRasterBytes() {
    return Math.max(0, Long.getLong("dev.kmq.maxRasterBytes", Limits.defaults().maxRasterBytes()));
  }

  static long maxWork() {
    return Math.max(0, Long.getLong("dev.kmq.maxWork", Limits.defaults().maxWork()));
  }

  static int threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return Math.max(1, Integer.getInteger("dev.kmq.threads", processors));
  }
}
