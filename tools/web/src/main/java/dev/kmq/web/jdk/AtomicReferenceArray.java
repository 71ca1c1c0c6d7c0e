package dev.kmq.web.jdk;

import org.jspecify.annotations.Nullable;

/** {@link java.util.concurrent.atomic.AtomicReferenceArray} where there is one thread. */
public final class AtomicReferenceArray<E> {
  private final Object[] values;

  public AtomicReferenceArray(int length) {
    this.values = new Object[length];
  }

  @SuppressWarnings("unchecked")
  public @Nullable E get(int i) {
    return (E) values[i];
  }

  public void set(int i, E value) {
    values[i] = value;
  }

  public boolean compareAndSet(int i, @Nullable E expected, E value) {
    boolean equal = values[i] == expected;
    if (equal) {
      values[i] = value;
    }
    return equal;
  }
}
