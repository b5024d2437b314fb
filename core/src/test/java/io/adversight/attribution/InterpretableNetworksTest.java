package io.adversight.attribution;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.cam.AttentionMap;
import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.attribution.inherent.PrototypeSimilarity;
import io.adversight.attribution.inherent.SoftMask;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Maps that networks make themselves: attention, soft masks, prototypes. */
class InterpretableNetworksTest {
  private static final int PLACES = 9;
  private static final Objective CLASS = Objective.Logit.of(2);

  private static double[] map(Attribution method, GraphClassifier network) {
    try (Scope scope = Scope.open()) {
      Trace trace = network.trace(Networks.formulaInput());
      return method.attribute(trace, CLASS, Run.of(1)).toDoubles();
    }
  }

  private static double[] layer(GraphClassifier network, String name, int channel) {
    try (Scope scope = Scope.open()) {
      Tensor value = network.trace(Networks.formulaInput()).activation(name);
      return value.select(1, channel).contiguous().toDoubles();
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void theScoreIsTheMeanOfTheCombinedMap() {
    GraphClassifier network = Networks.attention();
    double[] combined = map(new AttentionMap(), network);
    try (Scope scope = Scope.open()) {
      double score = network.logits(Networks.formulaInput()).toFloats()[2];
      assertThat(sum(combined) / PLACES).isCloseTo(score, within(1e-5));
    }
    double[] topDown = layer(network, "top_down", 2);
    double[] bottomUp = layer(network, "bottom_up", 0);
    double[] expected = new double[PLACES];
    for (int i = 0; i < PLACES; i++) {
      expected[i] = topDown[i] * bottomUp[i];
    }
    assertClose(combined, expected, 1e-5);
    assertClose(map(new AttentionMap(AttentionMap.Part.TOP_DOWN), network), topDown, 1e-5);
    assertClose(map(new AttentionMap(AttentionMap.Part.BOTTOM_UP), network), bottomUp, 1e-6);
  }

  @Test
  void softMasksAreFoundByWhatTheyWeigh() {
    GraphClassifier network = Networks.masked();
    for (int stage = 1; stage <= 2; stage++) {
      double[] expected = new double[PLACES];
      for (int channel = 0; channel < 3; channel++) {
        double[] one = layer(network, "mask" + stage, channel);
        for (int i = 0; i < PLACES; i++) {
          expected[i] += one[i] / 3;
        }
      }
      assertClose(map(new SoftMask(stage), network), expected, 1e-5);
    }
    assertThatThrownBy(() -> map(new SoftMask(3), network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("soft-mask: \"toy\" has 2 masks, so stage must be at most 2, but was 3");
  }

  @Test
  void prototypesAreRankedByWhatTheyAddToTheClass() {
    GraphClassifier network = Networks.prototypes();
    // Class 2 is 1 times the first prototype and 3 times the second.
    double[] weights = {1, 3, 0};
    try (Scope scope = Scope.open()) {
      Trace trace = network.trace(Networks.formulaInput());
      List<PrototypeMatch> matches = PrototypeMatch.of(trace, CLASS, 5).get(0);
      assertThat(matches).hasSize(3);
      double before = Double.POSITIVE_INFINITY;
      double total = 0;
      for (PrototypeMatch match : matches) {
        double[] similar = layer(network, "relu2", match.number());
        double largest = 0;
        for (double value : similar) {
          largest = Math.max(largest, value);
        }
        assertThat(match.similarity()).isEqualTo(largest);
        assertThat(similar[match.row() * 3 + match.column()]).isEqualTo(largest);
        assertThat(match.map())
            .isEqualTo(Raster.generate(1, 3, 3, (c, y, x) -> similar[y * 3 + x]));
        assertThat(match.contribution())
            .isCloseTo(weights[match.number()] * largest, within(1e-5))
            .isLessThanOrEqualTo(before);
        assertThat(match.source()).isEmpty();
        before = match.contribution();
        total += match.contribution();
      }
      double logit = network.logits(Networks.formulaInput()).toFloats()[2];
      assertThat(total).isCloseTo(logit, within(1e-4));
      double[] first = map(new PrototypeSimilarity(2, 1), network);
      double[] expected = layer(network, "relu2", matches.get(0).number());
      for (int i = 0; i < PLACES; i++) {
        expected[i] *= weights[matches.get(0).number()];
      }
      assertClose(first, expected, 1e-5);
    }
  }

  @Test
  void othersAreRefusedWithWhatIsNeeded() {
    for (Attribution method :
        List.of(new AttentionMap(), new SoftMask(), new PrototypeSimilarity())) {
      assertThatThrownBy(() -> map(method, Networks.pooledFormula()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs a")
          .hasMessageContaining("aviary-")
          .hasMessageContaining("\"toy\"");
    }
  }
}
