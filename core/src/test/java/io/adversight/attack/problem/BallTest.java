package io.adversight.attack.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BallTest {
  private static final int DRAWS = 10_000;

  /** Draws from the ball of radius 1 around 0 in so many dimensions, one row each. */
  private static float[] draws(Norm norm, int dimensions) {
    try (Scope scope = Scope.open()) {
      Tensor center = Tensor.zeros(DRAWS, 1, 1, dimensions);
      return new Ball(norm, 1).random(center, Run.of(new Rng(3), 0, DRAWS), 0).toFloats();
    }
  }

  /** Pearson's statistic of counts that should be equal. */
  private static double chiSquare(int... counts) {
    double expected = (double) Arrays.stream(counts).sum() / counts.length;
    return Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
  }

  /** A bound that 64 equal cells exceed once in 10,000 samples. */
  private static final double LARGEST = 110;

  @ParameterizedTest
  @EnumSource(
      value = Norm.class,
      names = {"LINF", "L2", "L1"})
  void neverDrawsOutside(Norm norm) {
    float[] x = draws(norm, 2);
    for (int i = 0; i < x.length; i += 2) {
      double a = Math.abs(x[i]);
      double b = Math.abs(x[i + 1]);
      double size =
          switch (norm) {
            case LINF -> Math.max(a, b);
            case L2 -> Math.hypot(a, b);
            default -> a + b;
          };
      assertThat(size).isLessThanOrEqualTo(1);
    }
  }

  /** The L1 ball of the plane is a square on its corner: x + y and x - y are uniform. */
  @Test
  void drawsEvenlyFromTheL1BallOfThePlane() {
    float[] x = draws(Norm.L1, 2);
    int[] counts = new int[64];
    for (int i = 0; i < x.length; i += 2) {
      int row = (int) Math.min(7, (x[i] + x[i + 1] + 1) * 4);
      int column = (int) Math.min(7, (x[i] - x[i + 1] + 1) * 4);
      counts[8 * row + column]++;
    }
    assertThat(chiSquare(counts)).isLessThan(LARGEST);
  }

  /** In 5 dimensions |x|_1^5 is uniform, and so is (1 - |x_1| / |x|_1)^4, independently of it. */
  @Test
  void drawsEvenlyFromTheL1BallOfFiveDimensions() {
    float[] x = draws(Norm.L1, 5);
    int[] counts = new int[64];
    for (int i = 0; i < x.length; i += 5) {
      double size = 0;
      for (int k = 0; k < 5; k++) {
        size += Math.abs(x[i + k]);
      }
      int row = (int) Math.min(7, 8 * Math.pow(size, 5));
      int column = (int) Math.min(7, 8 * Math.pow(1 - Math.abs(x[i]) / size, 4));
      counts[8 * row + column]++;
    }
    assertThat(chiSquare(counts)).isLessThan(LARGEST);
  }
}
