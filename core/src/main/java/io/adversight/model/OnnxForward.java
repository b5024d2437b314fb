package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.input.InputException;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.tensor.TensorException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The passes of a network that need no gradient, in ONNX Runtime: one session, opened when first
 * needed, and opened anew when the number of threads changed or it was closed. For several threads.
 */
final class OnnxForward {
  /** Written out, a network takes three times its weights of the Java heap. */
  private static final int COPIES = 3;

  private static final int FLOAT_BYTES = Float.BYTES;

  private final ForwardEngine choice;
  private final Shape image;
  private final Supplier<Graph> graph;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable InferenceSession session;
  private Optional<String> refusal;

  /**
   * The passes of a graph from pixels to logits.
   *
   * @param image shape (1, C, H, W)
   * @param device that holds the constants; on a graphics card libtorch computes every pass
   */
  OnnxForward(ForwardEngine choice, Shape image, Device device, Supplier<Graph> graph) {
    this.choice = choice;
    this.image = image;
    this.graph = graph;
    this.refusal =
        device.equals(Device.CPU) ? Optional.empty() : Optional.of("it computes on the processor");
  }

  ForwardEngine choice() {
    return choice;
  }

  /**
   * The logits of pixels, (N, C, H, W); empty where libtorch computes them.
   *
   * @throws InputException if ONNX Runtime was chosen and does not take the network
   */
  Optional<Tensor> logits(Tensor pixels) {
    if (!isUsed() || pixels.isRecorded() || pixels.isDouble() || !fits(pixels.shape())) {
      return Optional.empty();
    }
    Tensor output = run(pixels);
    return Optional.of(output.rank() == 2 ? output : output.reshape(output.size(0), -1));
  }

  private boolean fits(Shape pixels) {
    return pixels.rank() == image.rank()
        && pixels.size(1) == image.size(1)
        && pixels.size(2) == image.size(2)
        && pixels.size(3) == image.size(3);
  }

  private Tensor run(Tensor pixels) {
    int threads = Engine.threads();
    while (true) {
      lock.readLock().lock();
      try {
        if (session != null && session.threads() == threads) {
          return session.run(pixels);
        }
      } finally {
        lock.readLock().unlock();
      }
      open(threads);
    }
  }

  /** Whether ONNX Runtime computes passes without gradients; opens the session to find out. */
  boolean isUsed() {
    if (choice == ForwardEngine.LIBTORCH) {
      return false;
    }
    lock.readLock().lock();
    try {
      if (session != null || refusal.isPresent()) {
        return session != null || !isRefused();
      }
    } finally {
      lock.readLock().unlock();
    }
    open(Engine.threads());
    return !isRefused();
  }

  private boolean isRefused() {
    if (refusal.isPresent() && choice == ForwardEngine.ONNXRUNTIME) {
      throw new InputException(
          "ONNX Runtime does not take this network: %s; use --engine libtorch or auto"
              .formatted(refusal.get()));
    }
    return refusal.isPresent();
  }

  private void open(int threads) {
    lock.writeLock().lock();
    try {
      if (refusal.isPresent() || (session != null && session.threads() == threads)) {
        return;
      }
      close();
      session = InferenceSession.of(network(), threads);
    } catch (IllegalArgumentException | TensorException e) {
      refusal = Optional.of(String.valueOf(e.getMessage()));
    } finally {
      lock.writeLock().unlock();
    }
  }

  private byte[] network() {
    Graph whole = graph.get();
    long weights = whole.constants().values().stream().mapToLong(Tensor::elements).sum();
    if (weights * FLOAT_BYTES * COPIES > Runtime.getRuntime().maxMemory() / 2) {
      throw new IllegalArgumentException(
          "its %s million weights are too many for a Java heap of %s MB (-Xmx)"
              .formatted(weights / 1_000_000, Runtime.getRuntime().maxMemory() >> 20));
    }
    return OnnxWriter.write(whole, image);
  }

  /** What computes passes, with versions; opens the session to find out. */
  String engine() {
    if (isUsed()) {
      return InferenceSession.VERSION + ", gradients " + Engine.VERSION;
    }
    return refusal.isEmpty()
        ? Engine.VERSION
        : "%s (not ONNX Runtime: %s)".formatted(Engine.VERSION, refusal.get());
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
}
