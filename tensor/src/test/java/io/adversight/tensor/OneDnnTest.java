package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions are right on this processor, by oneDNN or without it. */
class OneDnnTest {
  private static final int SIZE = 14;

  @Test
  void isUsedWhereItIsRightAndTheProvenanceSaysSo() {
    Engine.start();
    assertThat(OneDnn.isRight()).isTrue();
    assertThat(Engine.version().contains("without oneDNN"))
        .isNotEqualTo(torch.globalContext().userEnabledMkldnn());
  }

  /** The gradient of a sum of products, written out. */
  private static double gradient(
      float[] output, float[] weight, int[] at, int inputs, int outputs, int kernel) {
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < kernel; i++) {
        for (int j = 0; j < kernel; j++) {
          int y = at[2] - i + kernel / 2;
          int x = at[3] - j + kernel / 2;
          if (y >= 0 && y < SIZE && x >= 0 && x < SIZE) {
            sum +=
                (double) output[((at[0] * outputs + o) * SIZE + y) * SIZE + x]
                    * weight[((o * inputs + at[1]) * kernel + i) * kernel + j];
          }
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1,1,6,5", "3,1,6,5", "1,16,120,5", "3,6,16,3", "3,16,6,3", "2,3,20,7", "3,32,64,1"})
  void theGradientOfAConvolutionIsTheSumOfItsProducts(
      int images, int inputs, int outputs, int kernel) {
    Rng rng = new Rng(3);
    float[] weight = rng.uniform(outputs * inputs * kernel * kernel, -1, 1);
    float[] cotangent = rng.uniform(images * outputs * SIZE * SIZE, -1, 1);
    try (Scope scope = Scope.open()) {
      Tensor pixels = Tensor.ones(images, inputs, SIZE, SIZE).leaf();
      Tensor weights = Tensor.of(weight, outputs, inputs, kernel, kernel);
      Tensor output = Kernels.conv(pixels, weights, null, Kernels.Window.of(1, kernel / 2, 1), 1);
      Tensor value = output.mul(Tensor.of(cotangent, images, outputs, SIZE, SIZE)).sum();
      float[] found =
          Gradients.of(value, List.of(pixels), Gradients.Recording.FREE).get(0).toFloats();
      for (int k = 0; k < found.length; k += 13) {
        int[] at = {
          k / (inputs * SIZE * SIZE), k / (SIZE * SIZE) % inputs, k / SIZE % SIZE, k % SIZE
        };
        double expected = gradient(cotangent, weight, at, inputs, outputs, kernel);
        assertThat((double) found[k]).isCloseTo(expected, within(1e-4));
      }
    }
  }
}
