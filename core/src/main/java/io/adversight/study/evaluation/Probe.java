package io.adversight.study.evaluation;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.Diagnosis;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.model.InputTransform;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.study.image.LabelledImages;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * What is seen of a network without attacking it to the end.
 *
 * @param images how many were looked at: those classified right
 * @param difference the largest of a logit between two passes of the same images
 * @param random whether its logits depend on random numbers
 * @param saturated images at which the softmax is 1 to within float's precision
 * @param zero images at which the gradient of the loss is exactly zero
 * @param mostlyZero images at which it is zero at most values
 * @param epsilons sizes of growing balls
 * @param losses mean cross-entropy after ten steps of PGD in each of them, over a subset
 * @param layers of the network
 * @param optimizes whether a defence solves an optimization problem for every image
 * @param gradients how gradients pass a defence; empty without one
 * @param ownGradients whether gradients are the network's and the defence's own
 */
public record Probe(
    int images,
    double difference,
    boolean random,
    int saturated,
    int zero,
    int mostlyZero,
    List<Double> epsilons,
    List<Double> losses,
    int layers,
    boolean optimizes,
    String gradients,
    boolean ownGradients) {
  private static final int STEPS = 10;

  public Probe {
    epsilons = List.copyOf(epsilons);
    losses = List.copyOf(losses);
  }

  /**
   * Looks at a network.
   *
   * @param right images that it classifies right
   * @param epsilons sizes of growing balls
   */
  static Probe of(
      EvaluationSpec spec,
      LabelledImages images,
      List<Integer> right,
      List<Double> epsilons,
      AtomicBoolean cancel) {
    Classifier network = images.classifier();
    double difference = 0;
    Map<Diagnosis.Cause, Integer> seen = new EnumMap<>(Diagnosis.Cause.class);
    double[] losses = new double[epsilons.size()];
    int attacked = Math.min(spec.budget().subsets().attacked(), right.size());
    for (int first = 0; first < right.size(); first += spec.batch()) {
      int end = Math.min(right.size(), first + spec.batch());
      int[] batch = right.subList(first, end).stream().mapToInt(i -> i).toArray();
      try (Scope scope = Scope.open()) {
        Tensor pixels = images.batch(batch);
        Run run = Run.of(new Rng(spec.seed()), pixels).with(cancel);
        Problem problem = Problem.of(network, pixels, images.labels(batch));
        difference = Math.max(difference, difference(network, pixels, run));
        for (List<Diagnosis> found :
            Attacks.diagnose(new Pgd(), problem, spec.norm(), spec.epsilon(), run)) {
          found.forEach(diagnosis -> seen.merge(diagnosis.cause(), 1, Integer::sum));
        }
        int count = Math.min(batch.length, attacked - first);
        if (count > 0) {
          int[] some = IntStream.range(0, count).toArray();
          add(losses, spec, problem.select(some), epsilons, run.select(some));
        }
      }
    }
    return new Probe(
        right.size(),
        difference,
        network.isRandom(),
        seen.getOrDefault(Diagnosis.Cause.SATURATED_SOFTMAX, 0),
        seen.getOrDefault(Diagnosis.Cause.ZERO_GRADIENT, 0),
        seen.getOrDefault(Diagnosis.Cause.MASKED_GRADIENT, 0),
        epsilons,
        Arrays.stream(losses).map(sum -> sum / Math.max(1, attacked)).boxed().toList(),
        network.layers().size(),
        network.transform().filter(InputTransform::isOptimization).isPresent(),
        network.gradients(),
        network.transform().filter(transform -> !transform.isDifferentiable()).isEmpty());
  }

  private static double difference(Classifier network, Tensor pixels, Run run) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor first = network.drawing(run.split(0)).logits(pixels);
      Tensor second = network.drawing(run.split(1)).logits(pixels);
      return first.sub(second).abs().max(0, 1).item();
    }
  }

  /** Adds the losses that PGD reaches in each ball. */
  private static void add(
      double[] losses, EvaluationSpec spec, Problem problem, List<Double> epsilons, Run run) {
    List<Adversarial> results =
        Attacks.run(
            new Pgd(STEPS, 0, true), problem, spec.norm(), epsilons, Attacks.Rounding.SKIP, run);
    for (int i = 0; i < results.size(); i++) {
      Adversarial result = results.get(i);
      losses[i / problem.size()] += crossEntropy(result.after(), result.label());
    }
  }

  private static double crossEntropy(Prediction prediction, int label) {
    List<Double> logits = new ArrayList<>(prediction.logits());
    double largest = logits.stream().mapToDouble(z -> z).max().orElse(0);
    double sum = logits.stream().mapToDouble(z -> Math.exp(z - largest)).sum();
    return largest + Math.log(sum) - logits.get(label);
  }
}
