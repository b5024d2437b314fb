package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final int SIDE = 6;

  private final Scope scope = Scope.open();
  private final Tensor image = Tensor.of(new Rng(1).normal(2 * SIDE * SIDE), 1, 2, SIDE, SIDE);
  private final Tensor places =
      Tensor.of(new Rng(2).uniform(2 * SIDE * SIDE, -1.2, 1.2), 1, SIDE, SIDE, 2);
  private int threads;

  @BeforeEach
  void rememberThreads() {
    threads = Engine.threads();
  }

  @AfterEach
  void close() {
    Engine.setThreads(threads);
    scope.close();
  }

  @Test
  void readsBetweenThePixels() {
    Tensor row = Tensor.of(new float[] {1, 3, 5, 9}, 1, 1, 1, 4);
    Tensor at = Tensor.of(new float[] {-0.75f, 0, 0, 0, 0.5f, 0, 3, 0}, 1, 1, 4, 2);
    assertThat(Kernels.sample(row, at).toFloats()).containsExactly(1, 4, 7, 0);
    assertThat(Kernels.sample(row, at, 2).toFloats()).containsExactly(1, 4, 7, 2);
  }

  @Test
  void samplesALoneImageInStripsAsInOne() {
    Engine.setThreads(1);
    Tensor whole = Kernels.sample(image, places, 0.5);
    double[] uphill = gradient();
    Engine.setThreads(2);
    assertThat(Kernels.sample(image, places, 0.5).toFloats()).containsExactly(whole.toFloats());
    double[] inStrips = gradient();
    for (int i = 0; i < uphill.length; i++) {
      assertThat(inStrips[i]).isCloseTo(uphill[i], within(1e-6));
    }
  }

  private double[] gradient() {
    Tensor leaf = image.leaf();
    Tensor weights = Tensor.of(new Rng(3).normal(2 * SIDE * SIDE), 1, 2, SIDE, SIDE);
    Tensor sampled = Kernels.sample(leaf, places);
    return Gradients.of(sampled, weights, List.of(leaf), Gradients.Recording.FREE)
        .get(0)
        .toDoubles();
  }
}
