package io.adversight.study.robustness;

import io.adversight.attack.Diagnosis;
import io.adversight.attack.Epsilon;
import io.adversight.attack.Outcome;
import io.adversight.attack.problem.Norm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which images each attack changed, how little was needed, and which withstood. */
final class RobustnessTally {
  private final RobustnessSpec spec;
  private final List<Hit> hits = new ArrayList<>();
  private final Set<Integer> withstood = new HashSet<>();
  private final Map<Diagnosis.Cause, Set<Integer>> causes = new EnumMap<>(Diagnosis.Cause.class);

  /** An image that an attack changed by no more than {@code size}. */
  private record Hit(AttackRobustness by, int image, double size) {}

  RobustnessTally(RobustnessSpec spec) {
    this.spec = spec;
  }

  /** Takes what an attack did to images classified right. */
  void add(AttackRobustness attack, List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome.success()) {
        double size = attack.isBounded() ? outcome.epsilon() : outcome.norms().of(spec.norm());
        hits.add(new Hit(attack, outcome.image(), size));
      } else {
        withstood.add(outcome.image());
        for (Diagnosis.Cause cause : outcome.causes()) {
          causes.computeIfAbsent(cause, key -> new HashSet<>()).add(outcome.image());
        }
      }
    }
  }

  /** The images that some of the attacks changed by no more than {@code epsilon}. */
  Set<Integer> within(double epsilon, Predicate<AttackRobustness> attacks) {
    Set<Integer> images = new HashSet<>();
    for (Hit hit : hits) {
      if (Epsilon.holds(hit.size(), epsilon) && attacks.test(hit.by())) {
        images.add(hit.image());
      }
    }
    return images;
  }

  /** The images that withstood every attack, within the smallest ball where there are balls. */
  Set<Integer> robust() {
    double smallest = spec.epsilons().stream().findFirst().orElse(Double.POSITIVE_INFINITY);
    Set<Integer> robust = new HashSet<>(withstood);
    robust.removeAll(within(smallest, attack -> true));
    return robust;
  }

  /** Those of them at which a reason was seen why an attack may have failed. */
  Set<Integer> seen(Diagnosis.Cause cause) {
    Set<Integer> seen = new HashSet<>(causes.getOrDefault(cause, Set.of()));
    seen.retainAll(robust());
    return seen;
  }

  /** The sizes of balls that were looked at. */
  List<Double> epsilons() {
    return spec.epsilons();
  }

  /** The norm in which changes are measured. */
  Norm norm() {
    return spec.norm();
  }
}
