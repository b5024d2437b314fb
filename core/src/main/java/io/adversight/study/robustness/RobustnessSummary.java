package io.adversight.study.robustness;

import io.adversight.attack.Attack;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.Outcome;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How robust a network is.
 *
 * @param clean pictures classified right without an attack
 * @param attacks what each attack showed, in the order of the specification
 * @param together what all attacks together left, at each epsilon; empty for a single attack
 * @param suspicions signs that the attacks are weak rather than the network strong
 */
public record RobustnessSummary(
    Proportion clean,
    List<AttackRobustness> attacks,
    List<Together> together,
    List<GradientMaskingSign> suspicions) {
  public RobustnessSummary {
    attacks = List.copyOf(attacks);
    together = List.copyOf(together);
    suspicions = List.copyOf(suspicions);
  }

  /**
   * What all attacks together left: a picture counts as robust if no attack changed it within
   * epsilon.
   *
   * @param epsilon the size of the ball
   * @param ofAll robust pictures, of all
   * @param ofRight robust pictures, of those classified right at first
   */
  public record Together(double epsilon, Proportion ofAll, Proportion ofRight) {}

  /**
   * The summary of what a store holds for a specification.
   *
   * @param pictures how many of the store's pictures count, from the first on
   */
  public static RobustnessSummary of(RobustnessSpec spec, RobustnessStore store, int pictures) {
    List<Outcome> wrong = new ArrayList<>();
    long right = 0;
    for (RobustnessStore.Clean clean : store.clean()) {
      if (clean.image() < pictures) {
        if (clean.label() == clean.predicted()) {
          right++;
        } else {
          wrong.add(Outcome.wrongBefore(clean.image(), clean.label(), clean.predicted()));
        }
      }
    }
    long all = right + wrong.size();
    List<AttackRobustness> attacks = new ArrayList<>();
    RobustnessTally fallen = new RobustnessTally(spec);
    for (Algorithm algorithm : spec.attacks()) {
      List<Outcome> outcomes =
          store.outcomes(algorithm).stream().filter(o -> spec.covers(o, pictures)).toList();
      Attack attack = algorithm.create(Attack.class, RobustnessStudy.ATTACKS);
      AttackRobustness shown =
          AttackRobustness.of(
              algorithm,
              outcomes,
              wrong,
              spec,
              attack instanceof BoundedAttack,
              attack instanceof MinimalAttack);
      attacks.add(shown);
      fallen.add(shown, outcomes);
    }
    return new RobustnessSummary(
        new Proportion(right, all),
        attacks,
        attacks.size() < 2 ? List.of() : together(spec, fallen, right, all),
        GradientMaskingSign.of(attacks, fallen));
  }

  /** The summary of one attack. */
  public Optional<AttackRobustness> of(Algorithm attack) {
    return attacks.stream().filter(shown -> shown.attack().equals(attack)).findFirst();
  }

  private static List<Together> together(
      RobustnessSpec spec, RobustnessTally fallen, long right, long all) {
    return spec.epsilons().stream()
        .map(
            epsilon -> {
              long robust = right - fallen.within(epsilon, shown -> true).size();
              return new Together(
                  epsilon, new Proportion(robust, all), new Proportion(robust, right));
            })
        .collect(Collectors.toList());
  }
}
