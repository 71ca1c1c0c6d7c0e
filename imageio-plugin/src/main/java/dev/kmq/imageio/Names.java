package dev.kmq.imageio;

import dev.kmq.container.Format;

/** Names of the format for both service providers. */
final class Names {
  static final String VENDOR = "kmq";
  static final String VERSION = "0.1.0-SNAPSHOT";

  private Names() {}

  static String[] formats() {
    return new String[] {"kmq", "KMQ"};
  }

  static String[] suffixes() {
    return new String[] {Format.SUFFIX};
  }

  static String[] mediaTypes() {
    return new String[] {Format.MEDIA_TYPE};
  }
}
