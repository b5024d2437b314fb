package io.adversight.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adversight.attack.gradient.Accumulation;
import io.adversight.attack.gradient.Bim;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.KthLikely;
import io.adversight.attack.gradient.LeastLikely;
import io.adversight.attack.gradient.MiFgsm;
import io.adversight.attack.gradient.NiFgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that foolbox and torchattacks compute on the formula network (cases T1 to T11, T17, T18,
 * T20).
 */
class FormulaNetworkAttacksTest {
  private static final double TOLERANCE = 2e-5;
  private static final Bim TEN_STEPS = new Bim(10, 0.2);

  private static Adversarial attack(BoundedAttack attack, Norm norm, double epsilon, Goal goal) {
    try (Scope scope = Scope.open()) {
      Problem problem =
          Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3)).with(goal);
      return Attacks.run(attack, problem, norm, List.of(epsilon), Attacks.Rounding.CHECK, Run.of(1))
          .get(0);
    }
  }

  private static Adversarial attack(BoundedAttack attack, Norm norm, double epsilon) {
    return attack(attack, norm, epsilon, new Goal.Misclassify());
  }

  private static MiFgsm momentum(double decay, Accumulation accumulation) {
    return new MiFgsm(10, 0.2, decay, accumulation, Loss.CROSS_ENTROPY);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(
            "T1",
            new Fgsm(),
            Norm.LINF,
            .05,
            2,
            new double[] {-0.47089375, 0.04755625, 0.46118125, -0.1566875},
            new double[] {0.3937003937, 0.05, 3.1}),
        Arguments.of(
            "T2",
            new Fgsm(),
            Norm.LINF,
            .1,
            2,
            new double[] {-0.1380625, 0.2368875, 0.57553125, -0.52178125},
            new double[] {0.7835216972, 0.1, 6.1625}),
        Arguments.of(
            "T3",
            new Fgsm(),
            Norm.L2,
            .5,
            2,
            new double[] {-0.3140678839, 0.1197239534, 0.4497522757, -0.4930731495},
            new double[] {0.4753370035, 0.1916087596, 2.6125663035}),
        Arguments.of(
            "T4",
            new Fgsm(),
            Norm.L1,
            2.0,
            2,
            new double[] {-0.3939392598, 0.0429601553, 0.4679429229, -0.3828164537},
            new double[] {0.3555916296, 0.1390864004, 1.9306932459}),
        Arguments.of(
            "T5",
            TEN_STEPS,
            Norm.LINF,
            .1,
            1,
            new double[] {0.20551875, 0.38709375, 0.24456, -0.96502125},
            new double[] {0.6775657256, 0.1, 5.11625}),
        Arguments.of(
            "T5 as PGD",
            new Pgd(10, 0.2, false),
            Norm.LINF,
            .1,
            1,
            new double[] {0.20551875, 0.38709375, 0.24456, -0.96502125},
            new double[] {0.6775657256, 0.1, 5.11625}),
        Arguments.of(
            "T6 as least likely",
            new LeastLikely(1, false, 10, 0.2),
            Norm.LINF,
            .1,
            0,
            new double[] {0.7757125, -0.0424275, -0.3022925, -0.48884875},
            new double[] {0.7162161859, 0.1, 5.445}),
        Arguments.of(
            "T6 as third other",
            new KthLikely(3, false, 10, 0.2),
            Norm.LINF,
            .1,
            0,
            new double[] {0.7757125, -0.0424275, -0.3022925, -0.48884875},
            new double[] {0.7162161859, 0.1, 5.445}),
        Arguments.of(
            "T7",
            new Pgd(10, 0.2, false),
            Norm.L2,
            .5,
            1,
            new double[] {0.1326234203, 0.3843994643, 0.2999393505, -0.90699232},
            new double[] {0.4941290825, 0.1786769834, 2.8243037248}),
        Arguments.of(
            "T8",
            momentum(1, Accumulation.L1),
            Norm.LINF,
            .1,
            1,
            new double[] {0.25140125, 0.56881625, 0.2773125, -0.87670375},
            new double[] {0.7383131111, 0.1, 5.6425}),
        Arguments.of(
            "T8 scaled by the mean",
            momentum(1, Accumulation.MEAN),
            Norm.LINF,
            .1,
            1,
            new double[] {0.25140125, 0.56881625, 0.2773125, -0.87670375},
            new double[] {0.7383131111, 0.1, 5.6425}),
        Arguments.of(
            "T9",
            momentum(.5, Accumulation.L1),
            Norm.LINF,
            .1,
            1,
            new double[] {0.29444375, 0.38370625, 0.213365, -0.97707},
            new double[] {0.6982164779, 0.1, 5.2025}),
        Arguments.of(
            "T10",
            momentum(1, Accumulation.SIGN),
            Norm.LINF,
            .1,
            1,
            new double[] {0.062925, 0.5560475, 0.3612825, -0.8297075},
            new double[] {0.7101452316, 0.1, 5.3625}),
        Arguments.of(
            "T11",
            new NiFgsm(10, 0.2, 1, Accumulation.MEAN, Loss.CROSS_ENTROPY),
            Norm.LINF,
            .1,
            1,
            new double[] {0.12690375, 0.36245875, 0.1527325, -0.95392},
            new double[] {0.7087279538, 0.1, 5.27625}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesTheKnownLogitsAndNorms(
      String name,
      BoundedAttack attack,
      Norm norm,
      double epsilon,
      int predicted,
      double[] logits,
      double[] norms) {
    Adversarial result = attack(attack, norm, epsilon);
    assertEquals(3, result.before().top());
    assertEquals(predicted, result.after().top());
    assertArrayEquals(
        logits,
        result.after().logits().stream().mapToDouble(z -> z).toArray(),
        TOLERANCE,
        result.after().logits().toString());
    Adversarial.Norms n = result.norms();
    assertArrayEquals(norms, new double[] {n.l2(), n.linf(), n.l1()}, TOLERANCE);
  }

  @Test
  void stepsTowardsAGivenTarget() {
    Adversarial result = attack(TEN_STEPS, Norm.LINF, .1, new Goal.MisclassifyAs(List.of(0))); // T6
    assertEquals(true, result.success());
    assertArrayEquals(
        new double[] {0.7757125, -0.0424275, -0.3022925, -0.48884875},
        result.after().logits().stream().mapToDouble(z -> z).toArray(),
        TOLERANCE);
  }

  @Test
  void flipsTheClassFromThreeHundredthsOn() { // T17
    List<Double> epsilons = List.of(.01, .02, .03, .04, .05, .06, .08, .1);
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
      List<Integer> classes =
          Attacks.run(new Fgsm(), problem, Norm.LINF, epsilons, Attacks.Rounding.SKIP, Run.of(1))
              .stream()
              .map(a -> a.after().top())
              .toList();
      assertEquals(List.of(3, 3, 2, 2, 2, 2, 2, 2), classes);
    }
  }

  @Test
  void classifiesTheImageAgainAfterRounding() { // T18
    Adversarial result = attack(new Fgsm(), Norm.LINF, .1);
    assertEquals(2, result.rounded().orElseThrow().top());
    assertEquals(true, result.roundedSuccess());
    assertArrayEquals(
        new double[] {-0.1368627451, 0.2356862745, 0.5742039216, -0.5240705882},
        result.rounded().orElseThrow().logits().stream().mapToDouble(z -> z).toArray(),
        TOLERANCE);
  }

  @Test
  void givesTheKnownImages() {
    double[] fgsm = {
      0.15, 0.3375, 0.525, 0.7125, 0.19375, 0.18125, 0.56875, 0.55625,
      0.94375, 0.025, 0.4125, 0.4, 0.5875, 0.775, 0.25625, 0.44375,
      0.43125, 0.81875, 0, 0.2875, 0.475, 0.4625, 0.85, 0.13125,
      0.11875, 0.30625, 0.69375, 0.68125, 0, 0.35, 0.5375, 0.725,
      0.9125, 0.19375, 0.18125, 0.56875, 0.55625, 0.94375, 0.025, 0.4125,
      0.6, 0.5875, 0.975, 0.25625, 0.24375, 0.43125, 0.81875, 0,
      0.2875, 0.275, 0.6625, 0.65, 0.13125, 0.11875, 0.50625, 0.49375,
      0.68125, 0.1625, 0.35, 0.3375, 0.525, 0.9125, 0.19375, 0.18125
    };
    double[] steps = {
      0.15, 0.5175, 0.525, 0.8125, 0.17375, 0.20125, 0.54875, 0.55625,
      0.94375, 0.025, 0.4125, 0.4, 0.6475, 0.775, 0.19625, 0.44375,
      0.43125, 0.81875, 0.04, 0.1475, 0.475, 0.4825, 0.85, 0.13125,
      0.11875, 0.36625, 0.63375, 0.74125, 0, 0.21, 0.5375, 0.665,
      0.9125, 0, 0.24125, 0.50875, 0.55625, 0.92375, 0.025, 0.4125,
      0.6, 0.5875, 0.955, 0.19625, 0.30375, 0.43125, 0.81875, 0,
      0.0875, 0.275, 0.4625, 0.65, 0.07125, 0.11875, 0.48625, 0.49375,
      0.68125, 0.1625, 0.35, 0.3375, 0.525, 0.8925, 0.17375, 0.18125
    };
    double[] momentum = {
      0.15, 0.5375, 0.525, 0.7125, 0.19375, 0.18125, 0.56875, 0.55625,
      0.94375, 0.025, 0.3925, 0.4, 0.5875, 0.775, 0.19625, 0.44375,
      0.43125, 0.81875, 0, 0.2875, 0.475, 0.4625, 0.85, 0.13125,
      0.11875, 0.38625, 0.69375, 0.76125, 0, 0.25, 0.5375, 0.725,
      0.9125, 0.01375, 0.32125, 0.54875, 0.55625, 0.94375, 0.025, 0.4125,
      0.6, 0.5875, 0.975, 0.19625, 0.24375, 0.43125, 0.81875, 0,
      0.0875, 0.275, 0.4625, 0.65, 0.13125, 0.11875, 0.50625, 0.49375,
      0.68125, 0.1625, 0.35, 0.3375, 0.525, 0.8925, 0.19375, 0.18125
    };
    assertArrayEquals(fgsm, pixels(attack(new Fgsm(), Norm.LINF, .1)), 1e-6); // T2
    assertArrayEquals(steps, pixels(attack(TEN_STEPS, Norm.LINF, .1)), 1e-6); // T5
    Adversarial accumulated = attack(momentum(1, Accumulation.L1), Norm.LINF, .1); // T8
    assertArrayEquals(momentum, pixels(accumulated), 1e-6);
  }

  private static double[] pixels(Adversarial result) {
    float[] values = result.changed().toArray();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void givesTheLossThatAdversarialTrainingLowers() { // T20
    try (Scope scope = Scope.open()) {
      Problem problem = Problem.of(AttackNetworks.f8(), AttackNetworks.f8Input(), List.of(3));
      Tensor changed =
          problem.clip(new Fgsm().perturb(problem, new Ball(Norm.LINF, .1), Run.of(1)));
      Objective loss = new Objective.CrossEntropy(List.of(3));
      double clean = problem.height(problem.pixels(), loss, Run.of(1)).loss().item();
      double adversarial = problem.height(changed, loss, Run.of(1)).loss().item();
      assertEquals(2.0280518328, adversarial, 1e-6);
      assertEquals(1.3955827535, .5 * clean + .5 * adversarial, 1e-6);
      double[] softmax = {0.1931413291, 0.2810049251, 0.3942621117, 0.1315916341};
      assertArrayEquals(softmax, AttackNetworks.f8().logits(changed).softmax(1).toDoubles(), 1e-6);
    }
  }
}
