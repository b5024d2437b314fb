package io.adversight.attack;

import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.Proportion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an attack with one epsilon left of a network's accuracy on a set of images. Both usual
 * conventions are given, each with {@link Proportion#wilson its confidence interval}: an image is
 * robust if it was classified right and the attack failed.
 *
 * @param epsilon the size of the ball; NaN without one
 * @param clean images classified right before the attack, of all
 * @param ofAll robust images, of all
 * @param ofRight robust images, of those classified right at first
 * @param success images that reach the attack's goal, of all
 * @param roundedSuccess the same after rounding to 8 bit; of none if it was not asked for
 */
public record RobustAccuracy(
    double epsilon,
    Proportion clean,
    Proportion ofAll,
    Proportion ofRight,
    Proportion success,
    Proportion roundedSuccess) {

  /** The accuracy that results of one epsilon leave. */
  public static RobustAccuracy of(List<Adversarial> results) {
    return ofOutcomes(results.stream().map(Outcome::of).toList());
  }

  /** The accuracy that outcomes of one epsilon leave. */
  public static RobustAccuracy ofOutcomes(List<Outcome> results) {
    if (results.isEmpty()) {
      throw new IllegalArgumentException("robust accuracy needs at least one result");
    }
    long all = results.size();
    long right = count(results, Outcome::isRight);
    long robust = count(results, Outcome::isRobust);
    long checked = count(results, a -> a.rounded().isPresent());
    return new RobustAccuracy(
        results.get(0).epsilon(),
        new Proportion(right, all),
        new Proportion(robust, all),
        new Proportion(robust, right),
        new Proportion(count(results, Outcome::success), all),
        new Proportion(count(results, a -> a.rounded().orElse(false)), checked));
  }

  /** One accuracy per epsilon, the smallest first. */
  public static List<RobustAccuracy> byEpsilon(List<Adversarial> results) {
    return byEpsilonOfOutcomes(results.stream().map(Outcome::of).toList());
  }

  /** One accuracy per epsilon, the smallest first. */
  public static List<RobustAccuracy> byEpsilonOfOutcomes(List<Outcome> results) {
    Map<Double, List<Outcome>> groups =
        results.stream()
            .collect(Collectors.groupingBy(Outcome::epsilon, TreeMap::new, Collectors.toList()));
    return groups.values().stream().map(RobustAccuracy::ofOutcomes).toList();
  }

  /** What is suspicious about the share fooled over the sizes of the ball, the smallest first. */
  public static Optional<Diagnosis> sign(Norm norm, List<RobustAccuracy> byEpsilon) {
    return Diagnosis.ofGrowth(
        norm,
        byEpsilon.stream().map(RobustAccuracy::epsilon).toList(),
        byEpsilon.stream().map(a -> 1 - a.ofRight().value()).toList());
  }

  private static long count(List<Outcome> results, Predicate<Outcome> wanted) {
    return results.stream().filter(wanted).count();
  }
}
