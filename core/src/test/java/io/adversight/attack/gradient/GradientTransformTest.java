package io.adversight.attack.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.adversight.attack.AttackNetworks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.GradientTransform.Trait;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradient transforms alone and in combination, against the formulas of their papers. */
class GradientTransformTest {
  private static final int STEPS = 4;
  private static final double LENGTH = 0.25 * 0.08;
  private static final Ball BALL = new Ball(Norm.LINF, 0.08);
  private static final Loss LOSS = Loss.CROSS_ENTROPY;
  private static final Momentum MOMENTUM = new Momentum();
  private static final TranslationInvariance SMOOTH =
      new TranslationInvariance(3, SmoothingKernel.LINEAR);
  private static final InputDiversity DIVERSITY = new InputDiversity(1, 0.6);

  private static Problem problem() {
    return Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
  }

  private static float[] perturbed(BoundedAttack attack) {
    try (Scope scope = Scope.open()) {
      return attack.perturb(problem(), BALL, Run.of(1)).toFloats();
    }
  }

  private static TransferFgsm transfer(GradientTransform... transforms) {
    return new TransferFgsm(STEPS, 0.25, List.of(transforms), LOSS);
  }

  static Stream<Arguments> presets() {
    return Stream.of(
        Arguments.of(new Bim(STEPS, 0.25), transfer()),
        Arguments.of(
            new MiFgsm(STEPS, 0.25, 0.9, Accumulation.MEAN, LOSS),
            transfer(new Momentum(0.9, Accumulation.MEAN))),
        Arguments.of(
            new NiFgsm(STEPS, 0.25, 0.9, Accumulation.L1, LOSS),
            transfer(new NesterovMomentum(0.9, Accumulation.L1))),
        Arguments.of(new DiFgsm(STEPS, 0.25, 1, 0.6, 0, LOSS), transfer(DIVERSITY)),
        Arguments.of(new DiFgsm(STEPS, 0.25, 1, 0.6, 1, LOSS), transfer(MOMENTUM, DIVERSITY)),
        Arguments.of(new TiFgsm(STEPS, 0.25, 3, SmoothingKernel.LINEAR, 0, LOSS), transfer(SMOOTH)),
        Arguments.of(
            new VmiFgsm(STEPS, 0.25, 0, 3, 1.5, LOSS), transfer(new VarianceTuning(3, 1.5))),
        Arguments.of(
            new VmiFgsm(STEPS, 0.25, 1, 3, 1.5, LOSS),
            transfer(MOMENTUM, new VarianceTuning(3, 1.5))),
        Arguments.of(
            new TiDiMiFgsm(STEPS, 0.25, 1, 3, SmoothingKernel.LINEAR, 1, 0.6, LOSS),
            transfer(MOMENTUM, SMOOTH, DIVERSITY)));
  }

  @ParameterizedTest
  @MethodSource("presets")
  void isTheNamedAttack(BoundedAttack preset, TransferFgsm composed) {
    assertArrayEquals(perturbed(preset), perturbed(composed));
  }

  /** What the formulas of the papers make of a gradient at every step. */
  private interface Direction {
    double[] of(int step, Tensor x);
  }

  /** Iterative FGSM written out: the sign of a direction, projected and clipped, in plain Java. */
  private static float[] iterated(Problem problem, Direction direction) {
    double[] original = problem.pixels().toDoubles();
    double[] x = original.clone();
    for (int step = 0; step < STEPS; step++) {
      double[] d = direction.of(step, Tensor.of(x, 1, 1, 8, 8).asFloat());
      for (int i = 0; i < x.length; i++) {
        double moved = x[i] + LENGTH * Math.signum(d[i]);
        moved = Math.min(Math.max(moved, original[i] - 0.08), original[i] + 0.08);
        x[i] = Math.min(Math.max(moved, 0), 1);
      }
    }
    return Tensor.of(x, 1, 1, 8, 8).asFloat().toFloats();
  }

  private static double[] gradient(Problem problem, Tensor x) {
    return problem.gradient(x, problem.objective(LOSS), Run.of(1)).gradient().toDoubles();
  }

  /** The gradient through the resized and shifted image of one draw. */
  private static double[] diverse(Problem problem, Tensor x, Run run) {
    RandomPlacement drawn = RandomPlacement.draw(x, 1, 0.6, run);
    return problem
        .gradient(x, drawn::of, problem.objective(LOSS), Run.of(1))
        .gradient()
        .toDoubles();
  }

