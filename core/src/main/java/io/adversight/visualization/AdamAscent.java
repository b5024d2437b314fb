package io.adversight.visualization;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Adam;
import io.adversight.tensor.Tensor;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), uphill.
 *
 * @param rate length of a step
 * @param beta1 how much of the average gradient stays
 * @param beta2 how much of the average square stays
 */
@Doc("Adam")
@Paper("kingma2015")
public record AdamAscent(
    @Doc("step length") double rate,
    @Doc("decay of the mean gradient") double beta1,
    @Doc("decay of the mean square") double beta2)
    implements Ascent {
  private static final double EPSILON = 1e-8;

  /** Steps of 0.05. */
  public AdamAscent() {
    this(0.05, 0.9, 0.999);
  }

  public AdamAscent {
    Check.positive(rate, "rate");
    Check.within(0.0, 0.9999, beta1, "beta1");
    Check.within(0.0, 0.99999, beta2, "beta2");
  }

  @Override
  public Tensor optimize(Tensor start, Optimization optimization) {
    return Steps.follow(new Adam(beta1, beta2, EPSILON, 0), rate, g -> g, start, optimization);
  }
}
