package io.adversight.study.evaluation;

import io.adversight.attack.Outcome;
import io.adversight.study.Algorithm;
import java.util.List;

/**
 * When an attack with early stopping succeeded.
 *
 * @param attack with as many iterations as it could take
 * @param images that it was made on
 * @param iterations of each success, ascending
 */
public record Convergence(Algorithm attack, int images, List<Integer> iterations) {
  public Convergence {
    iterations = iterations.stream().sorted().toList();
  }

  static Convergence of(Algorithm attack, double epsilon, List<Outcome> outcomes, int images) {
    List<Outcome> some =
        outcomes.stream().filter(o -> o.image() < images && o.epsilon() == epsilon).toList();
    return new Convergence(
        attack,
        some.size(),
        some.stream().filter(Outcome::success).map(o -> o.cost().iterations()).toList());
  }

  /** The share that was changed within some iterations. */
  public double within(int count) {
    return images == 0
        ? 0
        : (double) iterations.stream().filter(number -> number <= count).count() / images;
  }
}
