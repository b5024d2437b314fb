package io.adversight.visualization;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Sgd;
import io.adversight.tensor.Tensor;

/**
 * Gradient ascent; with {@code normalized} each image's gradient is divided by its mean absolute
 * value, since gradients of neurons differ by orders of magnitude.
 *
 * @param rate length of a step
 * @param momentum share of the step before
 * @param normalized whether gradients are brought to one size
 */
@Doc("Gradient ascent")
@Paper("simonyan2014")
public record GradientAscent(
    @Doc("step length") double rate,
    @Doc("share of the step before") double momentum,
    @Doc("normalize gradients") boolean normalized)
    implements Ascent {
  private static final double SMALLEST = 1e-12;

  /** Steps of 0.01 along normalised gradients. */
  public GradientAscent() {
    this(0.01, 0, true);
  }

  public GradientAscent {
    Check.positive(rate, "rate");
    Check.within(0.0, 0.999, momentum, "momentum");
  }

  @Override
  public Tensor optimize(Tensor start, Optimization optimization) {
    return Steps.follow(
        new Sgd(momentum, 0, false),
        rate,
        normalized ? GradientAscent::even : g -> g,
        start,
        optimization);
  }

  /** Divided by its mean absolute value. */
  static Tensor even(Tensor gradient) {
    double perImage = (double) gradient.elements() / gradient.size(0);
    return gradient.div(gradient.l1PerImage().div(perImage).add(SMALLEST));
  }
}
