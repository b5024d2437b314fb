package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.tensor.Engine;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Tensor;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network in ONNX Runtime, opened when first needed, and opened anew when the number of threads
 * changed or it was closed, until it is ended. For several threads.
 */
final class LazySession {
  /** Written out, a network takes three times its weights of the Java heap. */
  private static final int COPIES = 3;

  private final Supplier<byte[]> file;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable InferenceSession session;
  private boolean ended;

  /** The network of an ONNX file that is written when needed. */
  LazySession(Supplier<byte[]> file) {
    this.file = file;
  }

  /**
   * A pass, or several, while the session stays open; empty after {@link #end}.
   *
   * @throws IllegalArgumentException if the network cannot be written
   * @throws io.adversight.tensor.TensorException if ONNX Runtime refuses it, or a pass fails
   */
  <T> Optional<T> run(Function<InferenceSession, T> pass) {
    int threads = Engine.threads();
    while (true) {
      lock.readLock().lock();
      try {
        if (session != null && session.threads() == threads) {
          return Optional.of(pass.apply(session));
        }
        if (ended) {
          return Optional.empty();
        }
      } finally {
        lock.readLock().unlock();
      }
      open(threads);
    }
  }

  boolean isOpen() {
    lock.readLock().lock();
    try {
      return session != null;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Opens it, unless it is or was ended; throws what {@link #run} throws. */
  void open() {
    open(Engine.threads());
  }

  private void open(int threads) {
    lock.writeLock().lock();
    try {
      if (!ended && (session == null || session.threads() != threads)) {
        close();
        session = InferenceSession.of(file.get(), threads);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Frees the session; a later pass opens it again. */
  void close() {
    lock.writeLock().lock();
    try {
      if (session != null) {
        session.close();
        session = null;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Frees the session for good, after the passes that run in it. */
  void end() {
    lock.writeLock().lock();
    try {
      ended = true;
      close();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Checks that a graph can be written.
   *
   * @throws IllegalArgumentException if the Java heap is too small for it
   */
  static void ensureFits(Graph graph) {
    long weights = graph.constants().values().stream().mapToLong(Tensor::elements).sum();
    if (weights * Float.BYTES * COPIES > Runtime.getRuntime().maxMemory() / 2) {
      throw new IllegalArgumentException(
          "its %s million weights are too many for a Java heap of %s MB (-Xmx)"
              .formatted(weights / 1_000_000, Runtime.getRuntime().maxMemory() >> 20));
    }
  }
}