  /** The mean over shifts by up to one pixel, weighted (1 - |i| / 2) (1 - |j| / 2) / 4. */
  private static double[] smoothed(double[] g) {
    double[] smooth = new double[64];
    for (int r = 0; r < 8; r++) {
      for (int c = 0; c < 8; c++) {
        for (int i = Math.max(-1, -r); i <= Math.min(1, 7 - r); i++) {
          for (int j = Math.max(-1, -c); j <= Math.min(1, 7 - c); j++) {
            double weight = (1 - Math.abs(i) / 2.0) * (1 - Math.abs(j) / 2.0) / 4;
            smooth[8 * r + c] += weight * g[8 * (r + i) + c + j];
          }
        }
      }
    }
    return smooth;
  }

  /** Adds g / |g|_1 to the memory, and copies it. */
  private static double[] accumulated(double[] memory, double[] g) {
    double length = 0;
    for (double value : g) {
      length += Math.abs(value);
    }
    for (int i = 0; i < g.length; i++) {
      memory[i] += g[i] / length;
    }
    return memory.clone();
  }

  @Test
  void smoothsTheGradientOfDiverseInputsAndAddsItUp() { // Dong et al. 2019, TI-DIM
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      double[] memory = new double[64];
      Direction tiDim =
          (step, x) -> accumulated(memory, smoothed(diverse(problem, x, Run.of(1).split(step))));
      assertArrayEquals(
          iterated(problem, tiDim), perturbed(transfer(MOMENTUM, SMOOTH, DIVERSITY)), 1e-6f);
    }
  }

  @Test
  void nestsItsTransformsOutermostFirst() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      NesterovMomentum nesterov = new NesterovMomentum(1, Accumulation.MEAN);
      double[] memory = new double[64];
      Direction addedFirst =
          (step, x) -> smoothed(accumulated(memory, gradient(problem, ahead(x, memory))));
      double[] other = new double[64];
      Direction smoothedFirst =
          (step, x) -> accumulated(other, smoothed(gradient(problem, ahead(x, other))));
      float[] outerSmoothing = perturbed(transfer(SMOOTH, nesterov));
      float[] outerMomentum = perturbed(transfer(nesterov, SMOOTH));
      assertArrayEquals(iterated(problem, addedFirst), outerSmoothing, 1e-6f);
      assertArrayEquals(iterated(problem, smoothedFirst), outerMomentum, 1e-6f);
      assertThat(outerSmoothing).isNotEqualTo(outerMomentum);
    }
  }

  /** x + a g, where g adds up gradients over the means of their 64 absolute values. */
  private static Tensor ahead(Tensor x, double[] memory) {
    return x.add(Tensor.of(memory, 1, 1, 8, 8).asFloat().mul(LENGTH * 64));
  }

  @Test
  void averagesTheGradientsOfDarkerCopiesAhead() { // Lin et al. 2020, SI-NI-FGSM
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      double[] memory = new double[64];
      Direction siNi =
          (step, x) -> {
            Tensor ahead = x.add(Tensor.of(memory, 1, 1, 8, 8).asFloat().mul(LENGTH)); // eq. 6
            double[] mean = new double[64];
            for (int i = 0; i < 3; i++) {
              double scale = Math.pow(2, -i);
              double[] g = gradient(problem, ahead.mul(scale)); // by the chain rule, times scale
              for (int k = 0; k < 64; k++) {
                mean[k] += scale * g[k] / 3; // eq. 9
              }
            }
            return accumulated(memory, mean); // eq. 7
          };
      assertArrayEquals(
          iterated(problem, siNi),
          perturbed(transfer(new NesterovMomentum(), new ScaleInvariance(3))),
          1e-6f);
    }
  }

  @Test
  void tunesBySmoothedGradientsOfDiverseNeighbours() { // Wang and He 2021, VMI-DI-TI
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      Ball around = new Ball(Norm.LINF, 1.5 * 0.08);
      double[] memory = new double[64];
      double[] variance = new double[64];
      Direction tuned =
          (step, x) -> {
            Run run = Run.of(1).split(step);
            double[] g = smoothed(diverse(problem, x, run.split(2)));
            double[] sum = new double[64];
            for (int j = 0; j < 2; j++) {
              Tensor near = around.random(x, run, j);
              double[] there = smoothed(diverse(problem, near, run.split(3 + j)));
              for (int k = 0; k < 64; k++) {
                sum[k] += there[k];
              }
            }
            double[] corrected = new double[64];
            for (int k = 0; k < 64; k++) {
              corrected[k] = g[k] + variance[k]; // eq. 5
              variance[k] = sum[k] / 2 - g[k]; // eq. 4
            }
            return accumulated(memory, corrected);
          };
      assertArrayEquals(
          iterated(problem, tuned),
          perturbed(transfer(MOMENTUM, new VarianceTuning(2, 1.5), SMOOTH, DIVERSITY)),
          1e-6f);
    }
  }

  static Stream<GradientTransform> catalogue() {
    return Catalog.entries(Kind.GRADIENT_TRANSFORM).stream()
        .map(entry -> (GradientTransform) entry.create());
  }

  /** The queries that a transform makes of the part after it at its second step. */
  private static List<GradientQuery> queries(GradientTransform transform, GradientQuery query) {
    List<GradientQuery> asked = new ArrayList<>();
    GradientMemory first = new GradientMemory(Optional.empty());
    Function<GradientQuery, GradientEvaluation> answer =
        q -> new GradientEvaluation(q.images().sub(0.4), Tensor.zeros(1), Tensor.zeros(1, 4));
    transform.gradient(query, answer::apply, first);
    assertThat(first.next().isPresent()).isEqualTo(transform.traits().contains(Trait.REMEMBERS));
    GradientOracle inner =
        q -> {
          asked.add(q);
          return answer.apply(q);
        };
    transform.gradient(query, inner, new GradientMemory(first.next()));
    return asked;
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void doesWhatItsTraitsSay(GradientTransform transform) {
    try (Scope scope = Scope.open()) {
      Tensor x = AttackNetworks.f8Input();
      List<GradientQuery> asked =
          queries(transform, new GradientQuery(x, List.of(), Run.of(1), BALL, LENGTH));
      boolean repeats = transform.traits().contains(Trait.REPEATS);
      assertThat(asked.size() > 1).isEqualTo(repeats);
      boolean plain = asked.stream().anyMatch(q -> q.images() == x && q.views().isEmpty());
      assertThat(plain).isEqualTo(!transform.traits().contains(Trait.ELSEWHERE));
      assertThat(asked.stream().map(q -> q.run().rng(0).split(0).uniform(1, 0, 1)[0]))
          .as("random numbers of its own for every query")
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "variance-tuning,variance-tuning | transforms may name variance-tuning once",
        "momentum,nesterov-momentum | momentum and nesterov-momentum both do",
        "variance-tuning,momentum | transforms must name momentum before variance-tuning",
        "scale-invariance,variance-tuning | must name variance-tuning before scale-invariance",
        "momentum,translation | transforms must be one of momentum, nesterov-momentum",
        "momentum(decay=-1) | momentum: decay must be at least 0, but was -1",
        "input-diversity(probability=2) | probability must be",
        "translation-invariance(kernel-size=4) | kernelSize must be odd"
      })
  void refusesWhatCannotBeCombined(String transforms, String message) {
    Entry<?> transfer = Catalog.find("transfer-fgsm", Kind.BOUNDED_ATTACK);
    assertThatThrownBy(() -> transfer.create(Map.of("transforms", transforms)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("transfer-fgsm: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void isReadFromText() {
    Entry<?> transfer = Catalog.find("transfer-fgsm", Kind.BOUNDED_ATTACK);
    String text = "momentum(decay=0.9),variance-tuning,translation-invariance(kernel-size=7)";
    assertThat(transfer.create(Map.of("transforms", text, "steps", "3")))
        .isEqualTo(
            new TransferFgsm(
                3,
                0.1,
                List.of(
                    new Momentum(0.9, Accumulation.L1),
                    new VarianceTuning(),
                    new TranslationInvariance(7, SmoothingKernel.GAUSSIAN)),
                LOSS));
    assertThat(transfer.create(Map.of("transforms", "")))
        .isEqualTo(new TransferFgsm(10, 0.1, List.of(), LOSS));
  }
}
