package io.adversight.attack.universal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.data.ImageList;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes for all images, on a linear classifier of 6 x 6 images. */
class UniversalAttackTest {
  private static final int SIDE = 6;
  private static final Classifier NETWORK = SmallNetworks.randomLinear(SIDE, 3, 11);

  private static DataSet images(int count) {
    List<Raster> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new Rng(100 + i).uniform(SIDE * SIDE, 0.3, 0.7);
      images.add(Raster.map(SIDE, SIDE, values));
    }
    return ImageList.unlabelled(images);
  }

  private static double rate(Universal change, DataSet images) {
    int fooled = 0;
    for (int i = 0; i < images.size(); i++) {
      try (Scope scope = Scope.open()) {
        Tensor x = Batches.of(List.of(images.image(i)));
        Tensor changed = change.apply(x, Run.of(1));
        long before = NETWORK.logits(x).argmax(1).toLongs()[0];
        fooled += NETWORK.logits(changed).argmax(1).toLongs()[0] == before ? 0 : 1;
      }
    }
    return (double) fooled / images.size();
  }

  private static UniversalPerturbation craft(UniversalAttack attack, Ball ball, int images) {
    return (UniversalPerturbation)
        attack.craft(NETWORK, images(images), ball, Run.of(new Rng(2), 0, 1));
  }

  @ParameterizedTest
  @EnumSource(names = {"LINF", "L2"})
  void foolsMoreImagesThanNoiseOfTheSameNorm(Norm norm) {
    Ball ball = new Ball(norm, norm == Norm.LINF ? 0.15 : 0.8);
    UniversalPerturbation found = craft(new UniversalAdversarial(), ball, 20);
    UniversalPerturbation noise = craft(new UniversalNoise(), ball, 20);
    assertThat(found.size(norm)).isLessThanOrEqualTo(ball.epsilon() * (1 + 1e-6));
    assertThat(noise.size(norm)).isCloseTo(ball.epsilon(), within(1e-6));
    assertThat(rate(found, images(20))).isGreaterThan(rate(noise, images(20)) + 0.2);
  }

  @Test
  void staysAtZeroWhereTheBallIsAPoint() {
    UniversalPerturbation found = craft(new UniversalAdversarial(), new Ball(Norm.LINF, 0), 4);
    assertThat(found.size(Norm.LINF)).isZero();
  }

  @Test
  void makesTheSamePerturbationAgain() {
    Ball ball = new Ball(Norm.LINF, 0.1);
    assertThat(craft(new UniversalAdversarial(), ball, 6))
        .isEqualTo(craft(new UniversalAdversarial(), ball, 6));
  }

  @Test
  void oneImageIsFooledByItsOwnDeepFoolStep() {
    UniversalPerturbation found = craft(new UniversalAdversarial(), new Ball(Norm.L2, 5), 1);
    try (Scope scope = Scope.open()) {
      Tensor x = Batches.of(List.of(images(1).image(0)));
      int label = (int) NETWORK.logits(x).argmax(1).toLongs()[0];
      Tensor single =
          new DeepFool().perturb(Problem.of(NETWORK, x, List.of(label)), Norm.L2, Run.of(1));
      assertThat(found.size(Norm.L2)).isCloseTo(single.sub(x).l2PerImage().item(), within(1e-6));
    }
  }

  @Test
  void theSumPointsWhereTheSinglePerturbationsPoint() {
    Ball ball = new Ball(Norm.L2, 0.5);
    UniversalPerturbation sum = craft(new PerturbationSum(), ball, 5);
    assertThat(sum.size(Norm.L2)).isCloseTo(0.5, within(1e-5));
    try (Scope scope = Scope.open()) {
      Tensor expected = Tensor.zeros(1, 1, SIDE, SIDE);
      for (int i = 0; i < 5; i++) {
        Tensor x = Batches.of(List.of(images(5).image(i)));
        int label = (int) NETWORK.logits(x).argmax(1).toLongs()[0];
        Problem problem = Problem.of(NETWORK, x, List.of(label));
        expected = expected.add(new DeepFool().perturb(problem, Norm.L2, Run.of(1)).sub(x));
      }
      Tensor found = Batches.of(List.of(sum.delta()));
      double cosine =
          found.mul(expected).sum().item()
              / (found.l2PerImage().item() * expected.l2PerImage().item());
      assertThat(cosine).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void isReadBackAsItWasWritten(@TempDir Path folder) {
    UniversalPerturbation noise = craft(new UniversalNoise(), new Ball(Norm.LINF, 0.1), 2);
    noise.save(folder, "noise");
    assertThat(UniversalPerturbation.load(folder.resolve("noise.npy"))).isEqualTo(noise);
    assertThat(folder.resolve("noise.png")).isNotEmptyFile();
    assertThat(noise.image().min()).isZero();
    assertThat(noise.image().max()).isEqualTo(1);
  }

  @Test
  void saysWhenItDoesNotFit() {
    UniversalPerturbation noise = craft(new UniversalNoise(), new Ball(Norm.LINF, 0.1), 2);
    assertThatThrownBy(() -> noise.apply(Tensor.zeros(1, 1, 8, 8), Run.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit");
  }

  @Test
  void stopsWhenItIsCancelled() {
    Run run = Run.of(1);
    run.cancel();
    assertThatThrownBy(
            () ->
                new UniversalAdversarial().craft(NETWORK, images(2), new Ball(Norm.LINF, 0.1), run))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aPatchCoversADiscOfItsDiameterAndNothingElse() {
    Raster white = Raster.generate(1, 40, 40, (c, y, x) -> 1);
    Patch patch = new Patch(white, 0.5, 0.5, 30);
    try (Scope scope = Scope.open()) {
      Tensor black = Tensor.zeros(3, 1, 40, 60);
      Run run = Run.of(new Rng(1), 0, 3);
      Tensor changed = patch.apply(black, run);
      for (double area : changed.sumPerImage().toDoubles()) {
        assertThat(area).isCloseTo(Math.PI * 10 * 10, within(12.0));
      }
      assertThat(changed.rows(1).sub(changed.rows(0)).linfPerImage().item()).isEqualTo(1);
      assertThat(patch.apply(black.rows(1), run.select(1)).toFloats())
          .containsExactly(changed.rows(1).toFloats());
    }
  }

  @Test
  void anUnturnedPatchOfFullSizeShowsItsContent() {
    Raster content = Raster.generate(1, 8, 8, (c, y, x) -> (y * 8 + x) / 64.0);
    Patch patch = new Patch(content, 1, 1, 0);
    try (Scope scope = Scope.open()) {
      float[] shown = patch.apply(Tensor.zeros(1, 1, 8, 8), Run.of(1)).toFloats();
      for (int y = 2; y < 6; y++) {
        for (int x = 2; x < 6; x++) {
          assertThat((double) shown[y * 8 + x]).isCloseTo(content.at(0, y, x), within(1e-5));
        }
      }
      assertThat(shown[0]).isZero();
    }
  }

  @Test
  void aPatchMakesTheNetworkSeeItsTarget() {
    AdversarialPatch attack = new AdversarialPatch(1, 60, 8, 0.05, 0.8, 1, 20);
    DataSet images = images(16);
    Patch patch = (Patch) attack.craft(NETWORK, images, new Ball(Norm.L0, 0), Run.of(1));
    Patch grey = new Patch(Raster.generate(1, SIDE, SIDE, (c, y, x) -> 0.5), 0.8, 1, 20);
    assertThat(meanTarget(patch, images)).isGreaterThan(meanTarget(grey, images) + 0.2);
  }

  private static double meanTarget(Patch patch, DataSet images) {
    try (Scope scope = Scope.open()) {
      Tensor x =
          Batches.of(java.util.stream.IntStream.range(0, 16).mapToObj(images::image).toList());
      Tensor changed = patch.apply(x, Run.of(new Rng(77), 0, 16));
      return NETWORK.logits(changed).softmax(1).narrow(1, 1, 1).mean().item();
    }
  }
}
