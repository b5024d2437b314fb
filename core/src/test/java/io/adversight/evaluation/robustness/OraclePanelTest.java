package io.adversight.evaluation.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.SmallNetworks;
import io.adversight.model.Classifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class OraclePanelTest {
  /** Each says which of three pixels is brightest, the last two with a prejudice. */
  private static final OraclePanel PANEL =
      new OraclePanel(List.of(brightest(0, 0, 0), brightest(9, 0, 0), brightest(0, 9, 0)));

  private static Classifier brightest(double... prejudice) {
    return SmallNetworks.linear(1, 3, new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, prejudice);
  }

  @Test
  void theMajorityDecides() {
    try (Scope scope = Scope.open()) {
      Tensor images = Tensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 1, 1, 3);
      assertThat(PANEL.seen(images)).containsExactly(0, 1, OraclePanel.UNDECIDED);
      assertThat(PANEL.votes(images, List.of(0, 1, 2))).containsExactly(2, 2, 1);
      assertThat(PANEL.isMajority(2)).isTrue();
      assertThat(PANEL.isMajority(1)).isFalse();
      assertThat(PANEL.predict(images).get(2)).extracting("top").hasSize(3);
    }
  }
}
