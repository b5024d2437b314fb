package io.adversight.attack.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.Attack;
import io.adversight.attack.CatalogAttacks;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.composite.EpsilonBisection;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every black-box attack must do, on the formula network. */
class BlackBoxAttackContractTest {
  private static final int QUERIES = 300;
  private static final Ball BALL = new Ball(Norm.LINF, 0.2);
  private static final Classifier NETWORK = SmallNetworks.f8();

  static Stream<Attack> attacks() {
    return Stream.of(
        new BoundaryAttack(QUERIES, 0.05, 0.05),
        new HopSkipJump(QUERIES, 10, 20, 50),
        new Simba(QUERIES, 0.2, Simba.Basis.PIXEL, 1),
        new Simba(QUERIES, 0.3, Simba.Basis.DCT, 0.75),
        new OnePixel(QUERIES, 5, 40, 20, 0.5),
        new Nes(QUERIES, 20, 0.01, 0.3),
        new Spsa(QUERIES, 20, 0.01, 0.05));
  }

  private static Problem problem() {
    Tensor one = SmallNetworks.f8Input();
    Tensor pixels = Tensor.concat(List.of(one, one.flip(3), one.mul(0.8).add(0.1)), 0);
    long[] predicted = NETWORK.logits(pixels).argmax(1).toLongs();
    List<Integer> labels = new ArrayList<>();
    Arrays.stream(predicted).forEach(label -> labels.add((int) label));
    labels.set(1, (labels.get(1) + 1) % 4);
    return Problem.of(NETWORK, pixels, labels);
  }

  private static Run run() {
    return Run.of(new Rng(5), 0, 3);
  }

  private static Tensor perturb(Attack attack, Problem problem, Run run) {
    return attack instanceof BlackBoxBoundedAttack bounded
        ? bounded.perturb(problem, BALL, run)
        : ((BlackBoxMinimalAttack) attack).perturb(problem, norm(attack), run);
  }

  private static Norm norm(Attack attack) {
    Set<Norm> norms = attack instanceof MinimalAttack minimal ? minimal.norms() : Set.of(Norm.LINF);
    return norms.stream().sorted().findFirst().orElseThrow();
  }

