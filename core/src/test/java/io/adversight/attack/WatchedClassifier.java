package io.adversight.attack;

import io.adversight.data.Labels;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Layer;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.GradientPass;
import io.adversight.model.ModelCard;
import io.adversight.model.Objective;
import io.adversight.tensor.Device;
import io.adversight.tensor.Shortage;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A classifier that notes the size of every batch, and has memory for a limited one. */
public final class WatchedClassifier implements Classifier {
  private final Classifier inner;
  private final int largestBatch;
  private final List<Long> batches = new ArrayList<>();
  private int recorded;

  /** A classifier that has memory for {@code largestBatch} images. */
  public WatchedClassifier(Classifier inner, int largestBatch) {
    this.inner = inner;
    this.largestBatch = largestBatch;
  }

  /** The sizes of the batches classified so far. */
  public List<Long> batches() {
    return batches;
  }

  /** How many passes were recorded for a gradient. */
  public int recorded() {
    return recorded;
  }

  @Override
  public Tensor logits(Tensor pixels) {
    if (pixels.size(0) > largestBatch) {
      throw Shortage.outOfMemory();
    }
    batches.add(pixels.size(0));
    recorded += pixels.isRecorded() ? 1 : 0;
    return inner.logits(pixels);
  }

  @Override
  public Activations forward(Tensor pixels, BackwardRules rules) {
    recorded += pixels.isRecorded() ? 1 : 0;
    return inner.forward(pixels, rules);
  }

  @Override
  public Optional<GradientPass> gradients(
      Tensor pixels, Objective objective, Collection<String> places) {
    Optional<GradientPass> pass = inner.gradients(pixels, objective, places);
    if (pass.isPresent()) {
      batches.add(pixels.size(0));
    }
    return pass;
  }

  @Override
  public boolean hasSymbolicGradients() {
    return inner.hasSymbolicGradients();
  }

  @Override
  public ModelCard card() {
    return inner.card();
  }

  @Override
  public Labels labels() {
    return inner.labels();
  }

  @Override
  public List<Layer> layers() {
    return inner.layers();
  }

  @Override
  public Device device() {
    return inner.device();
  }
}
