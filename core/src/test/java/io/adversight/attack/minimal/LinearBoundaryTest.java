package io.adversight.attack.minimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Margins;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On a linear classifier the distance to the nearest boundary is known: min over k of (z_y - z_k) /
 * |w_y - w_k| in the dual norm.
 */
class LinearBoundaryTest {
  private static final int SIDE = 4;
  private static final int CLASSES = 5;
  private static final double[][] WEIGHTS = SmallNetworks.weights(SIDE, CLASSES, 3);
  private static final Classifier NETWORK = SmallNetworks.randomLinear(SIDE, CLASSES, 3);

  private static Problem problem(double spread) {
    Tensor pixels =
        Tensor.of(new Rng(9).uniform(SIDE * SIDE * 4, -spread, spread), 4, 1, SIDE, SIDE).add(0.5);
    long[] labels = NETWORK.logits(pixels).argmax(1).toLongs();
    List<Integer> classes = Arrays.stream(labels).mapToObj(l -> (int) l).toList();
    return Problem.of(NETWORK, pixels, classes);
  }

  /** The distance of each image to the nearest boundary, worked out in double precision. */
  private static double[] distances(Problem problem, Norm norm) {
    float[] pixels = problem.pixels().toFloats();
    double[] distances = new double[problem.size()];
    for (int i = 0; i < distances.length; i++) {
      int y = problem.labels().get(i);
      distances[i] = Double.POSITIVE_INFINITY;
      for (int k = 0; k < CLASSES; k++) {
        double margin = 0;
        double l1 = 0;
        double l2 = 0;
        double linf = 0;
        for (int j = 0; j < SIDE * SIDE; j++) {
          double w = WEIGHTS[y][j] - WEIGHTS[k][j];
          margin += w * pixels[i * SIDE * SIDE + j];
          l1 += Math.abs(w);
          l2 += w * w;
          linf = Math.max(linf, Math.abs(w));
        }
        double dual =
            switch (norm) {
              case LINF -> l1;
              case L2 -> Math.sqrt(l2);
              case L1 -> linf;
              case L0 -> Double.NaN;
            };
        if (k != y) {
          distances[i] = Math.min(distances[i], margin / dual);
        }
      }
    }
    return distances;
  }

  private static double[] found(MinimalAttack attack, Problem problem, Norm norm) {
    Tensor changed = attack.perturb(problem, norm, Run.of(problem.size()));
    assertThat(problem.reached(problem.classifier().logits(changed))).containsOnly(true);
    return norm.of(changed.sub(problem.pixels())).toDoubles();
  }

  /** Bounds are wide where the nearest image lies outside [0, 1]: in L1 one value takes it all. */
  private static void check(MinimalAttack attack, Norm norm, double worst) {
    try (Scope scope = Scope.open()) {
      Bounds bounds = norm == Norm.L1 ? new Bounds(-5, 6) : Bounds.PIXELS;
      Problem problem = problem(0.05).with(bounds);
      double[] expected = distances(problem, norm);
      double[] found = found(attack, problem, norm);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i] / expected[i]).isBetween(1 - 1e-4, worst);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "LINF"})
  void deepFoolGoesThereInOneStepAndOvershoots(Norm norm) {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(0.05).with(Bounds.NONE);
      double[] expected = distances(problem, norm);
      Run run = Run.of(problem.size());
      Tensor changed = new DeepFool().perturb(problem, norm, run);
      double[] found = norm.of(changed.sub(problem.pixels())).toDoubles();
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isCloseTo(1.02 * expected[i], within(1e-5));
        assertThat(run.counter(i).iterations()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LINF", "L2", "L1"})
  void fastMinimumNormApproachesTheDistance(Norm norm) {
    check(new FastMinimumNorm(300, 0.1, 0.05), norm, 1.02);
  }

  @Test
  void decoupledDirectionApproachesTheDistance() {
    check(new DecoupledDirection(300, 0.1, 0.05, false), Norm.L2, 1.01);
  }

  @Test
  void carliniWagnerApproachesTheDistance() {
    check(new CarliniWagner(8, 300, 0.01, 0.01, 0, true), Norm.L2, 1.02);
  }

  @Test
  void carliniWagnerInLinfApproachesTheDistanceAsItsLimitShrinks() {
    check(new CarliniWagnerLinf(300, 0.002, 0.001, 20, 0.9, 0.001, 0), Norm.LINF, 1.15);
  }

  @Test
  void boxConstrainedLbfgsApproachesTheDistance() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(0.05);
      double[] expected = distances(problem, Norm.L2);
      double[] found = found(new BoxConstrainedLbfgs(14, 60, 0.01), problem, Norm.L2);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i] / expected[i]).isBetween(1 - 1e-4, 1.1); // its target is the runner-up
      }
    }
  }

  @Test
  void elasticNetChangesFewValuesAndApproachesTheL1Distance() {
    check(new ElasticNet(9, 500, 0.01, 0.01, 0.01, 0, ElasticNet.Decision.L1), Norm.L1, 1.3);
  }

  @Test
  void confidenceAsksForALargerMargin() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(0.05);
      CarliniWagner attack = new CarliniWagner(8, 300, 0.01, 0.01, 0.5, true);
      Tensor changed = attack.perturb(problem, Norm.L2, Run.of(problem.size()));
      double[] losses = Margins.of(problem, NETWORK.logits(changed));
      assertThat(Arrays.stream(losses).boxed()).allMatch(miss -> miss <= -0.5 && miss > -0.7);
    }
  }

  @Test
  void jacobianSaliencyTakesThePairThatAnExhaustiveSearchTakes() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem(0.05);
      List<Integer> targets = problem.labels().stream().map(y -> (y + 1) % CLASSES).toList();
      Problem targeted = problem.with(new Goal.MisclassifyAs(targets));
      Tensor changed =
          new JacobianSaliency(1, 2.0 / (SIDE * SIDE), 64)
              .perturb(targeted, Norm.L0, Run.of(problem.size()));
      float[] change = changed.sub(problem.pixels()).toFloats();
      for (int i = 0; i < problem.size(); i++) {
        assertThat(changedValues(change, i)).isEqualTo(bestPair(targets.get(i)));
      }
    }
  }

  private static List<Integer> changedValues(float[] change, int image) {
    return java.util.stream.IntStream.range(0, SIDE * SIDE)
        .filter(j -> change[image * SIDE * SIDE + j] != 0)
        .boxed()
        .toList();
  }

  /** Equation 10 of Papernot et al. by looking at every pair. */
  private static List<Integer> bestPair(int target) {
    double best = 0;
    List<Integer> pair = List.of();
    for (int p = 0; p < SIDE * SIDE; p++) {
      for (int q = p + 1; q < SIDE * SIDE; q++) {
        double alpha = WEIGHTS[target][p] + WEIGHTS[target][q];
        double beta = -alpha;
        for (double[] row : WEIGHTS) {
          beta += row[p] + row[q];
        }
        if (alpha > 0 && beta < 0 && -alpha * beta > best) {
          best = -alpha * beta;
          pair = List.of(p, q);
        }
      }
    }
    return pair;
  }
}
