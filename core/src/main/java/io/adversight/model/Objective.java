package io.adversight.model;

import io.adversight.graph.derivative.GraphObjective;
import io.adversight.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A differentiable number per image, read off the logits or named layers. Objectives are records,
 * so that equal ones share a backward pass. Class lists hold one class per image, or one for all.
 */
public interface Objective {
  /** The number of each image, shape (N). */
  Tensor values(Activations activations);

  /** The names of the layers that are read, the logits not among them. */
  default Set<String> layers() {
    return Set.of();
  }

  /**
   * This objective as a graph computes it beside the logits; empty if it reads layers, or has no
   * such form.
   */
  default Optional<SymbolicObjective> symbolic() {
    return Optional.empty();
  }

  /** Whether layers other than the logits are read. */
  default boolean readsLayers() {
    return !layers().isEmpty();
  }

  /** Whether the logits are read. */
  default boolean readsLogits() {
    return !readsLayers();
  }

  /**
   * The objective for the given images of its batch, which may be repeated: image {@code j} of the
   * new batch is image {@code images[j]} of the old. One that holds nothing per image is its own
   * selection.
   */
  Objective select(int... images);

  /** The sum of this and another objective. */
  default Objective plus(Objective other) {
    return new Sum(this, other);
  }

  /** This objective times a number. */
  default Objective times(double factor) {
    return new Scaled(this, factor);
  }

  /** This objective with the opposite sign. */
  default Objective negate() {
    return times(-1);
  }

  /** The logit z_y of a class. */
  record Logit(List<Integer> classes) implements Objective {
    public Logit {
      classes = List.copyOf(classes);
    }

    /** The logit of one class for all images. */
    public static Logit of(int index) {
      return new Logit(List.of(index));
    }

    @Override
    public Objective select(int... images) {
      return new Logit(Activations.select(classes, images));
    }

    @Override
    public Optional<SymbolicObjective> symbolic() {
      return Optional.of(SymbolicObjective.of(GraphObjective.LOGIT, classes));
    }

    @Override
    public Tensor values(Activations activations) {
      return Activations.pick(activations.logits(), classes);
    }
  }

  /** The softmax probability p_y of a class, computed as the exponential of the log probability. */
  record Probability(List<Integer> classes) implements Objective {
    public Probability {
      classes = List.copyOf(classes);
    }

    @Override
    public Objective select(int... images) {
      return new Probability(Activations.select(classes, images));
    }

    @Override
    public Optional<SymbolicObjective> symbolic() {
      return Optional.of(SymbolicObjective.of(GraphObjective.PROBABILITY, classes));
    }

    @Override
    public Tensor values(Activations activations) {
      return new CrossEntropy(classes).values(activations).neg().exp();
    }
  }

  /**
   * The cross-entropy -log p_y, computed as log (1 + sum over i other than y of exp (z_i - z_y)):
   * its gradient keeps its precision where p_y rounds to 1, and is exactly 0 where all logits move
   * together.
   */
  record CrossEntropy(List<Integer> classes) implements Objective {
    public CrossEntropy {
      classes = List.copyOf(classes);
    }

    @Override
    public Objective select(int... images) {
      return new CrossEntropy(Activations.select(classes, images));
    }

    @Override
    public Optional<SymbolicObjective> symbolic() {
      return Optional.of(SymbolicObjective.of(GraphObjective.CROSS_ENTROPY, classes));
    }

    @Override
    public Tensor values(Activations activations) {
      Tensor logits = activations.logits();
      long images = logits.size(0);
      Tensor own = Activations.pick(logits, classes).reshape(images, 1);
      Tensor behind = Activations.isClass(logits, classes).choose(own.fullLike(0), logits.sub(own));
      return behind.logSumExp(1).reshape(images);
    }
  }

  /** The margin z_y - max over i other than y of z_i. */
  record Margin(List<Integer> classes) implements Objective {
    public Margin {
      classes = List.copyOf(classes);
    }

    @Override
    public Objective select(int... images) {
      return new Margin(Activations.select(classes, images));
    }

    @Override
    public Optional<SymbolicObjective> symbolic() {
      return Optional.of(SymbolicObjective.of(GraphObjective.MARGIN, classes));
    }

    @Override
    public Tensor values(Activations activations) {
      Tensor logits = activations.logits();
      Tensor own = Activations.pick(logits, classes);
      Tensor others =
          Activations.isClass(logits, classes)
              .choose(logits.fullLike(Double.NEGATIVE_INFINITY), logits);
      return own.sub(others.max(1).reshape(own.size(0)));
    }
  }

  /** The mean activation of one channel of a layer's maps. */
  record Channel(String layer, int channel) implements Objective {
    @Override
    public Objective select(int... images) {
      return this;
    }

    @Override
    public Set<String> layers() {
      return Set.of(layer);
    }

    @Override
    public Tensor values(Activations activations) {
      Tensor value = activations.maps(layer).narrow(1, channel, 1);
      return Activations.perImage(value).div((double) value.elements() / value.size(0));
    }
  }

  /** One element of a layer's maps: channel, row, column. */
  record Neuron(String layer, int channel, int row, int column) implements Objective {
    @Override
    public Objective select(int... images) {
      return this;
    }

    @Override
    public Set<String> layers() {
      return Set.of(layer);
    }

    @Override
    public Tensor values(Activations activations) {
      Tensor map = activations.maps(layer).narrow(1, channel, 1);
      return Activations.perImage(map.narrow(2, row, 1).narrow(3, column, 1));
    }
  }

  /** The mean square of a layer's activations, what DeepDream amplifies. */
  record LayerEnergy(String layer) implements Objective {
    @Override
    public Objective select(int... images) {
      return this;
    }

    @Override
    public Set<String> layers() {
      return Set.of(layer);
    }

    @Override
    public Tensor values(Activations activations) {
      Tensor value = activations.layer(layer);
      return Activations.perImage(value.square()).div((double) value.elements() / value.size(0));
    }
  }

  /** The sum of two objectives. */
  record Sum(Objective first, Objective second) implements Objective {
    @Override
    public Set<String> layers() {
      Set<String> both = new LinkedHashSet<>(first.layers());
      both.addAll(second.layers());
      return both;
    }

    @Override
    public boolean readsLogits() {
      return first.readsLogits() || second.readsLogits();
    }

    @Override
    public Objective select(int... images) {
      return new Sum(first.select(images), second.select(images));
    }

    @Override
    public Optional<SymbolicObjective> symbolic() {
      return first.symbolic().flatMap(own -> second.symbolic().flatMap(own::plus));
    }

    @Override
    public Tensor values(Activations activations) {
      return first.values(activations).add(second.values(activations));
    }
  }

  /** An objective times a number. */
  record Scaled(Objective objective, double factor) implements Objective {
    @Override
    public Set<String> layers() {
      return objective.layers();
    }

    @Override
    public boolean readsLogits() {
      return objective.readsLogits();
    }

    @Override
    public Objective select(int... images) {
      return new Scaled(objective.select(images), factor);
    }

    @Override
    public Optional<SymbolicObjective> symbolic() {
      return objective.symbolic().map(own -> own.times(factor));
    }

    @Override
    public Tensor values(Activations activations) {
      return objective.values(activations).mul(factor);
    }
  }
}
