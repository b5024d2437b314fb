package io.adversight.study.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.corruption.Corruption;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.catalog.Kind;
import io.adversight.describe.Check;
import io.adversight.evaluation.robustness.DestructionRate;
import io.adversight.input.InputException;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An attack, and what then happens to its images on the way from a screen to a camera.
 *
 * @param epsilons of a bounded attack: one; of others: none
 * @param corruptions each applied by itself
 * @param batch images computed together
 */
public record CorruptionSpec(
    Algorithm attack,
    Norm norm,
    List<Double> epsilons,
    List<Algorithm> corruptions,
    long seed,
    int batch) {
  public CorruptionSpec {
    epsilons = List.copyOf(epsilons);
    corruptions = List.copyOf(corruptions);
    Check.atLeast(1, batch, "batch");
    attack.attack(norm);
    if (corruptions.isEmpty()) {
      throw new InputException("at least one corruption is needed");
    }
  }

  /**
   * What one corruption does.
   *
   * @param destroyed of the adversarial images, those classified right again
   * @param kept of the clean images classified right, those that still are
   */
  public record Rates(Proportion destroyed, Proportion kept) {
    /** No image yet. */
    public static final Rates EMPTY = new Rates(new Proportion(0, 0), new Proportion(0, 0));

    /** Both together. */
    public Rates plus(Rates other) {
      return new Rates(destroyed.plus(other.destroyed), kept.plus(other.kept));
    }
  }

  /** Attacks some images and corrupts the results; one rate per corruption. */
  public List<Rates> rates(Classifier classifier, NetworkView view, int first, int end, Run run) {
    Attack made = attack.attack(norm);
    run.checkCancelled();
    try (Scope scope = Scope.open()) {
      Tensor pixels = view.batch(classifier, first, end);
      Run own = run.sharing(new Rng(seed), pixels);
      Problem problem = Problem.of(classifier, pixels, view.labels(classifier, pixels, first));
      List<Adversarial> results =
          Attacks.runAny(
              made, problem, norm, epsilons, Attacks.Settings.of(Attacks.Rounding.SKIP), own);
      List<Rates> rates = new ArrayList<>();
      for (int d = 0; d < corruptions.size(); d++) {
        Corruption corruption = corruptions.get(d).create(Corruption.class, Kind.CORRUPTION);
        Run strengths = own.split(d + 1L);
        rates.add(
            new Rates(
                DestructionRate.of(classifier, results, corruption, strengths),
                DestructionRate.kept(classifier, results, corruption, strengths)));
      }
      return rates;
    }
  }
}
