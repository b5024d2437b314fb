package io.adversight.study.evaluation;

import io.adversight.metric.numeric.Proportion;
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
 * @param corruptions what each corruption leaves of the accuracy
 * @param explanations what an attack does to explanations
 * @param bounds of some images
 * @param checks whether the attacks were strong enough
 */
public record NetworkEvaluation(
    ModelCard card,
    AttackPlan plan,
    GroupResults groups,
    WorstCase worst,
    List<Convergence> converging,
    Probe probe,
    List<CorruptionAccuracy> corruptions,
    ExplanationShift explanations,
    List<DistanceBounds> bounds,
    List<Check> checks) {
  public NetworkEvaluation {
    converging = List.copyOf(converging);
    corruptions = List.copyOf(corruptions);
    bounds = List.copyOf(bounds);
    checks = List.copyOf(checks);
  }

  /** The bounded images that are certified within epsilon; of none if none could be certified. */
  public Proportion certified(double epsilon) {
    List<DistanceBounds> able = bounds.stream().filter(b -> b.notRun().isEmpty()).toList();
    return new Proportion(
        able.stream().filter(bound -> bound.certified() >= epsilon).count(), able.size());
  }

  /** What rotations and translations leave; of none if they were not tried. */
  public Proportion spatial() {
    return groups.attacks(AttackGroup.Role.SPATIAL).stream()
        .flatMap(attack -> attack.accuracies().stream())
        .map(at -> at.accuracy().ofAll())
        .findFirst()
        .orElse(new Proportion(0, 0));
  }

  /** How many checks came out so. */
  public long count(Check.Verdict verdict) {
    return checks.stream().filter(check -> check.verdict() == verdict).count();
  }
}
