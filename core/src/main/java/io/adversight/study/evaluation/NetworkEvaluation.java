package io.adversight.study.evaluation;

import io.adversight.model.ModelCard;
import java.util.List;

/**
 * What was found about one network.
 *
 * @param card of the network
 * @param plan the attacks that were made
 * @param groups what each group of attacks left, of the images that it was made on
 * @param worst the worst case of each image over all attacks
 * @param converging how many images were changed within how many iterations
 * @param probe what was seen without an attack
 * @param checks whether the attacks were strong enough
 */
public record NetworkEvaluation(
    ModelCard card,
    AttackPlan plan,
    GroupResults groups,
    WorstCase worst,
    List<Convergence> converging,
    Probe probe,
    List<Check> checks) {
  public NetworkEvaluation {
    converging = List.copyOf(converging);
    checks = List.copyOf(checks);
  }

  /** How many checks came out so. */
  public long count(Check.Verdict verdict) {
    return checks.stream().filter(check -> check.verdict() == verdict).count();
  }
}
