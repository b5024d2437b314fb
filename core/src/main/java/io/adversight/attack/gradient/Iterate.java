package io.adversight.attack.gradient;

import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * The images that an iterative attack still changes, between two steps.
 *
 * @param images which ones they are
 * @param x what they look like now, (N, C, H, W)
 * @param step how many steps were made
 * @param memory what the step before keeps for this one; empty at step 0
 */
record Iterate(ActiveImages images, Tensor x, int step, List<Tensor> memory) {
  Problem problem() {
    return images.problem();
  }

  Run run() {
    return images.run();
  }

  Objective objective(Loss loss) {
    return problem().objective(loss);
  }

  /** The query for the gradient at these images, before a step of the given length. */
  GradientQuery query(Ball ball, double length) {
    return new GradientQuery(x, List.of(), run().split(step), ball, length);
  }

  /** The logits of these images; a forward pass, unless they are known. */
  Tensor logits() {
    return x == problem().pixels() ? problem().startingLogits(run()) : problem().logits(x, run());
  }
}
