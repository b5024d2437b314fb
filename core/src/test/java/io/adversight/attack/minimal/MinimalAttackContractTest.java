package io.adversight.attack.minimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attack.CatalogAttacks;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.blackbox.BlackBoxMinimalAttack;
import io.adversight.attack.composite.EpsilonBisection;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every attack that looks for the nearest image must do, on the formula network. */
class MinimalAttackContractTest {
  static Stream<MinimalAttack> attacks() {
    return Stream.of(
        new DeepFool(),
        new DeepFool(50, 0.02, 3, DeepFool.Variant.FOOLBOX),
        new DeepFool(50, 0.02, 10, DeepFool.Variant.TORCHATTACKS),
        new CarliniWagner(2, 30, 0.01, 1, 0, true),
        new CarliniWagnerLinf(30, 0.02, 0.1, 20, 0.7, 0.004, 0),
        new BoxConstrainedLbfgs(4, 10, 0.1),
        new PenaltyMethod(300, 0.02, 0.1),
        new ElasticNet(2, 30, 0.02, 1, 0.001, 0, ElasticNet.Decision.ELASTIC_NET),
        new DecoupledDirection(40, 1, 0.05, false),
        new DecoupledDirection(40, 1, 0.05, true),
        new FastMinimumNorm(40, 0.3, 0.05),
        new JacobianSaliency(1, 0.5, 64),
        new Fab(30, 1, 0, 0.1, 1.05, 0.9),
        new EpsilonBisection(new Pgd(7, 0.3, true), 1, 6));
  }

  private static final Classifier NETWORK = SmallNetworks.f8();

  /** Three images; the labels of the first and third are right, that of the second is wrong. */
  private static Problem problem() {
    Tensor one = SmallNetworks.f8Input();
    Tensor two = one.flip(3);
    Tensor three = one.mul(0.8).add(0.1);
    Tensor pixels = Tensor.concat(List.of(one, two, three), 0);
    long[] predicted = NETWORK.logits(pixels).argmax(1).toLongs();
    List<Integer> labels = new ArrayList<>();
    Arrays.stream(predicted).forEach(label -> labels.add((int) label));
    labels.set(1, (labels.get(1) + 1) % 4);
    return Problem.of(NETWORK, pixels, labels);
  }

  private static Norm norm(MinimalAttack attack) {
    return attack.norms().stream().sorted().findFirst().orElseThrow();
  }

  private static Run run() {
    return Run.of(new Rng(5), 0, 3);
  }

  @Test
  void holdsForEveryMinimalAttackOfTheCatalogue() {
    Set<Class<?>> tested = attacks().map(Object::getClass).collect(Collectors.toSet());
    assertThat(
            CatalogAttacks.all(MinimalAttack.class)
                .filter(attack -> !(attack instanceof BlackBoxMinimalAttack)))
        .allSatisfy(attack -> assertThat(tested).contains(attack.getClass()));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void reachesTheGoalInsideTheBounds(MinimalAttack attack) {
    for (Norm norm : attack.norms()) {
      try (Scope scope = Scope.open()) {
        Problem problem = problem();
        Tensor changed = attack.perturb(problem, norm, run());
        assertThat(changed.shape()).isEqualTo(problem.pixels().shape());
        assertThat(changed.minPerImage().min(0).item()).isGreaterThanOrEqualTo(0);
        assertThat(changed.maxPerImage().max(0).item()).isLessThanOrEqualTo(1);
        assertThat(problem.reached(NETWORK.logits(changed))).containsOnly(true);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void leavesAnImageThatIsMisclassifiedAlready(MinimalAttack attack) {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      Run run = run();
      Tensor changed = attack.perturb(problem, norm(attack), run);
      assertThat(changed.rows(1).toDoubles()).containsExactly(problem.pixels().rows(1).toDoubles());
      assertThat(run.counter(1).backwards()).isLessThan(4);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void findsTheSameImageAgain(MinimalAttack attack) {
    try (Scope scope = Scope.open()) {
      Tensor first = attack.perturb(problem(), norm(attack), run());
      Tensor second = attack.perturb(problem(), norm(attack), run());
      assertThat(second.toDoubles()).containsExactly(first.toDoubles());
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void reachesATarget(MinimalAttack attack) {
    try (Scope scope = Scope.open()) {
      Problem problem = problem().with(new Goal.MisclassifyAs(List.of(2, 2, 1)));
      Tensor changed = attack.perturb(problem, norm(attack), run());
      assertThat(problem.reached(NETWORK.logits(changed))).containsOnly(true);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void stopsWhenItIsCancelled(MinimalAttack attack) {
    try (Scope scope = Scope.open()) {
      Run run = run();
      run.cancel();
      Problem problem = problem();
      assertThatThrownBy(() -> attack.perturb(problem, norm(attack), run))
          .isInstanceOf(CancellationException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void changesNothingOutsideThePartThatMayChange(MinimalAttack attack) {
    try (Scope scope = Scope.open()) {
      Tensor left = Tensor.concat(List.of(Tensor.ones(1, 1, 8, 6), Tensor.zeros(1, 1, 8, 2)), 3);
      Problem problem = problem().within(left);
      Tensor changed = attack.perturb(problem, norm(attack), run());
      Tensor outside = changed.sub(problem.pixels()).narrow(3, 6, 2);
      assertThat(outside.linfPerImage().max(0).item()).isLessThan(1e-6);
      boolean[] reached = problem.reached(NETWORK.logits(changed));
      assertThat(reached[0]).isTrue();
    }
  }
}
