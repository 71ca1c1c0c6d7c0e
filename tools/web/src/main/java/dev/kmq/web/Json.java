package dev.kmq.web;

import org.jspecify.annotations.Nullable;

/** Builds JSON text; commas are placed by it. */
final class Json {
  private final StringBuilder text = new StringBuilder();
  private boolean first = true;

  /** Opens an object or array: one of the characters <code>{</code> and {@code [}. */
  Json open(char bracket) {
    comma();
    text.append(bracket);
    first = true;
    return this;
  }

  /** Closes an object or array. */
  Json close(char bracket) {
    text.append(bracket);
    first = false;
    return this;
  }

  /** Begins a member of an object; its value follows. */
  Json name(String name) {
    comma();
    string(name);
    text.append(':');
    first = true;
    return this;
  }

  /** A text, or null. */
  Json value(@Nullable String value) {
    comma();
    if (value == null) {
      text.append("null");
    } else {
      string(value);
    }
    return this;
  }

  Json value(boolean value) {
    comma();
    text.append(value);
    return this;
  }

  /** A number; JSON has none that is not finite, which become null. */
  Json value(double value) {
    comma();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      text.append("null");
    } else if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      text.append((long) value);
    } else {
      text.append(value);
    }
    return this;
  }

  Json member(String name, @Nullable String value) {
    return name(name).value(value);
  }

  Json member(String name, double value) {
    return name(name).value(value);
  }

  Json member(String name, boolean value) {
    return name(name).value(value);
  }

  private void comma() {
    if (!first) {
      text.append(',');
    }
    first = false;
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20) {
        text.append("\\u00").append(Character.forDigit(c >> 4, 16));
        text.append(Character.forDigit(c & 15, 16));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
