package io.adversight.experiments.typeone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.SmallNetworks;
import io.adversight.model.Classifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
  /** The logits are the three pixels. */
  private static final Classifier PIXELS =
      SmallNetworks.linear(1, 3, new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 0, 0, 0);

  @Test
  void isTheLogOfTheOdds() {
    try (Scope scope = Scope.open()) {
      Tensor images = Tensor.of(new float[] {0.5f, 0.25f, 0.75f, 900, -900, 0}, 2, 1, 1, 3);
      List<Score> scores = Score.of(PIXELS, images, 0);
      double p = Math.exp(0.5) / (Math.exp(0.5) + Math.exp(0.25) + Math.exp(0.75));
      assertThat(scores.get(0).logOdds()).isCloseTo(Math.log(p / (1 - p)), within(1e-6));
      assertThat(scores.get(0).decided()).isFalse();
      assertThat(scores.get(0).isLikely()).isFalse();
      // Where the probability is 1 in every floating-point format, the odds still order images.
      assertThat(scores.get(1).logOdds()).isCloseTo(900, within(1e-3));
      assertThat(scores.get(1).decided()).isTrue();
      assertThat(Score.read(scores.get(1).toJson())).isEqualTo(scores.get(1));
    }
  }
}
