package io.adversight.study.robustness;

import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.catalog.Kind;
import io.adversight.data.DataSet;
import io.adversight.describe.Check;
import io.adversight.evaluation.robustness.Sweep;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * An attack with balls of growing size.
 *
 * @param attack a bounded one
 * @param epsilons ascending
 * @param target the class to be predicted; empty if any wrong class will do
 * @param rounding whether images are also classified after rounding to 8 bit
 * @param batch images computed together
 */
public record SweepSpec(
    Algorithm attack,
    Norm norm,
    List<Double> epsilons,
    OptionalInt target,
    boolean rounding,
    long seed,
    int batch) {
  private static final String ALREADY = "it is of the target class %s already";

  public SweepSpec {
    epsilons = List.copyOf(epsilons);
    Check.atLeast(1, batch, "batch");
    if (epsilons.isEmpty() || !epsilons.equals(epsilons.stream().sorted().distinct().toList())) {
      throw new InputException("a sweep needs ascending epsilons, but got " + epsilons);
    }
    attack.attack(norm);
    epsilons.forEach(epsilon -> Epsilon.check(norm, epsilon));
  }

  /**
   * The images that are of the target class already, by number, and that reason; none without a
   * target.
   */
  public Map<Integer, String> ofTarget(Classifier classifier, DataSet images) {
    Map<Integer, String> found = new LinkedHashMap<>();
    if (target.isEmpty()) {
      return found;
    }
    int wanted = target.getAsInt();
    NetworkView view = NetworkView.of(images, classifier);
    for (int first = 0; first < view.size(); first += batch) {
      try (Scope scope = Scope.open()) {
        Tensor pixels = view.batch(classifier, first, Math.min(view.size(), first + batch));
        List<Integer> labels = view.labels(classifier, pixels, first);
        for (int i = 0; i < labels.size(); i++) {
          if (labels.get(i) == wanted) {
            found.put(first + i, ALREADY.formatted(classifier.labels().name(wanted)));
          }
        }
      }
    }
    return found;
  }

  /**
   * Attacks some images of a set.
   *
   * @param view as the network sees them
   * @param run hears of the wish to stop
   */
  public List<Sweep.Track> tracks(
      Classifier classifier, NetworkView view, int first, int end, Run run) {
    BoundedAttack made = attack.create(BoundedAttack.class, Kind.BOUNDED_ATTACK);
    run.checkCancelled();
    try (Scope scope = Scope.open()) {
      Tensor pixels = view.batch(classifier, first, end);
      Run own = run.sharing(new Rng(seed), pixels);
      Problem problem = Problem.of(classifier, pixels, view.labels(classifier, pixels, first));
      if (target.isPresent()) {
        problem =
            problem.with(
                new Goal.MisclassifyAs(Collections.nCopies(end - first, target.getAsInt())));
      }
      return Sweep.of(
          made,
          problem,
          IntStream.range(first, end).mapToObj(view::imageName).toList(),
          norm,
          epsilons,
          rounding ? Attacks.Rounding.CHECK : Attacks.Rounding.SKIP,
          own);
    }
  }
}
