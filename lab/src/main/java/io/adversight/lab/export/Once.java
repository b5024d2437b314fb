package io.adversight.lab.export;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is computed on first access; for one thread. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }
}
