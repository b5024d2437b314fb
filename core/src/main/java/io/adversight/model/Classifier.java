package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Layer;
import io.adversight.home.DataHome;
import io.adversight.input.UnknownNameException;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * An image classifier with its preprocessing inside: pixels in [0, 1] go in, (N, C, H, W); logits
 * come out, (N, classes). Safe for use by several threads.
 */
public interface Classifier {
  /**
   * Logits of float32 networks differ by less than this, relative to the largest of an image,
   * whatever the batch, the threads, the engine and the processor.
   */
  double ROUNDING = 1e-5;

  /** What is known about the network. */
  ModelCard card();

  /** The names of the classes. */
  Labels labels();

  /** The network's layers in order. */
  List<Layer> layers();

  /** Where the network is computed. */
  Device device();

  /** What computes the network, with versions, for the provenance of results. */
  default String engine() {
    return Engine.version();
  }

  /**
   * The data home that it was found through, where networks that an attack names are looked up;
   * empty for one that was made of a file or a graph alone.
   */
  default Optional<DataHome> home() {
    return Optional.empty();
  }

  /**
   * This classifier with the random numbers of a run's images, for one that is random; itself
   * otherwise. Each pass draws other numbers. Without a run they follow from an image's pixels.
   */
  default Classifier drawing(Run run) {
    return this;
  }

  /** Whether its logits depend on random numbers. */
  default boolean isRandom() {
    return false;
  }

  /** What stands in front of the network; empty without a defence. */
  default Optional<InputTransform> transform() {
    return Optional.empty();
  }

  /** Passes that a gradient of the logits costs: the draws of its expectation. */
  default int passesPerGradient() {
    return 1;
  }

  /** How gradients pass the defence in front of the network, in words; empty without one. */
  default String gradients() {
    return "";
  }

  /**
   * The logits of a batch, (N, classes). If {@code pixels} is recorded, so are the logits; layers
   * are not kept.
   */
  Tensor logits(Tensor pixels);

  /**
   * Logits that came with a gradient, for decisions. Where another engine computes passes without
   * gradients, an image whose two largest logits differ by no more than {@link #ROUNDING} gets that
   * engine's logits: so one engine settles every predicted class.
   *
   * @param pixels (N, C, H, W)
   * @param logits of these, (N, classes), not recorded
   */
  default Tensor settled(Tensor pixels, Tensor logits) {
    return logits;
  }

  /**
   * One pass that computes an objective and its gradients symbolically, in an engine without
   * automatic differentiation; empty where a recorded pass is to find them.
   *
   * @param pixels (N, C, H, W), not recorded
   * @param places names of layers, or {@link Trace#PIXELS}
   */
  default Optional<GradientPass> gradients(
      Tensor pixels, Objective objective, Collection<String> places) {
    return Optional.empty();
  }

  /** Whether {@link #gradients} computes those of usual objectives. */
  default boolean hasSymbolicGradients() {
    return false;
  }

  /**
   * What the network says of a batch.
   *
   * @throws io.adversight.graph.ModelFormatException if its outputs are not finite numbers
   */
  default List<Prediction> predict(Tensor pixels) {
    return Prediction.of(logits(pixels), card());
  }

  /** One forward pass that keeps every layer, recorded under {@code rules} if pixels are. */
  Activations forward(Tensor pixels, BackwardRules rules);

  /**
   * One forward pass that computes and keeps no more than some layers need, recorded under {@code
   * rules} if pixels are.
   *
   * @param layers names of layers
   * @param logits whether the logits are computed too
   */
  default Activations forward(
      Tensor pixels, BackwardRules rules, Set<String> layers, boolean logits) {
    return forward(pixels, rules);
  }

  /**
   * One forward pass that keeps every layer and is recorded from {@code leaves} on, or from the
   * pixels.
   *
   * @param leaves names of the layers whose gradients will be asked
   */
  default Activations forwardFrom(Set<String> leaves, Tensor pixels, BackwardRules rules) {
    return forward(pixels.leaf(), rules);
  }

  /**
   * Everything known about one batch, computed when first asked.
   *
   * @param wanted the layers (or {@link Trace#PIXELS}) whose gradients will be asked: they are
   *     found in one backward pass
   */
  default Trace trace(Tensor pixels, Collection<String> wanted) {
    return new Trace(this, pixels, Set.copyOf(wanted));
  }

  /** Everything known about one batch, for gradients of the pixels. */
  default Trace trace(Tensor pixels) {
    return trace(pixels, Set.of(Trace.PIXELS));
  }

  /**
   * The layer whose maps explain a prediction unless another is named: the last with positions. In
   * a network that attends it is the normalised input of the last block: behind it the prediction
   * may depend on the class token alone.
   */
  default Optional<String> defaultLayer() {
    return layers().stream()
        .filter(layer -> layer.hasMaps() && !layer.type().equals("Transpose"))
        .reduce((first, second) -> second)
        .map(Layer::name);
  }

  /**
   * The layer of that name, or the default one for an empty name, which must have positions.
   *
   * @throws UnknownNameException naming the layers that have them
   */
  default Layer layerOfMaps(String name) {
    Layer layer = layer(name);
    if (!layer.hasMaps()) {
      throw new UnknownNameException(UnknownLayer.notSpatial(layer, layers()));
    }
    return layer;
  }

  /**
   * The layer of that name, or the default one for an empty name.
   *
   * @throws NoSuchElementException naming the layers there are
   */
  default Layer layer(String name) {
    String wanted =
        name.isEmpty()
            ? defaultLayer()
                .orElseThrow(
                    () -> new UnknownNameException("this network has no layer made of maps"))
            : name;
    return layers().stream()
        .filter(layer -> layer.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new UnknownNameException(UnknownLayer.message(wanted, layers())));
  }
}
