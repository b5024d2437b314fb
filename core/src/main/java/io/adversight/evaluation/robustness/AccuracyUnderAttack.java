package io.adversight.evaluation.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.describe.Check;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How often a network is right on clean images, and under the attacks by which networks are
 * compared: FGSM and PGD of ten steps of a quarter of epsilon from a random start, in Linf balls of
 * 2/255 and 8/255.
 *
 * @param clean images classified right, of all
 * @param attacked the same under each attack, by its name
 */
public record AccuracyUnderAttack(Proportion clean, Map<String, Proportion> attacked) {
  private static final int BATCH = 64;
  private static final List<Integer> LEVELS = List.of(2, 8);

  public AccuracyUnderAttack {
    attacked = Collections.unmodifiableMap(new LinkedHashMap<>(attacked));
  }

  /** The names of the attacks, in order. */
  public static List<String> attacks() {
    return List.of("FGSM 2/255", "FGSM 8/255", "PGD-10 2/255", "PGD-10 8/255");
  }

  private static Map<String, BoundedAttack> byName() {
    Map<String, BoundedAttack> all = new LinkedHashMap<>();
    all.put("FGSM", new Fgsm());
    all.put("PGD-10", new Pgd(10, 0.25, true));
    return all;
  }

  /**
   * Measures a network.
   *
   * @param images of the network's size, labelled
   * @param count how many of them, from the first, are attacked; 0 for none
   * @param run tells progress, and when to stop; its randomness is not used
   * @param seed of the attacks
   */
  public static AccuracyUnderAttack of(
      Classifier classifier, DataSet images, int count, long seed, Run run) {
    Check.within(0, images.size(), count, "count");
    long right = 0;
    for (int first = 0; first < images.size(); first += BATCH) {
      right += right(classifier, images, first, Math.min(BATCH, images.size() - first));
      run.report(Math.min(first + BATCH, images.size()), images.size(), "clean images");
    }
    Map<String, Proportion> attacked = new LinkedHashMap<>();
    for (int first = 0; first < count; first += BATCH) {
      attack(classifier, images, first, Math.min(BATCH, count - first), seed, attacked);
      run.report(Math.min(first + BATCH, count), count, "attacked images");
    }
    return new AccuracyUnderAttack(new Proportion(right, images.size()), attacked);
  }

  private static Tensor pixels(Classifier classifier, DataSet images, int first, int count) {
    return Batches.of(IntStream.range(first, first + count).mapToObj(images::image).toList())
        .to(classifier.device());
  }

  private static long right(Classifier classifier, DataSet images, int first, int count) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      long[] seen = classifier.logits(pixels(classifier, images, first, count)).argmax(1).toLongs();
      return IntStream.range(0, count).filter(i -> seen[i] == images.label(first + i)).count();
    }
  }

  private static void attack(
      Classifier classifier,
      DataSet images,
      int first,
      int count,
      long seed,
      Map<String, Proportion> attacked) {
    try (Scope scope = Scope.open()) {
      List<Integer> labels =
          IntStream.range(first, first + count).map(images::label).boxed().toList();
      Tensor pixels = pixels(classifier, images, first, count);
      Problem problem = Problem.of(classifier, pixels, labels);
      List<Double> epsilons = LEVELS.stream().map(level -> level / 255.0).toList();
      byName()
          .forEach(
              (name, attack) -> {
                Run own = Run.of(new Rng(seed), pixels);
                List<Adversarial> all =
                    Attacks.run(attack, problem, Norm.LINF, epsilons, Attacks.Rounding.SKIP, own);
                for (int i = 0; i < LEVELS.size(); i++) {
                  List<Adversarial> some = all.subList(i * count, (i + 1) * count);
                  attacked.merge(
                      "%s %s/255".formatted(name, LEVELS.get(i)),
                      RobustAccuracy.of(some).ofAll(),
                      Proportion::plus);
                }
              });
    }
  }

  /**
   * Accuracies by what they were measured on, as cards hold them.
   *
   * @param set the name of the images
   */
  public Map<String, Double> byName(String set) {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("%s test top-1".formatted(set), clean.value());
    attacked.forEach(
        (name, share) ->
            all.put(
                "%s test top-1, %s, first %s".formatted(set, name, share.trials()), share.value()));
    return all;
  }
}
