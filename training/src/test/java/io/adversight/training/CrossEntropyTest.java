package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.loss.CrossEntropy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5})
  void isTheMeanOverTheSmoothedTargets(double smoothing) {
    double[][] logits = {{1, 2, -1}, {0, 0.5, 3}};
    int[] labels = {0, 2};
    double expected = 0;
    for (int i = 0; i < 2; i++) {
      double sum = 0;
      for (double logit : logits[i]) {
        sum += Math.exp(logit);
      }
      for (int c = 0; c < 3; c++) {
        double target = (c == labels[i] ? 1 - smoothing : 0) + smoothing / 3;
        expected -= target * Math.log(Math.exp(logits[i][c]) / sum) / 2;
      }
    }
    try (Scope scope = Scope.open()) {
      Tensor given = Tensor.of(new float[] {1, 2, -1, 0, 0.5f, 3}, 2, 3);
      Tensor loss = new CrossEntropy(smoothing).of(given, Tensor.of(new long[] {0, 2}, 2, 1));
      assertThat(loss.item()).isCloseTo(expected, within(1e-6));
    }
  }
}
