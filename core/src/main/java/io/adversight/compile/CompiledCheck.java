package io.adversight.compile;

import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.gradient.StepSchedule;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.model.Batches;
import io.adversight.model.EngineChoice;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Engine;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The outputs of a compiled file in ONNX Runtime, against what the library computes by automatic
 * differentiation.
 */
public final class CompiledCheck {
  /** Of the largest element of an output; libtorch's own gradients are no closer at kinks. */
  private static final double CLOSE = 1e-3;

  private static final double MOST_APART = 0.01;
  private static final double EPSILON = 4 / 255.0;
  private static final double STEP = 1 / 255.0;

  private CompiledCheck() {}

  /**
   * How far an output is from the library's value.
   *
   * @param output its name
   * @param largest difference of an element
   * @param relative the same over the largest magnitude of the library's value
   * @param apart the share of elements that differ by more than a thousandth of that magnitude
   */
  public record Deviation(String output, double largest, double relative, double apart) {
    /** Whether the output is the library's, but for rounding at kinks. */
    public boolean isClose() {
      return apart <= MOST_APART;
    }
  }

  /**
   * Runs a file.
   *
   * @param pixels (N, C, H, W) in [0, 1]
   * @param classes one per image
   * @param algorithms those that were compiled
   */
  public static List<Deviation> of(
      CompiledNetwork compiled,
      byte[] file,
      GraphClassifier network,
      Map<String, Object> algorithms,
      Tensor pixels,
      List<Integer> classes) {
    try (Scope scope = Scope.open();
        InferenceSession run = InferenceSession.of(file, Engine.threads())) {
      List<CompiledNetwork.Port> inputs = compiled.inputs();
      Map<String, Tensor> given = new HashMap<>();
      given.put(inputs.get(0).name(), pixels);
      long[] indices = classes.stream().mapToLong(Integer::longValue).toArray();
      given.put(inputs.get(1).name(), Tensor.of(indices, indices.length));
      given.put("epsilon", Tensor.scalar(EPSILON).asFloat());
      given.put("step", Tensor.scalar(STEP).asFloat());
      given.put("original", pixels);
      Map<String, Tensor> found = run.run(given);
      GraphClassifier recorded = network.on(EngineChoice.LIBTORCH);
      List<Deviation> deviations = new ArrayList<>();
      Iterator<CompiledNetwork.Port> outputs = compiled.outputs().iterator();
      deviations.add(deviation(outputs.next().name(), found, recorded.logits(pixels)));
      for (Object algorithm : algorithms.values()) {
        Tensor expected = expected(recorded, algorithm, pixels, classes);
        deviations.add(deviation(outputs.next().name(), found, expected));
      }
      return deviations;
    }
  }

  private static Tensor expected(
      GraphClassifier network, Object algorithm, Tensor pixels, List<Integer> classes) {
    Run run = Run.of(classes.size());
    if (algorithm instanceof Attribution method) {
      Objective objective = new Objective.Logit(classes);
      return Batches.of(
          Attributions.run(List.of(method), network, pixels, objective, run).get(0).stream()
              .map(Heatmap::map)
              .toList());
    }
    BoundedAttack attack = (BoundedAttack) algorithm;
    if (attack instanceof Pgd pgd) {
      attack = new Pgd(1, STEP / EPSILON, false, 1, StepSchedule.CONSTANT, pgd.loss());
    }
    return Attacks.changed(attack, Problem.of(network, pixels, classes), Norm.LINF, EPSILON, run);
  }

  private static Deviation deviation(String output, Map<String, Tensor> found, Tensor expected) {
    Tensor own = Objects.requireNonNull(found.get(output), output);
    Tensor difference = own.sub(expected).abs();
    double magnitude = Math.max(expected.abs().max().item(), Float.MIN_NORMAL);
    double largest = difference.max().item();
    double apart = difference.gt(CLOSE * magnitude).asFloat().mean().item();
    return new Deviation(output, largest, largest / magnitude, apart);
  }
}
