package io.adversight.visualization;

import io.adversight.describe.Check;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Layer;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.objective.LayerAddress;
import io.adversight.visualization.parameterization.Fourier;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.parameterization.Parameterization;
import io.adversight.visualization.regularizer.Regularizer;
import io.adversight.visualization.transformation.GreyMargin;
import io.adversight.visualization.transformation.Jitter;
import io.adversight.visualization.transformation.RandomRotation;
import io.adversight.visualization.transformation.RandomScale;
import io.adversight.visualization.transformation.Transformation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Images that a network responds to: an objective is climbed by an optimiser over the numbers of a
 * parameterisation, seen through random transformations (Olah et al. 2017). All parts are exchanged
 * independently of one another.
 *
 * @param parameterization what is changed in place of pixels
 * @param transformations what happens before the network sees the image, one after the other
 * @param regularizers penalties and changes between the steps
 * @param optimizer how the gradient is followed
 * @param steps of the optimiser
 * @param showsFrames whether the run's listener sees an image at every step, which costs a little
 */
public record FeatureVisualization(
    Parameterization parameterization,
    List<Transformation> transformations,
    List<Regularizer> regularizers,
    Ascent optimizer,
    int steps,
    boolean showsFrames) {
  private static final int QUICK_STEPS = 48;

  public FeatureVisualization {
    transformations = List.copyOf(transformations);
    regularizers = List.copyOf(regularizers);
    Check.atLeast(1, steps, "steps");
    for (Regularizer each : regularizers) {
      if (each instanceof Regularizer.Change && !parameterization.isPixels()) {
        throw new InputException(
            "%s changes pixels between the steps and needs the parameterisation pixels"
                .formatted(each.getClass().getSimpleName()));
      }
    }
  }

  /** A spectrum with independent colours, shifted, scaled and turned, by Adam. */
  public static FeatureVisualization ofSteps(int steps) {
    return new FeatureVisualization(
        new Fourier(), robust(), List.of(), new AdamAscent(), steps, false);
  }

  /**
   * One channel of a layer, quickly: 48 steps, with the run's listener seeing every image.
   *
   * @param layer its name
   * @param channel which
   * @param run of size 1: seed, progress, cancelling
   * @throws java.util.NoSuchElementException if there is no such layer, naming those there are
   * @throws IllegalArgumentException if there is no such channel, saying the range
   */
  public static Visualization quickLook(Classifier classifier, String layer, int channel, Run run) {
    Layer place = classifier.layer(layer);
    LayerAddress.index(
        Integer.toString(channel), (int) place.mapShape().size(1), layer, "channels");
    return ofSteps(QUICK_STEPS)
        .withFrames()
        .of(new Objective.Channel(place.name(), channel), ImageBatch.of(classifier, 1), run)
        .get(0);
  }

  /** Padding, shifts, scales and rotations. */
  public static List<Transformation> robust() {
    return List.of(
        new GreyMargin(), new Jitter(8), new RandomScale(), new RandomRotation(), new Jitter(4));
  }

  /** This, with the run's listener seeing every image. */
  public FeatureVisualization withFrames() {
    return new FeatureVisualization(
        parameterization, transformations, regularizers, optimizer, steps, true);
  }

  /**
   * Images for an objective, all made together.
   *
   * @param run of as many images as the batch has
   */
  public List<Visualization> of(Objective objective, ImageBatch batch, Run run) {
    try (Scope scope = Scope.open()) {
      return of(objective, batch, parameterization.start(batch, run), run);
    }
  }

  /** Images for an objective, from given first numbers. */
  List<Visualization> of(Objective objective, ImageBatch batch, Tensor start, Run run) {
    try (Scope scope = Scope.open()) {
      Optimization optimization = new Optimization(this, batch, objective, run);
      List<Double> before = values(objective, batch, optimization.images(start));
      Tensor reached = optimizer.optimize(start, optimization);
      Tensor images = optimization.images(reached);
      List<Double> after = values(objective, batch, images);
      List<Raster> rasters = Batches.rasters(images);
      List<Visualization> made = new ArrayList<>();
      for (int i = 0; i < rasters.size(); i++) {
        made.add(new Visualization(rasters.get(i), before.get(i), after.get(i)));
      }
      return made;
    }
  }

  private static List<Double> values(Objective objective, ImageBatch batch, Tensor images) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      double[] values =
          objective
              .values(
                  batch
                      .classifier()
                      .forward(
                          images,
                          BackwardRules.STANDARD,
                          objective.layers(),
                          objective.readsLogits()))
              .toDoubles();
      return Arrays.stream(values).boxed().toList();
    }
  }
}
