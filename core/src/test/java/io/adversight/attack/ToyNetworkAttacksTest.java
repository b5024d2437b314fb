package io.adversight.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.Selection;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases C36 to C44: toy networks whose attacked inputs can be worked out by hand. */
class ToyNetworkAttacksTest {
  private static final float[] FIVE = {2, -9, 9, 1, -3};
  private static final float[] FOUR = {9, 10, -6, -1};

  /** factor * -log(output of a class). */
  private record NegativeLog(List<Integer> classes, double factor) implements Objective {
    @Override
    public Objective select(int... images) {
      return new NegativeLog(Selection.of(classes, images), factor);
    }

    @Override
    public Tensor values(Activations activations) {
      return new Logit(classes).values(activations).log().mul(-factor);
    }
  }

  private static Problem problem(
      Classifier classifier, float[] values, int rows, List<Integer> classes, double factor) {
    long images = classes.size();
    Tensor pixels = Tensor.of(values, images, 1, rows, values.length / images / rows);
    return Problem.of(classifier, pixels, classes)
        .with(Bounds.NONE)
        .with(new NegativeLog(classes, factor));
  }

  private static float[] attacked(BoundedAttack attack, Problem problem, Ball ball) {
    return attack.perturb(problem, ball, Run.of(problem.size())).toFloats();
  }

  private static Ball linf(double epsilon) {
    return new Ball(Norm.LINF, epsilon);
  }

  @Test
  void fgsmMovesWhereTheGradientIsNotZero() { // C36
    try (Scope scope = Scope.open()) {
      Problem problem = problem(AttackNetworks.clip1(5), FIVE, 1, List.of(1), 1);
      float[] expected = {2, -8.9f, 9, 1, -3};
      assertArrayEquals(expected, attacked(new Fgsm(), problem, linf(.1)), 1e-5f);
    }
  }

  @Test
  void targetedFgsmDescendsAndKeepsTheBounds() { // C37
    try (Scope scope = Scope.open()) {
      Problem problem = problem(AttackNetworks.clip1(4), FOUR, 1, List.of(3), -1);
      float[] free = {9, 10, -6, -1.2f};
      float[] bounded = {5, 5, -5, -1.2f};
      assertArrayEquals(free, attacked(new Fgsm(), problem, linf(.2)), 1e-5f);
      Problem within = problem.with(new Bounds(-5, 5));
      assertArrayEquals(bounded, attacked(new Fgsm(), within, linf(.2)), 1e-5f);
    }
  }

  @Test
  void fgsmMovesTwoInputsAtOnce() { // C38, C39
    float[] pairs = {4, -1, 2, -5, 3, 10, -2, 1};
    try (Scope scope = Scope.open()) {
      Problem same = problem(AttackNetworks.sub1(), pairs, 2, List.of(0, 0), 1);
      float[] expected = {3.75f, -1, 2.25f, -5, 2.75f, 10, -2, 1};
      assertArrayEquals(expected, attacked(new Fgsm(), same, linf(.25)), 1e-5f);
      Problem own = problem(AttackNetworks.sub1(), pairs, 2, List.of(0, 1), 1);
      float[] other = {3.9f, -1, 2.1f, -5, 3, 9.9f, -2, 1.1f};
      assertArrayEquals(other, attacked(new Fgsm(), own, linf(.1)), 1e-5f);
    }
  }

  @Test
  void fgsmStaysWhereCrossEntropyHasNoSlope() { // C40
    float[] x = {1, 6, -3};
    try (Scope scope = Scope.open()) {
      Classifier network = AttackNetworks.multiLayer(-1, 2, 2);
      float[] expected = {.8f, 5.8f, -3.2f};
      Problem problem = problem(network, x, 1, List.of(0), 1);
      assertArrayEquals(expected, attacked(new Fgsm(), problem, linf(.2)), 1e-5f);
      Problem crossEntropy =
          Problem.of(network, Tensor.of(x, 1, 1, 1, 3), List.of(0)).with(Bounds.NONE);
      assertArrayEquals(x, attacked(new Fgsm(), crossEntropy, linf(.2)), 0);
    }
  }

  @Test
  void pgdStopsAtTheBorderOfTheBall() { // C41, C43
    try (Scope scope = Scope.open()) {
      Problem problem = problem(AttackNetworks.clip1(5), FIVE, 1, List.of(4), 1);
      float[] expected = {2, -9, 9, 1, -2.8f};
      assertArrayEquals(expected, attacked(new Pgd(2, .4, false), problem, linf(.25)), 1e-5f);
      float[] eight = {4, 2, -1, -2, 3, -4, 10, 5};
      Problem two = problem(AttackNetworks.clip1(4), eight, 2, List.of(1, 1), 1);
      float[] moved = {4, 2, -1, -2, 3, -3.75f, 10, 5};
      assertArrayEquals(moved, attacked(new Pgd(3, .4, false), two, linf(.25)), 1e-5f);
    }
  }

  @Test
  void targetedPgdStaysInTheEuclideanBall() { // C42
    try (Scope scope = Scope.open()) {
      Problem problem = problem(AttackNetworks.clip1(4), FOUR, 1, List.of(2), -1);
      float[] expected = {9, 10, -6.2f, -1};
      Ball ball = new Ball(Norm.L2, .2);
      assertArrayEquals(expected, attacked(new Pgd(3, .5, false), problem, ball), 1e-5f);
    }
  }

  @Test
  void leavesMaskedValuesAlone() { // C44
    try (Scope scope = Scope.open()) {
      Tensor mask = Tensor.of(new float[] {1, 0, 0, 1, 1}, 1, 1, 1, 5);
      Problem problem = problem(AttackNetworks.clip1(5), FIVE, 1, List.of(1), 1).within(mask);
      assertArrayEquals(FIVE, attacked(new Fgsm(), problem, linf(.1)), 0);
      assertArrayEquals(FIVE, attacked(new Pgd(3, .4, false), problem, linf(.25)), 0);
    }
  }

  @Test
  void projectsOntoBalls() { // S24
    try (Scope scope = Scope.open()) {
      Tensor v = Tensor.of(new float[] {3, -4, .5f}, 1, 1, 1, 3);
      Tensor zero = Tensor.zeros(1, 1, 1, 3);
      float[] l2 = {.597022f, -.79603f, .099504f};
      float[] cube = {1, -1, .5f};
      assertArrayEquals(l2, new Ball(Norm.L2, 1).project(v, zero).toFloats(), 1e-6f);
      assertArrayEquals(cube, new Ball(Norm.LINF, 1).project(v, zero).toFloats(), 0);
    }
  }
}
