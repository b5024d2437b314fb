package io.adversight.attack.gradient;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * The gradient corrected by how the gradients of random neighbours differed from it at the step
 * before (Wang and He 2021, algorithm 1).
 *
 * @param samples neighbours per step, N
 * @param relativeRadius of the neighbourhood, beta, as a multiple of epsilon
 */
@Doc("Variance tuning")
@Paper("wang2021")
public record VarianceTuning(
    @Doc("random neighbours per step") int samples,
    @Doc("radius of the neighbourhood as a multiple of epsilon") double relativeRadius)
    implements GradientTransform {
  /** The paper's setting: 20 neighbours within 1.5 epsilon. */
  public VarianceTuning() {
    this(20, 1.5);
  }

  public VarianceTuning {
    Check.atLeast(1, samples, "samples");
    Check.positive(relativeRadius, "relativeRadius");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.REMEMBERS, Trait.REPEATS);
  }

  @Override
  public GradientEvaluation gradient(
      GradientQuery query, GradientOracle inner, GradientMemory memory) {
    GradientEvaluation evaluation = inner.gradient(query.split(samples));
    Tensor gradient = evaluation.gradient();
    memory.keep(neighbours(query, inner).sub(gradient)); // eq. 4
    return evaluation.with(memory.last().map(gradient::add).orElse(gradient)); // eq. 5
  }

  /** The mean gradient of random neighbours (eq. 4, first term). */
  private Tensor neighbours(GradientQuery query, GradientOracle inner) {
    Ball around = new Ball(query.ball().norm(), relativeRadius * query.ball().epsilon());
    Tensor sum = query.images().fullLike(0);
    for (int j = 0; j < samples; j++) {
      try (Scope scope = Scope.open()) {
        Tensor neighbour = around.random(query.images(), query.run(), j);
        GradientEvaluation evaluation = inner.gradient(query.at(neighbour).split(samples + 1L + j));
        sum = scope.replace(sum, sum.add(evaluation.gradient()));
      }
    }
    return sum.div(samples);
  }
}
