package io.adversight.study.evaluation;

import io.adversight.attack.Epsilon;
import io.adversight.attack.Outcome;
import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.Proportion;
import io.adversight.study.Algorithm;
import io.adversight.study.evaluation.AttackGroup.Role;
import io.adversight.study.robustness.RobustnessStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What all attacks together did to each image: the worst case counts. */
public final class WorstCase {
  private final Norm norm;
  private final Proportion clean;
  private final Set<Integer> right = new LinkedHashSet<>();
  private final List<Hit> hits = new ArrayList<>();

  /** An image that an attack changed, how it was bounded, and how large the change was. */
  private record Hit(Made by, int image, double bound, double size) {}

  /** An attack with the reason why it was made. */
  private record Made(Role role, Algorithm attack) {}

  private WorstCase(Norm norm, Proportion clean) {
    this.norm = norm;
    this.clean = clean;
  }

  /**
   * The worst case over the attacks of a plan; those that no ball bounds do not count.
   *
   * @param images how many of the store's images count, from the first on
   */
  static WorstCase of(AttackPlan plan, EvaluationSpec spec, RobustnessStore store, int images) {
    List<RobustnessStore.Clean> all =
        store.clean().stream().filter(clean -> clean.image() < images).toList();
    List<Integer> right =
        all.stream()
            .filter(clean -> clean.predicted() == clean.label())
            .map(RobustnessStore.Clean::image)
            .toList();
    WorstCase worst = new WorstCase(spec.norm(), new Proportion(right.size(), all.size()));
    worst.right.addAll(right);
    for (AttackGroup group : plan.groups()) {
      if (group.role() != Role.SPATIAL) {
        for (Algorithm attack : group.spec().attacks()) {
          Made by = new Made(group.role(), attack);
          for (Outcome outcome : store.outcomes(attack)) {
            worst.add(by, outcome, images);
          }
        }
      }
    }
    return worst;
  }

  private void add(Made by, Outcome outcome, int images) {
    if (outcome.success() && outcome.image() < images) {
      double size = outcome.norms().of(norm);
      double bound = Double.isNaN(outcome.epsilon()) ? size : outcome.epsilon();
      hits.add(new Hit(by, outcome.image(), bound, size));
    }
  }

  /** Images classified right without an attack, of all. */
  public Proportion clean() {
    return clean;
  }

  /** The images that are classified right without an attack, in the order of the set. */
  public List<Integer> right() {
    return List.copyOf(right);
  }

  /** The images that some of the attacks changed within a ball. */
  Set<Integer> fooled(double epsilon, Predicate<Role> roles) {
    return fooledBy(epsilon, made -> roles.test(made.role()));
  }

  /** The images that attacks of these names changed within a ball. */
  Set<Integer> fooledBy(double epsilon, Set<String> ids) {
    return fooledBy(epsilon, made -> ids.contains(made.attack().id()));
  }

  /** The images that one attack changed within a ball. */
  Set<Integer> fooledBy(double epsilon, Algorithm attack) {
    return fooledBy(epsilon, made -> made.attack().equals(attack));
  }

  private Set<Integer> fooledBy(double epsilon, Predicate<Made> attacks) {
    Set<Integer> images = new LinkedHashSet<>();
    for (Hit hit : hits) {
      if (Epsilon.holds(hit.bound(), epsilon) && attacks.test(hit.by())) {
        images.add(hit.image());
      }
    }
    return images;
  }

  /** Robust images, of all: classified right, and changed by no attack within the ball. */
  public Proportion robust(double epsilon) {
    return left(fooled(epsilon, role -> true));
  }

  /** What the standard ensemble alone leaves. */
  public Proportion autoAttack(double epsilon) {
    return left(fooledBy(epsilon, AttackPlan.AUTO_ATTACK));
  }

  private Proportion left(Set<Integer> fooled) {
    return new Proportion(right.size() - (long) fooled.size(), clean.trials());
  }

  /**
   * For each image classified right, in the order of the set, the size of the smallest change that
   * any attack found; infinite where none found one.
   */
  public List<Double> smallest() {
    Map<Integer, Double> sizes = new HashMap<>();
    hits.forEach(hit -> sizes.merge(hit.image(), hit.size(), Math::min));
    return right.stream().map(i -> sizes.getOrDefault(i, Double.POSITIVE_INFINITY)).toList();
  }

  /** The smallest change of one image that is classified right; infinite if none was found. */
  public double smallest(int image) {
    return hits.stream()
        .filter(hit -> hit.image() == image)
        .mapToDouble(Hit::size)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The size that half of the images classified right stay within; infinite if there is none. */
  public double median() {
    List<Double> sorted = smallest().stream().sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    double low = sorted.get((sorted.size() - 1) / 2);
    double high = sorted.get(sorted.size() / 2);
    return low == high ? low : (low + high) / 2;
  }
}
