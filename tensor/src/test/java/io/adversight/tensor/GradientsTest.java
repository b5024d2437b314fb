package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientsTest {
  private static Tensor of(double... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  void reachesIntermediateValues() {
    try (Scope scope = Scope.open()) {
      Tensor x = of(1, 2).leaf();
      Tensor between = x.mul(3);
      Tensor y = between.square();
      List<Tensor> gradients = Gradients.of(y, List.of(between, x), Gradients.Recording.FREE);
      // d(b^2)/db = 2 b with b = 3 x; d(9 x^2)/dx = 18 x.
      assertThat(gradients.get(0).toDoubles()).containsExactly(6, 12);
      assertThat(gradients.get(1).toDoubles()).containsExactly(18, 36);
    }
  }

  @Test
  void areZeroWhereTheOutputDoesNotDepend() {
    try (Scope scope = Scope.open()) {
      Tensor x = of(1, 2).leaf();
      Tensor other = of(3, 4, 5).leaf();
      assertThat(Gradients.of(x.exp(), other).toDoubles()).containsExactly(0, 0, 0);
    }
  }

  @Test
  void weighOutputs() {
    try (Scope scope = Scope.open()) {
      Tensor x = of(1, 2).leaf();
      Tensor weighted =
          Gradients.of(x.square(), of(10, -1), List.of(x), Gradients.Recording.FREE).get(0);
      assertThat(weighted.toDoubles()).containsExactly(20, -4);
    }
  }

  @Test
  void canBeTakenTwice() {
    try (Scope scope = Scope.open()) {
      Tensor x = of(2, 3).leaf();
      Tensor gradient = Gradients.of(x.pow(3).sum(), List.of(x), Gradients.Recording.CREATE).get(0);
      assertThat(gradient.toDoubles()).containsExactly(new double[] {12, 27}, within(1e-12));
      assertThat(Gradients.of(gradient, x).toDoubles())
          .containsExactly(new double[] {12, 18}, within(1e-12));
    }
  }

  @Test
  void canBeAskedAgainWhereTheRecordingIsKept() {
    try (Scope scope = Scope.open()) {
      Tensor x = of(2).leaf();
      Tensor y = x.square();
      assertThat(Gradients.of(y, List.of(x), Gradients.Recording.KEEP).get(0).item()).isEqualTo(4);
      assertThat(Gradients.of(y, x).item()).isEqualTo(4);
      assertThatThrownBy(() -> Gradients.of(y, x)).isInstanceOf(TensorException.class);
    }
  }

  @Test
  void keepOnlyTheirPositivePartInScopeAfterScope() {
    for (int round = 0; round < 50; round++) {
      try (Scope scope = Scope.open()) {
        Tensor x = of(1, 2, 3).leaf();
        Tensor y = Gradients.keepPositive(x.mul(2)).mul(of(5, -5, 1));
        assertThat(Gradients.of(y, x).toDoubles()).containsExactly(10, 0, 2);
      }
      if (round % 10 == 0) {
        System.gc();
      }
    }
  }

  @Test
  void areNotRecordedWhereRecordingIsOff() {
    try (Scope scope = Scope.open()) {
      Tensor x = of(1).leaf();
      try (Gradients.Off off = Gradients.off()) {
        assertThat(x.mul(2).isRecorded()).isFalse();
      }
      assertThat(x.mul(2).isRecorded()).isTrue();
      assertThat(x.mul(2).detach().isRecorded()).isFalse();
    }
  }

  @Test
  void cannotBeAskedOfWhatWasNotRecorded() {
    try (Scope scope = Scope.open()) {
      Tensor x = of(1).leaf();
      assertThatThrownBy(() -> Gradients.of(of(2).mul(3), x))
          .isInstanceOf(TensorException.class)
          .hasMessageContaining("does not require grad");
    }
  }
}
