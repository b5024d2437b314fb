package io.adversight.attack.gradient;

import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * The loop that iterative gradient attacks share: a step of the rule, projection onto the ball
 * around the original, clipping. What a step made is freed with it, except the images and the
 * rule's memory. Where the problem lets images leave, one that reaches the goal stays as it is from
 * then on.
 */
final class ProjectedAscent {
  private final Ball ball;
  private final Tensor start;
  private final Loss loss;
  private final StepRule rule;
  private final LoopVariable x;
  private final Finished arrivals;
  private ActiveImages here;
  private List<LoopVariable> memory = List.of();

  private ProjectedAscent(
      Problem problem, Ball ball, Tensor start, Run run, Loss loss, StepRule rule) {
    this.ball = ball;
    this.loss = loss;
    this.rule = rule;
    this.start = start;
    this.x = new LoopVariable(start);
    this.arrivals = new Finished(start);
    this.here = ActiveImages.all(problem, run);
  }

  /**
   * The images after {@code steps} steps from {@code start}, which stays untouched. With early
   * stopping, a rule that evaluates gradients elsewhere than at the images costs a forward pass a
   * step.
   *
   * @param loss whose gradient the rule is given
   */
  static Tensor optimize(
      Problem problem, Ball ball, Tensor start, int steps, Run run, Loss loss, StepRule rule) {
    try (Scope scope = Scope.open()) {
      ProjectedAscent ascent = new ProjectedAscent(problem, ball, start, run, loss, rule);
      for (int i = 0; i < steps && !ascent.here.isEmpty(); i++) {
        ascent.step(i);
      }
      return scope.keep(ascent.arrivals.with(ascent.here, ascent.x.value()));
    }
  }

  private void step(int i) {
    Iterate iterate = new Iterate(here, i == 0 ? start : x.value(), i, values(memory));
    if (!here.problem().stopsEarly()) {
      move(iterate, query -> ask(iterate, query));
    } else if (rule.evaluatesAtTheImages()) {
      List<LoopVariable> known = held(iterate);
      Iterate rest = leave(iterate, here.problem().reached(known.get(2).value()), known);
      if (!here.isEmpty()) {
        move(rest, query -> isPlain(rest, query) ? gradient(known) : ask(rest, query));
      }
      known.forEach(LoopVariable::close);
    } else {
      Iterate rest = leave(iterate, reached(iterate), List.of());
      if (!here.isEmpty()) {
        move(rest, query -> ask(rest, query));
      }
    }
  }

  /** One forward and one backward pass of the network. */
  private GradientEvaluation ask(Iterate iterate, GradientQuery query) {
    Problem problem = iterate.problem();
    Objective objective = iterate.objective(loss);
    if (query.views().isEmpty()) {
      return problem.gradient(query.images(), objective, query.run());
    }
    return problem.gradient(query.images(), query::seen, objective, query.run());
  }

  private static boolean isPlain(Iterate iterate, GradientQuery query) {
    return query.images() == iterate.x() && query.views().isEmpty();
  }

  /** What stays of an iterate once the images that reach the goal have left. */
  private Iterate leave(Iterate iterate, boolean[] reached, List<LoopVariable> known) {
    int[] stay = arrivals.take(here, x.value(), reached);
    if (stay.length == here.size()) {
      return iterate;
    }
    LoopVariable[] carried =
        Stream.of(List.of(x), memory, known).flatMap(List::stream).toArray(LoopVariable[]::new);
    here = here.keep(stay, carried);
    return new Iterate(here, x.value(), iterate.step(), values(memory));
  }

  private static boolean[] reached(Iterate iterate) {
    try (Scope scope = Scope.open()) {
      return iterate.problem().reached(iterate.logits());
    }
  }

  /** The tensors of the gradient at the images, held by the loop. */
  private List<LoopVariable> held(Iterate iterate) {
    List<Tensor> tensors;
    try (Scope scope = Scope.open()) {
      GradientEvaluation evaluation =
          iterate.problem().gradient(iterate.x(), iterate.objective(loss), iterate.run());
      tensors =
          Stream.of(evaluation.gradient(), evaluation.loss(), evaluation.logits())
              .map(tensor -> scope.keep(tensor.alias()))
              .toList();
    }
    return held(tensors);
  }

  private void move(Iterate iterate, GradientOracle network) {
    List<Tensor> remembered;
    try (Scope scope = Scope.open()) {
      Step step = rule.step(iterate, network);
      Tensor pixels = here.pixels();
      Tensor next = here.problem().clip(ball.project(iterate.x().add(step.change()), pixels));
      here.run().step(next, step.loss());
      x.set(next);
      remembered = step.memory().stream().map(kept -> scope.keep(kept.alias())).toList();
    }
    memory.forEach(LoopVariable::close);
    memory = held(remembered);
  }

  private static List<LoopVariable> held(List<Tensor> tensors) {
    List<LoopVariable> carried = tensors.stream().map(LoopVariable::new).toList();
    tensors.forEach(Tensor::close);
    return carried;
  }

  private static List<Tensor> values(List<LoopVariable> carried) {
    return carried.stream().map(LoopVariable::value).toList();
  }

  private static GradientEvaluation gradient(List<LoopVariable> carried) {
    List<Tensor> tensors = values(carried);
    return new GradientEvaluation(tensors.get(0), tensors.get(1), tensors.get(2));
  }
}
