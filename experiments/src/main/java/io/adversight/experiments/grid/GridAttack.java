package io.adversight.experiments.grid;

import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.experiments.Bench;
import io.adversight.experiments.NamedAlgorithm;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A column of a grid: what becomes of images.
 *
 * @param name that numbers have
 * @param change how images are changed
 */
public record GridAttack(String name, Change change) {
  /** The id of the control: every value up or down by epsilon, at random. */
  private static final String NOISE = "sign-noise";

  /** A way to change images. */
  public interface Change {
    /** The changed images, (N, C, H, W) in [0, 1]. */
    Tensor of(Problem problem, Run run);
  }

  /**
   * Those of the setting {@code attacks}: algorithms, or {@code sign-noise}, with an epsilon in
   * {@code levels} of 255, or in {@code epsilon} for a norm other than LINF.
   */
  public static List<GridAttack> of(Bench bench) {
    return bench.settings().path("attacks").valueStream().map(GridAttack::of).toList();
  }

  private static GridAttack of(JsonNode node) {
    NamedAlgorithm named = NamedAlgorithm.of(node);
    double epsilon =
        node.has("levels")
            ? Json.number(node.path("levels")) / 255
            : node.path("epsilon").asDouble(0);
    if (named.algorithm().id().equals(NOISE)) {
      return new GridAttack(named.name(), (problem, run) -> noisy(problem, epsilon, run));
    }
    Norm norm = Norm.valueOf(node.path("norm").asString("LINF"));
    Attack attack = named.algorithm().attack(norm);
    return new GridAttack(
        named.name(),
        (problem, run) -> Attacks.changed(attack, problem, norm, epsilon, run.restarted()));
  }

  private static Tensor noisy(Problem problem, double epsilon, Run run) {
    Tensor signs = run.uniform(problem.pixels(), 0, -1, 1).sign();
    return Bounds.PIXELS.clip(problem.pixels().add(signs.mul(epsilon)));
  }
}
