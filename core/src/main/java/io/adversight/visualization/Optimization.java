package io.adversight.visualization;

import io.adversight.graph.BackwardRules;
import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.regularizer.Regularizer;
import io.adversight.visualization.transformation.Transformations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** One visualisation as it runs: what an {@link Ascent} may ask of it. */
public final class Optimization {
  private static final long USE_STEPS = 1;
  private static final long USE_COMPARISON = 2;
  private static final int COMPARED_DRAWS = 8;

  private final FeatureVisualization way;
  private final ImageBatch batch;
  private final UnaryOperator<Tensor> paint;
  private final Objective objective;
  private final Run run;

  Optimization(FeatureVisualization way, ImageBatch batch, Objective objective, Run run) {
    this.way = way;
    this.batch = batch;
    this.paint = way.parameterization().images(batch);
    this.objective = objective;
    this.run = run;
  }

  /** How many steps are wanted. */
  int steps() {
    return way.steps();
  }

  /** The smallest number of the parameterisation. */
  double low() {
    return way.parameterization().low();
  }

  /** The largest number of the parameterisation. */
  double high() {
    return way.parameterization().high();
  }

  /**
   * The value and its gradient.
   *
   * @param parameters some rows of the parameterisation's numbers
   * @param draw which draw of the random transformations
   * @param rows which images these are
   */
  ObjectiveGradient gradient(Tensor parameters, int draw, int... rows) {
    run.checkCancelled();
    Tensor leaf = parameters.leaf();
    Tensor images = paint.apply(leaf);
    ObjectiveGradient seen = seen(images, draw, BackwardRules.STANDARD, rows);
    boolean dead = isDead(seen.gradient());
    if (dead) {
      // Rectifiers that are off everywhere pass nothing back: let the gradient through until they
      // are on, for the images that stand still.
      Tensor still = seen.gradient().linfPerImage().eq(0);
      Tensor through = seen(images, draw, BackwardRules.STRAIGHT_THROUGH, rows).gradient();
      seen = new ObjectiveGradient(seen.values(), still.choose(through, seen.gradient()), true);
    }
    ObjectiveGradient penalized = penalized(seen, images);
    List<Tensor> uphill =
        Gradients.of(images, penalized.gradient(), List.of(leaf), Gradients.Recording.FREE);
    return new ObjectiveGradient(penalized.values(), uphill.get(0), dead);
  }

  /** The objective and its gradient with respect to the images, through the transformations. */
  private ObjectiveGradient seen(Tensor images, int draw, BackwardRules rules, int... rows) {
    Tensor own = images.leaf();
    List<SplittableRandom> randoms =
        IntStream.of(rows)
            .mapToObj(row -> run.rng(row).split(USE_STEPS).split(draw).generator())
            .toList();
    Tensor moved = Transformations.apply(way.transformations(), own, randoms);
    Objective some = objective.select(rows);
    Activations activations =
        batch.classifier().forward(moved, rules, some.layers(), some.readsLogits());
    Tensor values = some.values(activations);
    return new ObjectiveGradient(values.detach(), Gradients.of(values, own), false);
  }

  /**
   * What is climbed, less the penalties, of the images in [0, 1], averaged over draws of the
   * transformations that are the same at every call and that no step uses: values by which images
   * of different steps compare.
   *
   * @param parameters all rows of the parameterisation's numbers
   * @return one value per image
   */
  double[] expected(Tensor parameters) {
    run.checkCancelled();
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor images = images(parameters);
      double[] sum = new double[(int) images.size(0)];
      int draws = way.transformations().isEmpty() ? 1 : COMPARED_DRAWS;
      for (int draw = 0; draw < draws; draw++) {
        int use = draw;
        List<SplittableRandom> randoms =
            IntStream.range(0, sum.length)
                .mapToObj(row -> run.rng(row).split(USE_COMPARISON).split(use).generator())
                .toList();
        Tensor moved = Transformations.apply(way.transformations(), images, randoms);
        Activations activations =
            batch
                .classifier()
                .forward(
                    moved, BackwardRules.STANDARD, objective.layers(), objective.readsLogits());
        double[] values = objective.values(activations).toDoubles();
        Arrays.setAll(sum, i -> sum[i] + values[i] / draws);
      }
      for (Regularizer each : way.regularizers()) {
        if (each instanceof Regularizer.Penalty penalty) {
          double[] cost = penalty.of(images, batch.classifier()).toDoubles();
          Arrays.setAll(sum, i -> sum[i] - cost[i]);
        }
      }
      return sum;
    }
  }

  /** Whether the gradient of some image is zero everywhere; its middle row mostly suffices. */
  private static boolean isDead(Tensor gradient) {
    return hasZero(gradient.select(2, gradient.size(2) / 2)) && hasZero(gradient);
  }

  private static boolean hasZero(Tensor gradient) {
    return gradient.linfPerImage().min(0).item() == 0;
  }

  private ObjectiveGradient penalized(ObjectiveGradient seen, Tensor images) {
    Tensor values = seen.values();
    Tensor gradient = seen.gradient();
    for (Regularizer each : way.regularizers()) {
      if (each instanceof Regularizer.Penalty penalty) {
        Tensor own = images.leaf();
        Tensor cost = penalty.of(own, batch.classifier());
        values = values.sub(cost.detach());
        gradient = gradient.sub(Gradients.of(cost, own));
      }
    }
    return new ObjectiveGradient(values, gradient, seen.through());
  }

  /** The numbers after a step: changed by the regularisers, within their bounds. */
  Tensor settle(Tensor parameters, Tensor gradient, int step) {
    Tensor settled = parameters;
    for (Regularizer each : way.regularizers()) {
      if (each instanceof Regularizer.Change change) {
        settled = change.after(settled, gradient, step, batch.classifier());
      }
    }
    return isBounded() ? settled.clamp(low(), high()) : settled;
  }

  private boolean isBounded() {
    return low() > Double.NEGATIVE_INFINITY || high() < Double.POSITIVE_INFINITY;
  }

  /** The images that the numbers stand for, not recorded, in [0, 1]. */
  Tensor images(Tensor parameters) {
    try (Gradients.Off off = Gradients.off()) {
      return paint.apply(parameters).clamp(0, 1);
    }
  }

  /** Shows and counts a step that was made. */
  void made(int step, Tensor parameters, Tensor values) {
    if (way.showsFrames()) {
      run.step(images(parameters), values.neg());
    } else {
      run.step(parameters, values.neg());
    }
    run.report(step, steps(), "steps");
  }
}
