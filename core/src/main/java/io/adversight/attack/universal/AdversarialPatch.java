package io.adversight.attack.universal;

import io.adversight.attack.iteration.AdamPixelOptimizer;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.data.DataSet;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Activations;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A patch that makes the network see one class wherever it lies: the expected log-probability of
 * the class over images, places, sizes and angles is increased by Adam (Brown et al. 2017, equation
 * 1). It changes few pixels by any amount, so the ball is not used.
 *
 * @param target class to be seen
 * @param steps of Adam
 * @param batch images in each step
 * @param rate Adam's learning rate
 * @param smallest diameter as a share of the image's shorter side
 * @param largest diameter as a share of the image's shorter side
 * @param turn largest angle to either side, in degrees
 */
@Doc("Adversarial patch")
@Paper("brown2017")
public record AdversarialPatch(
    @Doc("target class") int target,
    @Doc("steps of Adam") int steps,
    @Doc("images in each step") int batch,
    @Doc("learning rate of Adam") double rate,
    @Doc("smallest diameter as a share of the shorter side") double smallest,
    @Doc("largest diameter as a share of the shorter side") double largest,
    @Doc("largest angle in degrees") double turn)
    implements UniversalAttack {
  private static final int STEPS_BETWEEN_SAVES = 25;

  /** The toaster (class 859), 500 steps, 30 to 60 % of the side, up to 45 degrees. */
  public AdversarialPatch() {
    this(859, 500, 16, 0.05, 0.3, 0.6, 45);
  }

  public AdversarialPatch {
    Check.atLeast(0, target, "target");
    Check.atLeast(1, steps, "steps");
    Check.atLeast(1, batch, "batch");
    Check.positive(rate, "rate");
    Check.within(0.01, 1.0, smallest, "smallest");
    Check.within(smallest, 1.0, largest, "largest");
    Check.within(0.0, 180.0, turn, "turn");
  }

  @Override
  public Universal craft(
      Classifier classifier, DataSet images, Ball ball, Checkpoint checkpoint, Run run) {
    int classes = classifier.card().classes();
    if (target >= classes) {
      throw new InputException(
          "target %s does not exist; the network has classes 0 to %s"
              .formatted(target, classes - 1));
    }
    Raster first = images.image(0);
    int side = Math.min(first.height(), first.width());
    Raster grey = Raster.generate(first.channels(), side, side, (c, y, x) -> 0.5);
    Patch plan = new Patch(grey, smallest, largest, turn);
    Objective loss = new Objective.CrossEntropy(List.of(target));
    try (Scope scope = Scope.open()) {
      AdamPixelOptimizer optimizer =
          new AdamPixelOptimizer(Batches.of(List.of(grey)).to(classifier.device()), rate);
      Optional<Checkpoint.State> last = checkpoint.last();
      last.ifPresent(optimizer::restore);
      for (int i = last.map(state -> (int) state.done()).orElse(0); i < steps; i++) {
        try (Scope step = Scope.open()) {
          SplittableRandom random = run.rng(0).split(i).generator();
          int[] chosen = random.ints(Math.min(batch, images.size()), 0, images.size()).toArray();
          Tensor pixels = UniversalSteps.batch(classifier, images, chosen);
          Tensor leaf = optimizer.value().leaf();
          Run places = Run.of(run.rng(0).split(i), 0, chosen.length);
          run.countForward();
          Tensor logits = classifier.logits(plan.place(leaf, pixels, places));
          Tensor mean = loss.values(Activations.ofLogits(logits)).mean();
          run.countBackward();
          optimizer.step(Gradients.of(mean, leaf));
          optimizer.move(Bounds.PIXELS.clip(optimizer.value()));
          run.step(optimizer.value(), mean.detach().reshape(1));
        }
        if ((i + 1) % STEPS_BETWEEN_SAVES == 0) {
          checkpoint.save(optimizer.saved());
        }
        run.report(i + 1, steps, "steps");
      }
      return new Patch(Batches.rasters(optimizer.value()).get(0), smallest, largest, turn);
    }
  }
}
