package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Baseline;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Integrated gradients: (x - x') times the mean gradient on the straight line from a baseline x' to
 * the image x (Sundararajan et al. 2017, equation 1). The contributions sum to S(x) - S(x'), as
 * exactly as the rule integrates.
 *
 * @param steps points on the line
 * @param rule how the integral becomes a sum
 * @param baseline x'
 * @param reduction how the channels become one map
 */
@Doc("Integrated gradients")
@Paper("sundararajan2017")
public record IntegratedGradients(
    @Doc("points on the line") int steps,
    @Doc("quadrature rule of the integral") Quadrature rule,
    @Doc("starting point of the path") Baseline baseline,
    @Doc("how channels become one map") ChannelReduction reduction)
    implements Attribution {
  /** 50 Gauss-Legendre points from black; the paper finds 20 to 300 steps sufficient. */
  public IntegratedGradients() {
    this(50, Quadrature.GAUSS_LEGENDRE, Baseline.ZERO, ChannelReduction.SUM);
  }

  public IntegratedGradients {
    Check.within(1, 10_000, steps, "steps");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      return scope.keep(along(trace, objective, run, baseline.of(trace.pixels(), run)));
    }
  }

  /** The contributions against given baselines, (N, C, H, W). */
  Tensor along(Trace trace, Objective objective, Run run, Tensor from) {
    Tensor way = trace.pixels().sub(from);
    Quadrature.Points points = rule.points(steps);
    Tensor mean =
        Variants.of(trace, objective, run)
            .sum(
                points.count(),
                k -> from.add(way.mul(points.at(k))),
                List.of(Trace.PIXELS),
                (first, count, line, selected, silent) -> {
                  float[] weights = new float[count];
                  for (int k = 0; k < count; k++) {
                    weights[k] = (float) points.weight(first + k);
                  }
                  Tensor gradients = line.gradient(Trace.PIXELS, selected);
                  Tensor weight = Tensor.of(weights, count, 1, 1, 1, 1).like(gradients);
                  return Variants.byVariant(gradients, count).mul(weight).sum(0).squeeze(0);
                });
    return way.mul(mean);
  }

  @Override
  public boolean containsInput() {
    return true;
  }
}
