package io.adversight.study.evaluation;

import io.adversight.attack.problem.Norm;
import io.adversight.evaluation.certificate.CertifiedRadius;
import io.adversight.evaluation.certificate.Method;
import io.adversight.evaluation.robustness.Clever;
import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.study.image.LabelledImages;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How near the nearest adversarial image of one image is, from below.
 *
 * @param image its number in the set
 * @param certified no image nearer than this has another class, which is proved; NaN if the network
 *     cannot be certified
 * @param clever an estimate of the distance
 * @param notRun why there is no certificate; empty if there is
 */
public record DistanceBounds(int image, double certified, double clever, String notRun) {
  private static final int HALVINGS = 6;

  static DistanceBounds of(
      EvaluationSpec spec, LabelledImages images, int image, double largest, AtomicBoolean cancel) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = images.batch(image);
      Run run = Run.of(new Rng(spec.seed()), pixels).with(cancel);
      double clever = clever(spec).estimate(images.classifier(), pixels, run).score();
      try {
        double certified =
            new CertifiedRadius(spec.norm(), Method.CROWN_IBP, largest, HALVINGS)
                .estimate(images.classifier(), pixels, run)
                .score();
        return new DistanceBounds(image, certified, clever, "");
      } catch (InputException e) {
        return new DistanceBounds(image, Double.NaN, clever, String.valueOf(e.getMessage()));
      }
    }
  }

  private static Clever clever(EvaluationSpec spec) {
    double radius = spec.norm() == Norm.LINF ? 0.5 : spec.norm() == Norm.L2 ? 5 : 40;
    return switch (spec.budget()) {
      case QUICK -> new Clever(spec.norm(), radius, 20, 32, 1);
      case STANDARD -> new Clever(spec.norm(), radius, 50, 64, 1);
      case THOROUGH -> new Clever(spec.norm(), radius, 200, 128, 1);
    };
  }
}