  @Test
  void holdsForEveryBlackBoxAttackOfTheCatalogue() {
    Set<Class<?>> tested = attacks().map(Object::getClass).collect(Collectors.toSet());
    assertThat(
            CatalogAttacks.all(Attack.class)
                .filter(
                    attack ->
                        attack.isPerImage() // SubstituteTest has the one that learns from all
                            // images
                            && (attack instanceof BlackBoxBoundedAttack
                                || attack instanceof BlackBoxMinimalAttack)))
        .allSatisfy(attack -> assertThat(tested).contains(attack.getClass()));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void reachesTheGoalInsideTheBoundsWithinItsQueries(Attack attack) {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      Run run = run();
      Tensor changed = perturb(attack, problem, run);
      assertThat(changed.minPerImage().min(0).item()).isGreaterThanOrEqualTo(0);
      assertThat(changed.maxPerImage().max(0).item()).isLessThanOrEqualTo(1);
      assertThat(problem.reached(NETWORK.logits(changed))).containsOnly(true);
      for (int i = 0; i < 3; i++) {
        assertThat(run.counter(i).forwards()).isBetween(1, QUERIES);
        assertThat(run.counter(i).backwards()).isZero();
      }
      assertThat(run.counter(1).forwards()).isLessThan(4);
      assertThat(changed.rows(1).toDoubles()).containsExactly(problem.pixels().rows(1).toDoubles());
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void keepsToAVerySmallBudget(Attack attack) {
    for (int queries : new int[] {1, 2, 13}) {
      try (Scope scope = Scope.open()) {
        Problem problem = problem();
        Run run = run();
        if (attack instanceof BlackBoxBoundedAttack bounded) {
          BlackBoxProblem hidden = BlackBoxProblem.of(problem, bounded.answer(), queries, run);
          bounded.perturb(hidden, BALL, run);
        } else {
          BlackBoxMinimalAttack minimal = (BlackBoxMinimalAttack) attack;
          BlackBoxProblem hidden = BlackBoxProblem.of(problem, minimal.answer(), queries, run);
          minimal.perturb(hidden, norm(attack), run);
        }
        for (int i = 0; i < 3; i++) {
          assertThat(run.counter(i).forwards()).isLessThanOrEqualTo(queries);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void stopsWhenItIsCancelled(Attack attack) {
    try (Scope scope = Scope.open()) {
      Run run = run();
      run.cancel();
      Problem problem = problem();
      assertThatThrownBy(() -> perturb(attack, problem, run))
          .isInstanceOf(CancellationException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void changesNothingOutsideThePartThatMayChange(Attack attack) {
    try (Scope scope = Scope.open()) {
      Tensor left = Tensor.concat(List.of(Tensor.ones(1, 1, 8, 6), Tensor.zeros(1, 1, 8, 2)), 3);
      Problem problem = problem().within(left);
      Tensor changed = perturb(attack, problem, run());
      Tensor outside = changed.sub(problem.pixels()).narrow(3, 6, 2);
      assertThat(outside.linfPerImage().max(0).item()).isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void hasItsWholeBudgetAtEveryUse(Attack attack) {
    try (Scope scope = Scope.open()) {
      Run run = run();
      double[] first = perturb(attack, problem(), run).toDoubles();
      List<Integer> spent =
          IntStream.range(0, 3).map(i -> run.counter(i).forwards()).boxed().toList();
      for (int use = 2; use < 5; use++) {
        assertThat(perturb(attack, problem(), run).toDoubles()).containsExactly(first);
        for (int i = 0; i < 3; i++) {
          assertThat(run.counter(i).forwards()).isEqualTo(use * spent.get(i));
        }
      }
    }
  }

  static Stream<BlackBoxBoundedAttack> boundedAttacks() {
    return attacks()
        .filter(BlackBoxBoundedAttack.class::isInstance)
        .map(BlackBoxBoundedAttack.class::cast);
  }

  @ParameterizedTest
  @MethodSource("boundedAttacks")
  void spendsItsBudgetInVainAtEveryBallOfABisection(BlackBoxBoundedAttack bounded) {
    try (Scope scope = Scope.open()) {
      Run run = run();
      Problem problem = problem();
      EpsilonBisection bisection = new EpsilonBisection(bounded, 0.01, 4);
      Norm norm = bounded.norms().stream().sorted().findFirst().orElseThrow();
      Tensor changed = bisection.perturb(problem, norm, run);
      assertThat(problem.reached(NETWORK.logits(changed))).containsOnly(true);
      assertThat(run.counter(0).forwards()).isGreaterThan(2 * QUERIES);
    }
  }

  @Test
  void anOracleChargesNothingThatWasSpentBefore() {
    try (Scope scope = Scope.open()) {
      Run run = Run.of(1);
      Tensor image = SmallNetworks.f8Input();
      Oracle.of(NETWORK, Oracle.Answer.LOGITS, 2, run).logits(image.repeat(2, 1, 1, 1));
      Oracle next = Oracle.of(NETWORK, Oracle.Answer.LOGITS, 2, run);
      assertThat(next.left(0)).isEqualTo(2);
      next.logits(image);
      assertThat(next.left(0)).isEqualTo(1);
      assertThat(run.counter(0).forwards()).isEqualTo(3);
    }
  }

  @Test
  void anOracleOfLabelsTellsNoLogits() {
    try (Scope scope = Scope.open()) {
      Oracle oracle = Oracle.of(NETWORK, Oracle.Answer.LABELS, 3, Run.of(1));
      assertThat(oracle.labels(SmallNetworks.f8Input())).containsExactly(3);
      assertThatThrownBy(() -> oracle.logits(SmallNetworks.f8Input()))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void anOracleAnswersAsOftenAsAgreedAndNoMore() {
    try (Scope scope = Scope.open()) {
      Run run = Run.of(2);
      Oracle oracle = Oracle.of(NETWORK, Oracle.Answer.LOGITS, 3, run);
      Tensor two = SmallNetworks.f8Input().repeat(2, 1, 1, 1);
      oracle.logits(two.repeat(2, 1, 1, 1));
      assertThat(oracle.left(0)).isEqualTo(1);
      oracle.select(1).logits(SmallNetworks.f8Input());
      assertThat(oracle.left(1)).isZero();
      assertThatThrownBy(() -> oracle.logits(two))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("image 1 has 0 queries left");
    }
  }
}
