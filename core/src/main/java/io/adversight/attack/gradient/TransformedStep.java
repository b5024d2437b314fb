package io.adversight.attack.gradient;

import io.adversight.attack.gradient.GradientTransform.Trait;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.input.InputException;
import io.adversight.tensor.Tensor;
import io.adversight.text.KebabCase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Steps of equal length along the steepest direction of a transformed gradient.
 *
 * @param transforms outermost first: each calls the next, and the innermost evaluates the network
 * @param ball in whose norm a step is measured
 * @param length of a step
 */
record TransformedStep(List<GradientTransform> transforms, Ball ball, double length)
    implements StepRule {
  TransformedStep {
    transforms = List.copyOf(transforms);
  }

  /**
   * Rejects lists that cannot be nested.
   *
   * @throws InputException for one transform given twice, two that accumulate, or one that
   *     remembers after one that evaluates several gradients a step
   */
  static void check(List<GradientTransform> transforms) {
    for (int i = 0; i < transforms.size(); i++) {
      GradientTransform inner = transforms.get(i);
      for (GradientTransform outer : transforms.subList(0, i)) {
        check(outer, inner);
      }
    }
  }

  private static void check(GradientTransform outer, GradientTransform inner) {
    if (outer.getClass() == inner.getClass()) {
      throw new InputException(
          "transforms may name %s once, but it was given twice".formatted(name(inner)));
    }
    if (outer.traits().contains(Trait.ACCUMULATES) && inner.traits().contains(Trait.ACCUMULATES)) {
      throw new InputException(
          "transforms may accumulate gradients once, but %s and %s both do; give one of them"
              .formatted(name(outer), name(inner)));
    }
    if (outer.traits().contains(Trait.REPEATS) && inner.traits().contains(Trait.REMEMBERS)) {
      throw new InputException(
          ("transforms must name %s before %s, which evaluates several gradients a step; give"
                  + " %s,%s")
              .formatted(name(inner), name(outer), name(inner), name(outer)));
    }
  }

  private static String name(GradientTransform transform) {
    return KebabCase.of(transform.getClass().getSimpleName());
  }

  @Override
  public boolean evaluatesAtTheImages() {
    return transforms.stream().noneMatch(part -> part.traits().contains(Trait.ELSEWHERE));
  }

  @Override
  public Step step(Iterate iterate, GradientOracle network) {
    Iterator<Tensor> last = iterate.memory().iterator();
    List<GradientMemory> memories = new ArrayList<>();
    for (GradientTransform part : transforms) {
      boolean known = part.traits().contains(Trait.REMEMBERS) && last.hasNext();
      memories.add(new GradientMemory(known ? Optional.of(last.next()) : Optional.empty()));
    }
    GradientOracle nested = network;
    for (int i = transforms.size() - 1; i >= 0; i--) {
      GradientTransform part = transforms.get(i);
      GradientOracle inner = nested;
      GradientMemory memory = memories.get(i);
      nested = query -> part.gradient(query, inner, memory);
    }
    GradientEvaluation evaluation = nested.gradient(iterate.query(ball, length));
    Tensor change = ball.norm().steepest(evaluation.gradient()).mul(length);
    return new Step(
        change, evaluation.loss(), memories.stream().flatMap(m -> m.next().stream()).toList());
  }
}
