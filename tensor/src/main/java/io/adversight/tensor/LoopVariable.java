package io.adversight.tensor;

import java.util.Optional;

/**
 * A tensor that a loop carries from step to step while each step has a scope of its own: the value
 * lives in the scope in which the holder was made, and the previous one is freed when it is
 * replaced.
 */
public final class LoopVariable implements AutoCloseable {
  private final Optional<Scope> home = Scope.current();
  private Tensor value;

  /** Holds {@code first}, which stays its owner's. */
  public LoopVariable(Tensor first) {
    value = settle(first.alias());
  }

  /** The tensor held now; valid until the next one comes. */
  public Tensor value() {
    return value;
  }

  /** Holds {@code next} and frees the previous value; returns the held one. */
  public Tensor set(Tensor next) {
    Tensor previous = value;
    value = settle(next.alias());
    previous.close();
    return value;
  }

  /** Keeps only the given rows. */
  public void keepRows(int... rows) {
    try (Scope scope = Scope.open()) {
      set(value.rows(rows));
    }
  }

  private Tensor settle(Tensor tensor) {
    if (home.isPresent()) {
      return home.get().adopt(tensor);
    }
    Scope.current().ifPresent(scope -> scope.release(tensor));
    return tensor;
  }

  @Override
  public void close() {
    value.close();
  }
}
