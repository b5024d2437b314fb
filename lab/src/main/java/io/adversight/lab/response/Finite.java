package io.adversight.lab.response;

import org.jspecify.annotations.Nullable;

/** Numbers as JSON has them. */
final class Finite {
  private Finite() {}

  /** The number, or null where it is none. */
  static @Nullable Double of(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
