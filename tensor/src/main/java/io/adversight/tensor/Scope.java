package io.adversight.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * A block of work: the tensors made inside it are freed when it closes, except those kept.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   Tensor y = x.mul(2).exp();
 *   return scope.keep(y); // y now belongs to the surrounding scope
 * }
 * }</pre>
 *
 * <p>Scopes nest per thread. A tensor made outside any scope, or kept by the outermost one, lives
 * until it is unreachable or closed.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

  private final PointerScope pointers;
  private final @Nullable Scope outer;

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
    this.pointers = new PointerScope();
  }

  /** Opens a scope on this thread; close it on the same thread, innermost first. */
  public static Scope open() {
    Engine.start();
    Deque<Scope> open = OPEN.get();
    Scope scope = new Scope(open.peek());
    open.push(scope);
    return scope;
  }

  /** Hands {@code tensor} to the surrounding scope, so that it outlives this one; returns it. */
  public Tensor keep(Tensor tensor) {
    // Leaving a scope gives up a reference, and the last one frees: take the new one first.
    if (outer != null) {
      outer.pointers.attach(tensor.handle());
    } else {
      tensor.handle().retainReference();
    }
    pointers.detach(tensor.handle());
    return tensor;
  }

  /** The innermost open scope of this thread, if there is one. */
  public static Optional<Scope> current() {
    return Optional.ofNullable(OPEN.get().peek());
  }

  /** Takes a tensor over from the innermost scope of this thread; returns it. */
  public Tensor adopt(Tensor tensor) {
    Scope innermost = OPEN.get().peek();
    if (innermost != null && innermost != this) {
      pointers.attach(tensor.handle());
      innermost.pointers.detach(tensor.handle());
    }
    return tensor;
  }

  /** Keeps {@code next} and frees {@code previous}: one step of a loop that carries a tensor. */
  public Tensor replace(Tensor previous, Tensor next) {
    keep(next);
    previous.close();
    return next;
  }

  /** Ties {@code tensor} to no scope: it lives until it is unreachable or closed; returns it. */
  public Tensor release(Tensor tensor) {
    tensor.handle().retainReference();
    pointers.detach(tensor.handle());
    return tensor;
  }

  @Override
  public void close() {
    Deque<Scope> open = OPEN.get();
    if (open.peek() != this) {
      throw new IllegalStateException("scopes must be closed innermost first, on their own thread");
    }
    open.pop();
    pointers.close();
  }
}
