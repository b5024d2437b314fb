package io.adversight.evaluation.explanation;

import io.adversight.attribution.Attribution;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Max-sensitivity: the largest |phi(x + d) - phi(x)| / |phi(x)| over random d with every |d_i| at
 * most a radius (Yeh et al. 2019, definition 3.1, relative as in captum). Small is good. An
 * explanation that is 0 everywhere has the absolute change.
 *
 * @param samples random changes
 * @param radius of the ball
 */
@Doc("Max-sensitivity")
@Paper("yeh2019")
public record MaxSensitivity(
    @Doc("random changes") int samples, @Doc("largest change of a pixel") double radius)
    implements Faithfulness {
  /** 10 changes of at most 0.02. */
  public MaxSensitivity() {
    this(10, 0.02);
  }

  /** Checks the ranges. */
  public MaxSensitivity {
    Check.atLeast(1, samples, "samples");
    Check.atLeast(0.0, radius, "radius");
  }

  /** The sensitivity of a method at each image. */
  public List<Double> of(
      Attribution method, Classifier classifier, Tensor pixels, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor own = explained(method, classifier, pixels, objective, run);
      double[] lengths = own.l2PerImage().toDoubles();
      double[] largest = new double[lengths.length];
      for (int k = 0; k < samples; k++) {
        run.report(k, samples, "changes");
        try (Scope inner = Scope.open()) {
          Tensor moved = pixels.add(run.split(k).uniform(pixels, 0, -radius, radius));
          Tensor other = explained(method, classifier, moved, objective, run);
          double[] changes = other.sub(own).l2PerImage().toDoubles();
          for (int i = 0; i < largest.length; i++) {
            double relative = changes[i] / (lengths[i] == 0 ? 1 : lengths[i]);
            largest[i] = Math.max(largest[i], relative);
          }
        }
      }
      List<Double> sensitivities = new ArrayList<>();
      for (double value : largest) {
        sensitivities.add(value);
      }
      return sensitivities;
    }
  }

  private static Tensor explained(
      Attribution method, Classifier classifier, Tensor pixels, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      return scope.keep(
          method
              .attribute(classifier.trace(pixels, method.gradientsAt(classifier)), objective, run)
              .copy());
    }
  }

  @Override
  public List<Finding> of(ExplainedBatch subject, Run run) {
    return of(subject.method(), subject.classifier(), subject.pixels(), subject.logit(), run)
        .stream()
        .map(value -> Finding.of(value))
        .toList();
  }

  @Override
  public boolean largeIsGood() {
    return false;
  }
}
