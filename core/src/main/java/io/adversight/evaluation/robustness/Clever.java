package io.adversight.evaluation.robustness;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An estimate of how far an image is from the nearest adversarial one at least: the margin to a
 * class divided by the local Lipschitz constant of that margin, which is the end point of the
 * distribution of the largest gradient norms found in samples of a ball (Weng et al. 2018,
 * algorithms 1 and 2). Gradients are measured in the dual norm.
 *
 * @param norm of the perturbation: L2, LINF or L1
 * @param radius of the ball that is sampled, in units of pixels in [0, 1]
 * @param batches of samples, N_b; each gives one maximum
 * @param samples in each, N_s
 * @param classes nearest by logit that are looked at; the score is the smallest
 */
@Doc("CLEVER score")
@Paper("weng2018")
public record Clever(
    @Doc("norm of the perturbation") Norm norm,
    @Doc("radius of the ball that is sampled") double radius,
    @Doc("batches of samples") int batches,
    @Doc("samples in each batch") int samples,
    @Doc("number of other classes considered") int classes)
    implements DistanceBound {
  private static final int IMAGES_AT_ONCE = 64;

  /** The paper's setting: L2, radius 5, 500 batches of 1024, the runner-up class. */
  public Clever() {
    this(Norm.L2, 5, 500, 1024, 1);
  }

  public Clever {
    if (norm == Norm.L0) {
      throw new InputException("norm must be l2, linf or l1, but was l0");
    }
    Check.positive(radius, "radius");
    Check.atLeast(2, batches, "batches");
    Check.atLeast(1, samples, "samples");
    Check.atLeast(1, classes, "classes");
  }

  @Override
  public Estimate estimate(Classifier classifier, Tensor pixels, Run run) {
    try (Scope scope = Scope.open()) {
      run.countForward();
      Prediction prediction = classifier.predict(pixels).get(0);
      List<Integer> order = prediction.top(classes + 1);
      int own = order.get(0);
      List<Estimate> estimates = new ArrayList<>();
      for (int other : order.subList(1, order.size())) {
        double margin = prediction.logits().get(own) - prediction.logits().get(other);
        ReverseWeibull fit = ReverseWeibull.fit(maxima(classifier, pixels, own, other, run));
        double lipschitz = fit.location();
        double score = lipschitz > 0 ? Math.min(margin / lipschitz, radius) : radius;
        estimates.add(new Estimate(score, other, margin, lipschitz));
      }
      return estimates.stream()
          .min((a, b) -> Double.compare(a.score(), b.score()))
          .orElseThrow(() -> new InputException("the network has one class only"));
    }
  }

  /** The largest dual norm of the margin's gradient in each batch of samples. */
  private double[] maxima(Classifier classifier, Tensor pixels, int own, int other, Run run) {
    Objective margin = Objective.Logit.of(own).plus(Objective.Logit.of(other).negate());
    Ball ball = new Ball(norm, radius);
    double[] maxima = new double[batches];
    for (int b = 0; b < batches; b++) {
      Run source = Run.of(run.rng(0).split(other), b * samples, samples);
      for (int from = 0; from < samples; from += IMAGES_AT_ONCE) {
        int to = Math.min(from + IMAGES_AT_ONCE, samples);
        try (Scope scope = Scope.open()) {
          Run part = source.select(IntStream.range(from, to).toArray());
          LoopVariable center = new LoopVariable(pixels.repeat(to - from, 1, 1, 1));
          Tensor points = Bounds.PIXELS.clip(ball.random(center.value(), part, 0));
          Problem problem =
              Problem.of(classifier, center.value(), Collections.nCopies(to - from, own));
          GradientEvaluation evaluation = problem.gradient(points, margin, part);
          run.countForward();
          run.countBackward();
          maxima[b] = Math.max(maxima[b], norm.dual().of(evaluation.gradient()).max(0).item());
        }
      }
      run.report(b + 1, batches, "batches");
    }
    return maxima;
  }
}
