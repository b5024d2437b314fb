package io.adversight.attribution.gradient;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Expected gradients: the mean of (x - x') dS/dx at x' + a (x - x') over random references x' and
 * random a in [0, 1) (Erion et al. 2021, equation 3). References are images of a data set where
 * they are given, else images of uniform noise.
 *
 * @param samples pairs of reference and a
 * @param reduction how the channels become one map
 */
@Doc("Expected gradients")
@Paper("erion2021")
public record ExpectedGradients(
    @Doc("random references") int samples,
    @Doc("how channels become one map") ChannelReduction reduction)
    implements Attribution {
  /** The paper's 200 samples. */
  public ExpectedGradients() {
    this(200, ChannelReduction.SUM);
  }

  public ExpectedGradients {
    Check.within(1, 100_000, samples, "samples");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    Tensor pixels = trace.pixels();
    return of(trace, objective, run, k -> run.split(k).uniform(pixels, 1, 0, 1));
  }

  /**
   * The contributions against references drawn from a data set.
   *
   * @param references images of the size of the trace's
   */
  public Tensor attribute(Trace trace, Objective objective, Run run, List<Raster> references) {
    Tensor pixels = trace.pixels();
    return of(
        trace,
        objective,
        run,
        k -> {
          List<Raster> drawn = new ArrayList<>();
          for (int i = 0; i < run.size(); i++) {
            RandomGenerator random = run.rng(i).split(k).split(1).generator();
            drawn.add(references.get(random.nextInt(references.size())));
          }
          return Batches.of(drawn).like(pixels);
        });
  }

  private Tensor of(Trace trace, Objective objective, Run run, IntFunction<Tensor> references) {
    Tensor pixels = trace.pixels();
    try (Scope scope = Scope.open()) {
      Tensor sum =
          Variants.of(trace, objective, run)
              .sum(
                  samples,
                  k -> {
                    Tensor from = references.apply(k);
                    return from.add(pixels.sub(from).mul(fractions(run, k).like(pixels)));
                  },
                  List.of(Trace.PIXELS),
                  (first, count, line, selected, silent) -> {
                    Tensor gradients =
                        Variants.byVariant(line.gradient(Trace.PIXELS, selected), count);
                    List<Tensor> ways = new ArrayList<>();
                    for (int k = first; k < first + count; k++) {
                      ways.add(pixels.sub(references.apply(k)));
                    }
                    return gradients.mul(Tensor.stack(ways, 0)).sum(0).squeeze(0);
                  });
      return scope.keep(sum.div(samples));
    }
  }

  /** Where on its line each image's {@code k}-th sample lies, (N, 1, 1, 1). */
  private static Tensor fractions(Run run, int k) {
    float[] fractions = new float[run.size()];
    for (int i = 0; i < fractions.length; i++) {
      Rng rng = run.rng(i).split(k).split(2);
      fractions[i] = rng.uniform(1, 0, 1)[0];
    }
    return Tensor.of(fractions, fractions.length, 1, 1, 1);
  }

  @Override
  public boolean containsInput() {
    return true;
  }
}
