package io.adversight.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.graph.operator.Resampling.Coordinates;
import io.adversight.graph.operator.Resampling.Mode;
import io.adversight.graph.operator.Resampling.Resize;
import io.adversight.graph.operator.Resampling.Rounding;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns a nearest-neighbour Resize takes where the last bit of a position decides. */
class ResizePositionsTest {
  /**
   * In float32, as ONNX Runtime computes, 1 / (1/3) is 3 and 10 x 0.7 is 7; with the same scales in
   * float64 they are 2.9999997 and 6.9999999.
   */
  @ParameterizedTest
  @CsvSource({
    "ASYMMETRIC, FLOOR, 0.333333343, 6, 0 3",
    "ASYMMETRIC, FLOOR, 0.333333343, 12, 0 3 6 9",
    "ASYMMETRIC, FLOOR, 0.7, 10, 0 1 2 4 5 7 8",
    "TF_HALF_PIXEL_FOR_NN, FLOOR, 0.333333343, 6, 1 4",
    "HALF_PIXEL, ROUND_PREFER_FLOOR, 2, 3, 0 0 1 1 2 2"
  })
  void takesTheColumnsThatFloat32Gives(
      Coordinates coordinates, Rounding rounding, float scale, int size, String expected) {
    Resize resize =
        new Resize(List.of(1.0, (double) scale), List.of(), Mode.NEAREST, coordinates, rounding);
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(ImportedGraphs.count(size), 1, 1, 1, size);
      Tensor y = resize.forward(List.of(x));
      assertThat(y.shape()).isEqualTo(resize.shape(List.of(x.shape())));
      String[] columns = expected.split(" ", -1);
      assertThat(y.toFloats()).hasSize(columns.length);
      for (int i = 0; i < columns.length; i++) {
        assertThat(y.toFloats()[i]).isEqualTo(Float.parseFloat(columns[i]));
      }
    }
  }
}
