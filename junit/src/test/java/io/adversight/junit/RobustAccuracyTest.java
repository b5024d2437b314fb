package io.adversight.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.Adversight;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;

class RobustAccuracyTest {
  private static final List<io.adversight.attack.RobustAccuracy> HANDED_OVER =
      new CopyOnWriteArrayList<>();

  /** Guards of the digits, some of which must fail. */
  static class Guarded {
    @RobustAccuracy(
        model = "digits",
        data = "drawn-digits",
        images = 20,
        attack = "fgsm",
        epsilon = "8/255",
        atLeast = 0.5)
    void passes(io.adversight.attack.RobustAccuracy measured) {
      HANDED_OVER.add(measured);
    }

    @RobustAccuracy(
        model = "digits",
        data = "drawn-digits",
        images = 20,
        attack = "fgsm",
        epsilon = "0.15",
        atLeast = 1)
    void fails() {
      throw new AssertionError("the body of a failed guard runs");
    }

    @RobustAccuracy(
        model = "digits",
        data = "drawn-digits",
        images = 10,
        parameters = "steps=3",
        epsilon = "2/255",
        atLeast = 0.5)
    @RobustAccuracy(
        model = "digits",
        data = "drawn-digits",
        images = 10,
        parameters = "steps=20",
        epsilon = "0.5",
        atLeast = 0.5)
    void severalGuards() {}

    @RobustAccuracy(model = "digits", data = "drawn-digits", epsilon = "8", atLeast = 0.4)
    void epsilonInLevels() {}

    @RobustAccuracy(
        model = "digits",
        data = "drawn-digits",
        attack = "pgdd",
        epsilon = "8/255",
        atLeast = 0.4)
    void unknownAttack() {}

    @RobustAccuracy(
        model = "digits",
        data = "drawn-digits",
        parameters = "steps",
        epsilon = "8/255",
        atLeast = 0.4)
    void parameterWithoutValue() {}

    @RobustAccuracy(model = "digitz", data = "drawn-digits", epsilon = "8/255", atLeast = 0.4)
    void unknownModel() {}

    @RobustAccuracy(model = "digits", data = "drawn-digits", epsilon = "8/255", atLeast = 40)
    void percentInsteadOfShare() {}
  }

  private static List<Launched> run(String method) {
    return Launched.run(Guarded.class, method, Map.of());
  }

  private static Launched only(String method) {
    assertThat(run(method)).hasSize(1);
    return run(method).get(0);
  }

  @Test
  void passesAndHandsOverWhatItMeasured() {
    List<Launched> ended =
        Launched.run(
            Guarded.class,
            "passes(" + io.adversight.attack.RobustAccuracy.class.getName() + ")",
            Map.of());

    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).status()).isEqualTo(Status.SUCCESSFUL);
    assertThat(ended.get(0).name())
        .isEqualTo("digits keeps a robust accuracy of 50.0 % under fgsm at 8/255 (LINF)");
    assertThat(HANDED_OVER).hasSize(1);
    assertThat(HANDED_OVER.get(0).ofAll().successes()).isEqualTo(robust(8 / 255.0));
  }

  @Test
  void failsWithTheNumbersAndWithoutItsBody() {
    Launched ended = only("fails");

    assertThat(ended.status()).isEqualTo(Status.FAILED);
    assertThat(ended.message())
        .startsWith(
            "the robust accuracy of digits under fgsm at 0.15 (LINF) must be at least 100.0 %")
        .contains(": " + robust(0.15) + " of 20 images of drawn-digits")
        .contains("without an attack the accuracy is");
  }

  /** Counted one image at a time. */
  private static long robust(double epsilon) {
    long robust = 0;
    DataSet data = Adversight.data("drawn-digits").take(20);
    try (Model model = Adversight.open("digits")) {
      for (int i = 0; i < data.size(); i++) {
        Image image = new Image(data.image(i));
        boolean right = model.predict(image).top().index() == data.label(i);
        robust += right && !model.attack(new Fgsm(), image, epsilon).success() ? 1 : 0;
      }
    }
    return robust;
  }

  @Test
  void makesATestOfEveryGuard() {
    List<Launched> ended = run("severalGuards");

    assertThat(ended)
        .extracting(Launched::status)
        .containsExactly(Status.SUCCESSFUL, Status.FAILED);
    assertThat(ended.get(1).name()).contains("pgd(steps=20) at 0.5 (" + Norm.LINF + ")");
  }

  @Test
  void saysWhatIsWrongWithAGuard() {
    assertThat(only("epsilonInLevels").message()).contains("did you mean 8/255?");
    assertThat(only("unknownAttack").message()).contains("pgdd").contains("pgd");
    assertThat(only("parameterWithoutValue").message()).contains("steps=10");
    assertThat(only("unknownModel").message()).contains("digits");
    assertThat(only("percentInsteadOfShare").message()).contains("atLeast").contains("40");
  }
}
