package dev.kmq.imageio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls each listener registered at the time of an event once, even if a listener adds or removes
 * others. The loops of {@code ImageReader} and {@code ImageWriter} themselves fail in that case.
 */
final class Listeners {
  private Listeners() {}

  /** Notifies listeners of an event; null stands for no listener. */
  static <L> void tell(@Nullable List<L> listeners, Consumer<L> event) {
    if (listeners != null) {
      new ArrayList<>(listeners).forEach(event);
    }
  }

  /**
   * Notifies listeners of a warning, each in its language.
   *
   * @param locales one per listener, null for the application's language
   * @param key of the message
   */
  static <L> void warn(
      @Nullable List<L> listeners,
      @Nullable List<Locale> locales,
      String key,
      BiConsumer<L, String> event) {
    if (listeners == null || locales == null) {
      return;
    }
    List<L> notified = new ArrayList<>(listeners);
    List<Locale> languages = new ArrayList<>(locales);
    for (int i = 0; i < notified.size(); i++) {
      event.accept(notified.get(i), Messages.get(key, languages.get(i)));
    }
  }
}
