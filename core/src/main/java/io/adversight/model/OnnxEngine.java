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
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The passes of a network that ONNX Runtime computes: logits, and gradients that are symbolic. For
 * several threads.
 */
final class OnnxEngine {
  private final EngineChoice choice;
  private final Shape image;
  private final LazySession forward;
  private final Optional<OnnxGradients> gradients;
  private volatile Optional<String> refusal;

  /**
   * The passes of a graph from pixels to logits.
   *
   * @param image shape (1, C, H, W)
   * @param device that holds the constants; on a graphics card libtorch computes every pass
   * @param lasting whether the network serves so many passes that gradients are worth a session of
   *     their own
   */
  OnnxEngine(
      EngineChoice choice, Shape image, Device device, Supplier<Graph> graph, boolean lasting) {
    this.choice = choice;
    this.image = image;
    this.forward = new LazySession(() -> file(graph.get()));
    this.gradients = lasting ? Optional.of(new OnnxGradients(image, graph)) : Optional.empty();
    this.refusal =
        device.equals(Device.CPU) ? Optional.empty() : Optional.of("it computes on the processor");
  }

  private byte[] file(Graph whole) {
    LazySession.ensureFits(whole);
    return OnnxWriter.write(whole, image);
  }

  EngineChoice choice() {
    return choice;
  }

  /**
   * The logits of pixels, (N, C, H, W); empty where libtorch computes them.
   *
   * @throws InputException if ONNX Runtime was chosen and does not take the network
   */
  Optional<Tensor> logits(Tensor pixels) {
    if (!takes(pixels)) {
      return Optional.empty();
    }
    return forward
        .run(session -> session.run(pixels))
        .map(output -> output.rank() == 2 ? output : output.reshape(output.size(0), -1));
  }

  /**
   * One pass that computes an objective and its gradients with respect to some places; empty where
   * a recorded pass of libtorch does.
   *
   * @throws InputException if ONNX Runtime was chosen and does not take the network
   */
  Optional<GradientPass> gradients(
      Tensor pixels, SymbolicObjective objective, Collection<String> places) {
    return takes(pixels)
        ? gradients.flatMap(known -> known.of(pixels, objective, places))
        : Optional.empty();
  }

  /** Whether gradients are computed here, unless one turns out not to be symbolic. */
  boolean computesGradients() {
    return gradients.isPresent() && gradients.get().refusal().isEmpty() && isUsed();
  }

  private boolean takes(Tensor pixels) {
    return isUsed() && !pixels.isRecorded() && !pixels.isDouble() && fits(pixels.shape());
  }

  private boolean fits(Shape pixels) {
    return pixels.rank() == image.rank()
        && pixels.size(1) == image.size(1)
        && pixels.size(2) == image.size(2)
        && pixels.size(3) == image.size(3);
  }

  /** Whether ONNX Runtime computes passes; opens the session to find out. */
  boolean isUsed() {
    if (choice == EngineChoice.LIBTORCH) {
      return false;
    }
    if (refusal.isEmpty() && !forward.isOpen()) {
      try {
        forward.open();
      } catch (IllegalArgumentException | TensorException e) {
        refusal = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    if (refusal.isPresent() && choice == EngineChoice.ONNXRUNTIME) {
      throw new InputException(
          "ONNX Runtime does not take this network: %s; use --engine libtorch or auto"
              .formatted(refusal.get()));
    }
    return refusal.isEmpty();
  }

  /** What computes passes, with versions; opens the session to find out. */
  String engine() {
    if (!isUsed()) {
      return refusal.isEmpty()
          ? Engine.version()
          : "%s (not ONNX Runtime: %s)".formatted(Engine.version(), refusal.get());
    }
    String libtorch = InferenceSession.VERSION + ", gradients " + Engine.version();
    if (gradients.isEmpty()) {
      return libtorch;
    }
    return gradients
        .get()
        .refusal()
        .map(reason -> "%s (%s)".formatted(libtorch, reason))
        .orElse(
            "%s (%s for gradients that are not symbolic)"
                .formatted(InferenceSession.VERSION, Engine.version()));
  }

  /** Frees the sessions; a later pass opens them again. */
  void close() {
    forward.close();
    gradients.ifPresent(OnnxGradients::close);
  }
}
