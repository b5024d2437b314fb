package io.adversight.attack.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.AttackNetworks;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DrawnDigitSet;
import io.adversight.graph.ModelFormatException;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdversarialTransformationTest {
  private static final double EPSILON = 0.1;

  @TempDir Path folder;

  private static Problem problem() {
    Tensor first = AttackNetworks.f8Input();
    return Problem.of(
        AttackNetworks.f8(), Tensor.concat(List.of(first, first.flip(3)), 0), List.of(0, 1));
  }

  private static Tensor changed(String file, Problem problem) {
    Run run = Run.of(2);
    return new AdversarialTransformation(file).perturb(problem, new Ball(Norm.LINF, EPSILON), run);
  }

  /** clip(x + epsilon tanh(conv(x))), pixel by pixel, with the group of channels of the goal. */
  @Test
  void addsTheDirectionOfTheGoal() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      double[] all =
          TinyTransformation.graph("directions", TinyTransformation.CLASSES)
              .forward(problem.pixels())
              .toDoubles();
      double[] x = problem.pixels().toDoubles();
      double[] untargeted = changed(TinyTransformation.file(), problem).toDoubles();
      List<Integer> targets = List.of(3, 2);
      double[] targeted =
          changed(TinyTransformation.file(), problem.with(new Goal.MisclassifyAs(targets)))
              .toDoubles();
      int pixels = 64;
      for (int i = 0; i < 2 * pixels; i++) {
        int image = i / pixels;
        int first = image * (1 + TinyTransformation.CLASSES) * pixels;
        double any = x[i] + EPSILON * all[first + i % pixels];
        assertThat(untargeted[i]).isCloseTo(Math.max(0, Math.min(1, any)), within(1e-6));
        int group = first + (1 + targets.get(image)) * pixels;
        double one = x[i] + EPSILON * all[group + i % pixels];
        assertThat(targeted[i]).isCloseTo(Math.max(0, Math.min(1, one)), within(1e-6));
      }
    }
  }

  @Test
  void aNetworkWithoutGeneratorIsAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(() -> changed("", problem()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no generator comes with")
        .hasMessageContaining("transformation-network");
  }

  @Test
  void aFileThatIsNoFittingGeneratorIsAnError() throws IOException {
    Path other = Files.write(folder.resolve("a.onnx"), TinyTransformation.bytes("logits", 4));
    assertThatThrownBy(() -> changed(other.toString(), problem()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected an output \"directions\", but its outputs are logits");
    Path classes = Files.write(folder.resolve("b.onnx"), TinyTransformation.bytes("directions", 7));
    assertThatThrownBy(() -> changed(classes.toString(), problem()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("directions of shape (1, 5, 8, 8), but this one makes (1, 8, 8, 8)");
    Path damaged = Files.write(folder.resolve("c.onnx"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> changed(damaged.toString(), problem()))
        .isInstanceOf(ModelFormatException.class);
    assertThatThrownBy(() -> changed(folder.resolve("none.onnx").toString(), problem()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.onnx: expected the ONNX file of a generator");
  }

  /** The digits are drawn, not those that the generator was trained on. */
  @Test
  void theGeneratorOfDigitsFoolsTheNetworkItComesWith() {
    Models models = new Models(new DataHome(folder, List.of()));
    GraphClassifier digits =
        ModelReader.open(models.locate("digits", ByteProgress.NONE), Device.CPU);
    DrawnDigitSet set = new DrawnDigitSet(0, 4, 28);
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(IntStream.range(0, set.size()).mapToObj(set::image).toList());
      List<Integer> labels = IntStream.range(0, set.size()).mapToObj(set::label).toList();
      Problem problem = Problem.of(digits, pixels, labels);
      Run run = Run.of(set.size());
      Tensor changed =
          new AdversarialTransformation().perturb(problem, new Ball(Norm.LINF, 0.3), run);
      boolean[] fooled = problem.reached(digits.logits(changed));
      assertThat(Problem.indices(fooled, true).length).isGreaterThan(set.size() / 2);
    }
  }
}
