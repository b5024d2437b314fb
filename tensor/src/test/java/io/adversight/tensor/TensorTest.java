package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
  private static Tensor counting(long... sizes) {
    double[] values = new double[(int) Shape.of(sizes).elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(values, sizes);
  }

  @Test
  void givesBackTheValuesItWasMadeOf() {
    try (Scope scope = Scope.open()) {
      assertThat(Tensor.of(new float[] {1.5f, -2, 0}, 3).toFloats()).containsExactly(1.5f, -2, 0);
      assertThat(Tensor.of(new double[] {0.1, 2}, 2, 1).toDoubles()).containsExactly(0.1, 2);
      assertThat(Tensor.of(new long[] {1L << 40, -3}, 2).toLongs()).containsExactly(1L << 40, -3);
      assertThat(Tensor.scalar(7).item()).isEqualTo(7);
      assertThat(Tensor.zeros(0, 3).toFloats()).isEmpty();
      assertThat(Tensor.of(new double[] {1.9, -1.9}, 2).toLongs()).containsExactly(1, -1);
    }
  }

  @Test
  void knowsItsShapeAndType() {
    try (Scope scope = Scope.open()) {
      Tensor single = Tensor.ones(2, 3, 4);
      assertThat(single.shape()).isEqualTo(Shape.of(2, 3, 4));
      assertThat(single.size(-1)).isEqualTo(4);
      assertThat(single.rank()).isEqualTo(3);
      assertThat(single.elements()).isEqualTo(24);
      assertThat(single.isDouble()).isFalse();
      assertThat(single.isFloating()).isTrue();
      assertThat(single.asDouble().isDouble()).isTrue();
      assertThat(single.asDouble().isFloating()).isTrue();
      assertThat(single.asLong().isFloating()).isFalse();
      assertThat(single.gt(0).isFloating()).isFalse();
      assertThat(single.asLong().like(single.asDouble()).isDouble()).isTrue();
      assertThat(single.device()).isEqualTo(Device.CPU);
      assertThat(single).hasToString("Tensor(2, 3, 4)");
    }
  }

  @Test
  void readsRowMajorWhateverItsLayoutInMemory() {
    try (Scope scope = Scope.open()) {
      Tensor x = counting(2, 3, 2, 2);
      assertThat(x.channelsLast().toDoubles()).containsExactly(x.toDoubles());
      assertThat(x.channelsLast().contiguous().toDoubles()).containsExactly(x.toDoubles());
      assertThat(counting(2, 3).transpose(0, 1).toDoubles()).containsExactly(0, 3, 1, 4, 2, 5);
      assertThat(counting(1, 2, 3).permute(2, 0, 1).toDoubles()).containsExactly(0, 3, 1, 4, 2, 5);
      assertThat(counting(5).slice(0, 1, 5, 2).toDoubles()).containsExactly(1, 3);
      assertThat(counting(2, 2).flip(1).toDoubles()).containsExactly(1, 0, 3, 2);
      assertThat(counting(1, 2).expand(2, 2).toDoubles()).containsExactly(0, 1, 0, 1);
    }
  }

  @Test
  void picksRowsAndPutsThemBack() {
    try (Scope scope = Scope.open()) {
      Tensor x = counting(3, 2);
      assertThat(x.rows(2, 0).toDoubles()).containsExactly(4, 5, 0, 1);
      Tensor changed = x.withRows(new int[] {1}, Tensor.of(new double[] {8, 9}, 1, 2));
      assertThat(changed.toDoubles()).containsExactly(0, 1, 8, 9, 4, 5);
      assertThat(x.toDoubles()).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void choosesAndCompares() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new double[] {-1, 0, 2}, 3);
      assertThat(x.gt(0).choose(x, x.fullLike(9)).toDoubles()).containsExactly(9, 9, 2);
      assertThat(x.sign().toDoubles()).containsExactly(-1, 0, 1);
      assertThat(x.clamp(-0.5, 1).toDoubles()).containsExactly(-0.5, 0, 1);
      assertThat(Tensor.of(new double[] {0.5, 1.5, 2.5}, 3).round().toDoubles())
          .containsExactly(0, 2, 2);
      assertThat(x.top(2, 0).indices().toLongs()).containsExactly(2, 1);
    }
  }

  @Test
  void measuresEachImageAlone() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new double[] {3, -4, 1, 1}, 2, 1, 1, 2);
      assertThat(x.l2PerImage().shape()).isEqualTo(Shape.of(2, 1, 1, 1));
      assertThat(x.l2PerImage().toDoubles()[0]).isCloseTo(5, within(1e-12));
      assertThat(x.l1PerImage().toDoubles()).containsExactly(7, 2);
      assertThat(x.linfPerImage().toDoubles()).containsExactly(4, 1);
    }
  }

  @Test
  void convolvesAsComputedByHand() {
    try (Scope scope = Scope.open()) {
      Tensor x = counting(1, 1, 3, 3);
      Tensor weight = Tensor.of(new double[] {1, 0, 0, -2}, 1, 1, 2, 2);
      Tensor bias = Tensor.of(new double[] {10}, 1);
      // x[i][j] - 2 x[i + 1][j + 1] + 10, for example 0 - 2 * 4 + 10 = 2.
      assertThat(Kernels.conv(x, weight, bias, Kernels.Window.of(1, 0, 1), 1).toDoubles())
          .containsExactly(2, 1, -1, -2);
      assertThat(Kernels.conv(x, weight, null, Kernels.Window.of(2, 1, 1), 1).toDoubles())
          .containsExactly(0, -4, -12, -12);
    }
  }

  @Test
  void limitsWithoutAGradientAtTheEnds() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new double[] {-1, 0, 3, 6, 7}, 5).leaf();
      Tensor y = Kernels.hardTanh(x, 0, 6);
      assertThat(y.toDoubles()).containsExactly(0, 0, 3, 6, 6);
      assertThat(Gradients.of(y, x).toDoubles()).containsExactly(0, 0, 1, 0, 0);
    }
  }

  @Test
  void reportsWhatLibtorchRefusesInOneLine() {
    try (Scope scope = Scope.open()) {
      assertThatThrownBy(() -> Tensor.ones(2, 3).add(Tensor.ones(2, 4)))
          .isInstanceOf(TensorException.class)
          .hasMessageContaining("size of tensor a (3) must match")
          .extracting(Throwable::getMessage)
          .asString()
          .doesNotContain("\n");
      assertThatThrownBy(() -> Tensor.concat(List.of(Tensor.ones(2), Tensor.ones(2, 2)), 0))
          .isInstanceOf(TensorException.class);
      assertThatThrownBy(() -> Tensor.ones(2).reshape(3)).isInstanceOf(TensorException.class);
    }
  }

  @Test
  void refusesMoreMemoryThanThereIs() {
    try (Scope scope = Scope.open()) {
      assertThatThrownBy(() -> Tensor.zeros(1L << 44))
          .isInstanceOf(TensorException.OutOfMemory.class)
          .hasMessageStartingWith("not enough memory for this batch: ");
    }
  }

  @Test
  void refusesValuesThatDoNotFillTheShape() {
    assertThatThrownBy(() -> Tensor.of(new float[3], 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the shape (2, 2) needs 4 values, but 3 were given");
    assertThatThrownBy(() -> Shape.of(2, -1)).isInstanceOf(IllegalArgumentException.class);
    try (Scope scope = Scope.open()) {
      assertThatThrownBy(() -> Tensor.ones(2).item()).isInstanceOf(IllegalStateException.class);
    }
  }
}
