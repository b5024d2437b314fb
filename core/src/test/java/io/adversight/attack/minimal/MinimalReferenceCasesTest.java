package io.adversight.attack.minimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.SmallNetworks;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Cases T12 to T16: values of published programs on the formula network, in float64. */
class MinimalReferenceCasesTest {
  private static final Offset<Double> CLOSE = within(2e-5);
  private static final Offset<Double> AFTER_FIFTY_STEPS = within(1e-4);

  private static void check(
      MinimalAttack attack,
      Norm norm,
      Bounds bounds,
      Offset<Double> tolerance,
      List<Double> logits,
      double l2,
      double linf,
      double l1) {
    try (Scope scope = Scope.open()) {
      Problem problem =
          Problem.of(SmallNetworks.f8(), SmallNetworks.f8Input(), List.of(3)).with(bounds);
      Tensor changed = attack.perturb(problem, norm, Run.of(1));
      double[] found = problem.classifier().logits(changed).toDoubles();
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isCloseTo(logits.get(i), tolerance);
      }
      Tensor change = changed.sub(problem.pixels());
      assertThat(change.l2PerImage().item()).isCloseTo(l2, tolerance);
      assertThat(change.linfPerImage().item()).isCloseTo(linf, tolerance);
      assertThat(change.l1PerImage().item()).isCloseTo(l1, within(10 * tolerance.value));
    }
  }

  @Test
  void t12DeepFoolInL2AsFoolboxComputesIt() {
    check(
        new DeepFool(50, 0.02, 10, DeepFool.Variant.FOOLBOX),
        Norm.L2,
        Bounds.PIXELS,
        CLOSE,
        List.of(-0.7021742676, -0.2980702109, 0.2877429522, 0.2873031097),
        0.1143406393,
        0.0559978963,
        0.5710899009);
  }

  @Test
  void t13DeepFoolInLinfAsFoolboxComputesIt() {
    check(
        new DeepFool(50, 0.02, 10, DeepFool.Variant.FOOLBOX),
        Norm.LINF,
        Bounds.PIXELS,
        CLOSE,
        List.of(-0.6382255734, -0.2438724497, 0.2436652273, 0.2414708822),
        0.1830566654,
        0.0232482198,
        1.4413896248);
  }

  @Test
  void t14DeepFoolAsTorchattacksComputesIt() {
    check(
        new DeepFool(50, 0.02, 10, DeepFool.Variant.TORCHATTACKS),
        Norm.L2,
        Bounds.PIXELS,
        CLOSE,
        List.of(-0.7022068286, -0.2981978946, 0.2875611903, 0.2875611903),
        0.1142543138,
        0.0559559044,
        0.5706577115);
  }

  @Test
  void t15DeepFoolOfThePaper() {
    check(
        new DeepFool(),
        Norm.L2,
        Bounds.NONE,
        CLOSE,
        List.of(-0.7072370722, -0.2924152547, 0.2906106385, 0.2886261667),
        0.1131692296,
        0.0546955218,
        0.5781645838);
  }

  @Test
  void t15GivesTheKnownImage() {
    double[] known = {
      0.2479109349, 0.43686695, 0.6225311049, 0.8099677999, 0.09463627, 0.2793508499, 0.4704592351,
          0.655300425,
      0.8467886401, 0.12474678, 0.3214893103, 0.4969613599, 0.688702795, 0.87575966, 0.15764271,
          0.3460289801,
      0.531186695, 0.7295118504, -0.0021523701, 0.1907285551, 0.3794313501, 0.561170595,
          0.7556341452, 0.0330858451,
      0.21799034, 0.3989699248, 0.6026127003, 0.7722184864, 0.0568025498, 0.2649188788,
          0.4405175384, 0.6417125205,
      0.812056865, 0.0982024518, 0.261456636, 0.4820862538, 0.6463955213, 0.8569596438,
          0.0890005555, 0.3250343904,
      0.500443135, 0.6730031545, 0.8814571102, 0.1725615889, 0.3298862045, 0.5238855181,
          0.7315587121, -0.0176198922,
      0.1799033998, 0.3694713632, 0.5675644002, 0.7354609512, 0.0456624388, 0.1640544782,
          0.4151549036, 0.5733446877,
      0.78264271, 0.0597145799, 0.2692447206, 0.4362550016, 0.5799690419, 0.8158762668, 0.135235878,
          0.2776205132
    };
    try (Scope scope = Scope.open()) {
      Problem problem =
          Problem.of(SmallNetworks.f8(), SmallNetworks.f8Input(), List.of(3)).with(Bounds.NONE);
      Tensor changed = new DeepFool().perturb(problem, Norm.L2, Run.of(1));
      assertThat(changed.toDoubles()).containsExactly(known, within(1e-6));
    }
  }

  @Test
  void t15TakesOneStep() {
    try (Scope scope = Scope.open()) {
      Run run = Run.of(1);
      new DeepFool()
          .perturb(
              Problem.of(SmallNetworks.f8(), SmallNetworks.f8Input(), List.of(3)).with(Bounds.NONE),
              Norm.L2,
              run);
      assertThat(run.counter(0).iterations()).isEqualTo(1);
      assertThat(run.counter(0).forwards()).isEqualTo(2);
      assertThat(run.counter(0).backwards()).isEqualTo(3);
    }
  }

  @Test
  void t16CarliniWagnerWithASingleConstant() {
    check(
        new CarliniWagner(1, 50, 0.01, 1, 0, true),
        Norm.L2,
        Bounds.PIXELS,
        AFTER_FIFTY_STEPS,
        List.of(-0.6271130409, -0.2152976689, 0.2373470712, 0.1936488463),
        0.2002361816,
        0.0347635065,
        1.4798296889);
  }
}
