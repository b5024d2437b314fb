package io.adversight.study.robustness;

import io.adversight.attack.Attack;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.Outcome;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How robust a network is.
 *
 * @param clean images classified right without an attack
 * @param attacks what each attack showed, in the order of the specification
 * @param together what all attacks together left, at each epsilon; empty for a single attack
 * @param signs signs that the attacks are weak rather than the network strong
 */
public record RobustnessSummary(
    Proportion clean,
    List<AttackRobustness> attacks,
    List<Together> together,
    List<GradientMaskingSign> signs) {
  public RobustnessSummary {
    attacks = List.copyOf(attacks);
    together = List.copyOf(together);
    signs = List.copyOf(signs);
  }

  /**
   * What all attacks together left: an image counts as robust if no attack changed it within
   * epsilon.
   *
   * @param epsilon the size of the ball
   * @param ofAll robust images, of all
   * @param ofRight robust images, of those classified right at first
   */
  public record Together(double epsilon, Proportion ofAll, Proportion ofRight) {}

  /**
   * The summary of what a store holds for a specification.
   *
   * @param images how many of the store's images count, from the first on
   */
  public static RobustnessSummary of(RobustnessSpec spec, RobustnessStore store, int images) {
    return of(spec, store, images, Map.of());
  }

  /**
   * The summary of what a store holds for a specification with attacks of its own.
   *
   * @param images how many of the store's images count, from the first on
   * @param prepared attacks that the catalogue does not have, by their names
   */
  public static RobustnessSummary of(
      RobustnessSpec spec, RobustnessStore store, int images, Map<Algorithm, Attack> prepared) {
    List<Outcome> wrong = new ArrayList<>();
    long right = 0;
    for (RobustnessStore.Clean clean : store.clean()) {
      if (clean.image() < images) {
        if (clean.label() == clean.predicted()) {
          right++;
        } else {
          wrong.add(Outcome.wrongBefore(clean.image(), clean.label(), clean.predicted()));
        }
      }
    }
    long all = right + wrong.size();
    List<AttackRobustness> attacks = new ArrayList<>();
    RobustnessTally fooled = new RobustnessTally(spec);
    for (Algorithm algorithm : spec.attacks()) {
      List<Outcome> outcomes =
          store.outcomes(algorithm).stream().filter(o -> spec.covers(o, images)).toList();
      Attack attack = prepared.get(algorithm);
      if (attack == null) {
        attack = algorithm.create(Attack.class, RobustnessStudy.ATTACKS);
      }
      AttackRobustness shown =
          AttackRobustness.of(
              algorithm,
              outcomes,
              wrong,
              spec,
              attack instanceof BoundedAttack,
              attack instanceof MinimalAttack);
      attacks.add(shown);
      fooled.add(shown, outcomes);
    }
    return new RobustnessSummary(
        new Proportion(right, all),
        attacks,
        attacks.size() < 2 ? List.of() : together(spec, fooled, right, all),
        GradientMaskingSign.of(attacks, fooled));
  }

  /** The summary of one attack. */
  public Optional<AttackRobustness> of(Algorithm attack) {
    return attacks.stream().filter(shown -> shown.attack().equals(attack)).findFirst();
  }

  private static List<Together> together(
      RobustnessSpec spec, RobustnessTally fooled, long right, long all) {
    return spec.epsilons().stream()
        .map(
            epsilon -> {
              long robust = right - fooled.within(epsilon, shown -> true).size();
              return new Together(
                  epsilon, new Proportion(robust, all), new Proportion(robust, right));
            })
        .collect(Collectors.toList());
  }
}
