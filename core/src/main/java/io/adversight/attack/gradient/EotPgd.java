package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.corruption.Brightness;
import io.adversight.attack.corruption.Contrast;
import io.adversight.attack.corruption.Corruption;
import io.adversight.attack.corruption.CorruptionChain;
import io.adversight.attack.corruption.GaussianBlur;
import io.adversight.attack.corruption.JpegCompression;
import io.adversight.attack.corruption.Perspective;
import io.adversight.attack.corruption.SensorNoise;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Projected ascent on the expected loss over random corruptions, so that the image stays
 * adversarial when it is blurred, noisy, brighter, seen from the side or compressed (expectation
 * over transformation, Athalye et al. 2018, eq. 3). A strength of 0 leaves a corruption out.
 *
 * @param steps gradient steps
 * @param relativeStep step length / epsilon
 * @param samples corrupted copies per step
 * @param blur largest standard deviation in pixels
 * @param noise largest standard deviation of pixel values
 * @param brightness largest shift of pixel values
 * @param contrast largest relative change of contrast
 * @param perspective largest shift of a corner as a share of the side
 * @param jpeg smallest JPEG quality; 0 for no compression
 * @param loss what is increased
 */
@Doc("PGD over random physical corruptions")
@Paper("athalye2018")
public record EotPgd(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("corrupted copies per step") int samples,
    @Doc("largest blur, standard deviation in pixels") double blur,
    @Doc("largest noise, standard deviation of pixel values") double noise,
    @Doc("largest shift of pixel values") double brightness,
    @Doc("largest relative change of contrast") double contrast,
    @Doc("largest shift of a corner as a share of the side") double perspective,
    @Doc("smallest JPEG quality, 1 to 100; 0 for no compression") double jpeg,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** 40 steps of epsilon / 10 over ten copies with mild corruptions of every kind. */
  public EotPgd() {
    this(40, 0.1, 10, 1, 0.02, 0.1, 0.2, 0.05, 50, Loss.CROSS_ENTROPY);
  }

  public EotPgd {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    Check.atLeast(1, samples, "samples");
    Check.within(0.0, 100.0, blur, "blur");
    Check.within(0.0, 1.0, noise, "noise");
    Check.within(0.0, 1.0, brightness, "brightness");
    Check.within(0.0, 1.0, contrast, "contrast");
    Check.within(0.0, 0.4, perspective, "perspective");
    Check.within(0.0, 100.0, jpeg, "jpeg");
  }

  /** The corruptions in the order in which they happen. */
  public CorruptionChain corruptions() {
    List<Corruption> steps = new ArrayList<>();
    if (perspective > 0) {
      steps.add(new Perspective(perspective));
    }
    if (blur > 0) {
      steps.add(new GaussianBlur(0, blur));
    }
    if (brightness > 0) {
      steps.add(new Brightness(-brightness, brightness));
    }
    if (contrast > 0) {
      steps.add(new Contrast(1 - contrast, 1 + contrast));
    }
    if (noise > 0) {
      steps.add(new SensorNoise(0, noise));
    }
    if (jpeg > 0) {
      steps.add(new JpegCompression(Math.max(1, jpeg), 100));
    }
    return new CorruptionChain(steps);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    CorruptionChain corruptions = corruptions();
    double length = relativeStep * ball.epsilon();
    StepRule rule =
        (iterate, network) -> {
          GradientQuery query = iterate.query(ball, length);
          GradientEvaluation evaluation = mean(query, corruptions, network);
          Tensor change = ball.norm().steepest(evaluation.gradient()).mul(length);
          return new Step(change, evaluation.loss(), List.of());
        };
    return ProjectedAscent.optimize(problem, ball, problem.pixels(), steps, run, loss, rule);
  }

  /** The mean over corrupted copies (eq. 3). */
  private GradientEvaluation mean(
      GradientQuery query, CorruptionChain corruptions, GradientOracle network) {
    return MeanGradient.of(
        samples,
        j -> {
          Run draw = query.run().split(j);
          return network.gradient(query.through(copy -> corruptions.of(copy, draw)));
        });
  }
}
