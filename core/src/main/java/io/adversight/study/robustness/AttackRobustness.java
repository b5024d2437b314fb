package io.adversight.study.robustness;

import io.adversight.attack.Diagnosis;
import io.adversight.attack.Epsilon;
import io.adversight.attack.Outcome;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.Algorithm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one attack showed about a network.
 *
 * @param attack which one
 * @param isBounded whether it keeps inside a ball of a given size
 * @param accuracies what it left, at each epsilon; an attack without a ball leaves one at NaN
 * @param smallest how large its changes are, for an attack that looks for the nearest image
 * @param cost what an image cost on average
 * @param seconds what all of them took
 * @param causes in how many failures, of all balls, each reason was seen
 * @param failures how many failures there were
 */
public record AttackRobustness(
    Algorithm attack,
    boolean isBounded,
    List<AtEpsilon> accuracies,
    Optional<NormStatistics> smallest,
    MeanCost cost,
    double seconds,
    Map<Diagnosis.Cause, Long> causes,
    long failures) {
  public AttackRobustness {
    accuracies = List.copyOf(accuracies);
    causes = Map.copyOf(causes);
  }

  /**
   * What an attack left at one epsilon.
   *
   * @param accuracy in both conventions
   * @param fooled images classified right before the attack and not after it, of the former
   * @param rounded the same after rounding to 8 bit; of none where that was not looked at
   */
  public record AtEpsilon(RobustAccuracy accuracy, Proportion fooled, Proportion rounded) {
    static AtEpsilon of(List<Outcome> outcomes) {
      RobustAccuracy accuracy = RobustAccuracy.ofOutcomes(outcomes);
      Proportion right = accuracy.ofRight();
      return new AtEpsilon(
          accuracy,
          new Proportion(right.trials() - right.successes(), right.trials()),
          accuracy.roundedSuccess());
    }

    /** The size of the ball; NaN without one. */
    public double epsilon() {
      return accuracy.epsilon();
    }
  }

  /**
   * What an image cost on average.
   *
   * @param gradients backward passes
   * @param queries forward passes
   */
  public record MeanCost(double gradients, double queries) {}

  /**
   * What the outcomes of one attack show.
   *
   * @param outcomes of the images classified right
   * @param wrong the images classified wrong before any attack
   * @param bounded whether the attack keeps inside a ball
   * @param minimal whether the attack looks for the nearest image
   */
  static AttackRobustness of(
      Algorithm attack,
      List<Outcome> outcomes,
      List<Outcome> wrong,
      RobustnessSpec spec,
      boolean bounded,
      boolean minimal) {
    List<AtEpsilon> accuracies = new ArrayList<>();
    if (bounded || minimal) {
      for (double epsilon : spec.epsilons()) {
        List<Outcome> there =
            bounded
                ? outcomes.stream().filter(o -> o.epsilon() == epsilon).toList()
                : outcomes.stream().map(o -> within(o, spec.norm(), epsilon)).toList();
        add(there, wrong, epsilon, accuracies);
      }
    } else {
      add(outcomes, wrong, Double.NaN, accuracies);
    }
    Map<Diagnosis.Cause, Long> causes = new EnumMap<>(Diagnosis.Cause.class);
    outcomes.forEach(o -> o.causes().forEach(cause -> causes.merge(cause, 1L, Long::sum)));
    return new AttackRobustness(
        attack,
        bounded,
        accuracies,
        minimal ? Optional.of(NormStatistics.of(outcomes, spec.norm())) : Optional.empty(),
        meanCost(outcomes),
        outcomes.stream().mapToDouble(o -> o.cost().seconds()).sum(),
        causes,
        outcomes.stream().filter(o -> !o.success()).count());
  }

  /** What the nearest image says about one ball; whether it is rounded within is not known. */
  private static Outcome within(Outcome nearest, Norm norm, double epsilon) {
    boolean inside = Epsilon.holds(nearest.norms().of(norm), epsilon);
    return new Outcome(
        nearest.image(),
        nearest.label(),
        epsilon,
        nearest.before(),
        nearest.after(),
        nearest.success() && inside,
        Optional.empty(),
        nearest.norms(),
        nearest.cost(),
        nearest.causes());
  }

  /** Adds what was left at one epsilon; nothing if there was no image yet. */
  private static void add(
      List<Outcome> right, List<Outcome> wrong, double epsilon, List<AtEpsilon> accuracies) {
    List<Outcome> all = new ArrayList<>(right);
    wrong.forEach(o -> all.add(o.at(epsilon)));
    if (!all.isEmpty()) {
      accuracies.add(AtEpsilon.of(all));
    }
  }

  private static MeanCost meanCost(List<Outcome> outcomes) {
    return new MeanCost(
        outcomes.stream().mapToInt(o -> o.cost().backwards()).average().orElse(0),
        outcomes.stream().mapToInt(o -> o.cost().forwards()).average().orElse(0));
  }

  /** Whether the attack needs no gradient of the network. */
  public boolean isGradientFree() {
    return cost.gradients() == 0;
  }
}
